"""Islands, holes, extents and area of {chi^2 < level} on a regular grid; several islands are listed apart.

Extents: the line through the lowest chi^2 of each grid line (parabola across), crossed with the level by a parabola
along. Area: linear interpolation between points.
"""

import numpy as np
from scipy.ndimage import label
from scipy.special import erf
from scipy.stats import chi2

LEVEL_90 = float(chi2.ppf(0.9, 2))
LEVELS_SIGMA = {str(k): float(chi2.ppf(erf(k / np.sqrt(2)), 2)) for k in (1, 2, 3)}


def area(grid, axes, level):
    """Trapezoid over one axis of lengths by linear interpolation along the other, mean of the two ways."""
    f = grid - level

    def along(g):
        below, above = np.minimum(g, 0), np.maximum(g, 0)
        size = below[:, 1:] + below[:, :-1] - above[:, 1:] - above[:, :-1]
        lengths = ((below[:, 1:] + below[:, :-1]) / size).sum(axis=1)
        return lengths.sum() - (lengths[0] + lengths[-1]) / 2

    cell = (axes[0][1] - axes[0][0]) * (axes[1][1] - axes[1][0])
    return float((along(f) + along(f.T)) / 2 * cell)


def vertex(values, x):
    """Lowest value of the parabola through the lowest point and its neighbours."""
    k = int(np.argmin(values))
    if k in (0, len(values) - 1):
        return values[k], x[k]
    a, b, c = values[k - 1 : k + 2]
    bend = a - 2 * b + c
    if bend <= 0:
        return b, x[k]
    return b - (a - c) ** 2 / (8 * bend), x[k] + (a - c) / (2 * bend) * (x[1] - x[0])


def crossing(x, f):
    """Zero between the last two of three points, by the parabola through them."""
    t = f[1] / (f[1] - f[2])
    for _ in range(60):
        bend = (f[2] - f[1]) - (f[1] - f[0])
        value = f[1] + t * (f[2] - f[1]) + bend * t * (t - 1) / 2
        slope = f[2] - f[1] + bend * (2 * t - 1) / 2
        t -= value / slope
    return x[1] + t * (x[2] - x[1])


def end(grid, axes, level, mask, last):
    """Outermost coordinate on the first axis of the mask; None if it meets the window."""
    rows = np.flatnonzero(mask.any(axis=1))
    row, step = (rows[-1], 1) if last else (rows[0], -1)
    if not 0 < row < len(axes[0]) - 1:
        return None
    columns = np.flatnonzero(mask[row])
    low, high = max(columns[0] - 3, 0), min(columns[-1] + 4, grid.shape[1])
    inside = 1 if grid[row, columns[0]] < level else -1
    take = [row - step, row, row + step]
    f = [inside * (vertex(inside * grid[r, low:high], axes[1][low:high])[0] - inside * level) for r in take]
    return float(crossing([axes[0][r] for r in take], f))


def extents(grid, axes, level, mask):
    flipped = (grid.T, axes[::-1], level, mask.T)
    both = lambda *of: [end(*of, False), end(*of, True)]
    return [both(grid, axes, level, mask), both(*flipped)]


def region(grid, axes, level):
    """4-connected islands; holes are pieces of the complement that do not meet the window, 4-connected as well."""
    mask = grid < level
    numbered, count = label(mask)
    outside, pieces = label(~mask)
    frame = np.concatenate([outside[0], outside[-1], outside[:, 0], outside[:, -1]])
    holes = [outside == k for k in range(1, pieces + 1) if k not in frame]
    islands = []
    for k in range(1, count + 1):
        piece = numbered == k
        low = np.unravel_index(np.argmin(np.where(piece, grid, np.inf)), grid.shape)
        entry = {"lowestPoint": [axes[0][low[0]], axes[1][low[1]]], "lowest": grid[low] - level}
        islands.append({**entry, "extents": extents(grid, axes, level, piece)})
    return {
        "islands": count,
        "holes": len(holes),
        "meetsWindow": bool(mask[[0, -1]].any() or mask[:, [0, -1]].any()),
        "area": area(grid, axes, level),
        "areaHalfGrid": area(grid[::2, ::2], [a[::2] for a in axes], level),
        "extents": extents(grid, axes, level, mask),
        "islandList": islands,
        "holeExtents": [extents(grid, axes, level, hole) for hole in holes],
    }


def mirrored(quarter):
    """Full grid from the quarter with both couplings >= 0, first line at zero."""
    half = np.concatenate([quarter[:0:-1], quarter])
    return np.concatenate([half[:, :0:-1], half], axis=1)
