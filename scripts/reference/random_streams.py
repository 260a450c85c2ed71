"""What random numbers are tested with: the streams themselves and the distributions they must follow.

    streams   first uniforms of some (seed, point, toy), from Philox4x32-10 on whole numbers
    quantile  standard normal quantiles, mpmath with 40 digits
    normal    standard normal probabilities of bins, one below the first end and one above the last
    poisson   the same of counts, per mean, and the number of draws; a bin includes its upper end
Critical values are those that chi^2 with one degree of freedom less than bins exceeds with probability 1e-4. Poisson
probabilities are incomplete gamma functions of mpmath; scipy agrees. The constants of the rejection method for Poisson
counts are checked on a grid of means, see poisson_rejection. About 5 s.
"""

import numpy as np

from mpmath import mp, mpf
from scipy.special import gammaln
from scipy.stats import chi2, norm, poisson

from output import write

mp.dps = 40
KEYS = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (12345, 678, 91011), (2**32, 0, 0), (2**32 + 7, 3, 5), (2**53 - 1, 2**32 - 1, 2**32 - 1),
        (0x9E3779B97F4A7, 0x80000000, 0xFFFFFFFE)]  # fmt: skip
PROBABILITIES = [2.0**-54, 2.0**-53, 1e-12, 1.3e-11, 1.4e-11, 1e-6, 0.001, 0.025, 0.0749999, 0.075, 0.0750001, 0.2, 0.4, 0.499999, 0.5,
                 0.500001, 0.75, 0.9249999, 0.925, 0.9250001, 0.975, 0.999, 1 - 1e-9, 1 - 2.0**-53]  # fmt: skip
MEANS = [0.01, 0.5, 3.0, 9.9, 10.1, 30.0, 200.0, 1e4, 1e6]
TAIL = 1e-4


def philox(counter, key):
    """Figure 2 of Salmon et al., SC11 (2011), with the constants of its table 2."""
    mask = 2**32 - 1
    c, k = list(counter), list(key)
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(second >> 32) ^ c[1] ^ k[0], second & mask, (first >> 32) ^ c[3] ^ k[1], first & mask]
        k = [(k[0] + 0x9E3779B9) & mask, (k[1] + 0xBB67AE85) & mask]
    return c


def uniforms(seed, point, toy):
    found = []
    for block in range(5):
        words = philox((block, toy, point, 0), (seed % 2**32, seed // 2**32))
        for high, low in (words[:2], words[2:]):
            found.append(mpf((high << 21) | (low >> 11)) / 2**53)
    return found


def quantile(p):
    """x with half erfc(-x/sqrt 2) = p, in the smaller tail."""
    p = mpf(p)
    if p == 0.5:
        return mpf(0)
    tail = min(p, 1 - p)
    x = mp.findroot(lambda t: mp.log(mp.erfc(t / mp.sqrt(2)) / 2) - mp.log(tail), -mpf(norm.ppf(float(tail))))
    return x if p > 0.5 else -x


def between(cumulative):
    return [b - a for a, b in zip([mpf(0), *cumulative], [*cumulative, mpf(1)])]


def poisson_bins(mean):
    # 1 % of the mean is 6.7 standard deviations of the mean of all draws, or much more
    draws = 2_000_000 if mean > 9 else round(450_000 / mean)
    spread = mean**0.5
    first, last = int(max(0, mean - 3.6 * spread)), int(mean + 3.6 * spread + 1)
    ends = []
    step = max(1, round(spread / 6))
    cumulative = lambda k: mp.gammainc(k + 1, mpf(mean), mp.inf, regularized=True)
    below = mpf(0)
    for k in range(first, last + 1, step):
        at = cumulative(k)
        # scipy 1.10 loses digits where counts are large
        assert abs(at - mpf(float(poisson.cdf(k, mean)))) < 1e-9, (mean, k)
        if (at - below) * draws >= 25 and (1 - at) * draws >= 25:
            ends.append(k)
            below = at
    probabilities = between([cumulative(k) for k in ends])
    return {"mean": mean, "draws": draws, "ends": ends, "probabilities": probabilities, "critical": chi2.isf(TAIL, len(ends))}


def poisson_rejection():
    """PTRS of W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39: v is accepted below `threshold`.

    Exact where threshold <= 1 (the hat), threshold >= the squeeze v_r for edge >= 0.07 and threshold <= edge for edge <
    0.013. As printed the first fails by 0.58 % and the second by 0.55 %; with 1/alpha times 1.007 and v_r times 0.985 all
    hold with a margin.
    """
    u = np.linspace(-0.5, 0.5, 400_003)[1:-1]
    edge = 0.5 - np.abs(u)
    means = [*np.linspace(10, 60, 501), *np.geomspace(60, 1e6, 100)]
    hat, squeeze, quick = 0.0, np.inf, 0.0
    for mean in means:
        b = 0.931 + 2.53 * np.sqrt(mean)
        a = -0.059 + 0.02483 * b
        count = np.floor((2 * a / edge + b) * u + mean + 0.43)
        logarithm = count * np.log(mean) - mean - gammaln(np.maximum(count, 0) + 1)
        threshold = np.exp(logarithm) * (a / edge**2 + b) / (1.1239 + 1.1328 / (b - 3.4)) * (count >= 0)
        hat = max(hat, threshold.max())
        squeeze = min(squeeze, (threshold[edge >= 0.07] / (0.9277 - 3.6224 / (b - 2))).min())
        quick = max(quick, (threshold / edge)[edge < 0.013].max())
    assert 1.0055 < hat < 1.0065 and 0.994 < squeeze < 0.996 and quick < 1, (hat, squeeze, quick)
    assert hat / 1.007 < 1 and squeeze / 1.007 / 0.985 > 1


def main():
    poisson_rejection()
    edges = [k / 10 for k in range(-40, 41)]
    write(
        "random.json",
        "scripts/reference/random_streams.py",
        "streams: first uniforms of (seed, point, toy); quantile: rows [p, x]; normal: ends of bins, "
        "their probabilities with one bin below and one above, critical chi^2; poisson: the same per mean, the bins include "
        "their ends.",
        {"streams": "1", "quantile": "standard deviations", "normal": "probability", "poisson": "probability"},
        {
            "streams": [
                {"seed": seed, "point": point, "toy": toy, "uniforms": uniforms(seed, point, toy)} for seed, point, toy in KEYS
            ],
            "quantile": [[p, quantile(p)] for p in PROBABILITIES],
            "normal": {
                "ends": edges,
                "probabilities": between([mp.erfc(-mpf(x) / mp.sqrt(2)) / 2 for x in edges]),
                "critical": chi2.isf(TAIL, len(edges)),
            },
            "poisson": [poisson_bins(mean) for mean in MEANS],
        },
    )


if __name__ == "__main__":
    main()
