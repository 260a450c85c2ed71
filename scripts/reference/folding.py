"""Folding of recoil spectra with a detector response in double precision, shared by the reference scripts.

Gauss-Legendre panels in sqrt(E_r), support cut at the exact maximum recoil. Energies in MeV, q in fm^-1.
A response is a function of recoil energies (n,) that gives (bins, n).
"""

import numpy as np

import stopped_pion
from constants import AVOGADRO, G_FERMI, HBAR_C_MEV_FM, M_MUON, NUCLEI, nuclear_mass, weak_charge

END, LINE = float(M_MUON) / 2, float(stopped_pion.line_energy())
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
SURFACE, DIFFUSENESS, YUKAWA = 0.9, 0.52, 0.7
PIECES = ("1", "t", "y")


def panels(edges):
    """Nodes and weights of all panels between consecutive edges."""
    edges = np.asarray(edges, float)
    half, centre = np.diff(edges) / 2, (edges[1:] + edges[:-1]) / 2
    return (centre[:, None] + half[:, None] * NODES).ravel(), (half[:, None] * WEIGHTS).ravel()


def sphere(x):
    small = np.abs(x) < 0.1
    safe = np.where(small, 1.0, x)
    series = 1 - x**2 / 10 + x**4 / 280 - x**6 / 15120 + x**8 / 1330560
    return np.where(small, series, 3 * (np.sin(safe) - safe * np.cos(safe)) / safe**3)


def helm_box_radius(mass_number):
    """arXiv:1806.07424 eq. 7."""
    c = 1.23 * np.cbrt(mass_number) - 0.6
    return np.sqrt(c**2 + 7 * np.pi**2 * DIFFUSENESS**2 / 3 - 5 * SURFACE**2)


def helm_rms(mass_number):
    """Radius of the default form factor: R_rms^2 = 3/5 R_0^2 + 3 s^2."""
    return np.sqrt(0.6 * helm_box_radius(mass_number) ** 2 + 3 * SURFACE**2)


def helm(rms):
    box = np.sqrt(5 / 3 * rms**2 - 5 * SURFACE**2)
    return lambda q: sphere(q * box) * np.exp(-((q * SURFACE) ** 2) / 2)


def klein_nystrand(mass_number):
    return lambda q: sphere(q * 1.23 * np.cbrt(mass_number)) / (1 + (q * YUKAWA) ** 2)


def max_recoil(mass, energy):
    return 2 * energy**2 / (mass + 2 * energy)


def moments(flavour, mass, recoil):
    """Integrals of spectrum(E) E^-k, k = 0, 1, 2, over the energies that give the recoil; four nodes are exact."""
    low = (recoil + np.sqrt(recoil**2 + 2 * mass * recoil)) / 2
    if flavour == "nu_mu":
        inside = (low <= LINE).astype(float)
        return [inside * LINE**-k for k in range(3)]
    node, weight = np.polynomial.legendre.leggauss(4)
    half = np.maximum(END - low, 0)[:, None] / 2
    energy = END - half + half * node
    density = np.vectorize(lambda E: float(stopped_pion.spectrum(flavour, E)), otypes=[float])(energy)
    return [(half * weight * density * energy**-float(k)).sum(axis=1) for k in range(3)]


def pieces(flavour, nucleus, response, form_squared, count=48):
    """Integrals of response F^2 spectrum {1, t, y} over E and E_r, t = m E_r/(2E^2), y = E_r/E; rows are bins."""
    mass = nuclear_mass(nucleus, float)
    top = max_recoil(mass, LINE if flavour == "nu_mu" else END)
    root, weight = panels(np.linspace(0, np.sqrt(top), count + 1))
    recoil = root**2
    q = np.sqrt(2 * mass * recoil) / float(HBAR_C_MEV_FM)
    common = response(recoil) * (2 * root * weight * form_squared(q))
    flux = moments(flavour, mass, recoil)
    return {"1": common @ flux[0], "t": common @ (mass / 2 * recoil * flux[2]), "y": common @ (recoil * flux[1])}


def structures(x, anti):
    """Recoil `full`; upper signs for neutrinos."""
    sign = -1 if anti else 1
    one, t, y = (np.asarray(x[k]) for k in PIECES)
    return {"SS": t, "VV": one - t - y, "VA": 2 * sign * y, "AA": one + t - y, "TT": one - t / 2 - y, "RR": -sign * y}


def prefactor(nucleus):
    """G_F^2/(4 pi) m N^2 in cm^2/MeV."""
    neutrons = nucleus.A - nucleus.Z
    unit = (float(HBAR_C_MEV_FM) * 1e-13) ** 2
    return float(G_FERMI) ** 2 / (4 * np.pi) * nuclear_mass(nucleus, float) * neutrons**2 * unit


def nuclei_count(grams, molar_mass):
    return grams * float(AVOGADRO) / molar_mass


def fluence(per_proton, protons, centimetres):
    """Neutrinos per cm^2 and flavour."""
    return per_proton * protons / (4 * np.pi * centimetres**2)


def charge(name):
    return weak_charge(NUCLEI[name], float)


def proton_part(name):
    """kappa = (1 - 4 sin^2 theta_W) Z/N, so that Q = 1 - kappa."""
    return 1 - charge(name)
