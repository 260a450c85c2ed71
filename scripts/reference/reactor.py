"""Reactor antineutrino flux and counts of the scintillating bubble chambers (sbc-lar10-inin, sbc-lar100-laguna).

Per fission: Huber (U-235, Pu-239, Pu-241) and Mueller (U-238) tables from 2 to 8 MeV, the Kopeikin low-energy total
below 2 MeV, nothing above 8 MeV; between points straight lines in the flux (`linear`) or in its logarithm
(`logarithmic`). All nuclei 40Ar, every recoil above the threshold counts.

Usage: reactor.py [folder of the reactor flux tables]
"""

import sys
from pathlib import Path

import numpy as np
from mpmath import mp, mpf

import csi2017_paper
from constants import HBAR_C_MEV_FM, NUCLEI, nuclear_mass
from folding import charge, helm, helm_rms, max_recoil, nuclei_count, panels, prefactor, structures
from form_factors import helm as helm_mp
from form_factors import helm_radius_from_mass_number
from output import CHECKOUT, write
from poisson_fit import morph

FOLDER = CHECKOUT.parent / "shared" / "data" / "reactor-flux"
NUCLEUS = NUCLEI["40Ar"]
SPLIT, TOP = 2.0, 8.0  # MeV
JOULE_PER_MEV = 1.602176634e-13
DAY = 86400.0
ENERGY_PER_FISSION = {"U235": 201.92, "U238": 205.52, "Pu239": 209.99, "Pu241": 213.60}
FRACTIONS = {"typical": {"U235": 0.58, "U238": 0.07, "Pu239": 0.30, "Pu241": 0.05}, "pure U235": {"U235": 1.0}}
DETECTORS = {  # watt, cm, gram
    "sbc-lar10-inin": (1e6, 300.0, 1e4),
    "sbc-lar100-laguna": (2000e6, 3000.0, 1e5),
}
THRESHOLDS_EV = (95, 100, 105)
LIVE_DAYS = 365.0
BACKGROUND_PER_DAY = {"sbc-lar10-inin": 5.0, "sbc-lar100-laguna": 500.0}
SIGMA = {"flux": 0.024, "background": 0.10}
XI_V = (-2.4, -2.05, -1.96, -1.926, -1.9, -1.8, -1.0, -0.5, -0.1, -0.03, -0.01, 0.01, 0.03, 0.05, 0.1, 0.3)


def rows(path):
    """First two columns of a table."""
    lines = [x.replace(",", " ").split() for x in path.read_text().splitlines() if x.strip() and not x.startswith("#")]
    return np.array([[float(x) for x in line[:2]] for line in lines]).T


def rounded_tables(folder, top):
    """The same from `tables/`, whose U-235 has two typing errors (3.25 and 4.75 MeV) and whose ends are polynomials."""
    result = {"low": tables(folder)["low"]}
    for isotope in ENERGY_PER_FISSION:
        author = "mueller" if isotope == "U238" else "huber"
        energy, value = rows(folder / "tables" / f"{author}_{isotope.lower()}.txt")
        keep = (energy >= SPLIT) & (energy <= top)
        result[isotope] = np.array([energy[keep], value[keep]])
    return result


def tables(folder):
    """isotope or `low` -> (energies, antineutrinos per MeV and fission)."""
    result = {i: rows(folder / "huber2011" / f"{i}-anti-neutrino-flux-250keV.dat") for i in ("U235", "Pu239", "Pu241")}
    energy, value = rows(folder / "tables" / "mueller_u238.txt")
    keep = (energy >= SPLIT) & (energy <= TOP)
    result["U238"] = np.array([energy[keep], value[keep]])
    energy, value = rows(folder / "kopeikin_total_lowE.txt")
    result["low"] = np.array([energy[energy <= SPLIT], value[energy <= SPLIT]])
    return result


def flux(source, fractions, energy, logarithmic=False):
    """Antineutrinos per MeV and fission: the low-energy total below SPLIT, then the mixture to the end of its table."""
    if logarithmic:
        line = lambda t: np.exp(np.interp(energy, t[0], np.log(t[1])))
    else:
        line = lambda t: np.interp(energy, *t)
    high = sum(share * line(source[i]) for i, share in fractions.items())
    return np.where(energy < SPLIT, line(source["low"]), np.where(energy <= source["U235"][0][-1], high, 0.0))


