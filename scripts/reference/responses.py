"""Weights of smearing detector responses per bin at single recoil energies, with mpmath: quadrature of the densities.

gamma: polynomial quenching, gamma-distributed photoelectrons, shifted logistic acceptance inside the integral (or none).
gaussian: rising quenching, Gaussian of width sqrt(E_ee), acceptance constant in bins of the reconstructed energy.
"""

from mpmath import mp, mpf

from output import write

mp.dps = 25
QUENCHING = ["0.0554628", "4.30681", "-111.707", "840.384"]  # MeV
PER_PE, SHAPE = "0.0749e-3", "9560"  # MeV, 1/MeV
CURVE = ["1.32045", "0.285979", "10.8646", "-0.333322"]
PE_EDGES = [0, 8, 12, 16, 20, 24, 32, 40, 50, 60]
RECOILS = ["1e-6", "0.0005", "0.002", "0.005", "0.0083", "0.012", "0.02", "0.03", "0.045", "0.06"]
RISING = ["0.246", "0.78"]  # 1, 1/MeV
WIDTH = "0.01834121042986"  # sqrt(MeV)
ENERGY_EDGES = ["0", "0.004", "0.01", "0.02", "0.03", "0.06", "0.1"]
TABLE = {"edges": ["0.0005", "0.001", "0.0025", "0.007", "0.0135", "0.02"], "values": ["0.03", "0.25", "0.625", "0.9", "0.95"]}
AR_RECOILS = ["1e-5", "0.002", "0.01", "0.03", "0.06", "0.149"]  # fmt: skip


def gamma_row(recoil, accepted):
    a, b, c, d = (mpf(x) for x in CURVE)
    start = c - mp.log(a / -d - 1) / b
    energy = sum(mpf(k) * mpf(recoil) ** (i + 1) for i, k in enumerate(QUENCHING))
    shape = 1 + mpf(SHAPE) * energy
    rate = mpf(PER_PE) / energy * shape
    result = []
    for low, high in zip(PE_EDGES, PE_EDGES[1:]):
        if not accepted:
            result.append(mp.gammainc(shape, rate * low, rate * high, regularized=True))
            continue
        low = max(mpf(low), start)
        density = lambda n: mp.exp(shape * mp.log(rate) - mp.loggamma(shape) + (shape - 1) * mp.log(n) - rate * n)
        value = lambda n: density(n) * (a / (1 + mp.exp(-b * (n - c))) + d)
        result.append(mp.quad(value, mp.linspace(low, high, 6)))
    return [x if x > mpf(10) ** -250 else 0 for x in result]


def gaussian_row(recoil, accepted):
    energy = (mpf(RISING[0]) + mpf(RISING[1]) * mpf(recoil)) * mpf(recoil)
    sigma = mpf(WIDTH) * mp.sqrt(energy)
    table, values = [mpf(x) for x in TABLE["edges"]], [mpf(x) for x in TABLE["values"]]
    share = lambda low, high: (mp.erfc((low - energy) / sigma / mp.sqrt(2)) - mp.erfc((high - energy) / sigma / mp.sqrt(2))) / 2
    result = []
    edges = [mpf(x) for x in ENERGY_EDGES]
    with mp.workdps(400):  # differences of tails far below one
        for low, high in zip(edges, edges[1:]):
            if not accepted:
                result.append(share(low, high))
                continue
            total = mpf(0)
            for left, right, height in zip(table, [*table[1:-1], mp.inf], values):
                if min(right, high) > max(left, low):
                    total += height * share(max(left, low), min(right, high))
            result.append(total)
    return [x if x > mpf(10) ** -250 else 0 for x in result]  # fmt: skip


def main():
    numbers = lambda texts: [float(x) for x in texts]
    write(
        "responses.json",
        "scripts/reference/responses.py",
        "Probability to be counted in each bin for a recoil energy: rows [recoil, weights] with the acceptance "
        "(accepted) and without (plain); 0 below 1e-250.",
        {"recoil": "MeV", "gamma.edges": "photoelectrons", "gaussian.edges": "MeVee", "table": "MeVee"},
        {
            "gamma": {
                "quenching": numbers(QUENCHING),
                "energyPerPhotoelectron": float(PER_PE),
                "shapePerMeV": float(SHAPE),
                "acceptance": numbers(CURVE),
                "edges": PE_EDGES,
                "accepted": [[float(r), gamma_row(r, True)] for r in RECOILS],
                "plain": [[float(r), gamma_row(r, False)] for r in RECOILS],
            },
            "gaussian": {
                "quenching": numbers(RISING),
                "width": float(WIDTH),
                "table": {k: numbers(v) for k, v in TABLE.items()},
                "edges": numbers(ENERGY_EDGES),
                "accepted": [[float(r), gaussian_row(r, True)] for r in AR_RECOILS],
                "plain": [[float(r), gaussian_row(r, False)] for r in AR_RECOILS],
            },
        },
    )


if __name__ == "__main__":
    main()
