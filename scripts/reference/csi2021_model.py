"""Likelihoods of coherent-csi-2021 for many coupling points at once, shared by csi2021_fit.py and csi2021_regions.py.

Couplings: coefficients (points, flavours, 3) of the monomials 1, xi, xi^2 of one structure X (S, V or T). The couplings
are per neutron: in the radius pull xi multiplies F_n, so V^2 F^2 is (xi + 1)^2 nn - 2 kappa (xi + 1) np + kappa^2 pp.
"""

import numpy as np
from numpy.polynomial import chebyshev

import arrival
import csi2021
import stopped_pion
from csi2021 import ISOTOPES, PE_EDGES, TIME_EDGES
from folding import proton_part, structures
from poisson_fit import morph, problem

FLAVOURS = stopped_pion.FLAVOURS
SHAPES = ("quenching-0", "quenching-1", "efficiency", "neutron-radius")
KINDS = ("prompt", "delayed")
ONSET_RANGE = 0.25
SIGMA = {"flux": 0.1, "brn": 0.25, "nin": 0.35, "steady-state": 0.021, "energy.signal": 0.13, "energy.background": 0.25}


def monomials(products, flavour, structure):
    """Events per PE bin for the coefficients 1, xi, xi^2."""
    sm = linear = square = 0
    for name in ISOTOPES:
        kappa = proton_part(name)
        x = {k: structures(products[k][flavour][name], False) for k in ("nn", "np", "pp")}
        sm = sm + x["nn"]["VV"] - 2 * kappa * x["np"]["VV"] + kappa**2 * x["pp"]["VV"]
        square = square + x["nn"][2 * structure]
        if structure == "V":
            linear = linear + 2 * x["nn"]["VV"] - 2 * kappa * x["np"]["VV"]
    return [sm, linear + 0 * sm, square]


def basis(structure, nominal, moved):
    """(flavours, monomials, 1 + 8 variants, PE bins); variants as plus, minus of every shape pull."""
    tables = [csi2021.plain(nominal)] + [moved[p][s] for p in SHAPES for s in csi2021.SIGNS]
    return np.array([[monomials(t, f, structure) for t in tables] for f in FLAVOURS]).swapaxes(1, 2)


def coefficients(e, mu):
    """(points, flavours, monomials) for the couplings of the electron and muon flavour."""
    e, mu = (np.atleast_1d(np.asarray(x, float)) for x in (e, mu))
    row = lambda x: np.stack([np.ones_like(x), x, x**2], axis=-1)
    return np.stack([row({"nu_e": e}.get(f, mu)) for f in FLAVOURS], axis=1)


def arrival_table(time_edges):
    """Chebyshev coefficients in the onset of the fractions per kind and time bin."""
    nodes = np.cos(np.pi * (np.arange(48) + 0.5) / 48)
    rows = [csi2021.time_fractions(time_edges, ONSET_RANGE * x) for x in nodes]
    return {k: chebyshev.chebfit(nodes, np.array([r[k] for r in rows]), 44) for k in KINDS}


