"""Regions of arXiv:1806.07424 figures 4 to 6 and curves of figure 7 for coherent-csi-2017@paper, by brute force.

Convention A, recoil `full`, quark couplings mapped nucleus by nucleus (eq. 19), R included. chi^2 of eq. 10 with
the pulls solved as a 2 x 2 linear system; the script stops if it misses a chi^2 of csi-2017-fit.json.
Run csi2017_fit.py first.
"""

import json
from itertools import product

import numpy as np
from scipy.ndimage import label
from scipy.optimize import minimize, minimize_scalar, root
from scipy.stats import chi2

from constants import NUCLEI
from csi2017_fit import ISOTOPES, SIGMA_BACKGROUND, SIGMA_SIGNAL, Model, crossings, nuclear_couplings
from output import FOLDER, write

POINTS = 1201
LEVELS = {dof: {str(percent): chi2.ppf(percent / 100, dof) for percent in (90, 99)} for dof in (1, 2)}
# figure, degrees of freedom of the levels, the two couplings, window of each, closed inside the window?
PLANES = (
    (4, 1, ("C_S_u", "C_S_d"), ((-0.3199710259, 0.3199710259), (-0.3949748612, 0.3949748612)), False),
    (4, 1, ("C_S_u", "D_P_d"), ((-0.11, 0.11), (-0.13, 0.13)), True),
    (4, 1, ("C_S_u", "D_P_u"), ((-0.11, 0.11), (-0.11, 0.11)), True),
    (4, 1, ("C_V_u", "C_V_d"), ((-2.0555555556, 2.0555555556), (-1.8407960199, 1.8407960199)), False),
    (4, 1, ("C_V_u", "D_A_d"), ((-1.4, 0.6), (-0.9, 0.9)), True),
    (4, 1, ("C_V_u", "D_A_u"), ((-1.4, 0.6), (-1.0, 1.0)), True),
    (5, 1, ("C_T_u", "C_T_d"), ((-11.277134, 11.277134), (-4.678853829, 4.678853829)), False),
    (6, 2, ("C_S_u", "C_V_d"), ((-0.14, 0.14), (-1.5, 0.8)), True),
    (6, 2, ("C_S_u", "C_T_d"), ((-0.14, 0.14), (-2.0, 2.0)), True),
    (6, 2, ("C_V_u", "C_T_d"), ((-1.7, 0.9), (-2.0, 2.0)), True),
)
PARTNER = {"D_P": "C_S", "D_A": "C_V"}  # the same nuclear matrix element
ALL_QUARK = [f"{kind}_{q}" for kind in ("C_S", "D_P", "C_V", "D_A", "C_T") for q in "ud"]


def per_neutron(isotope, name):
    """Nuclear coupling over N for a quark coupling of one."""
    kind = PARTNER.get(name[:3], name[:3])
    nucleus = NUCLEI[isotope]
    unit = {**dict.fromkeys(ALL_QUARK, 0.0), kind + name[3:]: 1.0}
    return nuclear_couplings(nucleus, unit)[kind] / (nucleus.A - nucleus.Z)


SCALE = {a: {name: per_neutron(a, name) for name in ALL_QUARK} for a in ISOTOPES}


def chi2_of(model, events):
    """chi^2 at the best pulls; events of shape (..., 13), complex allowed."""
    w, B = 1 / model.error**2, model.background
    rest = model.residual - events - B
    aa, ab, bb = (events**2) @ w + SIGMA_SIGNAL**-2, events @ (w * B), B @ (w * B) + SIGMA_BACKGROUND**-2
    ga, gb = (events * rest) @ w, rest @ (w * B)
    return (rest**2) @ w - (bb * ga**2 - 2 * ab * ga * gb + aa * gb**2) / (aa * bb - ab**2)


def chi2_quark(model, quark):
    """quark: names to numbers or arrays of one shape."""
    events = 0
    for a in ISOTOPES:
        x = dict.fromkeys(("C_S", "D_P", "C_V", "D_A", "C_T"), 0.0)
        for name, value in quark.items():
            x[name[:3]] = x[name[:3]] + SCALE[a][name] * np.asarray(value)[..., None]
        VV = (x["C_V"] + model.charge[a]) ** 2 + x["D_A"] ** 2
        RR = 2 * x["C_S"] * x["C_T"]
        events = events + model.combine(a, x["C_S"] ** 2 + x["D_P"] ** 2, VV, 8 * x["C_T"] ** 2, RR)
    return chi2_of(model, events)


