"""Fits of coherent-csi-2017@paper: chi^2 of arXiv:1806.07424 eq. 10 on the templates of csi2017_paper.py.

Convention A, recoil `full`. Both pulls are fitted numerically, together with the couplings, by
scipy.optimize.least_squares (complex-step derivatives); iminuit repeats every best fit.
Run csi2017_paper.py first.
"""

import json
import random
from itertools import product

import numpy as np
from iminuit import Minuit
from scipy.optimize import brentq, least_squares

from constants import DELTA, F_T, M_NEUTRON, M_PROTON, NUCLEI, QUARK_MASS
from output import FOLDER, write

SIGMA_SIGNAL, SIGMA_BACKGROUND = 0.28, 0.25
SOLVER = {"jac": "cs", "xtol": 1e-15, "ftol": 1e-15, "gtol": 1e-15, "max_nfev": 2000}
LEVELS = {"90": 2.71, "99": 6.63}
PAIRS = (("S", "V"), ("S", "T"), ("V", "T"))
STARTS = {"S": (0.0, 0.4), "V": (-1.7, -1.0, -0.2), "T": (0.0, 0.4)}
ISOTOPES = ("133Cs", "127I")


def jacobian(residuals, x):
    """Derivatives of the residuals by the complex step, exact to rounding."""
    step = 1e-30
    shifts = 1j * step * np.eye(len(x))
    return np.array([residuals(x + shift).imag / step for shift in shifts]).T


def polish(residuals, x):
    """Newton steps on the gradient of the sum of squares: Gauss-Newton alone stops at 1e-11 in chi^2."""
    gradient = lambda y: 2 * jacobian(residuals, y).T @ residuals(y)
    for _ in range(4):
        unit = 1e-5 * np.eye(len(x))
        hessian = np.array([(gradient(x + d) - gradient(x - d)) / 2e-5 for d in unit])
        x = x - np.linalg.solve(hessian, gradient(x))
    return x


