"""Shares of arrival times per bin with mpmath, 60 digits: quadrature of the densities, unrounded lifetimes.

Usage: arrival_times.py
"""

from mpmath import mp, mpf

from output import write

mp.dps = 60  # mp.quad stops at an absolute error of its last digit, and shares go down to 1e-42
LIFETIME = {"pion": mpf("0.026033"), "muon": mpf("2.1969811")}  # us
CSI_EDGES = ["0", "0.125", "0.25", "0.375", "0.5", "0.625", "0.75", "0.875", "1", "2", "4", "6"]
LAR_EDGES = ["-0.1", "0.4", "0.9", "1.4", "1.9", "2.4", "2.9", "3.4", "3.9", "4.4", "4.9"]
CSI = {"mean": "0.4708", "width": "0.1487"}
LAR = {"mean": "0.440", "width": "0.150"}
FALL = {"flatUntil": "0.52", "rate": "0.0494"}
CASES = [
    {"pulse": CSI, "edges": CSI_EDGES, "efficiency": FALL, "shift": "0"},
    {"pulse": CSI, "edges": CSI_EDGES, "efficiency": FALL, "shift": "-0.25"},
    {"pulse": CSI, "edges": CSI_EDGES, "efficiency": FALL, "shift": "0.1"},
    {"pulse": CSI, "edges": CSI_EDGES, "efficiency": None, "shift": "0"},
    {"pulse": LAR, "edges": LAR_EDGES, "efficiency": None, "shift": "0"},
    # Narrow and wide pulses against both lifetimes, an efficiency that falls fast
    {"pulse": {"mean": "0", "width": "0.001"}, "edges": ["-0.005", "0", "0.002", "0.1", "3"], "efficiency": None, "shift": "0"},
    {"pulse": {"mean": "1", "width": "4"}, "edges": ["-30", "-12", "0", "5", "30"], "efficiency": None, "shift": "0"},
    {
        "pulse": CSI,
        "edges": ["-0.5", "0.3", "0.31", "1", "8"],
        "efficiency": {"flatUntil": "0.2", "rate": "20"},
        "shift": "0",
    },
]  # fmt: skip


def tail(x):
    return mp.erfc(x / mp.sqrt(2)) / 2


def single(t, mean, width, lifetime):
    """Gaussian convolved with exp(-t/lifetime)/lifetime."""
    s, z = width / lifetime, (t - mean) / width
    return mp.exp(s * s / 2 - s * z) * tail(s - z) / lifetime


def density(kind, t, mean, width):
    pion, muon = LIFETIME["pion"], LIFETIME["muon"]
    prompt = single(t, mean, width, pion)
    return prompt if kind == "prompt" else (muon * single(t, mean, width, muon) - pion * prompt) / (muon - pion)


def convolution(kind, t, mean, width):
    """The density without its closed formula."""
    pion, muon = LIFETIME["pion"], LIFETIME["muon"]
    if kind == "prompt":
        decay = lambda u: mp.exp(-u / pion) / pion
    else:
        decay = lambda u: (mp.exp(-u / muon) - mp.exp(-u / pion)) / (muon - pion)
    pulse = lambda u: mp.npdf(u, mean, width)
    cuts = sorted({max(t - k * width / 2, mean - 13 * width) for k in range(60)} | {t - pion * k / 4 for k in range(40)})
    return mp.quad(lambda u: pulse(u) * decay(t - u), [u for u in cuts if u >= mean - 13 * width], maxdegree=8)


def shares(kind, case):
    mean, width = mpf(case["pulse"]["mean"]) + mpf(case["shift"]), mpf(case["pulse"]["width"])
    fall = case["efficiency"]
    knee = mpf(fall["flatUntil"]) if fall else mp.inf
    passed = lambda t: mp.exp(-mpf(fall["rate"]) * (t - knee)) if t > knee else mpf(1)
    step = width if width < LIFETIME["pion"] * 8 else mpf(1)
    result = []
    edges = [mpf(e) for e in case["edges"]]
    for low, high in zip(edges, edges[1:]):
        cuts = {low, high} | ({knee} if low < knee < high else set())
        cuts |= {u for u in (mean + step * k for k in range(-12, 13)) if low < u < high}
        cuts |= {u for u in (mean + LIFETIME["pion"] * 2 * k for k in range(12)) if low < u < high}
        result.append(mp.quad(lambda t: density(kind, t, mean, width) * passed(t), sorted(cuts)))
    return result


def main():
    worst = mpf(0)
    for kind in ("prompt", "delayed"):
        for t in ("0.1", "0.47", "0.9", "1.5"):
            closed = density(kind, mpf(t), mpf(CSI["mean"]), mpf(CSI["width"]))
            worst = max(worst, abs(convolution(kind, mpf(t), mpf(CSI["mean"]), mpf(CSI["width"])) / closed - 1))
    assert worst < mpf(10) ** -15, worst
    number = lambda value: {k: float(v) for k, v in value.items()} if isinstance(value, dict) else value
    rows = [
        {
            "pulse": number(case["pulse"]),
            "edges": [float(e) for e in case["edges"]],
            "efficiency": number(case["efficiency"]),
            "shift": float(case["shift"]),
            "prompt": shares("prompt", case),
            "delayed": shares("delayed", case),
        }
        for case in CASES
    ]
    write(
        "arrival-times.json",
        "scripts/reference/arrival_times.py",
        "Share of one neutrino per bin: Gaussian pulse convolved with the lifetimes of pion (prompt), or pion and muon "
        "(delayed), moved by shift, times an efficiency that is 1 up to flatUntil and falls with rate after it.",
        {"pulse": "us", "edges": "us", "shift": "us", "flatUntil": "us", "rate": "1/us"},
        {"cases": rows, "checks": {"densityAgainstConvolution": worst}},
    )


if __name__ == "__main__":
    main()
