"""90 % regions (2 dof) of coherent-csi-2021 in (xi_X^e, xi_X^mu), X = S, V, T, by brute force on a grid.

Usage: csi2021_regions.py [folder of the COHERENT CsI 2021 release]
"""

import sys
from pathlib import Path

import numpy as np
from scipy.interpolate import RectBivariateSpline
from scipy.optimize import minimize

import csi2021
from csi2021_fit import FIXED, STARTS
from csi2021_model import SIGMA, Release, coefficients, two_pulls
from grid_region import LEVEL_90, mirrored, region
from output import write
from poisson_fit import minimise

# structure -> window of both couplings; S and T enter squared
WINDOWS = {"S": (-1.8, 1.8), "V": (-3.0, 1.08), "T": (-1.8, 1.8)}
ENERGY_POINTS, POISSON_POINTS, REFINE = 1201, 181, 6
CHUNK = 1500
RELAXED = 110.0  # 20 above the level of every region here


def profiled(release, structure, e, mu, onset_free, joint):
    """chi^2 minimised over all pulls at every point; the onset from three starting points where it is free."""
    e, mu = np.broadcast_arrays(e, mu)
    flat = coefficients(e.ravel(), mu.ravel())
    change = {} if onset_free else {"onset": FIXED}
    result = np.empty(len(flat))
    for first in range(0, len(flat), CHUNK):
        task = release.poisson(flat[first : first + CHUNK], structure, joint, **change)
        count = len(flat[first : first + CHUNK])
        values = []
        for onset in (STARTS[::2] if onset_free else (0.0,)):
            start = np.tile(task.centre, (count, 1))
            start[:, task.index("onset")] = onset
            values.append(minimise(task, start, tolerance=1e-8, relaxed=RELAXED)[1])
        result[first : first + CHUNK] = np.min(values, axis=0)
    return result.reshape(e.shape)


def scan(chi2, structure, points):
    """Grid of chi^2 and its axis."""
    axis = np.linspace(*WINDOWS[structure], points)
    if structure == "V":
        return chi2(axis[:, None], axis[None, :]), axis
    positive = np.abs(axis[points // 2 :])
    return mirrored(chi2(positive[:, None], positive[None, :])), axis


def minimum(chi2, grid, axis, structure):
    """From the lowest grid point by the simplex; the grid spacing is the first step."""
    start = np.array([axis[i] for i in np.unravel_index(np.argmin(grid), grid.shape)])
    one = lambda x: float(chi2(np.array([x[0]]), np.array([x[1]]))[0])
    simplex = start + (axis[1] - axis[0]) * np.array([[0, 0], [1, 0], [0, 1]])
    options = {"xatol": 1e-7, "fatol": 1e-11, "initial_simplex": simplex}
    found = minimize(one, start, method="Nelder-Mead", options=options)
    at = np.abs(found.x) if structure != "V" else found.x
    return float(found.fun), list(at)


def report(chi2, structure, points, refine=1):
    """`refine` > 1: a bicubic spline through the grid fills in that many steps; islands and holes must not change."""
    grid, axis = scan(chi2, structure, points)
    lowest, at = minimum(chi2, grid, axis, structure)
    level, raw = lowest + LEVEL_90, None
    if refine > 1:
        raw = region(grid, (axis, axis), level)
        spline = RectBivariateSpline(axis, axis, grid)
        axis = np.linspace(axis[0], axis[-1], refine * (points - 1) + 1)
        grid = spline(axis, axis)
    result = region(grid, (axis, axis), level)
    assert raw is None or (raw["islands"], raw["holes"]) == (result["islands"], result["holes"]), structure
    zero = float(chi2(np.array([0.0]), np.array([0.0]))[0])
    head = {"window": WINDOWS[structure], "points": points, "splineSteps": refine}
    return {**head, "minimum": {"chi2": lowest, "at": at}, "standardModel": zero - lowest, **result}


def energy_chi2(release, structure):
    data, variance, background = release.energy_data()
    sigmas = (SIGMA["energy.signal"], SIGMA["energy.background"])

    def chi2(e, mu):
        e, mu = np.broadcast_arrays(e, mu)
        events = release.energy_events(coefficients(e.ravel(), mu.ravel()), structure)
        return two_pulls(data, variance, events, background, sigmas)[0].reshape(e.shape)

    return chi2


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else csi2021.RELEASE
    release = Release(folder)
    result = {"energy": {s: report(energy_chi2(release, s), s, ENERGY_POINTS) for s in WINDOWS}}
    for onset in (False, True):
        for joint in (False, True):
            key = f"onset {'free' if onset else 'fixed'}, {'joint' if joint else 'fixed'}"
            poisson = lambda s: (lambda e, mu: profiled(release, s, e, mu, onset, joint))
            wanted = "V" if joint else WINDOWS
            result[f"poisson, {key}"] = {s: report(poisson(s), s, POISSON_POINTS, REFINE) for s in wanted}
    write(
        "csi-2021-regions.json",
        "scripts/reference/csi2021_regions.py",
        f"coherent-csi-2021: Delta chi^2 < {LEVEL_90:.6f} (90 %, 2 dof) relative to the minimum, couplings real, "
        "the same for neutrinos and antineutrinos, R and V-A left out, all pulls profiled. Islands and holes on "
        "the grid (4-connected); extents [[e low, high], [mu low, high]], null at the window; areaHalfGrid: the "
        "area from every second point; lowest: chi^2 of the island's best grid point relative to the level. In the "
        "radius pull xi multiplies F_n.",
        {"chi2": "dimensionless", "couplings": "dimensionless", "area": "product of the two couplings"},
        {"level": LEVEL_90, **result},
    )


if __name__ == "__main__":
    main()