def exposure(name, fractions, fission_energy=ENERGY_PER_FISSION):
    """Fissions per day times nuclei over 4 pi L^2, in cm^-2."""
    watt, centimetres, grams = DETECTORS[name]
    per_fission = sum(share * fission_energy[i] for i, share in fractions.items()) * JOULE_PER_MEV
    nuclei = nuclei_count(grams, float(NUCLEUS.atomic_mass_u))
    return watt / per_fission * DAY * nuclei / (4 * np.pi * centimetres**2)


def integrals(source, fractions, threshold, logarithmic=False):
    """Integrals of flux F^2 {1, t, y} over E and over E_r above the threshold (MeV)."""
    mass = nuclear_mass(NUCLEUS, float)
    form = helm(helm_rms(NUCLEUS.A))
    lowest = (threshold + np.sqrt(threshold**2 + 2 * mass * threshold)) / 2
    knots = np.unique(np.concatenate([t[0] for t in source.values()] + [[lowest]]))
    energy, weight = panels(knots[knots >= lowest])
    weight = weight * flux(source, fractions, energy, logarithmic)
    node, share = np.polynomial.legendre.leggauss(20)
    half = (max_recoil(mass, energy) - threshold)[:, None] / 2
    recoil = threshold + half + half * node
    squared = form(np.sqrt(2 * mass * recoil) / float(HBAR_C_MEV_FM)) ** 2
    inner = lambda factor: (half * share * squared * factor).sum(axis=1)
    return {
        "1": weight @ inner(1.0),
        "t": weight @ (inner(recoil) * mass / (2 * energy**2)),
        "y": weight @ (inner(recoil) / energy),
    }


def counts(source, name, fractions, threshold_eV, logarithmic=False):
    """Events per day for coefficient one of each structure."""
    x = integrals(source, fractions, threshold_eV * 1e-6, logarithmic)
    factor = exposure(name, fractions) * prefactor(NUCLEUS)
    return {k: float(factor * v) for k, v in structures(x, True).items()}


def sm(row):
    return charge("40Ar") ** 2 * row["VV"]


class Detector:
    """chi^2 of sbc-...@counts for Asimov data at the SM; the coupling is that of the electron flavour."""

    def __init__(self, source, name, fractions="typical", background=None, logarithmic=False):
        of = lambda eV: counts(source, name, FRACTIONS[fractions], eV, logarithmic)
        self.minus, self.nominal, self.plus = (of(eV) for eV in THRESHOLDS_EV)
        self.background = LIVE_DAYS * (BACKGROUND_PER_DAY[name] if background is None else background)
        self.asimov = LIVE_DAYS * sm(self.nominal) + self.background

    def events(self, row, xi, structure):
        Q = charge("40Ar")
        square = (xi + Q) ** 2 * row["VV"] if structure == "V" else Q**2 * row["VV"] + xi**2 * row[2 * structure]
        return LIVE_DAYS * square

    def chi2(self, xi, structure="V"):
        """chi^2 minimised over all three pulls, and the pulls (flux and background relative, threshold in sigma)."""
        xi = np.atleast_1d(np.asarray(xi, float))
        nominal, plus, minus = (self.events(r, xi, structure) for r in (self.nominal, self.plus, self.minus))
        variance = self.asimov + (SIGMA["background"] * self.background) ** 2

        def profile(s):
            """flux and background are linear: they add to the variance."""
            total = nominal + morph(s, nominal, plus, minus)[0]
            rest = self.asimov - total - self.background
            return rest**2 / (variance + (SIGMA["flux"] * total) ** 2) + s**2, rest, total

        grid = np.linspace(-12, 12, 241)
        best = grid[np.argmin([profile(np.full_like(xi, s))[0] for s in grid], axis=0)]
        low, high, golden = best - 0.1, best + 0.1, (np.sqrt(5) - 1) / 2
        for _ in range(60):
            a, b = high - golden * (high - low), low + golden * (high - low)
            left = profile(a)[0] < profile(b)[0]
            low, high = np.where(left, low, a), np.where(left, b, high)
        s = (low + high) / 2
        value, rest, total = profile(s)
        pull = rest / (variance + (SIGMA["flux"] * total) ** 2)
        f, b = pull * total * SIGMA["flux"] ** 2, pull * self.background * SIGMA["background"] ** 2
        return value, {"flux": f, "background": b, "threshold": s}


