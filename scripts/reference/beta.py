"""Incomplete beta function and Clopper-Pearson intervals with mpmath, 50 digits.

    tails      I_x(a, b) and 1 - I_x(a, b) from the body of the distribution far into both tails
    intervals  Clopper-Pearson limits: where a tail of the binomial distribution is (1 - confidence)/2
One tail is a series of positive terms (DLMF 8.17.8), the other one its complement. Every tail is also integrated
numerically and compared with scipy; limits are compared with scipy.stats.binomtest. Arguments
are doubles: what is written is what was used. About 45 s.
"""

from mpmath import mp, mpf
from scipy.special import betainc
from scipy.stats import binomtest

from output import write

mp.dps = 50
SHAPES = [(0.5, 0.5), (0.5, 3.0), (1.0, 1.0), (1.0, 2000.0), (2.0, 5.0), (2.5, 7.25), (13.0, 0.5), (17.0, 16.5), (30.0, 1971.0),
          (200.0, 1801.0), (999.5, 1000.5), (1900.0, 101.0), (2000.0, 1.0), (0.5, 1e6), (1e6, 0.5), (12.0, 1e6), (1e6, 77.0),
          (1e3, 1e6), (123456.7, 654321.9), (5e5, 1e6), (1e6, 1e6)]  # fmt: skip
# Distance from the mean in standard deviations
WIDTHS = [-30.0, -20.0, -8.0, -5.0, -3.0, -1.0, -0.1, 0.0, 0.1, 1.0, 3.0, 5.0, 8.0, 20.0, 30.0]
ELSEWHERE = [1e-300, 1e-20, 1e-9, 1e-3, 0.1, 0.3, 0.5, 0.9, 0.999, 1 - 2**-40]
COUNTS = [(0, 1), (1, 1), (1, 2), (0, 10), (3, 10), (10, 10), (0, 100), (1, 100), (90, 100), (99, 100), (7, 137), (1, 2000),
          (200, 2000), (1000, 2000), (1800, 2000), (1999, 2000), (0, 2000), (2000, 2000), (317, 100000), (1, 1000000),
          (900000, 1000000), (999999, 1000000), (0, 1000000), (1000000, 1000000)]  # fmt: skip
CONFIDENCES = [0.5, 0.9, 0.997, 0.999999]
TINY = mpf(10) ** -300
DEEP = 360


def log_density(a, b):
    norm = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    return lambda x: (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) + norm


def series(a, b, x):
    """I_x(a, b), fast for x below 1/2 or below the mean."""
    term = total = mpf(1)
    n = 0
    while term > total * mp.eps:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return mp.exp(log_density(a, b)(x)) * x * (1 - x) / a * total


def integral(a, b, x):
    """The same by integration from x down to 0, in steps of the distance over which the density changes."""
    logarithm = log_density(a, b)
    spread = mp.sqrt(a * b / (a + b + 1)) / (a + b)
    slope = abs((a - 1) / x - (b - 1) / (1 - x))
    step = min(spread, 1 / slope if slope > 0 else spread)
    breaks = sorted(t for t in (x - step * k for k in (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)) if t > 0)
    top = max(logarithm(t) for t in breaks)
    # In s = (t/x)^p: for a < 1 the density has a pole at 0, in s it has none
    p = min(a, mpf(1))
    density = lambda s: mp.exp(logarithm(x * s ** (1 / p)) - top) * s ** (1 / p - 1) if s > 0 else mpf(0)
    return mp.exp(top) * x / p * mp.quad(density, [mpf(0), *((t / x) ** p for t in breaks)])


def tails(a, b, x, digits=DEEP):
    """I_x(a, b) and its complement: with the digits that a tail of 1e-300 leaves of a number just below 1."""
    with mp.workdps(digits):
        a, b, x = mpf(a), mpf(b), mpf(x)
        if x > 0.5:
            upper = series(b, a, 1 - x)
            return 1 - upper, upper
        lower = series(a, b, x)
        return lower, 1 - lower


def checked(a, b, x):
    lower, upper = tails(a, b, x)
    a, b, x = mpf(a), mpf(b), mpf(x)
    for tail, args in ((lower, (a, b, x)), (upper, (b, a, 1 - x))):
        if TINY < tail < 0.9:
            assert abs(integral(*args) / tail - 1) < mpf(10) ** -18, (a, b, x, tail)
            # scipy 1.10 is off by 8e-7 at a = b = 1e6, where the function is 1/2; 1 - x may not be a double
            scipys = mpf(float(betainc(*map(float, args))))
            assert float(args[2]) != args[2] or abs(scipys / tail - 1) < 2e-6, (a, b, x, tail)
    return lower, upper


def plain(tail):
    return tail if tail > TINY else mpf(0)


def points(a, b):
    spread = (a * b / (a + b + 1)) ** 0.5 / (a + b)
    values = [a / (a + b) + width * spread for width in WIDTHS]
    turn = (a + 1) / (a + b + 2)
    values += [turn * (1 - 1e-9), turn * (1 + 1e-9), *(ELSEWHERE if a + b < 5000 else [])]
    return sorted({x for x in values if 0 < x < 1})


def limits(successes, trials, confidence):
    """Roots in ln(p/(1-p)) of ln(tail) - ln((1 - confidence)/2), from scipy's limits on."""
    share = (1 - mpf(confidence)) / 2
    start = binomtest(successes, trials).proportion_ci(confidence_level=confidence, method="exact")

    def solve(tail, first):
        guess = min(max(mpf(first), mpf(10) ** -13), 1 - mpf(10) ** -13)
        guess = mp.log(guess / (1 - guess))
        root = mp.findroot(
            lambda t: mp.log(tail(1 / (1 + mp.exp(-t)))) - mp.log(share), (guess, guess + mpf(10) ** -12), tol=mpf(10) ** -60
        )
        found = 1 / (1 + mp.exp(-root))
        # scipy searches to 2e-12 absolute
        assert abs(found - mpf(first)) < 1e-7 * first + 4e-12, (successes, trials, confidence, found, first)
        return found

    # P(X >= k) = I_p(k, n - k + 1), P(X <= k) = 1 - I_p(k + 1, n - k)
    at_least = lambda p: tails(successes, trials - successes + 1, p, mp.dps)[0]
    at_most = lambda p: tails(successes + 1, trials - successes, p, mp.dps)[1]
    low = solve(at_least, float(start.low)) if successes > 0 else mpf(0)
    high = solve(at_most, float(start.high)) if successes < trials else mpf(1)
    return low, high


def main():
    write(
        "beta.json",
        "scripts/reference/beta.py",
        "tails: rows [a, b, x, I_x(a, b), 1 - I_x(a, b)], 0 for a tail below 1e-300; intervals: rows [successes, trials, "
        "confidence, low, high], two-sided Clopper-Pearson.",
        {"tails": "probability", "intervals": "probability"},
        {
            "tails": [[a, b, x, *map(plain, checked(a, b, x))] for a, b in SHAPES for x in points(a, b)],
            "intervals": [[k, n, cl, *limits(k, n, cl)] for k, n in COUNTS for cl in CONFIDENCES],
        },
    )


if __name__ == "__main__":
    main()
