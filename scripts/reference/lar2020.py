"""Templates and data of coherent-lar-2020 (arXiv:2006.12659): energy x F90 x time, 12 x 8 x 10 cells.

Recoil -> E_ee = (0.246 + 0.00078 T/keV) T -> Gaussian of width 0.58 sqrt(E_ee) -> efficiency at reconstructed E_ee.

Usage: lar2020.py [folder of the COHERENT LAr 2020 release]
"""

import sys
from pathlib import Path

import numpy as np
from mpmath import mp, mpf
from scipy.special import ndtr

import arrival
import csi2017_paper
import stopped_pion
from constants import HBAR_C_MEV_FM, NUCLEI, nuclear_mass
from folding import PIECES, charge, fluence, helm, helm_rms, nuclei_count, pieces, prefactor, structures
from form_factors import helm as helm_mp
from form_factors import helm_radius_from_mass_number
from output import CHECKOUT, write

RELEASE = CHECKOUT.parent / "shared" / "data" / "coherent-lar-2020"
SHAPE = (12, 8, 10)
ENERGY_EDGES = tuple(range(0, 121, 10))
TIME_EDGES = tuple(round(-0.1 + 0.5 * k, 1) for k in range(11))
PULSE = {"mean": 0.440, "width": 0.150}
NUCLEUS = NUCLEI["40Ar"]
QF, RESOLUTION = ("0.246", "0.00078"), "0.58"
ANCHOR = 128.0
TEMPLATES = {
    "brn": "brnpdf",
    "brn-delayed": "delbrnpdf",
    "steady-state": "bkgpdf",
    "cevns": "cevnspdf",
    "cevns-f90-plus": "cevnspdf+1sigF90",
    "cevns-f90-minus": "cevnspdf-1sigF90",
    "cevns-time-plus": "cevnspdfCEvNSTimingMeanSyst",
    "brn-energy-plus": "brnpdf+1sigEnergy",
    "brn-energy-minus": "brnpdf-1sigEnergy",
    "brn-time-plus": "brnpdf+1sigBRNTimingMean",
    "brn-time-minus": "brnpdf-1sigBRNTimingMean",
    "brn-width-plus": "brnpdfBRNTimingWidthSyst",
}


def read(release, name):
    return np.loadtxt(release / f"{name}.txt")[:, 3].reshape(SHAPE)


def efficiency(release):
    """Bin edges in keVee and efficiency; the last value holds above the file's end."""
    table = np.loadtxt(release / "CENNS10AnlAEfficiency.txt")
    low = table[:, 0] - 0.25
    return np.append(low, np.inf), table[:, 2]


def response(release):
    """Probability to be reconstructed and accepted in each energy bin."""
    edges, values = efficiency(release)
    cuts = np.unique([*edges[:-1], *ENERGY_EDGES])
    cuts = cuts[cuts <= ENERGY_EDGES[-1]]
    middle = (cuts[1:] + cuts[:-1]) / 2
    height = values[np.searchsorted(edges, middle, "right") - 1]
    row = np.searchsorted(ENERGY_EDGES, middle, "right") - 1
    matrix = np.zeros((len(ENERGY_EDGES) - 1, middle.size))
    matrix[row, np.arange(middle.size)] = height
    a, b = (float(x) for x in QF)

    def fold(recoil):
        keV = 1000 * recoil
        energy = (a + b * keV) * keV
        width = float(RESOLUTION) * np.sqrt(energy)
        return matrix @ np.diff(ndtr((cuts[:, None] - energy) / width), axis=0)

    return fold


def scale():
    targets = nuclei_count(24400, float(NUCLEUS.atomic_mass_u))
    return targets * fluence(0.09, 13.8e22, 2750) * prefactor(NUCLEUS)


def energy_templates(release):
    """flavour -> piece -> events per energy bin, all arrival times, coefficient one, normalisation absolute."""
    form = helm(helm_rms(NUCLEUS.A))
    fold, result = response(release), {}
    for flavour in stopped_pion.FLAVOURS:
        x = pieces(flavour, NUCLEUS, fold, lambda q: form(q) ** 2, count=120)
        result[flavour] = {k: scale() * x[k] for k in PIECES}
    return result


def time_fractions():
    return {k: arrival.fractions(k, TIME_EDGES, PULSE["mean"], PULSE["width"]) for k in ("prompt", "delayed")}


def f90_shapes(release):
    """(energy, F90) shares of cevnspdf summed over time; bins without CEvNS take those of the last filled one."""
    table = read(release, "cevnspdf").sum(axis=2)
    filled = table.sum(axis=1) > 0
    last = np.flatnonzero(filled)[-1]
    assert filled[: last + 1].all()
    table[last + 1 :] = table[last]
    return table / table.sum(axis=1, keepdims=True)


def cells(energy, flavour, shapes, time):
    """(12, 8, 10) template of one flavour from its energy bins."""
    return energy[:, None, None] * shapes[:, :, None] * time[arrival.KIND[flavour]]


