"""Fits of coherent-lar-2020: components free as the collaboration fits them, SM with all pulls, `@energy` fits.

Usage: lar2020_fit.py [folder of the COHERENT LAr 2020 release]
"""

import sys
from pathlib import Path

import numpy as np

import lar2020
import stopped_pion
from csi2021_fit import POINTS, errors_of, fit_from, interval, minima_and_ranges
from csi2021_model import coefficients, two_pulls
from folding import charge, structures
from output import write
from poisson_fit import chi2_of, morph, problem

FLAVOURS = stopped_pion.FLAVOURS
FIXED = (0, 0, 0, 0)
# template -> (plus, minus) of each shape pull; one-sided files have no minus
SIGNAL_SHAPES = {"f90": ("cevns-f90-plus", "cevns-f90-minus"), "cevns-time": ("cevns-time-plus", None)}
BRN_SHAPES = {
    "brn-energy": ("brn-energy-plus", "brn-energy-minus"),
    "brn-time": ("brn-time-plus", "brn-time-minus"),
    "brn-width": ("brn-width-plus", None),
}
SHAPES = (*SIGNAL_SHAPES, *BRN_SHAPES)
PRIORS = {"brn": (497, 160), "brn-delayed": (33, 33), "steady-state": (3152, 25)}
SIGMA = {"flux": 0.1, "signal": 0.087, "energy.signal": 0.134, "energy.background": 0.32}
OVERSAMPLED = 5


def normalised(table, total):
    return table * (total / table.sum())


def reflected(nominal, plus):
    """The missing side of a one-sided file: 2 T0 - T+, cut at zero, with the sum of T0."""
    return normalised(np.maximum(2 * nominal - plus, 0), nominal.sum())