def check(model, fit):
    for point in fit["quarkPoints"]:
        assert abs(chi2_quark(model, point["couplings"]) - point["A"]["chi2"]) < 1e-10, point
    for table in ("table1", "table2"):
        for entry in fit[table].values():
            for m in entry["minima"]:
                xi = {name: m[name] for name in "SVT" if name in m}
                assert abs(chi2_of(model, model.events(**xi)) - m["chi2"]) < 1e-9, (table, m)


def gradient(f, x):
    h = 1e-30
    return np.array([f(x[0] + 1j * h, x[1]).imag, f(x[0], x[1] + 1j * h).imag]) / h


def minimum(f, grid, axes, window):
    """Lowest chi^2 in the window, from the ten lowest local minima of the grid."""
    padded = np.pad(grid, 1, constant_values=np.inf)
    shifts = [padded[1 + i : 1 + i + POINTS, 1 + j : 1 + j + POINTS] for i, j in product((-1, 0, 1), repeat=2)]
    local = np.argwhere(grid <= np.min(shifts, axis=0))
    starts = sorted(local, key=lambda n: grid[tuple(n)])[:10]
    scale = np.array([high - low for low, high in window])
    fits = []
    for i, j in starts:
        start = np.array([axes[0][i], axes[1][j]])
        fit = minimize(
            lambda y: f(*(y * scale)), start / scale, jac=lambda y: gradient(f, y * scale) * scale,
            bounds=np.array(window) / scale[:, None], method="L-BFGS-B", options={"ftol": 1e-16, "gtol": 1e-11},
        )
        fits.append((float(fit.fun), fit.x * scale))
    value, x = min(fits, key=lambda fit: fit[0])
    edge = any(min(v - low, high - v) < 1e-9 for v, (low, high) in zip(x, window))
    return {"chi2": value, "at": list(x), "atWindowEdge": edge}


def extents(f, grid, axes, level, mask):
    """Low and high of each coordinate over a closed mask: chi^2 = level and no slope along the other coordinate."""
    result, inside = [], 1 if grid[mask][0] < level else -1
    for axis in (0, 1):
        ends = []
        for outermost in (min, max):
            cells = np.argwhere(mask)
            cells = cells[cells[:, axis] == outermost(cells[:, axis])]
            cell = min(cells, key=lambda n: inside * grid[tuple(n)])
            start = [axes[0][cell[0]], axes[1][cell[1]]]
            solved = root(lambda x: [f(*x) - level, gradient(f, x)[1 - axis]], start, tol=1e-13)
            step = axes[axis][1] - axes[axis][0]
            assert np.abs(solved.fun).max() < 1e-8 and abs(solved.x[axis] - start[axis]) < 1.5 * step, solved
            ends.append(solved.x[axis])
        result.append(ends)
    return result


def check_extents(f, window, level, ends):
    """On a fine line the region exists 1e-5 inside each end and not 1e-5 outside."""
    for axis in (0, 1):
        line = np.linspace(*window[1 - axis], 100001)
        for end, inward in zip(ends[axis], (1e-5, -1e-5)):
            at = lambda x: np.min(f(*((np.full_like(line, x), line) if axis == 0 else (line, np.full_like(line, x)))))
            assert at(end + inward) < level < at(end - inward), (axis, end)


def area(grid, axes, level):
    """Area below the level: linear between points along one axis, trapezoid over the other; spread with the count."""
    cell = np.prod([x[1] - x[0] for x in axes])
    weight = np.ones(POINTS)
    weight[[0, -1]] = 0.5

    def along(f):
        below, above = np.minimum(f, 0), np.maximum(f, 0)
        lengths = (below[:, 1:] + below[:, :-1]) / (below[:, 1:] + below[:, :-1] - above[:, 1:] - above[:, :-1])
        return weight @ lengths.sum(axis=1)

    ways = np.array([along(grid - level), along((grid - level).T), weight @ (grid < level) @ weight]) * cell
    return {"area": ways[:2].mean(), "areaSpread": float(np.ptp(ways) / ways.mean())}


def components(mask):
    """Islands and holes (pieces of the complement that do not meet the window); 4- and 8-connectivity must agree."""
    counts = []
    for near in (None, np.ones((3, 3))):
        islands = label(mask, near)[1]
        outside, number = label(~mask, near)
        frame = np.concatenate([outside[0], outside[-1], outside[:, 0], outside[:, -1]])
        holes = [outside == n for n in range(1, number + 1) if n not in frame]
        counts.append((islands, len(holes)))
    assert counts[0] == counts[1], counts
    return islands, holes