def oracle(release, flavour, bins):
    """Pieces of the given energy bins with mpmath; the Gaussian is integrated numerically."""
    m, line = nuclear_mass(NUCLEUS, mpf), stopped_pion.line_energy()
    top = csi2017_paper.max_recoil(m, line if flavour == "nu_mu" else stopped_pion.end_point())
    edges, values = efficiency(release)
    a, b, resolution = mpf(QF[0]), mpf(QF[1]), mpf(RESOLUTION)

    def weight(Er, low, high):
        keV = 1000 * Er
        energy = (a + b * keV) * keV
        width = resolution * mp.sqrt(energy)
        steps = [k / mpf(2) for k in range(2 * low, 2 * high + 1)]
        share = 0
        for left, right in zip(steps, steps[1:]):
            height = values[np.searchsorted(edges, float(left), "right") - 1]
            gauss = lambda x: mp.exp(-(((x - energy) / width) ** 2) / 2) / (width * mp.sqrt(2 * mp.pi))
            if height > 0 and abs((left + right) / 2 - energy) < 14 * width + 1:
                share += mpf(float(height)) * mp.quad(gauss, [left, right], method="gauss-legendre", maxdegree=3)
        return share

    def fold(low, high, recoil_power, energy_power):
        def inner(root):
            Er = root**2
            q = mp.sqrt(2 * m * Er) / mpf(HBAR_C_MEV_FM)
            form = helm_mp(q, helm_radius_from_mass_number(NUCLEUS.A)) ** 2
            if flavour == "nu_mu":
                moment = line**-energy_power
            else:
                bottom, end = csi2017_paper.min_energy(m, Er), stopped_pion.end_point()
                flux = lambda E: stopped_pion.spectrum(flavour, E) * E**-energy_power
                moment = mp.quad(flux, [bottom, end], method="gauss-legendre", maxdegree=3)
            return 2 * root * weight(Er, low, high) * form * Er**recoil_power * moment

        # Below 1 keV nothing is accepted: E_ee of 0.25 keV would have to be seen above 0.5 with efficiency 1e-5
        cuts = mp.linspace(mp.sqrt(top) / 20, mp.sqrt(top), 7)
        return mp.quad(inner, cuts, method="gauss-legendre", maxdegree=3)

    result = {}
    for i in bins:
        low, high = ENERGY_EDGES[i], ENERGY_EDGES[i + 1]
        parts = {"1": fold(low, high, 0, 0), "t": m / 2 * fold(low, high, 1, 2), "y": fold(low, high, 1, 1)}
        result[i] = {k: float(scale() * x) for k, x in parts.items()}
    return result


def check(release, table):
    with mp.workdps(20):
        exact = {f: oracle(release, f, (2,)) for f in ("nu_mu", "anti_nu_mu")}
    worst = max(abs(table[f][k][i] / e[k] - 1) for f, rows in exact.items() for i, e in rows.items() for k in PIECES)
    times = max(arrival.check(kind, PULSE["mean"], PULSE["width"]) for kind in ("prompt", "delayed"))
    assert worst < 1e-9 and times < 1e-9, (worst, times)
    return {"templatesAgainstMpmath": worst, "arrivalAgainstConvolution": times}


def standard_model(table):
    """flavour -> SM events per energy bin, all arrival times."""
    return {f: charge("40Ar") ** 2 * structures(x, False)["VV"] for f, x in table.items()}


def sm_cells(release, table):
    shapes, time = f90_shapes(release), time_fractions()
    return sum(cells(row, f, shapes, time) for f, row in standard_model(table).items())


def main():
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else RELEASE
    table, time, shapes = energy_templates(release), time_fractions(), f90_shapes(release)
    sm = standard_model(table)
    template = sm_cells(release, table)
    total = template.sum()
    leading = sum(
        charge("40Ar") ** 2 * (x["1"] - x["t"]).sum() * time[arrival.KIND[f]].sum() for f, x in table.items()
    )
    mixture = template.sum(axis=(0, 1)) / total
    released = read(release, "cevnspdf")
    sums = {key: read(release, name).sum() for key, name in TEMPLATES.items()}
    write(
        "lar-2020.json",
        "scripts/reference/lar2020.py",
        "coherent-lar-2020: `pieces` 1, t, y and `structures` (recoil `full`, prefactor, exposure and Helm F^2 "
        "included) per flavour in 12 energy bins, all arrival times, normalisation `absolute`, all nuclei 40Ar; "
        "the width of the Gaussian is taken at the true E_ee, reconstruction below 0 is lost; `time`: fraction per "
        "time bin; `f90`: shares per energy bin; smCells: 12 x 8 x 10 SM template at k = 1, cells of energy, then "
        "F90, then time; k = 128/smTotal; smTotalLeading: recoil 1 - t without y.",
        {"energyEdges": "keVee", "timeEdges": "us", "templates": "events", "sm": "events"},
        {
            "energyEdges": list(ENERGY_EDGES),
            "timeEdges": list(TIME_EDGES),
            "helmRadius": helm_rms(NUCLEUS.A),
            "weakCharge": charge("40Ar"),
            "pieces": {f: {k: v.tolist() for k, v in x.items()} for f, x in table.items()},
            "structures": {
                f: {k: v.tolist() for k, v in structures(x, stopped_pion.ANTI[f]).items()} for f, x in table.items()
            },
            "time": {k: v.tolist() for k, v in time.items()},
            "timeTotal": {k: v.sum() for k, v in time.items()},
            "f90": shapes.tolist(),
            "sm": {f: row.tolist() for f, row in sm.items()},
            "smEnergy": template.sum(axis=(1, 2)).tolist(),
            "smTime": template.sum(axis=(0, 1)).tolist(),
            "smCells": template.ravel().tolist(),
            "smTotal": total,
            "smTotalLeading": leading,
            "k": ANCHOR / total,
            "timeRowDifference": np.abs(mixture - released.sum(axis=(0, 1)) / released.sum()).max(),
            "releasedEnergy": released.sum(axis=(1, 2)).tolist(),
            "templateSums": sums,
            "dataTotal": int(read(release, "datanobkgsub").sum()),
            "checks": check(release, table),
        },
    )


if __name__ == "__main__":
    main()
