"""Templates, data and plain fit of coherent-csi-2017@release (arXiv:1804.09459): 12 x 12 cells, 6-30 PE x 0-6 us.

Quenching factor 0.0878, 13.348 PE/keVee, Poisson photoelectrons; n photoelectrons fall into [n, n+1) and have the
efficiency at n + 0.5.

Usage: csi2017_release.py [folder of the COHERENT CsI 2018 release]
"""

import sys
from pathlib import Path

import numpy as np
from mpmath import mp, mpf
from scipy.special import gammaln

import arrival
import csi2017_paper
import stopped_pion
from constants import HBAR_C_MEV_FM, NUCLEI, nuclear_mass
from csi2017_paper import RELEASE, read_table
from csi2021_fit import errors_of, fit_from, interval
from folding import PIECES, charge, fluence, helm, helm_rms, nuclei_count, pieces, prefactor, structures
from form_factors import helm as helm_mp
from form_factors import helm_radius_from_mass_number
from output import write
from poisson_fit import chi2_of, problem

ISOTOPES = ("133Cs", "127I")
PE_EDGES, TIME_EDGES = tuple(range(6, 31, 2)), tuple(k / 2 for k in range(13))
PE_PER_MEV = 0.0878 * 13.348 * 1000
GWH = 7.47594
SIGMA = {"flux": 0.1, "signal": 0.26, "brn": 0.25, "steady-state": 0.05}
FIXED = (0, 0, 0, 0)


def acceptance(n):
    step = 0.0 if n < 5 else 0.5 if n < 6 else 1.0
    return step * 0.6655 / (1 + np.exp(-0.4942 * (n - 10.8507)))


def response(recoil):
    """Poisson probability of n photoelectrons times the efficiency at n + 0.5, pairs of n summed."""
    mean = PE_PER_MEV * recoil
    n = np.arange(PE_EDGES[0], PE_EDGES[-1])[:, None]
    eff = np.array([acceptance(k + 0.5) for k in n[:, 0]])[:, None]
    rows = eff * np.exp(n * np.log(mean) - mean - gammaln(n + 1))
    return rows[0::2] + rows[1::2]


def scale(name):
    molar = sum(float(NUCLEI[a].atomic_mass_u) for a in ISOTOPES)
    return nuclei_count(14600, molar) * fluence(0.08, 1.76e23, 1930) * prefactor(NUCLEI[name])


def templates():
    """flavour -> isotope -> piece -> events per PE bin, all arrival times."""
    result = {}
    for flavour in stopped_pion.FLAVOURS:
        result[flavour] = {}
        for name in ISOTOPES:
            form = helm(helm_rms(NUCLEI[name].A))
            x = pieces(flavour, NUCLEI[name], response, lambda q: form(q) ** 2)
            result[flavour][name] = {k: scale(name) * x[k] for k in PIECES}
    return result


def oracle(flavour, name, i):
    """Pieces of one PE bin with mpmath."""
    nucleus = NUCLEI[name]
    m, end = nuclear_mass(nucleus, mpf), stopped_pion.end_point()
    top = csi2017_paper.max_recoil(m, end)

    def fold(recoil_power, energy_power):
        def inner(root):
            Er = root**2
            mean = mpf("0.0878") * mpf("13.348") * 1000 * Er
            share = sum(
                mpf(float(acceptance(n + 0.5))) * mp.exp(-mean) * mean**n / mp.factorial(n)
                for n in range(PE_EDGES[i], PE_EDGES[i + 1])
            )
            q = mp.sqrt(2 * m * Er) / mpf(HBAR_C_MEV_FM)
            form = helm_mp(q, helm_radius_from_mass_number(nucleus.A)) ** 2
            flux = lambda E: stopped_pion.spectrum(flavour, E) * E**-energy_power
            moment = mp.quad(flux, [csi2017_paper.min_energy(m, Er), end], method="gauss-legendre", maxdegree=3)
            return 2 * root * share * form * Er**recoil_power * moment

        return mp.quad(inner, mp.linspace(0, mp.sqrt(top), 6), method="gauss-legendre", maxdegree=4)

    return {"1": scale(name) * fold(0, 0), "t": scale(name) * m / 2 * fold(1, 2), "y": scale(name) * fold(1, 1)}


def check(table):
    worst = 0.0
    with mp.workdps(24):
        for flavour, name, i in (("nu_e", "133Cs", 0), ("anti_nu_mu", "127I", 11)):
            exact = oracle(flavour, name, i)
            worst = max(worst, *(abs(float(table[flavour][name][k][i] / exact[k] - 1)) for k in PIECES))
    assert worst < 1e-9, worst
    return {"templatesAgainstMpmath": worst}


def time_shape(release, name):
    rows = read_table(release / f"arrivalTimePDF_{name}.txt")
    return np.array([value for centre, value in rows if centre < TIME_EDGES[-1]])


def counts(release, name):
    """(12, 12) beam-on counts of the window."""
    inside = [n for pe, time, n in read_table(release / f"data_{name}_beamOn.txt") if 6 < pe < 30 and time < 6]
    return np.array(inside, int).reshape(12, 12)


def prompt_neutrons(release):
    rows = read_table(release / "promptPDF.txt")
    row = [sum(n * acceptance(pe) * GWH for pe, n in rows if a < pe < b) for a, b in zip(PE_EDGES, PE_EDGES[1:])]
    return np.outer(row, time_shape(release, "promptNeutrons"))