class Release:
    """template `own`: per flavour; `released`: cevnspdf; mixed: (energy, time), each own or released, factorised."""

    def __init__(self, folder, template="own", mixed=None):
        read = {key: lar2020.read(folder, name) for key, name in lar2020.TEMPLATES.items()}
        self.data = lar2020.read(folder, "datanobkgsub")
        self.table = lar2020.energy_templates(folder)
        self.f90, self.time = lar2020.f90_shapes(folder), lar2020.time_fractions()
        sm = lar2020.standard_model(self.table)
        rows = [lar2020.cells(sm[f], f, self.f90, self.time) for f in FLAVOURS]
        if template != "own":
            rows = [read["cevns"]]
        self.k = lar2020.ANCHOR / sum(rows).sum()
        if mixed:
            own = sum(lar2020.cells(sm[f], f, self.f90, self.time) for f in FLAVOURS)
            sources = {"own": own, "released": read["cevns"]}
            energy, time = sources[mixed[0]].sum(axis=(1, 2)), sources[mixed[1]].sum(axis=(0, 1))
            rows = [normalised(energy[:, None, None] * self.f90[:, :, None] * time, lar2020.ANCHOR / self.k)]
        self.cut = {}
        self.read = read
        self.set_signal(rows)
        self.background = {key: normalised(read[key], total) for key, (total, _) in PRIORS.items()}
        self.brn_moved = [self.moved_background(read, pair, name) for name, pair in BRN_SHAPES.items()]

    def set_signal(self, rows):
        """Cells per flavour at k = 1."""
        self.signal = self.k * sum(rows)
        self.signal_moved = [self.moved_signal(pair, rows, name) for name, pair in SIGNAL_SHAPES.items()]

    def set_couplings(self, structure, e, mu):
        """k stays that of zero couplings."""
        rows, Q = [], charge("40Ar")
        for f in FLAVOURS:
            x, xi = structures(self.table[f], False), e if f == "nu_e" else mu
            energy = (xi + Q) ** 2 * x["VV"] if structure == "V" else Q**2 * x["VV"] + xi**2 * x[2 * structure]
            rows.append(lar2020.cells(energy, f, self.f90, self.time))
        self.set_signal(rows)

    def moved_signal(self, pair, rows, name):
        """Every flavour's cells times the ratio of the released variant to the released nominal, sum kept."""
        read, (plus, minus) = self.read, pair
        ratio = lambda key: np.divide(read[key], read["cevns"], out=np.ones_like(read[key]), where=read["cevns"] > 0)
        up = [normalised(row * ratio(plus), row.sum()) for row in rows]
        if minus:
            down = [normalised(row * ratio(minus), row.sum()) for row in rows]
        else:
            down = [self.mirror(row, u, name) for row, u in zip(rows, up)]
        return self.k * sum(up), self.k * sum(down)

    def moved_background(self, read, pair, name):
        nominal = self.background["brn"]
        plus, minus = pair
        up = normalised(read[plus], nominal.sum())
        return up, normalised(read[minus], nominal.sum()) if minus else self.mirror(nominal, up, name)

    def mirror(self, nominal, plus, name):
        self.cut[name] = max(self.cut.get(name, 0.0), float(np.maximum(plus - 2 * nominal, 0).sum()))
        return reflected(nominal, plus)

    def poisson(self, factor=1.0, **parameters):
        """CEvNS normalisation `factor` (1: anchored) times the free one."""
        wide = (-20, 20)
        table = {
            "cevns": (1, 0, 0, 20),
            "flux": (0, 1, *wide),
            "signal": (0, 1, *wide),
            **{name: (0, 1, *wide) for name in SHAPES},
            **{key: (1, sigma / total, 0, 20) for key, (total, sigma) in PRIORS.items()},
            **parameters,
        }
        return problem(lambda p, points: self.predict(p, factor), self.data, table)

    def predict(self, p, factor):
        count, shape = len(p), self.data.shape
        cell = lambda x: x[:, None, None, None]
        jacobian = np.zeros((count, *shape, p.shape[1]))

        def moved(nominal, variants, first, scale):
            changes = [morph(cell(p[:, first + i]), nominal, *pair) for i, pair in enumerate(variants)]
            total = nominal + sum(c[0] for c in changes)
            for i, change in enumerate(changes):
                jacobian[..., first + i] = scale * change[1] * (total > 0)
            return np.maximum(total, 0)

        rate = (1 + SIGMA["flux"] * p[:, 1]) * (1 + SIGMA["signal"] * p[:, 2])
        strength = factor * cell(p[:, 0] * rate)
        signal = moved(self.signal, self.signal_moved, 3, strength)
        brn = moved(self.background["brn"], self.brn_moved, 5, cell(p[:, 8]))
        jacobian[..., 0] = factor * cell(rate) * signal
        jacobian[..., 1] = strength * signal * SIGMA["flux"] / (1 + SIGMA["flux"] * cell(p[:, 1]))
        jacobian[..., 2] = strength * signal * SIGMA["signal"] / (1 + SIGMA["signal"] * cell(p[:, 2]))
        templates = (brn, self.background["brn-delayed"], self.background["steady-state"])
        mu = strength * signal
        for i, template in enumerate(templates):
            jacobian[..., 8 + i] = template
            mu = mu + cell(p[:, 8 + i]) * template
        return mu.reshape(count, -1), jacobian.reshape(count, -1, p.shape[1])

    def energy_events(self, coefficient, structure="V"):
        """Anchored events per energy bin in the time window, pulls at 0: (points, 12)."""
        rows = []
        for f in FLAVOURS:
            x = structures(self.table[f], False)
            Q, square = charge("40Ar"), x[2 * structure]
            linear = 2 * Q * x["VV"] if structure == "V" else 0 * square
            rows.append(self.time[lar2020.arrival.KIND[f]].sum() * np.array([Q**2 * x["VV"], linear, square]))
        return self.k * np.einsum("bfk,fkr->br", coefficient, np.array(rows))

    def energy_data(self):
        """Data n - b, variance n + b/5, background 530 in the shape of both BRN templates."""
        n, b = self.data.sum(axis=(1, 2)), self.background["steady-state"].sum(axis=(1, 2))
        brn = (self.background["brn"] + self.background["brn-delayed"]).sum(axis=(1, 2))
        return n - b, n + b / OVERSAMPLED, brn


def energy_chi2(release, structure="V"):
    data, variance, background = release.energy_data()
    sigmas = (SIGMA["energy.signal"], SIGMA["energy.background"])
    events = lambda e, mu: release.energy_events(coefficients(e, mu), structure)
    return lambda e, mu: two_pulls(data, variance, events(e, mu), background, sigmas)


