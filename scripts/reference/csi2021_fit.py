"""Fits of coherent-csi-2021: CEvNS normalisation free (as the collaboration fits), SM with all pulls, `@energy` fits.

Usage: csi2021_fit.py [folder of the COHERENT CsI 2021 release]
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from iminuit import Minuit
from scipy.optimize import brentq, minimize_scalar

import csi2021
from csi2021_model import SHAPES, SIGMA, Release, coefficients, two_pulls
from output import write
from poisson_fit import best, chi2_of, hesse

FIXED = (0, 0, 0, 0)
BINNINGS = {
    "default": (csi2021.PE_EDGES, csi2021.TIME_EDGES),
    "4 PE": (tuple(range(0, 61, 4))[:1] + tuple(range(8, 61, 4)), csi2021.TIME_EDGES),
    "half us": (csi2021.PE_EDGES, tuple(k / 2 for k in range(13))),
    "10 PE, quarter us": ((0, 10, 20, 30, 40, 50, 60), (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6)),
    "from 8 PE": (csi2021.PE_EDGES[1:], csi2021.TIME_EDGES),
}
STARTS = (-0.1, 0.0, 0.1)
POINTS = (("V", 0.1, -0.2), ("V", -0.6, 0.05), ("V", -1.9, -0.1), ("S", 0.5, 0.2), ("T", 0.3, 0.35))
LEVELS = {"68.27": 1.0, "90": 2.71}


def setup(release, free, shapes, onset, joint, **more):
    """The problem with the CEvNS normalisation free or at `more`; flux fixed when it is free."""
    change = {"cevns": (1, np.inf, 0, 10), "flux": FIXED} if free else {}
    if not shapes:
        change.update({name: FIXED for name in SHAPES})
    if not onset:
        change["onset"] = FIXED
    return release.poisson(coefficients(0, 0), joint=joint, **{**change, **more})


def fit(task):
    """From three onsets."""
    rows = np.tile(task.centre, (len(STARTS), 1))
    rows[:, task.index("onset")] = STARTS
    return fit_from(task, rows)


def fit_from(task, rows):
    """The lowest minimum of a one-point problem from several starts, run as one batch."""
    repeated = replace(task, model=lambda p, points: task.model(p, np.zeros(len(p), int)))
    return best(repeated, rows)


def interval(make, name, centre, lowest, width):
    """Where the profiled chi^2 exceeds its minimum by one, on both sides; None if it does not before zero."""
    task = make()
    prior, sigma = task.centre[task.index(name)], task.sigma[task.index(name)]

    def profile(x):
        fixed = make(**{name: (x, 0, 0, 0)})
        rows = np.tile(fixed.centre, (len(STARTS), 1))
        if "onset" in fixed.names:
            rows[:, fixed.index("onset")] = STARTS
        return fit_from(fixed, rows)[1] + ((x - prior) / sigma) ** 2 - lowest - 1

    high = brentq(profile, centre, centre + 4 * width, xtol=1e-9)
    bottom = max(centre - 4 * width, 0.0)
    return [brentq(profile, bottom, centre, xtol=1e-9) if profile(bottom) > 0 else None, high]


def errors_of(task, p, chi2):
    """Errors from the second derivatives; iminuit must find the same minimum and errors within 2 %."""
    errors = hesse(task, p)
    one = lambda x: float(chi2_of(task, task.model(np.array([x]), np.array([0]))[0], np.array([x]))[0])
    minuit = Minuit(one, p, name=task.names)
    minuit.strategy, minuit.tol, minuit.errordef = 2, 1e-4, Minuit.LEAST_SQUARES
    for name, low, high in zip(task.names, task.low, task.high):
        minuit.fixed[name] = bool(low == high)
        if low < high:
            minuit.errors[name] = errors[name]
        if name == "onset" and low < high:
            minuit.limits[name] = (low, high)
    minuit.migrad()
    assert -1e-6 < minuit.fval - chi2 < 1e-4, (minuit.fval, chi2)
    minuit.hesse()
    for name in task.names:
        assert minuit.fixed[name] or abs(minuit.errors[name] / errors[name] - 1) < 0.02, (name, minuit.errors[name])
    return errors


def plain_fit(release, shapes, onset, joint=False):
    make = lambda **more: setup(release, True, shapes, onset, joint, **more)
    task = make()
    p, chi2 = fit(task)
    errors = errors_of(task, p, chi2)
    value = dict(zip(task.names, p))
    sm = float(task_signal(release))
    steady = release.rows.sum() if not joint else sum(value[f"row-{r}"] for r in range(len(release.rows)))
    totals = {"brn": release.brn.sum(), "nin": release.nin.sum(), "steady-state": steady}
    ends = interval(make, "cevns", value["cevns"], chi2, errors["cevns"])
    without = fit(make(cevns=(0, 0, 0, 0)))[1]
    result = {
        "chi2": chi2,
        "cells": int(release.C.size),
        "cevnsInBestShapes": cevns_events(task, p, release),
        "cevns": dict(zip(("events", "low", "high", "hesse"), sm * np.array([value["cevns"], *ends, errors["cevns"]]))),
        "significance": np.sqrt(without - chi2),
        "chi2WithoutCevns": without,
    }
    for name, total in totals.items():
        result[name] = {"events": value[name] * total, "factor": value[name]}
        if not (joint and name == "steady-state"):
            result[name]["hesse"] = errors[name] * total
    pulls = [n for n in (*SHAPES, "onset") if task.low[task.index(n)] < task.high[task.index(n)]]
    result["pulls"] = {n: value[n] for n in pulls}
    if joint:
        result["steadyRows"] = [value[f"row-{r}"] for r in range(len(release.rows))]
    return result


def cevns_events(task, p, release):
    """CEvNS events of the window with the fitted shapes: the prediction less the one without CEvNS."""
    none = np.where(np.arange(len(p)) == task.index("cevns"), 0, p)
    mu = task.model(np.array([p, none]), np.array([0, 0]))[0][:, : release.C.size].sum(axis=1)
    return mu[0] - mu[1]


def task_signal(release):
    """SM events of the window."""
    return release.energy_events(coefficients(0, 0)).sum()


def standard_model(release, onset, joint):
    """CEvNS at the SM, all pulls fitted."""
    task = setup(release, False, True, onset, joint)
    p, chi2 = fit(task)
    return {"chi2": chi2, "pulls": {n: v for n, v in zip(task.names, p) if not n.startswith(("cevns", "row"))}}


def at_zero(release):
    """chi^2 of the SM with every pull at its centre, `fixed` and with the AC rows at their counts."""
    result = {}
    for joint in (False, True):
        task = setup(release, False, True, False, joint)
        p = task.centre[None, :]
        result["joint" if joint else "fixed"] = chi2_of(task, task.model(p, np.array([0]))[0], p)[0]
    return result


def coupling_point(release, structure, e, mu):
    """`@poisson`, fixed steady rows: chi^2 with the pulls at their centres, profiled with the onset fixed and free."""
    result = {"structure": structure, "e": e, "mu": mu}
    for name, onset in (("onset fixed", False), ("onset free", True)):
        task = release.poisson(coefficients(e, mu), structure, **({} if onset else {"onset": FIXED}))
        p, chi2 = fit(task)
        result[name] = {"chi2": chi2, "pulls": dict(zip(task.names[1:], p[1:]))}
    centre = task.centre[None, :]
    cells = task.model(centre, np.array([0]))[0]
    return {**result, "events": cells.sum(), "chi2PullsAtCentre": chi2_of(task, cells, centre)[0]}


def energy_fits(release):
    data, variance, background = release.energy_data()
    sigmas = (SIGMA["energy.signal"], SIGMA["energy.background"])
    directions = {"both": (1, 1), "e": (1, 0), "mu": (0, 1)}

    def chi2(x, direction):
        rows = release.energy_events(coefficients(direction[0] * np.atleast_1d(x), direction[1] * np.atleast_1d(x)))
        return two_pulls(data, variance, rows, background, sigmas)

    sm = chi2(0.0, (1, 1))
    result = {
        "data": data.tolist(),
        "variance": variance.tolist(),
        "background": background.tolist(),
        "smEvents": release.energy_events(coefficients(0, 0))[0].tolist(),
        "standardModel": {"chi2": sm[0][0], "signal": sm[1][0], "background": sm[2][0]},
        "chi2At": {str(x): chi2(x, (1, 1))[0][0] for x in (-1.9, -1.0, -0.5, 0.1, 0.3)},
        "xiV": {key: minima_and_ranges(lambda x, d=d: chi2(x, d)[0]) for key, d in directions.items()},
    }
    return result


def minima_and_ranges(chi2, low=-3.2, high=1.3, count=1801):
    """All local minima of a function of one coupling and where it exceeds the lowest by the level (1 dof)."""
    x = np.linspace(low, high, count)
    f = chi2(x)
    inner = [k for k in range(1, count - 1) if f[k] < min(f[k - 1], f[k + 1])]
    minima = []
    for k in inner:
        found = minimize_scalar(lambda u: float(chi2(u)[0]), bracket=(x[k - 1], x[k], x[k + 1]), tol=1e-11)
        minima.append({"at": found.x, "chi2": found.fun})
    lowest = min(m["chi2"] for m in minima)
    ranges = {}
    for name, level in LEVELS.items():
        g = f - lowest - level
        ranges[name] = [
            brentq(lambda u: float(chi2(u)[0]) - lowest - level, a, b, xtol=1e-12)
            for a, b, u, v in zip(x, x[1:], g, g[1:])
            if u * v < 0
        ]
    return {"minima": minima, "lowest": lowest, "ranges": ranges}


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else csi2021.RELEASE
    releases = {name: Release(folder, *edges) for name, edges in BINNINGS.items()}
    default = releases["default"]
    word = {False: "fixed", True: "free"}
    cases = {f"shapes {word[s]}, onset {word[o]}": (s, o) for s in word for o in word}
    others = {key: release for key, release in releases.items() if key != "default"}
    write(
        "csi-2021-fit.json",
        "scripts/reference/csi2021_fit.py",
        "coherent-csi-2021@poisson with the CEvNS normalisation free and the flux at 0: events fitted in the "
        "window, error `hesse` from the second derivatives and interval of profiled chi^2 below minimum + 1; "
        "significance = sqrt(chi^2 without CEvNS - minimum). cevns.events is the fitted factor times the nominal "
        "SM events, cevnsInBestShapes what the fitted shape pulls make of it. `fixed`: steady rows are the AC row "
        "sums with one factor (2.1 %); `joint`: free steady rows with the AC row sums as Poisson data, no factor "
        "and no 2.1 % (chi^2 has the AC terms too). The onset is flat in +-0.25 us. points: couplings at fixed "
        "values, pulls fitted, radius pull with xi multiplying F_n, events: total prediction with the pulls at the "
        "centre. standardModel: CEvNS at the SM, flux 10 % and all pulls fitted. energy: `@energy`, xi_V the same "
        "for both flavours, or for one; ranges are crossings of minimum + level, 1 dof.",
        {"events": "events", "onset": "us", "pulls": "sigma; brn, nin, steady-state: factor"},
        {
            "binnings": {k: {"pe": list(p), "time": list(t)} for k, (p, t) in BINNINGS.items()},
            "smEvents": {k: task_signal(r) for k, r in releases.items()},
            "fixed": {name: plain_fit(default, *case) for name, case in cases.items()},
            "joint": {name: plain_fit(default, *case, joint=True) for name, case in cases.items()},
            "otherBinnings": {
                key: {name: plain_fit(r, *cases[name]) for name in list(cases)[:2]} for key, r in others.items()
            },
            "standardModel": {
                f"onset {'free' if o else 'fixed'}, {'joint' if j else 'fixed'}": standard_model(default, o, j)
                for o in (False, True)
                for j in (False, True)
            },
            "standardModelPullsAtCentre": at_zero(default),
            "points": [coupling_point(default, *point) for point in POINTS],
            "energy": energy_fits(default),
        },
    )


if __name__ == "__main__":
    main()
