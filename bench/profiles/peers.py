"""The Poisson likelihood of profiles.mjs in numpy, profiled by scipy and iminuit.

python3 peers.py model.json check            chi^2 at the trial points of the file
python3 peers.py model.json time METHOD      profiles at its points: seconds of processor time, and the chi^2 found
"""

import json
import sys
import time

import numpy as np

LOWEST = 1e-9


def morph(s):
    size = abs(s)
    if size <= 1:
        return (s, s * s), (1.0, 2 * s)
    return (s, 2 * size - 1), (1.0, 2.0 if s > 0 else -2.0)


def chebyshev(low, high, order):
    scale = 2 / (high - low)

    def functions(at):
        x = (at - low) * scale - 1
        t, d = [1.0, x], [0.0, 1.0]
        for k in range(2, order + 1):
            t.append(2 * x * t[-1] - t[-2])
            d.append(2 * t[k - 1] + 2 * x * d[-1] - d[-2])
        return t[1:], [scale * one for one in d[1:]]

    return functions


def basis_of(change):
    if change["basis"] == "morph":
        return morph
    return chebyshev(*change["range"], change["size"])


class Change:
    """What a nuisance adds to rows or shares: weights of one row of `parts` each."""

    def __init__(self, change, parts):
        self.nuisance = change["nuisance"]
        self.basis = basis_of(change)
        self.parts = parts


class Group:
    def __init__(self, group, couplings):
        value = np.concatenate(([1.0], couplings))

        def rows(terms):
            total = np.zeros(group["rows"])
            for left, right, counts in terms:
                total += value[left] * value[right] * np.asarray(counts)
            return total

        self.first = group["cell"]
        self.cells = group["rows"] * len(group["shares"])
        self.base = rows(group["terms"])
        self.changes = [Change(one, np.array([rows(terms) for terms in one["terms"]])) for one in group["changes"]]
        self.shares = np.asarray(group["shares"])
        self.spread = [Change(one, np.array(one["parts"])) for one in group["spread"]]
        self.factors = group["factors"]

    def add(self, d, mu, first):
        """Add expected counts to mu, and their derivatives by every nuisance to the rows of first."""
        here = slice(self.first, self.first + self.cells)
        rows, moved = self.base, []
        for change in self.changes:
            value, slope = change.basis(d[change.nuisance])
            rows = rows + value @ change.parts
            moved.append((change.nuisance, slope @ change.parts))
        if self.changes:
            cut = (rows < 0) & (self.base >= 0)
            if cut.any():
                rows = np.where(cut, 0, rows)
                moved = [(k, np.where(cut, 0, one)) for k, one in moved]
        shares, shifted = self.shares, []
        for change in self.spread:
            value, slope = change.basis(d[change.nuisance])
            shares = shares + value @ change.parts
            shifted.append((change.nuisance, slope @ change.parts))
        product = 1.0
        for k, scale in self.factors:
            product *= 1 + scale * d[k]
        counts = np.multiply.outer(rows, shares).ravel()
        mu[here] += product * counts
        if first is None:
            return
        for k, scale in self.factors:
            first[k, here] += product * scale / (1 + scale * d[k]) * counts
        for k, one in moved:
            first[k, here] += product * np.multiply.outer(one, shares).ravel()
        for k, one in shifted:
            first[k, here] += product * np.multiply.outer(rows, one).ravel()


class Likelihood:
    """chi^2 of all nuisances at fixed couplings, as Baker and Cousins have it."""

    def __init__(self, model, couplings):
        self.observed = np.asarray(model["observed"])
        self.some = self.observed > 0
        self.counted = self.observed[self.some]
        self.groups = [Group(one, couplings) for one in model["groups"]]
        self.constrained = np.asarray(model["constrained"], float)
        self.fixed = np.asarray(model["start"], float)
        self.free = np.asarray(model["free"], int)

    def _full(self, x):
        d = self.fixed.copy()
        d[self.free] = x
        return d

    def value(self, x):
        d = self._full(x)
        mu = np.zeros(len(self.observed))
        for group in self.groups:
            group.add(d, mu, None)
        mu = np.maximum(mu, LOWEST)
        logs = self.counted @ np.log(self.counted / mu[self.some])
        return 2 * (mu.sum() - self.observed.sum() + logs) + self.constrained @ d**2

    def gradient(self, x):
        d = self._full(x)
        mu = np.zeros(len(self.observed))
        first = np.zeros((len(d), len(mu)))
        for group in self.groups:
            group.add(d, mu, first)
        mu = np.maximum(mu, LOWEST)
        return (first @ (2 - 2 * self.observed / mu) + 2 * self.constrained * d)[self.free]

    def both(self, x):
        d = self._full(x)
        mu = np.zeros(len(self.observed))
        first = np.zeros((len(d), len(mu)))
        for group in self.groups:
            group.add(d, mu, first)
        mu = np.maximum(mu, LOWEST)
        logs = self.counted @ np.log(self.counted / mu[self.some])
        chi2 = 2 * (mu.sum() - self.observed.sum() + logs) + self.constrained @ d**2
        return chi2, (first @ (2 - 2 * self.observed / mu) + 2 * self.constrained * d)[self.free]


def scipy_profile(likelihood, start, bounds):
    from scipy.optimize import minimize

    found = minimize(likelihood.both, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return found.fun, found.x


def iminuit_profile(with_gradient):
    def profile(likelihood, start, bounds):
        from iminuit import Minuit

        minuit = Minuit(likelihood.value, start, grad=likelihood.gradient if with_gradient else None)
        minuit.limits = [(None if low is None else low, None if high is None else high) for low, high in bounds]
        minuit.errordef = Minuit.LEAST_SQUARES
        minuit.print_level = 0
        minuit.migrad()
        return minuit.fval, np.array(minuit.values)

    return profile


METHODS = {
    "scipy": scipy_profile,
    "iminuit-gradient": iminuit_profile(True),
    "iminuit": iminuit_profile(False),
}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        model = json.load(file)
    if sys.argv[2] == "check":
        import importlib.util

        answer = {
            "chi2": [Likelihood(model, one["couplings"]).value(np.asarray(one["nuisances"])) for one in model["trials"]],
            "scipy": None,
            "iminuit": None,
        }
        for package in ("scipy", "iminuit"):
            if importlib.util.find_spec(package):
                answer[package] = __import__(package).__version__
        slopes = []
        for one in model["trials"]:
            likelihood, x = Likelihood(model, one["couplings"]), np.asarray(one["nuisances"])
            steps = np.eye(len(x)) * 1e-5
            by_steps = [(likelihood.value(x + h) - likelihood.value(x - h)) / 2e-5 for h in steps]
            slopes.append(float(np.max(np.abs(by_steps - likelihood.gradient(x)) / (1 + np.abs(by_steps)))))
        answer["gradient"] = slopes
        print(json.dumps(answer))
        return
    profile, points = METHODS[sys.argv[3]], model["points"]
    nominal = np.asarray(model["start"], float)[model["free"]]
    bounds = model["bounds"]
    # The first profile imports and warms up.
    profile(Likelihood(model, points[0]), nominal, bounds)
    x, chi2 = nominal, []
    start = time.process_time()
    for point in points:
        value, x = profile(Likelihood(model, point), x, bounds)
        chi2.append(float(value))
    print(json.dumps({"seconds": time.process_time() - start, "chi2": chi2}))


main()
