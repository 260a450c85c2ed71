"""Feldman-Cousins intervals of eps_ee^V (u = d) from coherent-csi-2017@release with toys, by treatment of the nuisances.

    ours       pulls flux 10 % and signal 26 %, prompt neutrons 25 %, steady state 5 %, Gaussian; the measured centres of
               the constraints are drawn anew in every toy
    published  as in the code that arXiv:2008.06062 released: signal 28 %, prompt neutrons 25 %, steady state 17.1 %, each
               constrained by 2 (a - ln(1 + a))/sigma^2; centres stay at 0 in toys
In between, `centres`: ours with the centres at 0; `constraints`: those of the paper with centres drawn (1 + a from a Gamma
distribution, whose likelihood that constraint is). All share cells, templates (Helm) and data.

`ends`: where p, linear between the points, crosses 0.1, with the error that the toys give it; `deltaChi2Ends`: where
Delta chi^2 is the quantile with one degree of freedom. After csi2017_release.py.
"""

import json

import numpy as np
from scipy.optimize import brentq

from constants import NUCLEI
from output import FOLDER, write

SEED, TOYS, CL, QUANTILE = 20080606, 2000, 0.9, 2.705543454095404
POINTS = (-0.06, -0.05, -0.04, -0.03, 0.0, 0.04, 0.09, 0.22, 0.23, 0.24, 0.25, 0.26)
STARTS = (-0.05, 0.04, 0.15, 0.24)
OURS = {"signal": (0.1, 0.26), "brn": (0.25,), "steady-state": (0.05,), "gamma": False}
PUBLISHED = {"signal": (0.28,), "brn": (0.25,), "steady-state": (0.171,), "gamma": True}
TREATMENTS = {
    "ours": (OURS, True),
    "centres": (OURS, False),
    "constraints": (PUBLISHED, True),
    "published": (PUBLISHED, False),
}

release = json.loads((FOLDER / "csi-2017-release.json").read_text())
cells = {k: np.array(release[k], float).ravel() for k in ("C", "brn", "steadyState")}


def signal_terms():
    """Coefficients of 1, eps, eps^2 in every cell."""
    time = {k: np.array(v) for k, v in release["time"].items()}
    terms = np.zeros((3, 144))
    for flavour, kind in (("nu_e", "delayed"), ("nu_mu", "prompt"), ("anti_nu_mu", "delayed")):
        for name, structures in release["structures"][flavour].items():
            n, a = NUCLEI[name].A - NUCLEI[name].Z, NUCLEI[name].A
            q, slope = release["weakCharge"][name], -6 * a / n if flavour == "nu_e" else 0.0
            shape = np.outer(structures["VV"], time[kind]).ravel()
            terms += np.array([q**2, 2 * q * slope, slope**2])[:, None] * shape
    return terms


TERMS = signal_terms()


class Likelihood:
    """Unknowns: eps, then the relative deviation of each pull in units of its sigma."""

    def __init__(self, treatment):
        self.parts = [k for k in ("signal", "brn", "steady-state") for _ in treatment[k]]
        self.sigma = np.array([s for k in ("signal", "brn", "steady-state") for s in treatment[k]])
        self.gamma = treatment["gamma"]

    def expected(self, x):
        """Counts (toys, cells) and their derivatives (toys, cells, unknowns)."""
        eps, factors = x[:, 0], 1 + self.sigma * x[:, 1:]
        parts = {
            "signal": TERMS[0] + eps[:, None] * TERMS[1] + eps[:, None] ** 2 * TERMS[2],
            "brn": np.broadcast_to(cells["brn"], (len(x), 144)),
            "steady-state": np.broadcast_to(cells["steadyState"], (len(x), 144)),
        }
        scale = {k: np.prod(factors[:, [p == k for p in self.parts]], axis=1)[:, None] for k in parts}
        mu = sum(scale[k] * parts[k] for k in parts)
        slopes = [scale["signal"] * (TERMS[1] + 2 * eps[:, None] * TERMS[2])]
        for i, k in enumerate(self.parts):
            slopes.append(self.sigma[i] * scale[k] / factors[:, i, None] * parts[k])
        return mu, np.stack(slopes, axis=2)

    def constraint(self, x, centres):
        """Value, gradient, curvature per pull; the centre of a Gamma constraint is the factor measured."""
        if not self.gamma:
            d = x[:, 1:] - centres
            return (d**2).sum(axis=1), 2 * d, np.full(d.shape, 2.0)
        f, g, s = 1 + self.sigma * x[:, 1:], 1 + self.sigma * centres, self.sigma
        # 2 [f - g + g ln(g/f)]/s^2: with g = 1 it is 2 (a - ln(1 + a))/s^2.
        value = (2 * (f - g + g * np.log(g / np.maximum(f, 1e-9))) / s**2).sum(axis=1)
        return value, 2 * (1 - g / f) / s, 2 * g / f**2

    def chi2(self, x, counts, centres):
        mu, slopes = self.expected(x)
        bad = (mu <= 0).any(axis=1) | ((1 + self.sigma * x[:, 1:]) <= 1e-6).any(axis=1)
        mu = np.maximum(mu, 1e-12)
        logs = np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1) / mu), 0)
        pull = self.constraint(x, centres)
        value = 2 * (mu - counts + logs).sum(axis=1) + pull[0]
        return np.where(bad, np.inf, value), mu, slopes, pull

    def minimize(self, x, counts, centres, held):
        """Levenberg-Marquardt for all toys at once. @returns chi^2 and the unknowns"""
        x, final = x.copy(), np.full(len(x), np.inf)
        free = np.array([0.0 if held else 1.0] + [1.0] * len(self.sigma))
        every, open_, damping = np.arange(len(free)), np.arange(len(x)), np.full(len(x), 1e-3)
        state = self.chi2(x, counts, centres)
        for _ in range(80):
            n, (value, mu, slopes, pull) = counts[open_], state
            gradient = 2 * np.matmul((1 - n / mu)[:, None, :], slopes)[:, 0, :]
            weighted = slopes * (np.maximum(n, 0.1 * mu) / mu**2)[:, :, None]
            curvature = 2 * np.matmul(weighted.transpose(0, 2, 1), slopes)
            gradient[:, 1:] += pull[1]
            curvature[:, every[1:], every[1:]] += pull[2]
            curvature *= free[:, None] * free[None, :]
            curvature[:, every, every] = curvature[:, every, every] * (1 + damping[:, None]) + 1e-6 + (1 - free)
            trial = x[open_] + np.linalg.solve(curvature, -(gradient * free)[:, :, None])[:, :, 0]
            new = self.chi2(trial, n, centres[open_])
            better = new[0] <= value
            done = (better & (value - new[0] < 1e-8)) | (damping > 1e8)
            x[open_[better]] = trial[better]
            merged = np.where(better, new[0], value)
            final[open_] = merged
            if done.all():
                break
            pick = lambda old, fresh: np.where(better.reshape(-1, *[1] * (old.ndim - 1)), fresh, old)[~done]
            pulls = tuple(pick(a, b) for a, b in zip(pull, new[3]))
            state = merged[~done], pick(mu, new[1]), pick(slopes, new[2]), pulls
            damping = np.where(better, damping / 5, damping * 4)[~done]
            open_ = open_[~done]
        return final, x

    def lowest(self, counts, centres, eps, pulls):
        """Lowest chi^2, of all starts and of the point itself."""
        best = np.full(len(counts), np.inf)
        where = np.zeros((len(counts), 1 + len(self.sigma)))
        for start in (*STARTS, eps):
            x = np.column_stack([np.full(len(counts), start), np.broadcast_to(pulls, (len(counts), len(self.sigma)))])
            value, x = self.minimize(x, counts, centres, False)
            better = value < best
            best[better], where[better] = value[better], x[better]
        return best, where


