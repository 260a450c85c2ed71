"""Templates and data of coherent-csi-2021 (arXiv:2110.07730 ancillary files).

Energy: E_r -> E_ee by the quenching polynomial -> Gamma pdf of photoelectrons -> efficiency inside the integral over
the PE bin. Time: Gaussian pulse 0.4708/0.1487 us convolved with the lifetimes, times the efficiency in time.

Usage: csi2021.py [folder of the COHERENT CsI 2021 release]
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
from csi2021_data import (
    BRN, KINK, NIN, PE_EDGES, RELEASE, TIME_EDGES, background, counts, steady_time, time_efficiency,
)
from folding import (
    PIECES, charge, fluence, helm, helm_box_radius, helm_rms, klein_nystrand, nuclei_count, panels, pieces, prefactor,
    proton_part, structures,
)
from form_factors import helm as helm_mp
from form_factors import helm_radius_from_mass_number
from output import write

ISOTOPES = ("133Cs", "127I")
PULSE = {"mean": 0.4708, "width": 0.1487}
QUENCHING = (0.0554628, 4.30681, -111.707, 840.384)
EFFICIENCY = (1.32045, 0.285979, 10.8646, -0.333322)
VARIANTS = {
    "quenching-0": ((0.0613632, 3.51547, -85.5548, 595.562), (0.0495624, 5.09815, -137.858, 1085.2)),
    "quenching-1": ((0.055413, 3.93597, -93.1045, 630.092), (0.0555126, 4.67765, -130.309, 1050.68)),
    "efficiency": ((1.3439, 0.285366, 9.84596, -0.356364), (1.297, 0.286592, 11.8832, -0.31028)),
}
RADIUS_STEP = 0.05
CHECKED = (("nu_e", "133Cs", 0), ("nu_mu", "127I", 3), ("anti_nu_mu", "133Cs", 8), ("nu_mu", "133Cs", 8))
SIGNS = {"plus": 1, "minus": -1}


def clip_point(curve):
    """Photoelectrons below which the efficiency curve is negative, hence set to zero."""
    a, b, c, d = curve
    return c - np.log(a / -d - 1) / b


def electron_equivalent_keV(recoil, quenching):
    return 1000 * sum(k * recoil ** (n + 1) for n, k in enumerate(quenching))


def response(edges, quenching=QUENCHING, curve=EFFICIENCY):
    """Integral over each PE bin of the Gamma pdf times the efficiency."""
    a, b, c, d = curve
    start = clip_point(curve)
    nodes = []
    for low, high in zip(edges, edges[1:]):
        low = max(low, start)
        nodes.append(panels(np.linspace(low, max(low, high), 1 + max(1, int(np.ceil(high - low))))))
    n, weight = (np.concatenate([pair[k] for pair in nodes]) for k in (0, 1))
    weight = weight * np.maximum(a / (1 + np.exp(-b * (n - c))) + d, 0)
    first = np.cumsum([0, *(nodes_of_bin.size for nodes_of_bin, _ in nodes[:-1])])

    def fold(recoil):
        energy = electron_equivalent_keV(recoil, quenching)
        shape = (1 + 9.56 * energy)[:, None]
        rate = 0.0749 / energy[:, None] * shape
        logarithm = shape * np.log(rate) - gammaln(shape) + (shape - 1) * np.log(n) - rate * n
        return np.add.reduceat(np.exp(logarithm) * weight, first, axis=1).T

    return fold


def scale(name):
    """Neutrinos per cm^2 times half of the nuclei times the prefactor."""
    molar = sum(float(NUCLEI[a].atomic_mass_u) for a in ISOTOPES)
    return nuclei_count(14600, molar) * fluence(0.0848, 3.198e23, 1930) * prefactor(NUCLEI[name])


def default_rms(name):
    return helm_rms(NUCLEI[name].A)


def templates(edges=PE_EDGES, quenching=QUENCHING, curve=EFFICIENCY, form_squared=None, flavours=stopped_pion.FLAVOURS):
    """flavour -> isotope -> piece -> events per PE bin, all arrival times, for coefficient one."""
    fold, result = response(edges, quenching, curve), {}
    for flavour in flavours:
        result[flavour] = {}
        for name in ISOTOPES:
            squared = form_squared(name) if form_squared else (lambda q, f=helm(default_rms(name)): f(q) ** 2)
            x = pieces(flavour, NUCLEI[name], fold, squared)
            result[flavour][name] = {k: scale(name) * x[k] for k in PIECES}
    return result


def neutron_radius(edges, sign):
    """Products F_n F_n and F_n F_p with the neutron radius moved by 5 %, F_p nominal."""
    proton = lambda a: helm(default_rms(a))
    neutron = lambda a: helm(default_rms(a) * (1 + sign * RADIUS_STEP))
    return {
        "nn": templates(edges, form_squared=lambda a: lambda q: neutron(a)(q) ** 2),
        "np": templates(edges, form_squared=lambda a: lambda q: neutron(a)(q) * proton(a)(q)),
    }


def variants(edges=PE_EDGES):
    """pull -> sign -> product of form factors -> flavour -> isotope -> piece. Without radius change nn = np = pp."""
    result = {}
    for pull, pair in VARIANTS.items():
        result[pull] = {}
        for sign, row in zip(SIGNS, pair):
            change = {"curve": row} if pull == "efficiency" else {"quenching": row}
            table = templates(edges, **change)
            result[pull][sign] = {"nn": table, "np": table, "pp": table}
    nominal = templates(edges)
    result["neutron-radius"] = {s: {**neutron_radius(edges, SIGNS[s]), "pp": nominal} for s in SIGNS}
    return result


def standard_model(products, flavour):
    """Events per PE bin at zero couplings: sum over isotopes of nn - 2 kappa np + kappa^2 pp in V^2 (1 - t - y)."""
    total = 0
    for name in ISOTOPES:
        VV = {k: structures(products[k][flavour][name], False)["VV"] for k in ("nn", "np", "pp")}
        kappa = proton_part(name)
        total = total + VV["nn"] - 2 * kappa * VV["np"] + kappa**2 * VV["pp"]
    return total


def plain(table):
    return {"nn": table, "np": table, "pp": table}


def time_fractions(edges=TIME_EDGES, onset=0.0):
    """kind -> fraction per bin after the time efficiency; the onset moves the arrival, not the efficiency."""
    shape = lambda kind: arrival.fractions(kind, edges, PULSE["mean"] + onset, PULSE["width"], time_efficiency, (KINK,))
    return {kind: shape(kind) for kind in ("prompt", "delayed")}


def sm_by_form_factor():
    """SM events in 0-60 and 8-60 PE, 0-6 us."""
    fixed = {"133Cs": 5.09, "127I": 5.03}
    square = lambda f: lambda q: f(q) ** 2
    choices = {
        "helm": None,
        "helm-5.09-5.03": lambda a: square(helm(fixed[a])),
        "klein-nystrand": lambda a: square(klein_nystrand(NUCLEI[a].A)),
    }
    fraction = {f: time_fractions((0, 6))[arrival.KIND[f]][0] for f in stopped_pion.FLAVOURS}
    result = {}
    for key, form in choices.items():
        table = templates(PE_EDGES, form_squared=form)
        rows = {f: standard_model(plain(table), f) * fraction[f] for f in stopped_pion.FLAVOURS}
        total = sum(rows.values())
        per_flavour = {f: r.sum() for f, r in rows.items()}
        leading = sum(
            charge(a) ** 2 * (x["1"] - x["t"]).sum() * fraction[f] for f, row in table.items() for a, x in row.items()
        )
        result[key] = {"0-60": total.sum(), "8-60": total[1:].sum(), "leading 0-60": leading, "perFlavour": per_flavour}
    return result


def oracle(flavour, name, low, high):
    """Pieces of one PE bin with mpmath: quadrature over E_r, E and n."""
    nucleus = NUCLEI[name]
    m, line = nuclear_mass(nucleus, mpf), stopped_pion.line_energy()
    top = csi2017_paper.max_recoil(m, line if flavour == "nu_mu" else stopped_pion.end_point())
    a, b, c, d = (mpf(repr(x)) for x in EFFICIENCY)
    start = c - mp.log(a / -d - 1) / b
    low = max(mpf(low), start)

    def weight(Er):
        energy = 1000 * sum(mpf(repr(k)) * Er ** (n + 1) for n, k in enumerate(QUENCHING))
        shape = 1 + mpf("9.56") * energy
        rate = mpf("0.0749") / energy * shape
        norm = mp.exp(shape * mp.log(rate) - mp.loggamma(shape))
        pdf = lambda n: norm * mp.exp((shape - 1) * mp.log(n) - rate * n) * (a / (1 + mp.exp(-b * (n - c))) + d)
        return mp.quad(pdf, [low, high], method="gauss-legendre", maxdegree=5)

    def fold(recoil_power, energy_power):
        def inner(root):
            Er = root**2
            q = mp.sqrt(2 * m * Er) / mpf(HBAR_C_MEV_FM)
            form = helm_mp(q, helm_radius_from_mass_number(nucleus.A)) ** 2
            if flavour == "nu_mu":
                moment = line**-energy_power
            else:
                bottom, end = csi2017_paper.min_energy(m, Er), stopped_pion.end_point()
                flux = lambda E: stopped_pion.spectrum(flavour, E) * E**-energy_power
                moment = mp.quad(flux, [bottom, end], method="gauss-legendre", maxdegree=3)
            return 2 * root * weight(Er) * form * Er**recoil_power * moment

        # Below E_r = top/400 (E_ee about 7 eV) less than exp(-70) of any bin
        return mp.quad(inner, mp.linspace(mp.sqrt(top) / 20, mp.sqrt(top), 5), method="gauss-legendre", maxdegree=4)

    return {"1": scale(name) * fold(0, 0), "t": scale(name) * m / 2 * fold(1, 2), "y": scale(name) * fold(1, 1)}


def check(table):
    """Largest relative deviation from mpmath over a few bins, and of the arrival times."""
    worst = 0.0
    with mp.workdps(24):  # mp.quad stops at an absolute error of its last digit, and the integrals go down to 1e-9
        for flavour, name, i in CHECKED:
            exact = oracle(flavour, name, PE_EDGES[i], PE_EDGES[i + 1])
            worst = max(worst, *(abs(float(table[flavour][name][k][i] / exact[k] - 1)) for k in PIECES))
    times = max(arrival.check(kind, PULSE["mean"], PULSE["width"]) for kind in ("prompt", "delayed"))
    assert worst < 1e-9 and times < 1e-9, (worst, times)
    return {"templatesAgainstMpmath": worst, "arrivalAgainstConvolution": times}


def main():
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else RELEASE
    nominal, moved = templates(), variants()
    fraction = time_fractions()
    data = counts(release)
    sm = {f: standard_model(plain(nominal), f) for f in stopped_pion.FLAVOURS}
    written = {
        p: {s: {k: v for k, v in x.items() if keep(p, k)} for s, x in signs.items()} for p, signs in moved.items()
    }
    sm_variants = {
        pull: {s: {f: standard_model(products, f) for f in sm} for s, products in signs.items()}
        for pull, signs in moved.items()
    }
    cells = sum(np.outer(sm[f], fraction[arrival.KIND[f]]) for f in sm)
    write(
        "csi-2021.json",
        "scripts/reference/csi2021.py",
        "coherent-csi-2021: templates `pieces` 1, t, y and `structures` (recoil `full`, prefactor, exposure and "
        "Helm F^2 included) per flavour and isotope in PE bins, without arrival times (events at all times, before "
        "the time efficiency); `time`: fraction per time bin after the time efficiency, of a pulse not cut at t = "
        "0; sm: events at zero couplings; variants: the same pieces for each pull at +-1 sigma, for neutron-radius "
        "with F^2 replaced by F_n F_n (nn) and F_n F_p (np), R_n of the default Helm moved by 5 %; smVariants: SM "
        "events, radius: nn - 2 kappa np + kappa^2 pp, kappa = (1-4 sin^2)Z/N, pp nominal. efficiency plus is the "
        "curve with c = 9.85. Number fractions 1/2. smByFormFactor: 0-6 us, `leading` is recoil 1 - t without y; "
        "helm-5.09-5.03 moves protons and neutrons alike. brn and nin: PE file times time file (flat inside its 10 "
        "ns bins, the efficiency integrated exactly), 18.4 and 5.6 in 0-60 PE, 0-6 us. steadyState: AC row sums "
        "times exp(-0.0494 t). Bins are half open. Rows are PE bins, columns time bins.",
        {"peEdges": "photoelectrons", "timeEdges": "us", "templates": "events", "sm": "events", "helmRadii": "fm"},
        {
            "peEdges": list(PE_EDGES),
            "timeEdges": list(TIME_EDGES),
            "helmRadii": {a: default_rms(a) for a in ISOTOPES},
            "helmBoxRadii": {a: helm_box_radius(NUCLEI[a].A) for a in ISOTOPES},
            "weakCharge": {a: charge(a) for a in ISOTOPES},
            "pieces": lists(nominal),
            "structures": lists(
                {f: {a: structures(x, stopped_pion.ANTI[f]) for a, x in row.items()} for f, row in nominal.items()}
            ),
            "time": lists(fraction),
            "timeTotal": {k: v.sum() for k, v in fraction.items()},
            "timeAtOnset": {str(s): lists(time_fractions(onset=s)) for s in (-0.25, -0.1, 0.1, 0.25)},
            "sm": lists(sm),
            "smCells": cells.tolist(),
            "smTotal": cells.sum(),
            "smByFormFactor": sm_by_form_factor(),
            "variants": lists(written),
            "smVariants": lists(sm_variants),
            "smVariantTotals": {
                p: {s: sum(r.sum() * fraction[arrival.KIND[f]].sum() for f, r in x.items()) for s, x in signs.items()}
                for p, signs in sm_variants.items()
            },
            "brn": background(release, "brn", BRN).tolist(),
            "nin": background(release, "nin", NIN).tolist(),
            "steadyState": np.outer(data["AC"].sum(axis=1), steady_time()).tolist(),
            "C": data["C"].tolist(),
            "AC": data["AC"].tolist(),
            "totals": {k: int(v.sum()) for k, v in data.items()},
            "checks": check(nominal),
        },
    )


def keep(pull, product):
    """pp is the nominal template; away from the radius nn, np and pp are one template, written once as nn."""
    return product == "nn" or (pull == "neutron-radius" and product == "np")


def lists(value):
    if isinstance(value, dict):
        return {key: lists(item) for key, item in value.items()}
    return value.tolist()


if __name__ == "__main__":
    main()
