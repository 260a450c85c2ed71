"""Released events and backgrounds of coherent-csi-2021 in bins of photoelectrons and microseconds."""

import numpy as np

from output import CHECKOUT

RELEASE = CHECKOUT.parent / "shared" / "data" / "coherent-csi-2021"
PE_EDGES = (0, 8, 12, 16, 20, 24, 32, 40, 50, 60)
TIME_EDGES = (0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6)
KINK, SLOPE = 0.52, 0.0494
BRN, NIN = 18.4, 5.6


def time_efficiency(t):
    return np.exp(-SLOPE * np.maximum(t - KINK, 0))


def decay_integral(low, high):
    """Integral of the time efficiency."""
    flat = max(0.0, min(high, KINK) - low)
    start = max(low, KINK)
    falling = (np.exp(-SLOPE * (start - KINK)) - np.exp(-SLOPE * (high - KINK))) / SLOPE if high > start else 0.0
    return flat + falling


def background(release, name, total, pe_edges=PE_EDGES, time_edges=TIME_EDGES):
    """PE file x (time file, flat inside its 10 ns bins, times the time efficiency); `total` in 0-60 PE, 0-6 us."""
    pe = np.loadtxt(release / f"{name}PE.txt")
    time = np.loadtxt(release / f"{name}Trec.txt")
    row = lambda edges: np.array([pe[(pe[:, 0] > a) & (pe[:, 0] < b), 1].sum() for a, b in zip(edges, edges[1:])])

    def column(edges):
        result = []
        for a, b in zip(edges, edges[1:]):
            cuts = [(max(a, c - 0.005), min(b, c + 0.005), w) for c, w in time if c + 0.005 > a and c - 0.005 < b]
            result.append(sum(w / 0.01 * decay_integral(low, high) for low, high, w in cuts if high > low))
        return np.array(result)

    window = row((0, 60)).sum() * column((0, 6)).sum()
    return total / window * np.outer(row(pe_edges), column(time_edges))


def counts(release, pe_edges=PE_EDGES, time_edges=TIME_EDGES):
    """Released events in half-open bins: coincidence C and anticoincidence AC."""
    result = {}
    for key, file in (("C", "dataBeamOnC.txt"), ("AC", "dataBeamOnAC.txt")):
        pe, time = np.loadtxt(release / file).T
        inside = (pe >= pe_edges[0]) & (pe < pe_edges[-1]) & (time >= time_edges[0]) & (time < time_edges[-1])
        i, j = (np.searchsorted(e, x[inside], "right") - 1 for e, x in ((pe_edges, pe), (time_edges, time)))
        grid = np.zeros((len(pe_edges) - 1, len(time_edges) - 1), int)
        np.add.at(grid, (i, j), 1)
        result[key] = grid
    return result


def steady_time(edges=TIME_EDGES):
    """exp(-0.0494 t/us) integrated over the bins, sum one."""
    column = -np.diff(np.exp(-SLOPE * np.asarray(edges, float)))
    return column / column.sum()
