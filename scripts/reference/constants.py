"""Constants and nuclei shared by the reference scripts. MeV, fm, unified atomic mass units where the name says u."""

from collections import namedtuple

G_FERMI = "1.1663787e-11"  # MeV^-2, CODATA
HBAR_C_MEV_FM = "197.3269804"
M_PION = "139.57039"
M_MUON = "105.6583755"
M_PROTON = "938.27208943"
M_NEUTRON = "939.56542194"
M_ELECTRON = "0.51099895069"
ATOMIC_MASS_UNIT = "931.49410372"  # MeV
AVOGADRO = "6.02214076e23"
SIN2_THETA_W = "0.2387"
QUARK_MASS = {"u": "2.2", "d": "4.7"}  # MeV, PDG 2016

# arXiv:1806.07424 eqs. 15 and 16
F_T = {("u", "p"): "0.019", ("d", "p"): "0.041", ("u", "n"): "0.023", ("d", "n"): "0.034"}
DELTA = {("u", "p"): "0.54", ("d", "p"): "-0.23", ("u", "n"): "-0.23", ("d", "n"): "0.54"}

Nucleus = namedtuple("Nucleus", "name Z A atomic_mass_u")

# AME2020 atomic masses
NUCLEI = {
    n.name: n
    for n in (
        Nucleus("12C", 6, 12, "12"),
        Nucleus("19F", 9, 19, "18.99840316207"),
        Nucleus("36Ar", 18, 36, "35.967545106"),
        Nucleus("40Ar", 18, 40, "39.96238312204"),
        Nucleus("74Ge", 32, 74, "73.921177760"),
        Nucleus("127I", 53, 127, "126.904472592"),
        Nucleus("132Xe", 54, 132, "131.904155083"),
        Nucleus("133Cs", 55, 133, "132.905451958"),
    )
}


def nuclear_mass(nucleus, real):
    """Mass of the bare nucleus in MeV: atomic mass minus Z electron masses. `real` is float or mpmath.mpf."""
    return real(nucleus.atomic_mass_u) * real(ATOMIC_MASS_UNIT) - nucleus.Z * real(M_ELECTRON)


def weak_charge(nucleus, real, sin2=SIN2_THETA_W):
    """Q = 1 - (1 - 4 sin^2 theta_W) Z/N, the SM vector coupling per neutron."""
    neutrons = nucleus.A - nucleus.Z
    return 1 - (1 - 4 * real(sin2)) * nucleus.Z / neutrons
