"""Arrival times of neutrinos from a Gaussian proton pulse: convolved with the pion lifetime (prompt), and with the
pion and muon lifetimes (delayed). Microseconds."""

import numpy as np
from mpmath import mp, mpf
from scipy.special import erfc

from folding import panels

TAU_PION, TAU_MUON = 0.026033, 2.19698
KIND = {"nu_e": "delayed", "nu_mu": "prompt", "anti_nu_mu": "delayed"}


def decayed(t, mean, width, lifetime):
    """Gaussian convolved with exp(-t/lifetime)/lifetime."""
    exponent = width**2 / (2 * lifetime**2) - (t - mean) / lifetime
    return np.exp(exponent) / (2 * lifetime) * erfc((width / lifetime - (t - mean) / width) / np.sqrt(2))


def density(kind, t, mean, width):
    prompt = decayed(t, mean, width, TAU_PION)
    if kind == "prompt":
        return prompt
    return (TAU_MUON * decayed(t, mean, width, TAU_MUON) - TAU_PION * prompt) / (TAU_MUON - TAU_PION)


def fractions(kind, edges, mean, width, efficiency=None, kinks=()):
    """Part of one neutrino in each bin, after the efficiency in time; kinks of the efficiency split the panels."""
    result = []
    for low, high in zip(edges, edges[1:]):
        even = np.linspace(low, high, 1 + int(np.ceil((high - low) / 0.05)))
        t, weight = panels(np.unique([*even, *(k for k in kinks if low < k < high)]))
        values = density(kind, t, mean, width)
        result.append(float(weight @ (values * efficiency(t) if efficiency else values)))
    return np.array(result)


def density_by_convolution(kind, t, mean, width):
    """The same density from the convolution integrals with mpmath, no closed formula."""
    t, mean, width = mpf(t), mpf(mean), mpf(width)
    pulse = lambda u: mp.exp(-(((u - mean) / width) ** 2) / 2) / (width * mp.sqrt(2 * mp.pi))
    pion, muon = mpf(TAU_PION), mpf(TAU_MUON)
    if kind == "prompt":
        decay = lambda u: mp.exp(-u / pion) / pion
    else:
        decay = lambda u: (mp.exp(-u / muon) - mp.exp(-u / pion)) / (muon - pion)
    # Start where the pulse is below exp(-60) of its height
    start = mean - 11 * width
    if t <= start:
        return mpf(0)
    stop = min(t, mean + 11 * width)
    cuts = [start + (stop - start) * k / 12 for k in range(13)]
    if stop == t:
        cuts = cuts[:-1] + [t - pion * k for k in (20, 10, 4, 1) if t - pion * k > cuts[-2]] + [t]
    return mp.quad(lambda u: pulse(u) * decay(t - u), cuts)


def check(kind, mean, width, times=("0.1", "0.47", "0.9", "3")):
    """Largest relative deviation of the closed formula from the convolution."""
    pairs = [(density(kind, float(t), mean, width), density_by_convolution(kind, t, mean, width)) for t in times]
    return max(abs(float(a / b - 1)) for a, b in pairs if b > mpf(10) ** -12)
