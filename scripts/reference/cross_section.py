"""Neutrino-nucleus cross section from explicit Dirac spinors and gamma matrices, 40 digits.

Amplitude (arXiv:1806.07424 eqs. 27 and 28, exact kinematics instead of eq. 24):
    neutrino      G_F/sqrt2 sum_a [ubar(k1) Gamma^a P_L u(p1)] [ubar(k2) Gamma_a (C_a + x D_a) u(p2)]
    antineutrino  G_F/sqrt2 sum_a [vbar(p1) P_R Gamma^a v(k1)] [ubar(k2) Gamma_a (C_a + x D_a) u(p2)]
with Gamma = 1, i gamma5, gamma^mu, gamma^mu gamma5, sigma^{mu nu} (all mu, nu summed);
x = i gamma5 for S, P, T and, in convention B, gamma5 for V and A; in convention A, i gamma5 for all.
    dsigma/dE_r = 1/(32 pi E^2 m) 1/2 sum_spins |M|^2
A spin-0 nucleus has the current C_V (p2 + k2)_mu.
No formula for the cross section is used, only the sum over spins.
"""

import random
from itertools import combinations

import numpy as np
from mpmath import mp, mpc, mpf

from constants import G_FERMI
from output import write

mp.dps = 40
NAMES = ["C_S", "C_P", "C_V", "C_A", "C_T", "D_S", "D_P", "D_V", "D_A", "D_T"]


def matrix(rows):
    return np.array([[mpc(x) for x in row] for row in rows], dtype=object)


PAULI = [matrix([[0, 1], [1, 0]]), matrix([[0, -1j], [1j, 0]]), matrix([[1, 0], [0, -1]])]
ONE2, ZERO2 = matrix(np.eye(2)), matrix(np.zeros((2, 2)))
ONE = matrix(np.eye(4))
GAMMA = [np.block([[ONE2, ZERO2], [ZERO2, -ONE2]])]
GAMMA += [np.block([[ZERO2, s], [-s, ZERO2]]) for s in PAULI]
GAMMA5 = mpc(0, 1) * GAMMA[0] @ GAMMA[1] @ GAMMA[2] @ GAMMA[3]
METRIC = [1, -1, -1, -1]
P_L, P_R = (ONE - GAMMA5) / 2, (ONE + GAMMA5) / 2
SIGMA = [[mpc(0, 0.5) * (GAMMA[i] @ GAMMA[j] - GAMMA[j] @ GAMMA[i]) for j in range(4)] for i in range(4)]

# Upper-index structure, sign of lowering the indices
STRUCTURES = {
    "S": [(ONE, 1)],
    "P": [(mpc(0, 1) * GAMMA5, 1)],
    "V": [(GAMMA[i], METRIC[i]) for i in range(4)],
    "A": [(GAMMA[i] @ GAMMA5, METRIC[i]) for i in range(4)],
    "T": [(SIGMA[i][j], METRIC[i] * METRIC[j]) for i in range(4) for j in range(4)],
}


def slash(p):
    return sum((METRIC[i] * p[i] * GAMMA[i] for i in range(4)), 0 * ONE)


def bar(spinor):
    return np.array([mp.conj(x) for x in spinor], dtype=object) @ GAMMA[0]


def massive_spinors(p, m):
    """u(p) of both spins, ubar u = 2m: (pslash + m) applied to rest spinors."""
    rest = [np.array([mpc(k == s) for k in range(4)], dtype=object) for s in range(2)]
    return [(slash(p) + m * ONE) @ r / mp.sqrt(p[0] + m) for r in rest]


def massless_spinor(p, projector):
    """The one massless solution pslash u = 0 of given chirality, u^dagger u = 2E. u and v differ only by a phase."""
    for seed in range(4):
        u = projector @ slash(p) @ np.array([mpc(k == seed) for k in range(4)], dtype=object)
        norm = sum(abs(x) ** 2 for x in u)
        if norm > mpf(10) ** -20:
            return u * mp.sqrt(2 * p[0] / norm)
    raise ValueError("no spinor of this chirality")


def kinematics(m, E, Er):
    """Momenta p1, p2, k1, k2 of neutrino and nucleus before and after, laboratory frame."""
    out = E - Er
    cos = 1 - m * Er / (E * out)
    sin = mp.sqrt((1 - cos) * (1 + cos))
    p1, p2 = [E, mpf(0), mpf(0), E], [m, mpf(0), mpf(0), mpf(0)]
    k1 = [out, out * sin, mpf(0), out * cos]
    k2 = [a + b - c for a, b, c in zip(p1, p2, k1)]
    assert abs(k2[0] ** 2 - sum(x**2 for x in k2[1:]) - m**2) < mpf(10) ** -25 * m**2
    return p1, p2, k1, k2


def neutrino_line(p1, k1, vertices, anti):
    """[ubar(k1) Gamma P_L u(p1)] or [vbar(p1) P_R Gamma v(k1)] for each Gamma, one list per outgoing chirality.
    S, P, T lead to the other chirality than V, A, so each chirality is its own final state."""
    lines = []
    for projector in (P_L, P_R):
        outgoing = massless_spinor(k1, projector)
        if anti:
            row = bar(massless_spinor(p1, P_L)) @ P_R
            lines.append([row @ g @ outgoing for g in vertices])
        else:
            column = P_L @ massless_spinor(p1, P_L)
            lines.append([bar(outgoing) @ g @ column for g in vertices])
    return lines


