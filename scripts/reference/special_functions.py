"""Gamma function, incomplete gamma integrals and Gauss-Legendre rules with mpmath, 60 digits.

    logGamma    ln Gamma(x)
    upperGamma  Q(a, x) = Gamma(a, x)/Gamma(a), from the body of the distribution far into both tails
    lowerGamma  P(a, x) = 1 - Q(a, x) at the same arguments
    erfc        erfc(x) and exp(x^2) erfc(x)
Every Q is also computed by numerical integration of t^(a-1) e^-t where that converges, as a check of mpmath's own
function. Arguments are doubles: what is written is what was used.
"""

from mpmath import mp, mpf

from output import write

mp.dps = 60
LOG_GAMMA = [1e-300, 1e-20, 1e-8, 1e-3, 0.1, 0.25, 0.49, 0.5, 0.51, 0.75, 0.999, 1.001, 1.25, 1.461632144968362, 1.75,
             1.999, 2.001, 2.5, 3.0, 5.0, 6.5, 10.0, 24.5, 72.0, 100.0, 171.5, 500.0, 1000.0, 4999.5, 10000.0, 1e6]  # fmt: skip
SHAPES = [1e-8, 1e-3, 0.1, 0.5, 1.0, 1.5, 2.0, 5.0, 6.5, 13.0, 49.5, 72.0, 300.0, 1000.0, 4999.5, 10000.0]
# Distance from the mean in standard deviations
WIDTHS = [-8.0, -5.0, -3.0, -1.0, -0.1, 0.0, 0.1, 1.0, 3.0, 5.0, 8.0, 15.0]
ERFC = [-30.0, -27.0, -26.0, -6.0, -4.5, -2.0, -1.0, -0.5, -0.46875, -0.3, -1e-9, 0.0, 1e-300, 1e-9, 0.1, 0.3, 0.46875,
        0.4688, 0.6, 1.0, 1.7, 2.5, 3.2, 3.999, 4.0, 4.001, 5.0, 6.3, 8.0, 11.7, 17.0, 23.456, 26.0, 50.0, 1e3, 1e8]  # fmt: skip
RULES = [1, 2, 3, 5, 8, 24, 32, 64]


def upper(a, x):
    return mp.gammainc(mpf(a), mpf(x), regularized=True)


def scaled(x):
    """erfc(x) and exp(x^2) erfc(x); 0 below 1e-300, null above 1e300."""
    plain = mp.erfc(mpf(x))
    product = mp.exp(mpf(x) ** 2) * plain
    return [x, plain if plain > mpf(10) ** -300 else mpf(0), product if product < mpf(10) ** 300 else None]


def by_integration(a, x):
    """Q(a, x) as an integral of the density over t > x, scaled to order one at its largest, as mp.quad expects."""
    a, x = mpf(a), mpf(x)
    top = max(x, a - 1)
    logarithm = lambda t: (a - 1) * mp.log(t) - t
    density = lambda t: mp.exp(logarithm(t) - logarithm(top))
    scale = max(mp.sqrt(a), 1)
    breaks = [x + scale * k for k in (0, 1, 2, 4, 8, 16, 32, 64, 128)] + [mp.inf]
    return mp.quad(density, breaks) * mp.exp(logarithm(top) - mp.loggamma(a))


def arguments():
    for a in SHAPES:
        values = [a + width * a**0.5 for width in WIDTHS]
        # Either side of x = a + 1, where the method changes
        values += [a + 1 - 1e-9 * (a + 1), a + 1 + 1e-9 * (a + 1), 1e-12, 1e-3, 0.5, 1.4, 2 * a, 20000.0]
        if a <= 100:
            values += [a + 30, a + 300, 690.0]
        for x in sorted({x for x in values if 0 < x <= 20000}):
            yield a, x


def legendre_rule(n):
    """Roots of P_n between those of P_(n-1), weights 2/((1 - x^2) P_n'(x)^2)."""
    roots = []
    derivative = lambda x: n * (x * mp.legendre(n, x) - mp.legendre(n - 1, x)) / (x * x - 1)
    for k in range(1, n + 1):
        # Bruns: the k-th root lies between cos((2k - 1) pi/(2n + 1)) and cos(2k pi/(2n + 1))
        low, high = mp.cos(2 * k * mp.pi / (2 * n + 1)), mp.cos((2 * k - 1) * mp.pi / (2 * n + 1))
        roots.append(mp.findroot(lambda x: mp.legendre(n, x), (low, high), solver="anderson", tol=mpf(10) ** -80))
    roots.sort()
    assert len(roots) == n and all(b - a > mpf(10) ** -10 for a, b in zip(roots, roots[1:]))
    return {"n": n, "nodes": roots, "weights": [2 / ((1 - x * x) * derivative(x) ** 2) for x in roots]}


def main():
    rows, lower = [], []
    for a, x in arguments():
        q = upper(a, x)
        if q < mpf(10) ** -300:
            q = mpf(0)
        elif a >= 0.5:
            assert abs(by_integration(a, x) / q - 1) < mpf(10) ** -18, (a, x, q)
        rows.append([a, x, q])
        p = mp.gammainc(mpf(a), 0, mpf(x), regularized=True)
        lower.append([a, x, p if p >= mpf(10) ** -300 else mpf(0)])
    write(
        "special-functions.json",
        "scripts/reference/special_functions.py",
        "logGamma: rows [x, ln Gamma(x)]; upperGamma: rows [a, x, Q(a, x)], 0 where Q is below 1e-300; lowerGamma: the "
        "same of P; erfc: rows [x, erfc(x), exp(x^2) erfc(x)], 0 below 1e-300, null above 1e300; gaussLegendre: nodes and "
        "weights on [-1, 1].",
        {"logGamma": "1", "upperGamma": "1", "lowerGamma": "1", "erfc": "1", "gaussLegendre": "1"},
        {
            "logGamma": [[x, mp.loggamma(mpf(x))] for x in LOG_GAMMA],
            "upperGamma": rows,
            "lowerGamma": lower,
            "erfc": [scaled(x) for x in ERFC],
            "gaussLegendre": [legendre_rule(n) for n in RULES],
        },
    )


if __name__ == "__main__":
    main()