def axis_crossings(f, axes, level):
    """Level lines on the axes of the plane, with dC_second/dC_first of the line there."""
    result = {}
    for name, axis in (("first", 0), ("second", 1)):
        point = lambda x: (x, 0.0) if axis == 0 else (0.0, x)
        at = crossings(lambda x: f(*point(x)) - level, axes[axis])
        slopes = [-g[0] / g[1] for g in (gradient(f, point(x)) for x in at)]
        result[name] = {"at": at, "slope": slopes}
    return result


def region(model, figure, dof, names, window, closed):
    f = lambda u, d: chi2_quark(model, {names[0]: u, names[1]: d})
    axes = [np.linspace(*w, POINTS) for w in window]
    grid = np.array([f(np.full(POINTS, u), axes[1]) for u in axes[0]])
    lowest = minimum(f, grid, axes, window)
    result = {"figure": figure, "couplings": list(names), "dof": dof, "window": window, "minimum": lowest, "levels": {}}
    for percent, delta in LEVELS[dof].items():
        level = lowest["chi2"] + delta
        mask = grid < level
        islands, holes = components(mask)
        meets = bool(mask[[0, -1]].any() or mask[:, [0, -1]].any())
        assert meets != closed, (names, percent)
        entry = {"delta": delta, "islands": islands, "holes": len(holes), "meetsWindow": meets}
        entry.update(area(grid, axes, level))
        if closed:
            entry["extents"] = extents(f, grid, axes, level, mask)
            check_extents(f, window, level, entry["extents"])
            entry["holeExtents"] = [extents(f, grid, axes, level, hole) for hole in holes]
        else:
            entry["axisCrossings"] = axis_crossings(f, axes, level)
        result["levels"][percent] = entry
    return result


def figure7(model):
    """Delta chi^2(xi_V): V alone, profiled over xi_S >= 0, over xi_T >= 0; the same xi for Cs and I."""

    def profile(V, other):
        if other is None:
            return chi2_of(model, model.events(V=V))
        f = lambda x: chi2_of(model, model.events(V=V, **{other: x}))
        coarse = np.linspace(0, 3, 61)
        best = int(np.argmin([f(x) for x in coarse]))
        low, high = coarse[max(best - 1, 0)], coarse[best + 1]
        return min(f(0.0), minimize_scalar(f, bounds=(low, high), method="bounded", options={"xatol": 1e-11}).fun)

    shown, fine, result = np.linspace(-3.0, 1.2, 101), np.linspace(-3.0, 1.2, 841), {}
    for name, other in (("V", None), ("V-S", "S"), ("V-T", "T")):
        values = np.array([profile(V, other) for V in fine])
        inner = [n for n in range(1, len(fine) - 1) if values[n] < min(values[n - 1], values[n + 1])]
        minima = []
        for n in inner:
            bounds = (fine[n - 1], fine[n + 1])
            fit = minimize_scalar(lambda V: profile(V, other), bounds=bounds, method="bounded", options={"xatol": 1e-9})
            minima.append({"V": fit.x, "chi2": fit.fun})
        lowest = min(m["chi2"] for m in minima)
        result[name] = {
            "minimum": lowest,
            "minima": minima,
            "at-0.95": profile(-0.95, other) - lowest,
            "delta": [profile(V, other) - lowest for V in shown],
        }
    return {"xiV": list(shown), "curves": result}


def main():
    paper, fit = (json.loads((FOLDER / f"csi-2017-{name}.json").read_text()) for name in ("paper", "fit"))
    model = Model(paper)
    check(model, fit)
    write(
        "csi-2017-regions.json",
        "scripts/reference/csi2017_regions.py",
        "coherent-csi-2017@paper, convention A, recoil `full`, quark couplings per nucleus, with R. regions: "
        f"Delta chi^2 below `delta` relative to the minimum in the window, on {POINTS} x {POINTS} points; `at` has "
        "a mirror image where a coupling enters squared; atWindowEdge: the lowest chi^2 lies on the edge; "
        "holes do not meet the window; areaSpread: relative spread of three ways to get the area (which is cut at "
        "the window); extents [[low, high], [low, high]] for closed regions; axisCrossings for bands: level lines "
        "on the first axis (second coupling 0) and on the second, slope = d second/d first of the line. figure7: "
        "Delta chi^2(xi_V) alone and profiled over xi_S, xi_T, same xi for Cs and I.",
        {"chi2": "dimensionless", "couplings": "dimensionless", "area": "product of the two couplings"},
        {"regions": [region(model, *plane) for plane in PLANES], "figure7": figure7(model)},
    )


if __name__ == "__main__":
    main()