class Model:
    def __init__(self, release, table):
        self.time = {k: time_shape(release, f"{k}Neutrinos") for k in ("prompt", "delayed")}
        self.sm = {
            f: sum(charge(a) ** 2 * structures(table[f][a], False)["VV"] for a in ISOTOPES)
            for f in stopped_pion.FLAVOURS
        }
        self.signal = sum(np.outer(row, self.time[arrival.KIND[f]]) for f, row in self.sm.items())
        self.brn = prompt_neutrons(release)
        self.C, self.AC = counts(release, "coincidence"), counts(release, "anticoincidence")
        self.steady = np.outer(self.AC.sum(axis=1), self.AC.sum(axis=0)) / self.AC.sum()

    def poisson(self, **parameters):
        table = {
            "cevns": (1, 0, 0, 10),
            "flux": (0, 1, -20, 20),
            "signal": (0, 1, -20, 20),
            **{name: (1, SIGMA[name], 0, 10) for name in ("brn", "steady-state")},
            **parameters,
        }
        return problem(self.predict, self.C, table)

    def predict(self, p, points):
        rate = [1 + SIGMA["flux"] * p[:, 1], 1 + SIGMA["signal"] * p[:, 2]]
        flat = self.signal.ravel(), self.brn.ravel(), self.steady.ravel()
        factors = [
            rate[0] * rate[1],
            p[:, 0] * rate[1] * SIGMA["flux"],
            p[:, 0] * rate[0] * SIGMA["signal"],
            np.ones(len(p)),
            np.ones(len(p)),
        ]
        jacobian = np.stack([f[:, None] * flat[max(i - 2, 0)] for i, f in enumerate(factors)], axis=2)
        mu = (p[:, 0] * rate[0] * rate[1])[:, None] * flat[0] + p[:, 3, None] * flat[1] + p[:, 4, None] * flat[2]
        return mu, jacobian

    def plain_fit(self):
        make = lambda **more: self.poisson(**{"cevns": (1, np.inf, 0, 10), "flux": FIXED, "signal": FIXED, **more})
        task = make()
        p, chi2 = fit_from(task, [task.centre])
        errors = errors_of(task, p, chi2)
        none = make(cevns=FIXED)
        without = fit_from(none, [none.centre])[1]
        totals = {"cevns": self.signal.sum(), "brn": self.brn.sum(), "steady-state": self.steady.sum()}
        result = {"chi2": chi2, "cells": self.C.size}
        result.update({"significance": np.sqrt(without - chi2), "chi2WithoutCevns": without})
        for name, total in totals.items():
            value = p[task.index(name)]
            low, high = (total * x for x in interval(make, name, value, chi2, errors[name]))
            result[name] = {"events": total * value, "hesse": total * errors[name], "low": low, "high": high}
        return result

    def standard_model(self):
        task = self.poisson()
        p, chi2 = fit_from(task, [task.centre])
        centre = task.centre[None, :]
        at = chi2_of(task, task.model(centre, None)[0], centre)[0]
        return {"chi2": chi2, "pulls": dict(zip(task.names[1:], p[1:])), "chi2PullsAtCentre": at}


def main():
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else RELEASE
    table = templates()
    model = Model(release, table)
    write(
        "csi-2017-release.json",
        "scripts/reference/csi2017_release.py",
        "coherent-csi-2017@release: `pieces` 1, t, y and `structures` (recoil `full`, prefactor, exposure and Helm "
        "F^2 included, number fractions 1/2) per flavour and isotope in PE bins, all arrival times; `time`: the "
        "release's shares per 0.5 us; cells are rows of PE, columns of time. sm: events at zero couplings per PE "
        "bin, all times. steadyState: AC row sums x AC column sums / AC. plainFit: CEvNS free, flux and signal at "
        "0; standardModel: all pulls fitted.",
        {
            "peEdges": "photoelectrons",
            "timeEdges": "us",
            "templates": "events",
            "pulls": "sigma; brn, steady-state: factor",
        },
        {
            "peEdges": list(PE_EDGES),
            "timeEdges": list(TIME_EDGES),
            "weakCharge": {a: charge(a) for a in ISOTOPES},
            "pieces": {
                f: {a: {k: v.tolist() for k, v in x.items()} for a, x in rows.items()} for f, rows in table.items()
            },
            "structures": {
                f: {a: {k: v.tolist() for k, v in structures(x, stopped_pion.ANTI[f]).items()} for a, x in rows.items()}
                for f, rows in table.items()
            },
            "time": {k: v.tolist() for k, v in model.time.items()},
            "timeTotal": {k: v.sum() for k, v in model.time.items()},
            "sm": {f: row.tolist() for f, row in model.sm.items()},
            "smCells": model.signal.tolist(),
            "smTotal": model.signal.sum(),
            "smPerFlavour": {f: row.sum() * model.time[arrival.KIND[f]].sum() for f, row in model.sm.items()},
            "brn": model.brn.tolist(),
            "brnTotal": model.brn.sum(),
            "steadyState": model.steady.tolist(),
            "C": model.C.tolist(),
            "AC": model.AC.tolist(),
            "totals": {"C": int(model.C.sum()), "AC": int(model.AC.sum())},
            "emptyAC": {"cells": int((model.AC == 0).sum()), "C": int(model.C[model.AC == 0].sum())},
            "plainFit": model.plain_fit(),
            "standardModel": model.standard_model(),
            "checks": check(table),
        },
    )


if __name__ == "__main__":
    main()
