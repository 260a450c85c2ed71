"""Prediction and data of coherent-csi-2017@paper (arXiv:1806.07424 sec. 2), and flux-averaged cross sections.

Direct two-dimensional integration with mpmath over recoil energy and neutrino energy, support cut at the exact maximum
recoil 2E^2/(m + 2E). Events per bin for coefficient one of each cross-section structure, t = m E_r/(2E^2), y = E_r/E,
upper sign for neutrinos:
    full     SS t, VV 1-t-y, VA +-2y, AA 1+t-y, TT 1-t/2-y, RR -+y
    leading  the same without y (VA and RR vanish)
    exact    SS t+y^2/4, PP y^2/4, VV 1-t-y+y^2/2, VA +-2y(1-y/2), AA 1+t-y+y^2/2, TT 1-t/2-y+y^2/4, RR -+y(1-y/2)
The prefactor G_F^2/(4 pi) m N^2 F^2 of each nucleus is included.

Usage: csi2017_paper.py [folder of the COHERENT CsI 2018 release]
"""

import sys
from pathlib import Path

from mpmath import mp, mpf

import stopped_pion
from constants import AVOGADRO, G_FERMI, HBAR_C_MEV_FM, NUCLEI, nuclear_mass, weak_charge
from form_factors import helm, helm_radius_from_mass_number
from output import CHECKOUT, write

mp.dps = 25
TOLERANCE = mpf(10) ** -15
RELEASE = CHECKOUT.parent / "shared" / "data" / "coherent-csi-2018"
CENTRES = range(7, 32, 2)
PE_PER_KEV = mpf("1.17")
K1, K2, X0 = 0.6655, 0.4942, 10.8507
FRACTIONS = {"133Cs": mpf("0.51"), "127I": mpf("0.49")}
CROSS_SECTION_NUCLEI = ("133Cs", "127I", "40Ar")


def acceptance(pe):
    """arXiv:1806.07424 eq. 8."""
    if pe < 5:
        return mpf(0)
    return mpf(repr(K1)) / (1 + mp.exp(-mpf(repr(K2)) * (pe - mpf(repr(X0)))))


def integral(function, points, scale):
    """Gauss-Legendre with mpmath's error estimate, accepted below TOLERANCE of `scale`, the size that counts."""
    value, error = mp.quad(function, points, method="gauss-legendre", error=True, maxdegree=8)
    assert error <= TOLERANCE * max(abs(value), scale), (error, value)
    return value


def max_recoil(m, E):
    return 2 * E**2 / (m + 2 * E)


def min_energy(m, Er):
    return (Er + mp.sqrt(Er**2 + 2 * m * Er)) / 2


def flux_moment(flavour, power, m, Er):
    """Integral of spectrum(E) E^-power over the energies that can give the recoil Er."""
    low, high = min_energy(m, Er), stopped_pion.end_point()
    if low >= high:
        return mpf(0)
    return integral(lambda E: stopped_pion.spectrum(flavour, E) * E**-power, [low, high], mpf(10) ** -6)


def form_factor_squared(nucleus, m, Er):
    q = mp.sqrt(2 * m * Er) / mpf(HBAR_C_MEV_FM)
    return helm(q, helm_radius_from_mass_number(nucleus.A)) ** 2


def monomials(flavour, nucleus, weight, low, high):
    """Integrals of weight(E_r) F^2 spectrum {1, t, y, y^2} over E and over E_r from low to high."""
    m = nuclear_mass(nucleus, mpf)
    line = stopped_pion.line_energy()
    end = max_recoil(m, line if flavour == "nu_mu" else stopped_pion.end_point())
    high = min(high, end)
    if low >= high:
        return {"1": mpf(0), "t": mpf(0), "y": mpf(0), "yy": mpf(0)}

    def fold(recoil_power, energy_power):
        def inner(root):
            # E_r = root^2: the smallest neutrino energy is smooth in sqrt(E_r), not in E_r
            Er = root**2
            common = 2 * root * weight(Er) * form_factor_squared(nucleus, m, Er) * Er**recoil_power
            moment = line**-energy_power if flavour == "nu_mu" else flux_moment(flavour, energy_power, m, Er)
            return common * moment

        return integral(inner, [mp.sqrt(low), mp.sqrt(high)], mpf(0))

    return {"1": fold(0, 0), "t": m / 2 * fold(1, 2), "y": fold(1, 1), "yy": fold(2, 2)}


