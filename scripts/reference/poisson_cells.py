"""chi^2 of one Poisson cell, 2 [mu - n + n ln(n/mu)], with mpmath at 60 digits.

Counts from 0 to 1e6 (Asimov ones are no whole numbers) and expected ones from 1e-9 to 1e6, some of them a hair from the
count, where the terms cancel, and from sqrt(2) and powers of 2 times it, where logarithms change their reduction.
Arguments are doubles: what is written is what was used.
"""

from mpmath import mp, mpf

from output import write

mp.dps = 60
COUNTS = [0.0, 1e-3, 0.5, 1.0, 2.0, 3.0, 7.25, 13.0, 100.0, 134.7, 1000.0, 65537.0, 1e6]
EXPECTED = [1e-9, 3e-9, 1e-6, 1e-3, 0.1, 0.7, 1.0, 2.0, 3.3, 10.0, 97.3, 1024.0, 31415.9, 1e6]
NEAR = [1 - 1e-1, 1 + 1e-2, 1 - 1e-4, 1 + 1e-7, 1 - 1e-12, 1.0, 0.5, 2.0, 2**-0.5, 2**0.5,
        2**0.5 * (1 - 1e-9), 2**0.5 * (1 + 1e-9), 2**-0.5 * (1 - 1e-9), 2**-0.5 * (1 + 1e-9)]  # fmt: skip


def cell(n, mu):
    n, mu = mpf(n), mpf(mu)
    return 2 * (mu - n + (n * mp.log(n / mu) if n > 0 else 0))


def main():
    rows = []
    for n in COUNTS:
        near = [n * ratio for ratio in NEAR if 1e-9 <= n * ratio <= 1e6]
        rows += [[n, mu, cell(n, mu)] for mu in sorted({*EXPECTED, *near})]
    write(
        "poisson-cells.json",
        "scripts/reference/poisson_cells.py",
        "cells: rows [n, mu, 2 (mu - n + n ln(n/mu))].",
        {"cells": "1"},
        {"cells": rows},
    )


if __name__ == "__main__":
    main()
