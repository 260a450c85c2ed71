"""Feldman-Cousins intervals of a Poisson signal on a known background, by summing probabilities.

    published  90 % intervals of Table IV of Phys. Rev. D 57, 3873 (G. J. Feldman, R. D. Cousins), as printed
    exact      the same from the construction: where p, the probability of counts that fit no better than the observed
               one, exceeds 0.1. The table lets upper ends fall with the background, which the construction alone does
               not; that is done here too before the two are compared
    p          p at single signals
A count fits by R = P(n | s + b)/P(n | s_best + b) with s_best = max(0, n - b); equal R count as equal within 1e-9.
"""

import numpy as np
from scipy.special import gammaln

from output import write

CL = 0.9
# Rows n0 = 0 ... 10, columns b: low and high end.
BACKGROUNDS = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
PUBLISHED = [
    [(0.00, 2.44), (0.00, 1.94), (0.00, 1.61), (0.00, 1.33), (0.00, 1.26), (0.00, 1.18), (0.00, 1.08)],
    [(0.11, 4.36), (0.00, 3.86), (0.00, 3.36), (0.00, 2.91), (0.00, 2.53), (0.00, 2.19), (0.00, 1.88)],
    [(0.53, 5.91), (0.03, 5.41), (0.00, 4.91), (0.00, 4.41), (0.00, 3.91), (0.00, 3.45), (0.00, 3.04)],
    [(1.10, 7.42), (0.60, 6.92), (0.10, 6.42), (0.00, 5.92), (0.00, 5.42), (0.00, 4.92), (0.00, 4.42)],
    [(1.47, 8.60), (1.17, 8.10), (0.74, 7.60), (0.24, 7.10), (0.00, 6.60), (0.00, 6.10), (0.00, 5.60)],
    [(1.84, 9.99), (1.53, 9.49), (1.25, 8.99), (0.93, 8.49), (0.43, 7.99), (0.00, 7.49), (0.00, 6.99)],
    [(2.21, 11.47), (1.90, 10.97), (1.61, 10.47), (1.33, 9.97), (1.08, 9.47), (0.65, 8.97), (0.15, 8.47)],
    [(3.56, 12.53), (3.06, 12.03), (2.56, 11.53), (2.09, 11.03), (1.59, 10.53), (1.18, 10.03), (0.89, 9.53)],
    [(3.96, 13.99), (3.46, 13.49), (2.96, 12.99), (2.51, 12.49), (2.14, 11.99), (1.81, 11.49), (1.51, 10.99)],
    [(4.36, 15.30), (3.86, 14.80), (3.36, 14.30), (2.91, 13.80), (2.53, 13.30), (2.19, 12.80), (1.88, 12.30)],
    [(5.50, 16.50), (5.00, 16.00), (4.50, 15.50), (4.00, 15.00), (3.50, 14.50), (3.04, 14.00), (2.63, 13.50)],
]
MOST = 60
STEP = 0.002
# An end is clear when it is the printed one, and p this far on both sides of it is this far from 0.1.
AROUND = 0.05
CLEAR = 0.006


def log_poisson(n, mu):
    return np.where(mu > 0, n * np.log(np.maximum(mu, 1e-300)) - mu, np.where(n == 0, 0.0, -np.inf)) - gammaln(n + 1)


def p_values(signals, background):
    """p of the counts of the table, signal by signal."""
    n = np.arange(MOST + 1)
    mu = np.asarray(signals, float)[:, None] + background
    log_r = log_poisson(n, mu) - log_poisson(n, np.maximum(0, n - background) + background)
    probability = np.exp(log_poisson(n, mu))
    return np.stack([(probability * (log_r <= log_r[:, [k]] + 1e-9)).sum(axis=1) for k in range(len(PUBLISHED))], axis=1)


def belt(background):
    """Ends of the smallest interval that holds every signal with p > 1 - CL, count by count."""
    signals = np.arange(0, 20, STEP)
    inside = p_values(signals, background) > 1 - CL
    return [(signals[inside[:, n]][0], signals[inside[:, n]][-1]) for n in range(len(PUBLISHED))]


def main():
    # Upper ends may grow again with more background: there the largest of what follows is printed.
    fine = np.arange(0, 6.001, 0.01)
    belts = {round(float(b), 3): belt(b) for b in fine}
    exact = []
    for n0, row in enumerate(PUBLISHED):
        cells = []
        for b, printed in zip(BACKGROUNDS, row):
            low = belts[b][n0][0]
            high = max(belts[k][n0][1] for k in belts if k >= b)
            assert abs(low - printed[0]) < 0.0075 and abs(high - printed[1]) < 0.0075, (n0, b, printed, low, high)
            own = (low, belts[b][n0][1])
            clear = bool(abs(own[1] - printed[1]) < 0.01) and all(
                bool((p_values([end + off], b)[0, n0] - (1 - CL)) * inward > CLEAR)
                for end, side in ((own[0], -1), (own[1], 1))
                if end > AROUND
                for off, inward in ((side * AROUND, -1), (-side * AROUND, 1))
            )
            cells.append({"n0": n0, "b": b, "low": own[0], "high": own[1], "clear": clear})
        exact += cells
    signals = [0.05, 0.5, 1.3, 2.44, 3.7, 5.0, 6.42, 8.0, 11.0]
    write(
        "feldman-cousins.json",
        "scripts/reference/feldman_cousins.py",
        "published: Phys. Rev. D 57, 3873, Table IV (90 %); exact: ends of the same construction (no falling upper ends), "
        f"within {STEP}, clear where p {AROUND} on both sides of the printed ends is {CLEAR} off 0.1; p: probability of counts that fit no better.",
        {"b": "events", "low": "events", "high": "events", "s": "events", "p": "probability"},
        {
            "cl": CL,
            "published": [
                {"n0": n0, "b": b, "low": low, "high": high}
                for n0, row in enumerate(PUBLISHED)
                for b, (low, high) in zip(BACKGROUNDS, row)
            ],
            "exact": exact,
            "p": [
                {"n0": n0, "b": b, "s": s, "p": p}
                for b in (0.0, 0.5, 1.0, 3.0)
                for s, row in zip(signals, p_values(signals, b))
                for n0, p in enumerate(row)
            ],
        },
    )


if __name__ == "__main__":
    main()