def check(source):
    """VV integral above 100 eV of the typical mixture against mpmath, straight lines between points."""
    m, threshold = nuclear_mass(NUCLEUS, mpf), mpf("1e-4")
    lowest = csi2017_paper.min_energy(m, threshold)
    knots = sorted({float(e) for t in source.values() for e in t[0] if e > lowest})

    def inner(E):
        value = float(flux(source, FRACTIONS["typical"], np.array([float(E)]))[0])
        radius = helm_radius_from_mass_number(NUCLEUS.A)
        form = lambda Er: helm_mp(mp.sqrt(2 * m * Er) / mpf(HBAR_C_MEV_FM), radius) ** 2
        recoil = lambda Er: form(Er) * (1 - m * Er / (2 * E**2) - Er / E)
        top = csi2017_paper.max_recoil(m, E)
        return value * mp.quad(recoil, [threshold, top], method="gauss-legendre", maxdegree=3)

    with mp.workdps(18):
        edges = [lowest, *(mpf(repr(k)) for k in knots)]
        exact = sum(mp.quad(inner, [a, b], method="gauss-legendre", maxdegree=2) for a, b in zip(edges, edges[1:]))
    found = structures(integrals(source, FRACTIONS["typical"], 1e-4), True)["VV"]
    worst = abs(float(found / exact - 1))
    assert worst < 1e-9, worst
    return {"integralAgainstMpmath": worst}


def count_tables(source):
    result = {}
    for name in DETECTORS:
        result[name] = {}
        for key, fractions in FRACTIONS.items():
            entry = result[name][key] = {}
            for interpolation, logarithmic in (("linear", False), ("logarithmic", True)):
                table = {str(eV): counts(source, name, fractions, eV, logarithmic) for eV in THRESHOLDS_EV}
                entry[interpolation] = {"structures": table, "sm": {eV: sm(row) for eV, row in table.items()}}
    return result


def rounded_counts(folder):
    """SM events per day above 100 eV from the folder `tables/`."""
    result = {}
    interpolations = (("linear", False), ("logarithmic", True))
    for top in (8.0, 9.0):
        source = rounded_tables(folder, top)
        result[f"to {top:.0f} MeV"] = {
            name: {
                key: {kind: sm(counts(source, name, f, 100, log)) for kind, log in interpolations}
                for key, f in FRACTIONS.items()
            }
            for name in DETECTORS
        }
    return result


def likelihood(source, name):
    result = {}
    for interpolation, logarithmic in (("linear", False), ("logarithmic", True)):
        detector = Detector(source, name, logarithmic=logarithmic)
        value, pulls = detector.chi2(XI_V)
        columns = zip(XI_V, value, *pulls.values())
        points = [dict(zip(("xiVe", "chi2", *pulls), row)) for row in columns]
        result[interpolation] = {"asimov": detector.asimov, "background": detector.background, "points": points}
    return result


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    source = tables(folder)
    energies = (0.5, 1.0, 1.4, 1.75, 1.9, 2.0, 2.1, 3.0, 4.1, 6.3, 7.9)
    at = lambda f, log: [float(flux(source, f, np.array([E]), log)[0]) for E in energies]
    write(
        "reactor.json",
        "scripts/reference/reactor.py",
        "counts: events per day above 95, 100, 105 eV for coefficient one of each structure (recoil `full`, "
        "antineutrinos, prefactor and Helm F^2 included), and the SM. Flux: Huber and Mueller tables 2 to 8 MeV, "
        "Kopeikin total below 2 MeV (the same for every mixture), a step at 2 MeV, nothing above 8 MeV; between "
        "points straight lines in the flux or in its logarithm; all nuclei 40Ar. roundedTables: SM above 100 eV "
        "from the files with typing errors, not to be used. likelihood: `@counts`, typical fractions, Asimov data "
        "at the SM, 365 days, default background, threshold +1 sigma = 105 eV; flux and background are the fitted "
        "relative f and b, threshold the fitted s in sigma.",
        {"structures": "events per day", "sm": "events per day", "flux": "per MeV and fission", "energy": "MeV"},
        {
            "energyPerFission": ENERGY_PER_FISSION,
            "fractions": FRACTIONS,
            "detectors": {n: {"watt": w, "distanceCm": d, "massGram": g} for n, (w, d, g) in DETECTORS.items()},
            "helmRadius": helm_rms(NUCLEUS.A),
            "weakCharge": charge("40Ar"),
            "flux": {
                "energy": energies,
                "linear": {k: at(f, False) for k, f in FRACTIONS.items()},
                "logarithmic": {k: at(f, True) for k, f in FRACTIONS.items()},
            },
            "counts": count_tables(source),
            "roundedTables": rounded_counts(folder),
            "backgroundPerDay": BACKGROUND_PER_DAY,
            "likelihood": {name: likelihood(source, name) for name in DETECTORS},
            "checks": check(source),
        },
    )


if __name__ == "__main__":
    main()
