"""Neutrino spectra of pion and muon decay at rest (arXiv:1806.07424 eqs. 1 and 3), normalised to one neutrino, mpmath."""

from mpmath import mpf

from constants import M_MUON, M_PION

FLAVOURS = ("nu_e", "nu_mu", "anti_nu_mu")
ANTI = {"nu_e": False, "nu_mu": False, "anti_nu_mu": True}


def muon_mass():
    return mpf(M_MUON)


def line_energy():
    return (mpf(M_PION) ** 2 - mpf(M_MUON) ** 2) / (2 * mpf(M_PION))


def end_point():
    return mpf(M_MUON) / 2


def spectrum(flavour, energy):
    """Neutrinos per MeV of the two continuous flavours."""
    x = energy / muon_mass()
    if flavour == "nu_e":
        return 192 / muon_mass() * x**2 * (mpf(1) / 2 - x)
    if flavour == "anti_nu_mu":
        return 64 / muon_mass() * x**2 * (mpf(3) / 4 - x)
    raise ValueError(flavour)
