"""The circle of coherent-csi-2017@paper in (C_S^u, D_P^u) at xi_V = -0.6: chi^2 depends on the square of the radius alone.

Convention A, recoil `full`, as csi2017_fit.py, whose templates and chi^2 it uses. Run csi2017_paper.py first.
"""

import json

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from constants import NUCLEI
from csi2017_fit import ISOTOPES, Model, nuclear_couplings
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

    def fit(square):
        events = sum(
            model.combine(a, square * perUnit[a] ** 2, (XI_V + model.charge[a]) ** 2, 0.0, 0.0) for a in ISOTOPES
        )
        return model.pulls_only(events)

    chi2 = lambda square: fit(square)["chi2"]
    best = minimize_scalar(chi2, bounds=(0.0, 0.01), method="bounded", options={"xatol": 1e-10})
    # The radius from where the derivative vanishes: a minimum of chi^2 alone fixes it to 1e-8 only.
    step = 1e-5
    square = brentq(lambda s: chi2(s + step) - chi2(s - step), 0.5 * best.x, 1.5 * best.x, xtol=1e-15)
    lowest = fit(square)
    rings = {}
    for name, level in LEVELS.items():
        excess = lambda s: chi2(s) - lowest["chi2"] - level
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
        {"xiV": XI_V, "chi2": lowest["chi2"], "radius": np.sqrt(square), "centreChi2": chi2(0.0), "rings": rings},
    )


if __name__ == "__main__":
    main()
