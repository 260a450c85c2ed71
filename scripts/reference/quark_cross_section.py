"""Neutrino-nucleus cross section from quark couplings, end to end: matching of quarks to nucleons to the nucleus
(arXiv:1806.07424 eqs. 14-19), form factors of protons and neutrons as given numbers, then the explicit Dirac spinors of
cross_section.py. 40 digits.

    C_S = Z F_p sum_q C_S^q (m_p/m_q) f_Tq^p + N F_n sum_q C_S^q (m_n/m_q) f_Tq^n             D_P from D_P^q
    C_V = Z F_p (2 C_V^u + C_V^d) + N F_n (C_V^u + 2 C_V^d), SM: N F_n - (1 - 4 s^2) Z F_p    D_A from D_A^q
    C_T = Z F_p sum_q C_T^q delta_q^p + N F_n sum_q C_T^q delta_q^n                           D_T from D_T^q
    C_A = F_n sum_q C_A^q axial_q                                                            D_V from D_V^q
    C_P = F_n sum_q C_P^q pseudoscalar_q                                                     D_S from D_S^q
The responses of the spin-dependent currents are made-up numbers: they only test that they are used. A nucleus of spin 0
(40Ar) has the current C_V (p2 + k2)_mu and vector couplings alone.
"""

import random

from mpmath import mp, mpf

import constants
from constants import DELTA, F_T, HBAR_C_MEV_FM, M_NEUTRON, M_PROTON, QUARK_MASS, Nucleus, nuclear_mass
from cross_section import dsigma_spin_half, dsigma_spin_zero
from output import write

# A nucleus without neutrons, where nothing can be normalised per neutron
NUCLEI = {**constants.NUCLEI, "1H": Nucleus("1H", 1, 1, "1.007825031898")}
# Nuclear current that the second factor of each coupling feels
CURRENT = {
    "C_S": "scalar", "C_P": "pseudoscalar", "C_V": "vector", "C_A": "axial", "C_T": "tensor",
    "D_S": "pseudoscalar", "D_P": "scalar", "D_V": "axial", "D_A": "vector", "D_T": "tensor",
}  # fmt: skip
# Size of a quark coupling that makes |xi| of order one
SIZE = {"scalar": 0.1, "vector": 0.3, "tensor": 1.0, "axial": 1.0, "pseudoscalar": 1.0}
VALENCE = {("u", "p"): 2, ("d", "p"): 1, ("u", "n"): 1, ("d", "n"): 2}
NUCLEON_MASS = {"p": M_PROTON, "n": M_NEUTRON}


def per_nucleon(current, quark, nucleon):
    if current == "scalar":
        return mpf(NUCLEON_MASS[nucleon]) / mpf(QUARK_MASS[quark]) * mpf(F_T[quark, nucleon])
    if current == "vector":
        return mpf(VALENCE[quark, nucleon])
    return mpf(DELTA[quark, nucleon])


def nuclear(case, nucleus):
    """Nuclear couplings C_X, D_X at the momentum transfer where the form factors have the values of the case."""
    fp, fn = mpf(repr(case["protonFormFactor"])), mpf(repr(case["neutronFormFactor"]))
    number = {"p": nucleus.Z * fp, "n": (nucleus.A - nucleus.Z) * fn}
    result = {}
    for name, current in CURRENT.items():
        total = mpf(0)
        for quark in "ud":
            coupling = mpf(repr(case["couplings"].get(f"{name}_{quark}", 0.0)))
            if current in ("axial", "pseudoscalar"):
                total += coupling * fn * mpf(repr(case["spinResponse"][current][quark]))
            else:
                total += coupling * sum(number[x] * per_nucleon(current, quark, x) for x in "pn")
        result[name] = total
    result["C_V"] += number["n"] - (1 - 4 * mpf(repr(case["sin2ThetaW"]))) * number["p"]
    return result


def centimetre_squared(value):
    return value * (mpf(HBAR_C_MEV_FM) * mpf(10) ** -13) ** 2


def value(case):
    """dsigma/dE_r in cm^2/MeV by convention and kind of neutrino."""
    nucleus = NUCLEI[case["isotope"]]
    m, E, Er = nuclear_mass(nucleus, mpf), mpf(repr(case["neutrinoEnergy"])), mpf(repr(case["recoilEnergy"]))
    c = nuclear(case, nucleus)

    def one(convention, anti):
        if case["isotope"] == "40Ar":
            return dsigma_spin_zero(c["C_V"], m, E, Er, anti)
        return dsigma_spin_half(c, m, E, Er, convention, anti)

    kinds = {"neutrino": False, "antineutrino": True}
    return {k: {kind: centimetre_squared(one(k, anti)) for kind, anti in kinds.items()} for k in "AB"}


def cases():
    """The SM, each quark coupling beside the SM, all couplings together; heavy and light nuclei."""
    rng = random.Random(180607424)
    names = [f"{name}_{quark}" for name in CURRENT for quark in "ud"]
    vector = ["C_V_u", "C_V_d"]
    sets = [("133Cs", [])] + [("133Cs", [name]) for name in names]
    sets += [(isotope, names) for isotope in ("133Cs", "127I", "19F") for _ in range(8)]
    sets += [("40Ar", []), ("40Ar", vector), ("40Ar", vector)]
    sets += [("1H", []), ("1H", names), ("1H", names)]
    for index, (isotope, chosen) in enumerate(sets):
        m = float(nuclear_mass(NUCLEI[isotope], mpf))
        E = rng.choice([3.5, 12.0, 29.79, 45.0, 52.8])
        couplings = {}
        for name in chosen:
            size = SIZE[CURRENT[name[:3]]]
            couplings[name] = round(rng.choice([-1, 1]) * rng.uniform(0.3, 2.0) * size, 4)
        equal = index % 3 == 0
        fn = round(rng.uniform(0.3, 1.0), 4)
        fp = fn if equal else round(rng.uniform(0.3, 1.0), 4)
        yield {
            "isotope": isotope,
            "neutrinoEnergy": E,
            "recoilEnergy": float(f"{rng.uniform(0.05, 0.98) * 2 * E * E / (m + 2 * E):.6g}"),
            "sin2ThetaW": rng.choice([0.2387, 0.2312]),
            "protonFormFactor": fp,
            "neutronFormFactor": fn,
            "spinResponse": {
                current: {quark: round(rng.uniform(-40, 40), 2) for quark in "ud"} for current in ("axial", "pseudoscalar")
            },
            "couplings": couplings,
        }


def main():
    write(
        "quark-cross-section.json",
        "scripts/reference/quark_cross_section.py",
        "dsigma/dE_r from quark couplings, form factors included, exact in y; spin-1/2 spinors for 133Cs, 127I, 19F and 1H, a "
        "scalar nucleus for 40Ar. spinResponse: nuclear coupling per unit quark coupling, made-up numbers, met by the "
        "neutron form factor. Conventions: B has gamma5 D in V and A and i gamma5 D in S, P, T; A has i gamma5 D in all.",
        {
            "neutrinoEnergy": "MeV",
            "recoilEnergy": "MeV",
            "couplings": "dimensionless",
            "dsigma": "cm^2/MeV",
        },
        {"cases": [{**case, "dsigma": value(case)} for case in cases()]},
    )


if __name__ == "__main__":
    main()
