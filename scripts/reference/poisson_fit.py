"""Poisson chi^2 = 2 sum[mu - n + n ln(n/mu)] + pull terms, minimised for many points at once.

Levenberg-Marquardt on the Fisher matrix with box bounds; every point of the batch has its own damping. The model is a
function of parameters (points, P) and the point numbers that gives mu (points, cells) and its Jacobian
(points, cells, P); pull terms are ((p - centre)/sigma)^2.
"""

from dataclasses import dataclass

import numpy as np

FLOOR = 1e-9


@dataclass
class Problem:
    names: list
    model: object
    data: np.ndarray
    centre: np.ndarray
    sigma: np.ndarray  # infinite for a free parameter
    low: np.ndarray
    high: np.ndarray

    def index(self, name):
        return self.names.index(name)


def problem(model, data, parameters):
    """parameters: name -> (centre, sigma, low, high); sigma 0 fixes the parameter at its centre."""
    columns = [np.array([row[k] for row in parameters.values()], float) for k in range(4)]
    fixed = columns[1] == 0
    low, high = np.where(fixed, columns[0], columns[2]), np.where(fixed, columns[0], columns[3])
    sigma = np.where(fixed, np.inf, columns[1])
    return Problem(list(parameters), model, np.asarray(data, float).ravel(), columns[0], sigma, low, high)


def chi2_of(task, mu, p):
    n = task.data
    mu = np.maximum(mu, FLOOR)
    logarithm = np.where(n > 0, n * np.log(np.where(n > 0, n, 1) / mu), 0)
    pulls = (((p - task.centre) / task.sigma) ** 2).sum(axis=1)
    return 2 * (mu - n + logarithm).sum(axis=1) + pulls


def gradient(task, p, mu, jacobian):
    slope = 2 * np.einsum("bc,bcp->bp", 1 - task.data / np.maximum(mu, FLOOR), jacobian)
    return slope + 2 * (p - task.centre) / task.sigma**2


def hesse(task, p):
    """Errors of a one-point problem from the second derivatives of chi^2 by differences of the gradient."""
    free = np.flatnonzero(task.low < task.high)
    scale = np.where(np.isfinite(task.sigma), task.sigma, 0.1 * np.maximum(np.abs(p), 1))
    hessian = np.empty((free.size, free.size))
    for row, i in enumerate(free):
        pair = np.array([p, p])
        pair[0, i] += 1e-4 * scale[i]
        pair[1, i] -= 1e-4 * scale[i]
        slope = gradient(task, pair, *task.model(pair, np.zeros(2, int)))
        hessian[row] = (slope[0] - slope[1])[free] / (2e-4 * scale[i])
    errors = np.zeros(len(p))
    errors[free] = np.sqrt(np.diag(np.linalg.inv((hessian + hessian.T) / 4)))
    return dict(zip(task.names, errors))


def minimise(task, start, points=None, steps=3000, tolerance=1e-11, relaxed=np.inf):
    """start (points, P). Parameters and chi^2 of every point; above `relaxed` a tolerance of 1e-3 does."""
    p = np.clip(np.array(start, float), task.low, task.high)
    points = np.arange(len(p)) if points is None else np.asarray(points)
    damping, quiet = np.full(len(p), 1e-3), np.zeros(len(p), int)
    mu, jacobian = task.model(p, points)
    value = chi2_of(task, mu, p)
    active = np.arange(len(p))
    for _ in range(steps):
        q, m = p[active], np.maximum(mu[active], FLOOR)
        J = jacobian[active]
        slope = gradient(task, q, m, J)
        fisher = 2 * np.matmul((J / m[:, :, None]).transpose(0, 2, 1), J)
        diagonal = np.einsum("bpp->bp", fisher)
        diagonal += 2 / task.sigma**2
        frozen = ((q <= task.low) & (slope > 0)) | ((q >= task.high) & (slope < 0))
        diagonal *= 1 + damping[active, None]
        diagonal += 1e-12 * diagonal.max(axis=1, keepdims=True)
        keep = ~frozen
        fisher *= keep[:, :, None] & keep[:, None, :]
        np.einsum("bpp->bp", fisher)[...] += frozen
        step = np.linalg.solve(fisher, -(slope * keep)[:, :, None])[:, :, 0]
        trial = np.clip(q + step, task.low, task.high)
        new_mu, new_J = task.model(trial, points[active])
        new = chi2_of(task, new_mu, trial)
        old = value[active]
        better = new <= old
        gain = old - new
        damping[active] = np.where(better, damping[active] / 2, damping[active] * 3)
        quiet[active] = np.where(np.abs(gain) < np.where(old > relaxed, 1e-3, tolerance), quiet[active] + 1, 0)
        rows = active[better]
        p[rows], mu[rows], jacobian[rows], value[rows] = trial[better], new_mu[better], new_J[better], new[better]
        active = active[(quiet[active] < 4) & (damping[active] < 1e12)]
        if not active.size:
            break
    else:
        raise RuntimeError(f"{active.size} points did not converge")
    return p, value


def best(task, starts):
    """Lowest of the minima from several starting points (each a list of P numbers), as one row."""
    p, value = minimise(task, starts)
    return p[np.argmin(value)], float(value.min())


def morph(s, nominal, plus, minus):
    """Change and slope in s: quadratic through three templates within |s| <= 1, straight outside."""
    linear, square = (plus - minus) / 2, (plus + minus) / 2 - nominal
    inside = np.clip(s, -1, 1)
    slope = linear + 2 * inside * square
    return inside * linear + inside**2 * square + (s - inside) * slope, slope