def structures(x, anti):
    """Templates of the three recoil options from the monomials, linear in them."""
    s = -1 if anti else 1
    one, t, y, yy = x["1"], x["t"], x["y"], x["yy"]
    leading = {"SS": t, "VV": one - t, "AA": one + t, "TT": one - t / 2}
    full = {"SS": t, "VV": one - t - y, "VA": 2 * s * y, "AA": one + t - y, "TT": one - t / 2 - y, "RR": -s * y}
    exact = {
        "SS": t + yy / 4,
        "PP": yy / 4,
        "VV": one - t - y + yy / 2,
        "VA": 2 * s * (y - yy / 2),
        "AA": one + t - y + yy / 2,
        "TT": one - t / 2 - y + yy / 4,
        "RR": -s * (y - yy / 2),
    }
    return {"leading": leading, "full": full, "exact": exact}


def prefactor(nucleus):
    """G_F^2/(4 pi) m N^2 in cm^2/MeV."""
    centimetre_squared = (mpf(HBAR_C_MEV_FM) * mpf(10) ** -13) ** 2
    neutrons = nucleus.A - nucleus.Z
    return mpf(G_FERMI) ** 2 / (4 * mp.pi) * nuclear_mass(nucleus, mpf) * neutrons**2 * centimetre_squared


def exposure():
    """Target formula units doubled times neutrinos per cm^2 and flavour: 2 m_det N_A/M_CsI * r N_POT/(4 pi L^2)."""
    molar = mpf(NUCLEI["133Cs"].atomic_mass_u) + mpf(NUCLEI["127I"].atomic_mass_u)
    targets = 2 * 14600 * mpf(AVOGADRO) / molar
    return targets * mpf("0.08") * mpf("1.76e23") / (4 * mp.pi * 1930**2)


def bin_edges(centre):
    keV = mpf("0.001")
    return (centre - 1) / PE_PER_KEV * keV, (centre + 1) / PE_PER_KEV * keV


def templates():
    result = {}
    for flavour in stopped_pion.FLAVOURS:
        result[flavour] = {}
        for name, fraction in FRACTIONS.items():
            nucleus = NUCLEI[name]
            factor = exposure() * fraction * prefactor(nucleus)
            rows = {}
            for centre in CENTRES:
                low, high = bin_edges(centre)
                x = monomials(flavour, nucleus, lambda Er: acceptance(PE_PER_KEV * 1000 * Er), low, high)
                for recoil, values in structures(x, stopped_pion.ANTI[flavour]).items():
                    for key, value in values.items():
                        rows.setdefault(recoil, {}).setdefault(key, []).append(factor * value)
            result[flavour][name] = rows
    return result


def sm_events(table, recoil):
    """SM events per flavour in each bin: sum over isotopes of Q^2 VV."""
    return {
        flavour: [
            sum(weak_charge(NUCLEI[name], mpf) ** 2 * table[flavour][name][recoil]["VV"][i] for name in FRACTIONS)
            for i in range(len(CENTRES))
        ]
        for flavour in stopped_pion.FLAVOURS
    }


def read_table(path):
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return [[float(cell) for cell in line.split(",")] for line in lines]