def plain_fit(release, shapes):
    fixed = {"flux": FIXED, "signal": FIXED, **({} if shapes else {name: FIXED for name in SHAPES})}
    make = lambda **more: release.poisson(**{"cevns": (1, np.inf, 0, 20), **fixed, **more})
    task = make()
    p, chi2 = fit_from(task, [task.centre])
    errors = errors_of(task, p, chi2)
    value = dict(zip(task.names, p))
    none = make(cevns=FIXED)
    without = fit_from(none, [none.centre])[1]
    totals = {"cevns": lar2020.ANCHOR, **{key: total for key, (total, _) in PRIORS.items()}}
    result = {"chi2": chi2, "cells": int(release.data.size)}
    result.update({"significance": np.sqrt(without - chi2), "chi2WithoutCevns": without})
    for name, total in totals.items():
        ends = interval(make, name, value[name], chi2, errors[name])
        result[name] = {"events": total * value[name], "hesse": total * errors[name]}
        result[name].update({side: total * x if x is not None else None for side, x in zip(("low", "high"), ends)})
    return {**result, "pulls": {name: value[name] for name in SHAPES} if shapes else {}}


def coupling_point(release, structure, e, mu):
    """Anchored `@poisson` at fixed couplings, all pulls fitted."""
    release.set_couplings(structure, e, mu)
    result = {"structure": structure, "e": e, "mu": mu, "events": release.signal.sum(), **standard_model(release)}
    release.set_couplings("V", 0.0, 0.0)
    return result


def standard_model(release, factor=1.0):
    task = release.poisson(factor)
    p, chi2 = fit_from(task, [task.centre])
    centre = task.centre[None, :]
    pulls = {n: v for n, v in zip(task.names, p) if n != "cevns"}
    return {"chi2": chi2, "pulls": pulls, "chi2PullsAtCentre": chi2_of(task, task.model(centre, None)[0], centre)[0]}


def energy_fits(release):
    data, variance, background = release.energy_data()
    chi2 = energy_chi2(release)
    sm = chi2(0.0, 0.0)
    directions = {"both": (1, 1), "e": (1, 0), "mu": (0, 1)}
    along = lambda e, mu: lambda x: chi2(e * np.atleast_1d(x), mu * np.atleast_1d(x))[0]
    return {
        "data": data.tolist(),
        "variance": variance.tolist(),
        "background": background.tolist(),
        "smEvents": release.energy_events(coefficients(0, 0))[0].tolist(),
        "standardModel": {"chi2": sm[0][0], "signal": sm[1][0], "background": sm[2][0]},
        "chi2At": {str(x): chi2(x, x)[0][0] for x in (-1.9, -1.0, -0.5, 0.1, 0.3)},
        "xiV": {
            key: minima_and_ranges(along(e, mu), -4.5, 2.5, 3501) for key, (e, mu) in directions.items()
        },
    }


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else lar2020.RELEASE
    release, released = Release(folder), Release(folder, "released")
    factorised = {
        f"{e} energy, {t} time": Release(folder, mixed=(e, t)) for e in ("own", "released") for t in ("own", "released")
    }
    write(
        "lar-2020-fit.json",
        "scripts/reference/lar2020_fit.py",
        "coherent-lar-2020@poisson, 960 cells. plain: CEvNS free, flux and signal at 0, priors on the backgrounds, "
        "shape pulls fixed or free; errors `hesse` from the second derivatives and as interval of profiled chi^2 "
        "below minimum + 1 (null: at the bound 0); CEvNS in units of 128. CEvNS shape variants: every flavour's "
        "cells times released variant / released nominal cell by cell (one where the nominal is empty), normalised "
        "to that flavour's sum; BRN ones normalised to 497; one-sided files reflected as 2 T0 - T+, cut at zero "
        "(`cut`: events cut before the sum is restored, over flavours), normalised. plainReleased: the same with "
        "cevnspdf itself (128 events, its energy and time shapes do not know flavours) as the CEvNS template. "
        "plainFactorised: CEvNS = energy row x F90 x one time row, no correlation of energy and time, shape pulls "
        "fixed. standardModel: CEvNS at the SM, all pulls fitted, anchored and absolute. energy: `@energy`, "
        "anchored; xi_V the same for both flavours, or for one; ranges are crossings of minimum + level, 1 dof.",
        {"events": "events", "pulls": "sigma; brn, brn-delayed, steady-state: factor"},
        {
            "k": release.k,
            "plain": {"shapes fixed": plain_fit(release, False), "shapes free": plain_fit(release, True)},
            "plainReleased": {"shapes fixed": plain_fit(released, False), "shapes free": plain_fit(released, True)},
            "plainFactorised": {key: plain_fit(r, False) for key, r in factorised.items()},
            "standardModel": {"anchored": standard_model(release), "absolute": standard_model(release, 1 / release.k)},
            "cut": release.cut,
            "energy": energy_fits(release),
            "points": [coupling_point(release, *point) for point in POINTS],
        },
    )


if __name__ == "__main__":
    main()
