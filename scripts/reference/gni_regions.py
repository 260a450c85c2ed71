"""Regions of the NuFact 2021 proceedings (figures 1 and 2) in (xi_X^e, xi_X^mu), X = S, V, T, by brute force on a grid:
`@energy` of coherent-csi-2021 and coherent-lar-2020, their sum, and the sum with sbc-lar10-inin or sbc-lar100-laguna.

Usage: gni_regions.py [folder with coherent-csi-2021, coherent-lar-2020, reactor-flux]
"""

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import csi2021_model
import lar2020_fit
import reactor
from csi2021_regions import energy_chi2
from folding import charge
from grid_region import LEVEL_90, LEVELS_SIGMA, mirrored, region
from output import CHECKOUT, write

WINDOWS = {"S": (-3.2, 3.2), "V": (-4.9, 3.0), "T": (-3.2, 3.2)}
POINTS = 1801
BACKGROUNDS = (0.0, 5.0, 20.0)


class Analysis:
    def __init__(self, folder):
        self.csi = csi2021_model.Release(folder / "coherent-csi-2021")
        self.lar = lar2020_fit.Release(folder / "coherent-lar-2020")
        self.source = reactor.tables(folder / "reactor-flux")

    def coherent(self, structure):
        csi, lar = energy_chi2(self.csi, structure), lar2020_fit.energy_chi2(self.lar, structure)
        shaped = lambda e, mu: lar(e.ravel(), mu.ravel())[0].reshape(e.shape)
        return {"csi": csi, "lar": lambda e, mu: shaped(*np.broadcast_arrays(e, mu))}

    def detector(self, structure, name="sbc-lar10-inin", background=None):
        model = reactor.Detector(self.source, name, background=background)

        def chi2(e, mu):
            line, back = np.unique(np.asarray(e, float).ravel(), return_inverse=True)
            return np.broadcast_to(model.chi2(line, structure)[0][back].reshape(np.shape(e)), np.broadcast(e, mu).shape)

        return chi2


def on_grid(chi2, structure):
    axis = np.linspace(*WINDOWS[structure], POINTS)
    if structure == "V":
        return chi2(axis[:, None], axis[None, :]), axis
    positive = np.abs(axis[POINTS // 2 :])
    return mirrored(chi2(positive[:, None], positive[None, :])), axis


def minimum(chi2, grid, axis):
    start = np.array([axis[i] for i in np.unravel_index(np.argmin(grid), grid.shape)])
    one = lambda x: float(chi2(np.array([x[0]]), np.array([x[1]]))[0])
    simplex = start + (axis[1] - axis[0]) * np.array([[0, 0], [1, 0], [0, 1]])
    options = {"xatol": 1e-8, "fatol": 1e-12, "initial_simplex": simplex}
    found = minimize(one, start, method="Nelder-Mead", options=options)
    return float(found.fun), list(found.x)


def report(parts, structure, grids, axis, levels):
    """`parts`: functions whose sum is chi^2, `grids` their values on the grid."""
    chi2, grid = (lambda e, mu: sum(f(e, mu) for f in parts)), sum(grids)
    lowest, at = minimum(chi2, grid, axis)
    zero = float(chi2(np.array([0.0]), np.array([0.0]))[0])
    at = at if structure == "V" else [abs(x) for x in at]
    result = {"minimum": {"chi2": lowest, "at": at}, "standardModel": zero - lowest}
    return {**result, "levels": {key: region(grid, (axis, axis), lowest + level) for key, level in levels.items()}}


def analyse(analysis, structure):
    parts = analysis.coherent(structure)
    grids, axis = {}, None
    for key, chi2 in parts.items():
        grids[key], axis = on_grid(chi2, structure)
    ninety, sigmas = {"90": LEVEL_90}, LEVELS_SIGMA
    coherent = [parts["csi"], parts["lar"]], structure, [grids["csi"], grids["lar"]], axis
    result = {key: report([parts[key]], structure, [grids[key]], axis, ninety) for key in parts}
    result["coherent"] = report(*coherent, {**ninety, **sigmas})
    area = {key: result[key]["levels"]["90"]["area"] for key in ("csi", "lar", "coherent")}
    result["areaRatioCoherentToCsi90"] = area["coherent"] / area["csi"]
    cases = [("sbc-lar10-inin", b) for b in BACKGROUNDS] + [("sbc-lar100-laguna", None)]
    for name, background in cases:
        chi2 = analysis.detector(structure, name, background)
        grid = on_grid(chi2, structure)[0]
        key = f"coherent + {name}" + ("" if background is None else f", {background:g} per day")
        result[key] = report([*coherent[0], chi2], structure, [*coherent[2], grid], axis, {**ninety, **sigmas})
    return {"window": WINDOWS[structure], "points": POINTS, **result}


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT.parent / "shared" / "data"
    analysis = Analysis(folder)
    Q = {name: charge(name) for name in ("133Cs", "127I", "40Ar")}
    write(
        "gni-regions.json",
        "scripts/reference/gni_regions.py",
        "Regions below the minimum + level (2 dof): coherent-csi-2021@energy, coherent-lar-2020@energy (anchored), "
        "their sum `coherent`, and with Asimov counts of a bubble chamber at the SM (linear flux interpolation). "
        "The likelihoods share no pull. Couplings real, the same for neutrinos and antineutrinos, R and V-A left "
        "out. Islands and holes on the grid (4-connected); extents [[e low, high], [mu low, high]], null at the "
        "window; areaHalfGrid: the area from every second point; lowest: chi^2 of the island's best grid point "
        "relative to the level. The default background is 5 per day for sbc-lar10-inin, 500 per day for "
        "sbc-lar100-laguna.",
        {"chi2": "dimensionless", "couplings": "dimensionless", "area": "product of the two couplings"},
        {
            "levels": {"90": LEVEL_90, **LEVELS_SIGMA},
            "weakCharge": Q,
            **{structure: analyse(analysis, structure) for structure in WINDOWS},
        },
    )


if __name__ == "__main__":
    main()