class Model:
    """Events per bin from the templates summed over flavours, and the chi^2."""

    def __init__(self, paper):
        self.charge = paper["weakCharge"]
        flavours = paper["templates"].values()
        keys = ("SS", "VV", "TT", "RR")
        self.template = {a: {k: sum(np.array(f[a]["full"][k]) for f in flavours) for k in keys} for a in ISOTOPES}
        data = paper["data"]
        self.residual, self.error = np.array(data["residual"], float), np.array(data["error"])
        self.background = np.array(data["beamOnBackground"])

    def events(self, S=0.0, V=0.0, T=0.0, interference=False):
        """xi_S, xi_V (without the SM), xi_T, the same for both nuclei; R = xi_S xi_T/sqrt2 if wanted."""
        R = S * T / np.sqrt(2) if interference else 0.0
        return sum(self.combine(a, S * S, (V + self.charge[a]) ** 2, T * T, R) for a in ISOTOPES)

    def combine(self, isotope, SS, VV, TT, RR):
        t = self.template[isotope]
        return SS * t["SS"] + VV * t["VV"] + TT * t["TT"] + RR * t["RR"]

    def residuals(self, events, alpha, beta):
        bins = (self.residual - (1 + alpha) * events - (1 + beta) * self.background) / self.error
        return np.concatenate([bins, [alpha / SIGMA_SIGNAL, beta / SIGMA_BACKGROUND]])

    def minimise(self, free, fixed, start, interference=False):
        """chi^2 minimised over the free couplings (names, start values) and the two pulls."""

        def residuals(x):
            values = {**fixed, **dict(zip(free, x))}
            return self.residuals(self.events(**values, interference=interference), x[-2], x[-1])

        fit = least_squares(residuals, [*start, 0.0, 0.0], **SOLVER)
        return self.report(free, fit.x, residuals), residuals

    def report(self, free, x, residuals):
        chi2 = float(np.sum(residuals(x) ** 2))
        return {"chi2": chi2, **dict(zip(free, x)), "signal": x[-2], "background": x[-1]}

    def best(self, free, fixed, interference=False):
        """The lowest of the minima found from all starting points."""
        fits = [self.minimise(free, fixed, s, interference)[0] for s in product(*(STARTS[n] for n in free))]
        return min(fits, key=lambda f: f["chi2"])

    def minima(self, free, interference=False):
        """The lowest minimum and its copies within 0.01 in chi^2; xi_S, xi_T positive, by ascending xi_V."""
        fits = []
        for start in product(*(STARTS[n] for n in free)):
            fit, residuals = self.minimise(free, {}, start, interference)
            x = polish(residuals, np.array([fit[n] for n in (*free, "signal", "background")]))
            fits.append(min(fit, self.report(free, x, residuals), key=lambda f: f["chi2"]))
        lowest, distinct = min(f["chi2"] for f in fits), {}
        for fit in sorted(fits, key=lambda f: f["chi2"]):
            if fit["chi2"] < lowest + 0.01:
                fit.update({n: abs(round(fit[n], 15)) for n in free if n != "V"})
                distinct.setdefault(tuple(round(fit[n], 4) for n in free), fit)
        return sorted(distinct.values(), key=lambda f: f.get("V", 0.0))

    def pulls_only(self, events):
        fit = least_squares(lambda x: self.residuals(events, *x), [0.0, 0.0], **SOLVER)
        return {"chi2": 2 * fit.cost, "signal": fit.x[0], "background": fit.x[1]}

    def check_with_minuit(self, free, fit, interference=False):
        residuals = self.minimise(free, {}, [fit[n] for n in free], interference)[1]
        start = [fit[n] + 0.01 for n in free] + [0.0, 0.0]
        minuit = Minuit(lambda x: float(np.sum(residuals(x) ** 2)), start)
        minuit.strategy, minuit.tol, minuit.errordef = 2, 1e-6, Minuit.LEAST_SQUARES
        minuit.migrad()
        assert abs(minuit.fval - fit["chi2"]) < 1e-6, (free, minuit.fval, fit["chi2"])
        return minuit.fval


def crossings(function, points):
    """All zeros of a function, bracketed on the given grid."""
    values = [function(x) for x in points]
    brackets = [(a, b) for a, b, u, v in zip(points, points[1:], values, values[1:]) if u * v < 0]
    return [brentq(function, a, b, xtol=1e-12, rtol=1e-13) for a, b in brackets]


def ranges(model, name, other, minimum, interference=False):
    """Where the profile chi^2 exceeds its minimum by the level; `other` is the coupling profiled over, or None."""
    free = [other] if other else []
    profile = lambda x: model.best(free, {name: x}, interference)["chi2"] - minimum
    grid = np.linspace(-3.0, 1.6, 93) if name == "V" else np.linspace(-1.7, 1.7, 69)
    return {level: crossings(lambda x: profile(x) - delta, grid) for level, delta in LEVELS.items()}


def table1(model):
    result = {}
    for name in ("S", "V", "T"):
        minima = model.minima([name])
        lowest = min(minima, key=lambda f: f["chi2"])
        model.check_with_minuit([name], lowest)
        result[name] = {"minima": minima, "ranges": ranges(model, name, None, lowest["chi2"])}
    return result


def table2(model, pairs=PAIRS, interference=False):
    result = {}
    for pair in pairs:
        minima = model.minima(pair, interference)
        lowest = min(minima, key=lambda f: f["chi2"])
        model.check_with_minuit(pair, lowest, interference)
        entry = {"minima": minima}
        for name, other in (pair, pair[::-1]):
            entry[name] = ranges(model, name, other, lowest["chi2"], interference)
        result["-".join(pair)] = entry
    return result