def dsigma_spin_half(c, m, E, Er, convention, anti):
    """dsigma/dE_r in MeV^-3 for couplings c (keys NAMES)."""
    p1, p2, k1, k2 = kinematics(m, E, Er)
    vertices, nuclear = [], []
    for x, items in STRUCTURES.items():
        phase = mpc(1) if convention == "B" and x in "VA" else mpc(0, 1)
        factor = c["C_" + x] * ONE + phase * c["D_" + x] * GAMMA5
        for g, sign in items:
            vertices.append(g)
            nuclear.append(sign * g @ factor)
    lines = neutrino_line(p1, k1, vertices, anti)
    total = mpf(0)
    for initial in massive_spinors(p2, m):
        columns = [g @ initial for g in nuclear]
        for final in massive_spinors(k2, m):
            row = bar(final)
            current = [row @ column for column in columns]
            total += sum(abs(sum(a * b for a, b in zip(line, current))) ** 2 for line in lines)
    return mpf(G_FERMI) ** 2 / 2 * total / 2 / (32 * mp.pi * E**2 * m)


def dsigma_spin_zero(c_vector, m, E, Er, anti):
    p1, p2, k1, k2 = kinematics(m, E, Er)
    contracted = slash([a + b for a, b in zip(p2, k2)])
    total = sum(abs(line[0]) ** 2 for line in neutrino_line(p1, k1, [contracted], anti))
    return mpf(G_FERMI) ** 2 / 2 * c_vector**2 * total / (32 * mp.pi * E**2 * m)


def check_algebra():
    for i in range(4):
        for j in range(4):
            anti = GAMMA[i] @ GAMMA[j] + GAMMA[j] @ GAMMA[i] - 2 * (METRIC[i] if i == j else 0) * ONE
            assert max(abs(x) for x in anti.flat) == 0
    p = kinematics(mpf(50), mpf(60), mpf(30))[3]
    completeness = sum(np.outer(u, bar(u)) for u in massive_spinors(p, mpf(50))) - slash(p) - 50 * ONE
    assert max(abs(x) for x in completeness.flat) < mpf(10) ** -30
    k = kinematics(mpf(50), mpf(60), mpf(30))[2]
    massless = sum(np.outer(u, bar(u)) for u in (massless_spinor(k, P_L), massless_spinor(k, P_R))) - slash(k)
    assert max(abs(x) for x in massless.flat) < mpf(10) ** -30


def cases():
    """Every coupling alone, every pair, random full sets; kinematics from heavy and slow to light and relativistic."""
    rng = random.Random(20180607)
    draw = lambda: round(rng.choice([-1, 1]) * rng.uniform(0.2, 2.0), 3)
    points = [(123800.65, 29.79), (37211.4, 45.0), (11174.9, 3.5), (938.272, 52.8), (300.0, 60.0), (50.0, 60.0)]
    sets = [(name,) for name in NAMES] + list(combinations(NAMES, 2)) + [tuple(NAMES)] * 15
    for index, chosen in enumerate(sets):
        m, E = points[index % len(points)]
        fraction = round(rng.uniform(0.05, 0.98), 3)
        Er = float(f"{fraction * 2 * E * E / (m + 2 * E):.6g}")
        couplings = {name: draw() if name in chosen else 0.0 for name in NAMES}
        neutrons, charge = (78, 0.9681) if index >= len(sets) - 5 else (1, 0.0)
        if neutrons > 1:
            couplings = {name: round(20 * x, 2) for name, x in couplings.items()}
        yield m, E, Er, neutrons, charge, couplings


def main():
    check_algebra()
    spin_half = []
    for m, E, Er, neutrons, charge, couplings in cases():
        c = {name: mpf(repr(x)) for name, x in couplings.items()}
        c["C_V"] += neutrons * mpf(repr(charge))
        arguments = [mpf(repr(x)) for x in (m, E, Er)]
        values = {
            convention: {
                kind: dsigma_spin_half(c, *arguments, convention, kind == "antineutrino")
                for kind in ("neutrino", "antineutrino")
            }
            for convention in "AB"
        }
        inputs = {"mass": m, "neutrinoEnergy": E, "recoilEnergy": Er, "neutrons": neutrons, "weakCharge": charge}
        spin_half.append({**inputs, "couplings": couplings, "dsigma": values})
    spin_zero = []
    for m, E, Er in [("37211.4", "45", "0.05"), ("938.272", "52.8", "3.1"), ("50", "60", "31.5")]:
        c_vector, arguments = mpf("0.7"), [mpf(m), mpf(E), mpf(Er)]
        values = {k: dsigma_spin_zero(c_vector, *arguments, k == "antineutrino") for k in ("neutrino", "antineutrino")}
        point = {"mass": mpf(m), "neutrinoEnergy": mpf(E), "recoilEnergy": mpf(Er), "vectorCoupling": c_vector}
        spin_zero.append({**point, "dsigma": values})
    write(
        "cross-section.json",
        "scripts/reference/cross_section.py",
        "dsigma/dE_r at F = 1 from explicit Dirac spinors, spin-1/2 nucleus, exact in y. The amplitude holds the "
        "listed nuclear couplings plus the Standard Model as C_V + neutrons * weakCharge. "
        "Conventions: B has gamma5 D in V and A and i gamma5 D in S, P, T; A has i gamma5 D in all. spinZero: scalar nucleus with current C_V (p + p')_mu.",
        {
            "mass": "MeV",
            "neutrinoEnergy": "MeV",
            "recoilEnergy": "MeV",
            "couplings": "dimensionless",
            "dsigma": "MeV^-3",
        },
        {"gFermi": mpf(G_FERMI), "spinHalf": spin_half, "spinZero": spin_zero},
    )


if __name__ == "__main__":
    main()