def test(likelihood, drawn, eps, rng):
    """t of the data at eps, and the share of toys with at least that."""
    none, data = np.zeros((1, len(likelihood.sigma))), cells["C"][None, :]
    start = np.column_stack([[eps], none])
    value, x = likelihood.minimize(start, data, none, True)
    t = value[0] - likelihood.lowest(data, none, eps, none[0])[0][0]
    mu = likelihood.expected(x)[0][0]
    counts = rng.poisson(mu, (TOYS, 144)).astype(float)
    centres = np.zeros((TOYS, len(likelihood.sigma)))
    if drawn and not likelihood.gamma:
        centres = x[0, 1:] + rng.normal(size=centres.shape)
    elif drawn:
        # Mean f and variance f s^2: the Poisson-like law whose -2 ln L is the constraint, counts 1/s^2 continuous.
        f, s = 1 + likelihood.sigma * x[0, 1:], likelihood.sigma
        centres = (rng.gamma(f / s**2, s**2, centres.shape) - 1) / s
    held = np.column_stack([np.full(TOYS, eps), np.broadcast_to(x[0, 1:], centres.shape)])
    fixed, _ = likelihood.minimize(held, counts, centres, True)
    best, _ = likelihood.lowest(counts, centres, eps, x[0, 1:])
    return t, float((fixed - best >= t - 1e-6).mean())


def crossings(values, levels, target):
    """Linear interpolation."""
    found = []
    for (a, x), (b, y) in zip(zip(values, levels), list(zip(values, levels))[1:]):
        if (x - target) * (y - target) < 0:
            found.append(a + (target - x) / (y - x) * (b - a))
    return found


def analyse(likelihood, drawn):
    rng = np.random.default_rng(SEED)
    tests = [test(likelihood, drawn, eps, rng) for eps in POINTS]
    p = [one[1] for one in tests]
    none, data = np.zeros((1, len(likelihood.sigma))), cells["C"][None, :]
    lowest, where = likelihood.lowest(data, none, 0.02, none[0])
    delta = lambda eps: likelihood.minimize(np.column_stack([[eps], none]), data, none, True)[0][0] - lowest[0] - QUANTILE
    ends = crossings(POINTS, p, 1 - CL)
    slopes = [(p[j] - p[i]) / (POINTS[j] - POINTS[i]) for i, j in ((0, 3), (7, 10))]
    return {
        "lowest": lowest[0],
        "best": where[0, 0],
        "deltaChi2Ends": [brentq(delta, -0.1, 0.0), brentq(delta, 0.19, 0.3)],
        "points": [{"at": eps, "t": t, "p": q} for eps, (t, q) in zip(POINTS, tests)],
        "ends": ends,
        "endErrors": [abs(np.sqrt(CL * (1 - CL) / TOYS) / slope) for slope in slopes],
    }


def main():
    results = {name: analyse(Likelihood(treatment), drawn) for name, (treatment, drawn) in TREATMENTS.items()}
    write(
        "csi-2017-nsi-toys.json",
        "scripts/reference/csi2017_nsi_toys.py",
        __doc__.strip(),
        {"ends": "eps_ee^V", "at": "eps_ee^V"},
        {"toys": TOYS, "cl": CL, **results},
    )
    for name, one in results.items():
        print(name, *(np.round(one[key], 4) for key in ("ends", "endErrors", "deltaChi2Ends")))


if __name__ == "__main__":
    main()
