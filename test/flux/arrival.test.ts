import { describe, expect, it } from "vitest";
import { type ArrivalKind, arrivalKind, arrivalShares, type TimeEfficiency } from "../../src/flux/index.ts";
import reference from "../reference/arrival-times.json" with { type: "json" };
import csi from "../reference/csi-2021.json" with { type: "json" };
import lar from "../reference/lar-2020.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const us = 1e-6;
const seconds = (values: readonly number[]) => values.map((value) => value * us);
const pulse = { mean: 0.4708 * us, width: 0.1487 * us };
const fall: TimeEfficiency = { flatUntil: 0.52 * us, rate: 0.0494 / us };
const kinds: readonly ArrivalKind[] = ["prompt", "delayed"];

describe("arrivalShares", () => {
  it("agrees with mpmath: narrow and wide pulses, shifts, efficiencies, tails of 1e-60", () => {
    for (const [n, { pulse, edges, efficiency, shift, ...shares }] of reference.cases.entries()) {
      const inSeconds = efficiency && { flatUntil: efficiency.flatUntil * us, rate: efficiency.rate / us };
      for (const kind of kinds) {
        const moved = { mean: pulse.mean * us, width: pulse.width * us };
        const ours = arrivalShares(kind, moved, seconds(edges), inSeconds ?? undefined, shift * us);
        shares[kind].forEach((share, bin) => {
          // Exponents of up to 140 are rounded at 1e-16 each; the delayed shape subtracts near its start, the more the
          // narrower the pulse.
          expectRelative(ours[bin] as number, share, kind === "prompt" ? 2e-12 : 3e-11, `case ${n} ${kind} bin ${bin}`);
        });
      }
    }
  });

  it("agrees with the reference of coherent-csi-2021, nominal and at every onset", () => {
    const tables: readonly [number, { readonly prompt: readonly number[]; readonly delayed: readonly number[] }][] = [
      [0, csi.time],
      ...Object.entries(csi.timeAtOnset).map(([onset, table]) => [Number(onset), table] as const),
    ].map(([onset, table]) => [onset as number, table as (typeof csi)["time"]]);
    expect(tables).toHaveLength(5);
    for (const [onset, table] of tables) {
      for (const kind of kinds) {
        const ours = arrivalShares(kind, pulse, seconds(csi.timeEdges), fall, onset * us);
        table[kind].forEach((share, bin) => {
          // That reference rounds the lifetime of the muon to 2.19698 us: 5e-7, doubled where shares go like 1/tau^2.
          const tolerance = kind === "prompt" ? 1e-11 : 1e-6;
          // and integrates the last prompt bins, below 1e-40, to absolute accuracy only.
          if (share > 1e-30) expectRelative(ours[bin] as number, share, tolerance, `${onset} ${kind} bin ${bin}`);
        });
      }
    }
  });

  it("agrees with the reference of coherent-lar-2020", () => {
    const larPulse = { mean: 0.44 * us, width: 0.15 * us };
    for (const kind of kinds) {
      const ours = arrivalShares(kind, larPulse, seconds(lar.timeEdges));
      lar.time[kind].forEach((share, bin) => {
        if (share > 1e-30)
          expectRelative(ours[bin] as number, share, kind === "prompt" ? 1e-11 : 1e-6, `${kind} ${bin}`);
      });
    }
    // Whole window, -0.1 to 4.9 us: sums of the reference, 0.99991 and 0.86679.
    const total = (kind: ArrivalKind) => arrivalShares(kind, larPulse, [-0.1 * us, 4.9 * us])[0] as number;
    expect(total("prompt")).toBeCloseTo(1, 3);
    expect(total("delayed")).toBeCloseTo(0.867, 3);
  });

  it("sums to 1 over all times, infinite edges included, and merged bins add up", () => {
    for (const kind of kinds) {
      const all = arrivalShares(kind, pulse, seconds([-5, 0, 0.3, 1, 4, 200]));
      expectRelative(
        all.reduce((a, b) => a + b, 0),
        1,
        1e-14,
      );
      const [one] = arrivalShares(kind, pulse, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
      expectRelative(one as number, 1, 1e-14);
      const [merged] = arrivalShares(kind, pulse, seconds([0, 4]), fall);
      const parts = arrivalShares(kind, pulse, seconds([0, 0.4, 0.52, 0.53, 2, 4]), fall);
      expectRelative(
        parts.reduce((a, b) => a + b, 0),
        merged as number,
        1e-13,
      );
    }
  });

  it("shifts the arrival, and not the efficiency", () => {
    for (const kind of kinds) {
      const shifted = arrivalShares(kind, pulse, seconds([0.3, 1, 3]), undefined, 0.2 * us);
      const still = arrivalShares(kind, pulse, seconds([0.1, 0.8, 2.8]));
      shifted.forEach((share, bin) => {
        expectRelative(share, still[bin] as number, 1e-13, `${kind} ${bin}`);
      });
      const [late] = arrivalShares(kind, pulse, seconds([-5, 50]), fall, 0.2 * us);
      const [early] = arrivalShares(kind, pulse, seconds([-5, 50]), fall);
      // All but a few per cent of it arrives later than the knee: 0.2 us cost up to 0.0494 x 0.2 = 1 %.
      expect((late as number) / (early as number)).toBeLessThan(0.9985);
      expect((late as number) / (early as number)).toBeGreaterThan(0.99);
    }
  });

  it("is non-negative, and NaN for NaN", () => {
    for (const kind of kinds) {
      const fine = seconds(Array.from({ length: 400 }, (_, k) => -4 + 0.05 * k));
      expect(Math.min(...arrivalShares(kind, pulse, fine, fall))).toBeGreaterThanOrEqual(0);
      expect([...arrivalShares(kind, { mean: Number.NaN, width: us }, [0, us])]).toEqual([Number.NaN]);
      expect([...arrivalShares(kind, pulse, [0, Number.NaN])]).toEqual([Number.NaN]);
      expect([...arrivalShares(kind, pulse, [0, us], { flatUntil: Number.NaN, rate: 1 })]).toEqual([Number.NaN]);
    }
  });
});

it("knows which flavours are prompt", () => {
  const flavours = ["nu_e", "nu_mu", "anti_nu_mu", "anti_nu_e"] as const;
  expect(flavours.map(arrivalKind)).toEqual(["delayed", "prompt", "delayed", undefined]);
});