def nuclear_couplings(nucleus, quark):
    """arXiv:1806.07424 eq. 19."""
    Z, N = nucleus.Z, nucleus.A - nucleus.Z
    mass = {"p": float(M_PROTON), "n": float(M_NEUTRON)}

    def scalar(u, d):
        of = lambda n: sum(c * mass[n] / float(QUARK_MASS[q]) * float(F_T[q, n]) for q, c in (("u", u), ("d", d)))
        return Z * of("p") + N * of("n")

    def tensor(u, d):
        of = lambda n: u * float(DELTA["u", n]) + d * float(DELTA["d", n])
        return Z * of("p") + N * of("n")

    vector = lambda u, d: Z * (2 * u + d) + N * (u + 2 * d)
    return {
        "C_S": scalar(quark["C_S_u"], quark["C_S_d"]),
        "D_P": scalar(quark["D_P_u"], quark["D_P_d"]),
        "C_V": vector(quark["C_V_u"], quark["C_V_d"]),
        "D_A": vector(0.0, quark["D_A_d"]),
        "C_T": tensor(quark["C_T_u"], quark["C_T_d"]),
    }


def quark_points(model):
    rng = random.Random(11)
    size = {"C_S": 0.02, "D_P": 0.02, "C_V": 0.15, "D_A": 0.1, "C_T": 0.3}
    names = ["C_S_u", "C_S_d", "D_P_u", "D_P_d", "C_V_u", "C_V_d", "D_A_d", "C_T_u", "C_T_d"]
    points = []
    for _ in range(20):
        quark = {name: round(rng.uniform(-1, 1) * size[name[:3]], 4) for name in names}
        point = {"couplings": quark, "nuclear": {}}
        events = {"A": 0.0, "B": 0.0}
        for isotope in ISOTOPES:
            nucleus = NUCLEI[isotope]
            N = nucleus.A - nucleus.Z
            c = point["nuclear"][isotope] = nuclear_couplings(nucleus, quark)
            SS, TT = (c["C_S"] ** 2 + c["D_P"] ** 2) / N**2, 8 * c["C_T"] ** 2 / N**2
            RR = 2 * c["C_S"] * c["C_T"] / N**2
            charge = model.charge[isotope]
            VV = {
                "A": (c["C_V"] / N + charge) ** 2 + (c["D_A"] / N) ** 2,
                "B": ((c["C_V"] - c["D_A"]) / N + charge) ** 2,
            }
            for convention in "AB":
                events[convention] = events[convention] + model.combine(isotope, SS, VV[convention], TT, RR)
        for convention in "AB":
            point[convention] = {"events": float(sum(events[convention])), **model.pulls_only(events[convention])}
        points.append(point)
    return points


def main():
    model = Model(json.loads((FOLDER / "csi-2017-paper.json").read_text()))
    write(
        "csi-2017-fit.json",
        "scripts/reference/csi2017_fit.py",
        "coherent-csi-2017@paper: chi^2 and fits, convention A, recoil `full`, the same xi for Cs and I. "
        "table1: one coupling; table2: two, ranges profiled over the other; ranges are all crossings of the level (1 dof) "
        "in ascending order. table2 leaves R out; scalarTensorWithR has R = xi_S xi_T/sqrt2. quarkPoints: chi^2 at fixed "
        "quark couplings with R, for conventions A and B. signal and background are the fitted alpha and beta.",
        {
            "chi2": "dimensionless",
            "couplings": "dimensionless",
            "events": "events in the 13 bins",
            "signal": "relative",
            "background": "relative",
        },
        {
            "levels": LEVELS,
            "standardModel": model.pulls_only(model.events()),
            "standardModelWithoutPulls": float(np.sum(model.residuals(model.events(), 0.0, 0.0) ** 2)),
            "table1": table1(model),
            "table2": table2(model),
            "scalarTensorWithR": table2(model, (("S", "T"),), True)["S-T"],
            "quarkPoints": quark_points(model),
        },
    )


if __name__ == "__main__":
    main()