def measured(release, centres=CENTRES):
    """Beam-on coincidence and anticoincidence counts per bin, 0-6 us, and the prompt-neutron background."""
    counts = {}
    for key in ("coincidence", "anticoincidence"):
        rows = read_table(release / f"data_{key}_beamOn.txt")
        counts[key] = [sum(int(n) for pe, time, n in rows if pe == centre and time < 6) for centre in centres]
    pdf = [(mpf(repr(pe)), mpf(repr(n))) for pe, n in read_table(release / "promptPDF.txt")]
    exposure_gwh = mpf("7.47594")
    background = [sum(n * acceptance(pe) * exposure_gwh for pe, n in pdf if abs(pe - c) < 1) for c in centres]
    pairs = list(zip(counts["coincidence"], counts["anticoincidence"]))
    return {
        **counts,
        "residual": [c - ac for c, ac in pairs],
        "error": [mp.sqrt(c + ac) for c, ac in pairs],
        "beamOnBackground": background,
        "beamOnBackgroundTotal": sum(background),
    }


def cross_sections():
    """Flux-averaged SM cross section per nucleus, recoil `full`: total without threshold, and differential."""
    result = {}
    for name in CROSS_SECTION_NUCLEI:
        nucleus = NUCLEI[name]
        m, factor = nuclear_mass(nucleus, mpf), prefactor(nucleus) * weak_charge(nucleus, mpf) ** 2
        entry = {"weakCharge": weak_charge(nucleus, mpf), "total": {}, "differential": {}}
        recoils = [mpf(x) for x in ("0.0001", "0.001", "0.003", "0.006", "0.01", "0.02", "0.04")]
        for flavour in stopped_pion.FLAVOURS:
            x = monomials(flavour, nucleus, lambda Er: mpf(1), mpf(0), mpf(1))
            entry["total"][flavour] = factor * (x["1"] - x["t"] - x["y"])
            entry["differential"][flavour] = [factor * differential(flavour, nucleus, m, Er) for Er in recoils]
        entry["total"]["mean"] = sum(entry["total"].values()) / 3
        entry["recoilEnergies"] = recoils
        result[name] = entry
    return result


def differential(flavour, nucleus, m, Er):
    if flavour == "nu_mu":
        line = stopped_pion.line_energy()
        if Er > max_recoil(m, line):
            return mpf(0)
        moment = [line**-k for k in range(3)]
    else:
        moment = [flux_moment(flavour, k, m, Er) for k in range(3)]
    return form_factor_squared(nucleus, m, Er) * (moment[0] - m * Er / 2 * moment[2] - Er * moment[1])


def main():
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else RELEASE
    table = templates()
    sm = {}
    for recoil in ("leading", "full", "exact"):
        events = sm_events(table, recoil)
        total = {flavour: sum(row) for flavour, row in events.items()}
        per_bin = [sum(column) for column in zip(*events.values())]
        sm[recoil] = {"events": events, "perBin": per_bin, "perFlavour": total, "total": sum(per_bin)}
    write(
        "csi-2017-paper.json",
        "scripts/reference/csi2017_paper.py",
        "coherent-csi-2017@paper: events per bin for coefficient one of each structure, per flavour, nucleus and recoil "
        "option; SM events; data of the 2018 release, beam on, 0-6 us. The prefactor G_F^2/(4 pi) m N^2 F^2, number "
        "fractions 0.51/0.49, acceptance and exposure are included.",
        {"bins": "photoelectrons", "templates": "events", "sm": "events", "data": "events"},
        {
            "binCentres": list(CENTRES),
            "weakCharge": {name: weak_charge(NUCLEI[name], mpf) for name in FRACTIONS},
            "nuclearMass": {name: nuclear_mass(NUCLEI[name], mpf) for name in FRACTIONS},
            "templates": table,
            "sm": sm,
            "data": measured(release),
        },
    )
    write(
        "spectra.json",
        "scripts/reference/csi2017_paper.py",
        "Flux-averaged SM cross sections per nucleus for neutrinos from pion and muon decay at rest, recoil `full`, Helm "
        "form factor, no threshold; the differential ones at recoilEnergies. `mean` is the mean of the three flavours.",
        {"total": "cm^2", "differential": "cm^2/MeV", "recoilEnergies": "MeV", "lineEnergy": "MeV", "endPoint": "MeV"},
        {"lineEnergy": stopped_pion.line_energy(), "endPoint": stopped_pion.end_point(), "nuclei": cross_sections()},
    )


if __name__ == "__main__":
    main()
