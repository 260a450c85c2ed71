"""The circle of coherent-csi-2017@paper in (C_S^u, D_P^u) at xi_V = -0.6: chi^2 depends on the square of the radius alone.

Convention A, recoil `full`, as csi2017_fit.py, whose templates and chi^2 it uses. Run csi2017_paper.py first.
"""

import json

import numpy as np
from scipy.optimize import brentq, least_squares

from constants import NUCLEI
from csi2017_fit import ISOTOPES, SOLVER, Model, nuclear_couplings, polish
from output import FOLDER, write

XI_V = -0.6
# Quantiles of chi^2 with two degrees of freedom at 90 % and 99 %: -2 ln(1 - cl).
LEVELS = {"90": -2 * np.log(0.1), "99": -2 * np.log(0.01)}
NONE = dict.fromkeys(("C_S_u", "C_S_d", "D_P_u", "D_P_d", "C_V_u", "C_V_d", "D_A_d", "C_T_u", "C_T_d"), 0.0)


def main():
    model = Model(json.loads((FOLDER / "csi-2017-paper.json").read_text()))
    perUnit = {}
    for isotope in ISOTOPES:
        nucleus = NUCLEI[isotope]
        perUnit[isotope] = nuclear_couplings(nucleus, {**NONE, "C_S_u": 1.0})["C_S"] / (nucleus.A - nucleus.Z)
        assert perUnit[isotope] == nuclear_couplings(nucleus, {**NONE, "D_P_u": 1.0})["D_P"] / (nucleus.A - nucleus.Z)

    def events(square):
        return sum(model.combine(a, square * perUnit[a] ** 2, (XI_V + model.charge[a]) ** 2, 0.0, 0.0) for a in ISOTOPES)

    residuals = lambda x: model.residuals(events(x[0]), x[1], x[2])
    square, signal, background = polish(residuals, least_squares(residuals, [0.001, 0.0, 0.0], **SOLVER).x)
    lowest = float(np.sum(residuals([square, signal, background]) ** 2))
    chi2 = lambda square: model.pulls_only(events(square))["chi2"]
    assert abs(chi2(square) - lowest) < 1e-12
    rings = {}
    for name, level in LEVELS.items():
        excess = lambda s: chi2(s) - lowest - level
        inner = brentq(excess, 0.0, square, xtol=1e-15) if excess(0.0) > 0 else 0.0
        outer = brentq(excess, square, 0.1, xtol=1e-15)
        rings[name] = {
            "deltaChi2": level,
            "innerRadius": np.sqrt(inner),
            "outerRadius": np.sqrt(outer),
            "area": np.pi * (outer - inner),
        }
    write(
        "csi-2017-circle.json",
        "scripts/reference/csi2017_circle.py",
        "coherent-csi-2017@paper, convention A, xi_V = -0.6: radius of the circle of best fits in C_S^u, D_P^u, and the "
        "rings chi^2 - chi^2_min below the levels of two degrees of freedom.",
        {"radius": "dimensionless", "area": "dimensionless", "chi2": "dimensionless"},
        {"xiV": XI_V, "chi2": lowest, "radius": np.sqrt(square), "centreChi2": chi2(0.0), "rings": rings},
    )


if __name__ == "__main__":
    main()