class Release:
    """Data and backgrounds of one binning, and templates for coefficient one."""

    def __init__(self, release, pe_edges=PE_EDGES, time_edges=TIME_EDGES):
        self.nominal, self.moved = csi2021.templates(pe_edges), csi2021.variants(pe_edges)
        counts = csi2021.counts(release, pe_edges, time_edges)
        self.C, self.AC = counts["C"], counts["AC"]
        self.rows = self.AC.sum(axis=1)
        self.brn = csi2021.background(release, "brn", csi2021.BRN, pe_edges, time_edges)
        self.nin = csi2021.background(release, "nin", csi2021.NIN, pe_edges, time_edges)
        self.steady = csi2021.steady_time(time_edges)
        self.arrival = arrival_table(time_edges)
        self.derivative = {k: chebyshev.chebder(c) / ONSET_RANGE for k, c in self.arrival.items()}

    def basis(self, structure):
        return basis(structure, self.nominal, self.moved)

    def arrivals(self, onset):
        at = lambda table: {k: chebyshev.chebval(onset / ONSET_RANGE, c).T for k, c in table.items()}
        return at(self.arrival), at(self.derivative)

    def poisson(self, coefficient, structure="V", joint=False, **parameters):
        """The problem for poisson_fit. Parameters given by name replace (centre, sigma, low, high)."""
        by_flavour = np.einsum("bfk,fkvr->bfvr", coefficient, self.basis(structure))
        energy = {k: sum(by_flavour[:, i] for i, f in enumerate(FLAVOURS) if arrival.KIND[f] == k) for k in KINDS}
        wide = (-20, 20)
        table = {
            "cevns": (1, 0, 0, 10),
            "flux": (0, 1, *wide),
            **{name: (0, 1, *wide) for name in SHAPES},
            "onset": (0, np.inf, -ONSET_RANGE, ONSET_RANGE),
            "brn": (1, SIGMA["brn"], 0, 10),
            "nin": (1, SIGMA["nin"], 0, 10),
            "steady-state": (1, 0 if joint else SIGMA["steady-state"], 0, 10),
        }
        if joint:
            table.update({f"row-{r}": (n, np.inf, 1e-6, 10 * n + 10) for r, n in enumerate(self.rows)})
        table.update(parameters)
        data = np.concatenate([self.C.ravel(), self.rows]) if joint else self.C
        return problem(lambda p, points: self.predict(p, {k: v[points] for k, v in energy.items()}, joint), data, table)

    def predict(self, p, energy, joint):
        count, shape = len(p), self.C.shape
        cevns, flux, shapes, onset = p[:, 0], p[:, 1], p[:, 2:6], p[:, 6]
        time, slope = self.arrivals(onset)
        factor = cevns * (1 + SIGMA["flux"] * flux)
        signal = np.zeros((count, *shape))
        jacobian = np.zeros((count, *shape, p.shape[1]))
        for k in KINDS:
            E = energy[k]
            change = [morph(shapes[:, i, None], E[:, 0], E[:, 1 + 2 * i], E[:, 2 + 2 * i]) for i in range(4)]
            row = E[:, 0] + sum(c[0] for c in change)
            row, alive = np.maximum(row, 0), row > 0
            signal += row[:, :, None] * time[k][:, None, :]
            for i in range(4):
                jacobian[..., 2 + i] += factor[:, None, None] * (change[i][1] * alive)[:, :, None] * time[k][:, None, :]
            jacobian[..., 6] += factor[:, None, None] * row[:, :, None] * slope[k][:, None, :]
        jacobian[..., 0] = (1 + SIGMA["flux"] * flux)[:, None, None] * signal
        jacobian[..., 1] = SIGMA["flux"] * cevns[:, None, None] * signal
        rows = p[:, 10:] if joint else np.broadcast_to(self.rows, (count, shape[0]))
        steady = rows[:, :, None] * self.steady
        for i, template in ((7, self.brn), (8, self.nin), (9, steady)):
            jacobian[..., i] = template
        mu = factor[:, None, None] * signal + p[:, 7, None, None] * self.brn + p[:, 8, None, None] * self.nin
        mu = mu + p[:, 9, None, None] * steady
        if joint:
            for r in range(shape[0]):
                jacobian[:, r, :, 10 + r] = p[:, 9, None] * self.steady
        mu, jacobian = mu.reshape(count, -1), jacobian.reshape(count, -1, p.shape[1])
        if not joint:
            return mu, jacobian
        own = np.zeros((count, shape[0], p.shape[1]))
        own[:, np.arange(shape[0]), 10 + np.arange(shape[0])] = 1
        return np.concatenate([mu, rows], axis=1), np.concatenate([jacobian, own], axis=1)

    def energy_events(self, coefficient, structure="V"):
        """Events per PE bin in the time window, onset and pulls at 0: (points, PE bins)."""
        time = self.arrivals(0.0)[0]
        fraction = np.array([time[arrival.KIND[f]].sum() for f in FLAVOURS])
        return np.einsum("bfk,fkr,f->br", coefficient, self.basis(structure)[:, :, 0], fraction)

    def energy_data(self):
        """Data C - AC, its variance C + AC, background BRN + NIN per PE bin."""
        C, AC = self.C.sum(axis=1), self.AC.sum(axis=1)
        return C - AC, C + AC, (self.brn + self.nin).sum(axis=1)


def two_pulls(data, variance, events, fixed, sigmas):
    """chi^2 minimised over both pulls of (data - (1+a) events - (1+b) fixed), and a, b; events (points, bins)."""
    w = 1 / variance
    rest = data - events - fixed
    aa, ab, bb = events**2 @ w + sigmas[0] ** -2, events @ (w * fixed), fixed @ (w * fixed) + sigmas[1] ** -2
    ga, gb = (events * rest) @ w, rest @ (w * fixed)
    determinant = aa * bb - ab**2
    a, b = (bb * ga - ab * gb) / determinant, (aa * gb - ab * ga) / determinant
    return rest**2 @ w - a * ga - b * gb, a, b
