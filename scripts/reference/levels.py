"""Quantiles and tail probabilities of chi^2, and levels of Gaussian standard deviations, by mpmath; scipy agrees."""

import mpmath as mp
from scipy.stats import chi2

from output import write

mp.mp.dps = 40

CLS = [0.01, 0.1, 0.5, 0.6827, 0.68268949213708585, 0.9, 0.95, 0.9545, 0.99, 0.9973, 0.999, 0.999999]
DOFS = [1, 2, 3, 13, 100, 1000]
# In units of the degrees of freedom: from a tenth of the mean to nearly twice it.
SHARES = [0.1, 0.5, 0.9, 1.0, 1.1, 1.5, 1.9]
# Delta chi^2 as arXiv:1806.07424 rounds it, and chi^2 of the standard model in csi-2017-fit.json.
PRINTED = [2.71, 6.63]
STANDARD_MODEL = [3.36492600166739, 13]


def survival(x, dof):
    return mp.gammainc(mp.mpf(dof) / 2, mp.mpf(x) / 2, regularized=True)


def quantile(cl, dof):
    """Solved in the smaller of both tails, from scipy's value on."""
    start = mp.mpf(float(chi2.ppf(cl, dof)))
    found = mp.findroot(lambda x: survival(x, dof) - (1 - mp.mpf(cl)), start)
    assert abs(found / start - 1) < 1e-9, (cl, dof, found, start)
    return found


def tail(x, dof):
    value = survival(x, dof)
    assert abs(value / mp.mpf(float(chi2.sf(x, dof))) - 1) < 1e-9, (x, dof, value)
    return value


def main():
    write(
        "levels.json",
        "scripts/reference/levels.py",
        "quantiles: Delta chi^2 of a confidence level; survival: probability to exceed x; printed: level of a rounded "
        "Delta chi^2 at one degree of freedom; sigma: level of n Gaussian standard deviations.",
        {"deltaChi2": "dimensionless", "cl": "probability", "survival": "probability", "sigma": "standard deviations"},
        {
            "quantiles": [{"cl": cl, "dof": dof, "deltaChi2": quantile(cl, dof)} for dof in DOFS for cl in CLS],
            "survival": [
                *({"x": share * dof, "dof": dof, "survival": tail(share * dof, dof)} for dof in DOFS for share in SHARES),
                *({"x": x, "dof": dof, "survival": tail(x, dof)} for dof in DOFS[:4] for x in (40, 200)),
            ],
            "printed": [{"deltaChi2": x, "cl": 1 - survival(x, 1)} for x in PRINTED],
            "standardModel": {"chi2": STANDARD_MODEL[0], "cells": STANDARD_MODEL[1], "survival": tail(*STANDARD_MODEL)},
            "sigma": [{"sigma": n, "cl": mp.erf(n / mp.sqrt(2))} for n in (0.1, 0.5, 1, 1.6448536269514722, 2, 3, 5, 8)],
        },
    )


if __name__ == "__main__":
    main()
