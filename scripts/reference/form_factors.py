"""Nuclear form factors and rms radii with mpmath.

helm             arXiv:1806.07424 eq. 7 with exp(-q^2 s^2/2): R0^2 = c^2 + 7 pi^2 a^2/3 - 5 s^2,
                 c = 1.23 A^(1/3) - 0.6 fm, a = 0.52 fm, s = 0.9 fm
helmFromRadius   the same shape with R0^2 = 5/3 R_rms^2 - 5 s^2
kleinNystrand    R_A = 1.23 A^(1/3) fm, Yukawa range 0.7 fm
symmetrisedFermi numerical Fourier transform of sinh(c/a)/(cosh(r/a) + cosh(c/a)), no closed formula
The rms radii come from integrals over densities (uniform sphere folded with a Gaussian for Helm, with a Yukawa for
Klein-Nystrand), not from the form factors.
"""

from mpmath import mp, mpf

from constants import NUCLEI
from output import write

mp.dps = 30
Q_GRID = [mpf(x) for x in "0 1e-6 1e-4 0.001 0.01 0.05 0.1 0.15 0.2 0.25 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1".split()]
SURFACE, DIFFUSENESS, YUKAWA = mpf("0.9"), mpf("0.52"), mpf("0.7")
RMS_RADII = ["3.40", "4.74", "4.80", "5.03", "5.09"]
FERMI = [("12C", "2.20"), ("40Ar", "3.61"), ("127I", "5.58"), ("133Cs", "5.67")]


def sphere(x):
    """3 j1(x)/x with guard digits against the cancellation at small x."""
    if x == 0:
        return mpf(1)
    with mp.workdps(mp.dps + 40):
        return 3 * (mp.sin(x) - x * mp.cos(x)) / x**3


def cube_root(A):
    return mp.cbrt(mpf(A))


def helm_radius_from_mass_number(A):
    c = mpf("1.23") * cube_root(A) - mpf("0.6")
    return mp.sqrt(c**2 + 7 * mp.pi**2 * DIFFUSENESS**2 / 3 - 5 * SURFACE**2)


def helm_radius_from_rms(rms):
    return mp.sqrt(5 * rms**2 / 3 - 5 * SURFACE**2)


def helm(q, R0):
    return sphere(q * R0) * mp.exp(-((q * SURFACE) ** 2) / 2)


def klein_nystrand(q, A):
    return sphere(q * mpf("1.23") * cube_root(A)) / (1 + (q * YUKAWA) ** 2)


def radial(density, weight, breaks):
    """Integral of r^2 density(r) weight(r) over the given intervals, error below 1e-20 of the value or 1e-25."""
    value, error = mp.quad(lambda r: r * r * density(r) * weight(r), breaks, error=True)
    assert error < mp.mpf(10) ** -20 * max(1, abs(value)), error
    return value


def moments(density, breaks):
    norm = radial(density, lambda r: 1, breaks)
    return norm, mp.sqrt(radial(density, lambda r: r * r, breaks) / norm)


def fermi_density(c, a=DIFFUSENESS):
    return lambda r: mp.sinh(c / a) / (mp.cosh(r / a) + mp.cosh(c / a))


def fermi_breaks(c, a=DIFFUSENESS):
    # Beyond c + 80 a the density is below exp(-80) of the centre
    return [c * k / 4 for k in range(4)] + [c + a * k for k in (0, 2, 5, 10, 20, 40, 80)]


def fermi_form_factor(q, c):
    """The integral over r of r^2 density sin(qr)/(qr), divided by the one without the sine."""
    density = fermi_density(c)
    norm = radial(density, lambda r: 1, fermi_breaks(c))
    return radial(density, lambda r: mp.sinc(q * r), fermi_breaks(c)) / norm


def helm_density(R0, s=SURFACE):
    """Uniform sphere of radius R0 folded with a Gaussian in three dimensions, the folding done in closed form."""
    k = 1 / (s * mp.sqrt(2))

    def density(r):
        low, high = (r - R0) * k, (r + R0) * k
        edges = (mp.exp(-(high**2)) - mp.exp(-(low**2))) / (k * mp.sqrt(mp.pi) * r)
        return (mp.erf(high) - mp.erf(low) + edges) / 2

    return density


def helm_rms(R0):
    inner, outer = R0 - 4 * SURFACE, [R0 + SURFACE * k for k in (-2, 0, 2, 4, 8, 14)]
    start = mpf(10) ** -12  # the density is regular at 0 but written with 1/r; the piece left out is 1e-36
    return moments(helm_density(R0), [start, max(inner, mpf("0.1"))] + outer)


def klein_nystrand_rms(A, a=YUKAWA):
    """The folded density solves rho - a^2 laplace(rho) = uniform sphere; one solution inside, one outside."""
    R = mpf("1.23") * cube_root(A)
    inside = lambda r: 1 - (1 + R / a) * mp.exp(-R / a) * mp.sinh(r / a) * a / r
    outside = lambda r: (R / a * mp.cosh(R / a) - mp.sinh(R / a)) * mp.exp(-r / a) * a / r
    density = lambda r: inside(r) if r < R else outside(r)
    assert abs(inside(R) - outside(R)) < mpf(10) ** -25
    return moments(density, [mpf(10) ** -12, R / 2, R, R + 2, R + 6, R + 14, R + 60])[1]


def row(values):
    return [+v for v in values]


def main():
    by_mass_number = []
    for nucleus in NUCLEI.values():
        A, R0 = nucleus.A, helm_radius_from_mass_number(nucleus.A)
        norm, rms = helm_rms(R0)
        # The density is the right one: its Fourier transform is the Helm form factor
        probe, start = mpf("0.4"), mpf(10) ** -12
        breaks = [start, R0 / 2, R0, R0 + 2, R0 + 5, R0 + 13]
        transform = radial(helm_density(R0), lambda r: mp.sinc(probe * r), breaks) / norm
        assert abs(transform - helm(probe, R0)) < mpf(10) ** -18
        by_mass_number.append({
            "nucleus": nucleus.name,
            "massNumber": A,
            "helm": {"boxRadius": R0, "rmsRadius": rms, "values": row(helm(q, R0) for q in Q_GRID)},
            "kleinNystrand": {"rmsRadius": klein_nystrand_rms(A), "values": row(klein_nystrand(q, A) for q in Q_GRID)},
        })
    from_radius = []
    for text in RMS_RADII:
        R0 = helm_radius_from_rms(mpf(text))
        from_radius.append({"rmsRadius": mpf(text), "boxRadius": R0, "values": row(helm(q, R0) for q in Q_GRID)})
    fermi = []
    for name, text in FERMI:
        c = mpf(text)
        entry = {"nucleus": name, "halfDensityRadius": c, "diffuseness": DIFFUSENESS}
        entry["rmsRadius"] = moments(fermi_density(c), fermi_breaks(c))[1]
        entry["values"] = [mpf(1) if q == 0 else fermi_form_factor(q, c) for q in Q_GRID]
        fermi.append(entry)
    write(
        "form-factors.json",
        "scripts/reference/form_factors.py",
        "Form factors F(q) on the grid q and rms radii. symmetrisedFermi is a numerical Fourier transform of the density.",
        {
            "q": "fm^-1",
            "boxRadius": "fm",
            "rmsRadius": "fm",
            "halfDensityRadius": "fm",
            "diffuseness": "fm",
            "values": "dimensionless",
        },
        {"q": Q_GRID, "byMassNumber": by_mass_number, "helmFromRadius": from_radius, "symmetrisedFermi": fermi},
    )


if __name__ == "__main__":
    main()
