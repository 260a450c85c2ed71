import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decayShares, histogramShares, type TimeEfficiency } from "../../src/flux/index.ts";
import csi from "../reference/csi-2021.json" with { type: "json" };
import { expectRelative } from "../relative.ts";

const us = 1e-6;
const edges = csi.timeEdges.map((edge) => edge * us);
const fall: TimeEfficiency = { flatUntil: 0.52 * us, rate: 0.0494 / us };
const release = fileURLToPath(new URL("../../../shared/data/coherent-csi-2021/", import.meta.url));
const absent = !existsSync(release);

/** Columns of the PE bin with most events, as shares of it. */
function columnShares(table: readonly (readonly number[])[]): readonly number[] {
  const row = table[4] as readonly number[];
  const total = row.reduce((a, b) => a + b, 0);
  return row.map((value) => value / total);
}

describe("histogramShares", () => {
  it("cuts flat bins", () => {
    // Bins [0, 1], [1, 2], [2, 3] of 3, 5, 7.
    expect([...histogramShares([0.5, 1.5, 2.5], [3, 5, 7], [-1, 0.5, 1.25, 2, 9])]).toEqual([1.5, 2.75, 3.75, 7]);
    expect([...histogramShares([0.5, 1.5, 2.5], [3, 5, 7], [1.2, 1.4])].map((x) => x.toFixed(12))).toEqual([
      (1).toFixed(12),
    ]);
  });

  it("integrates the efficiency exactly", () => {
    const efficiency = { flatUntil: 1.5, rate: 2 };
    // [1, 2] of content 5: 5 (0.5 + (1 - e^-1)/2); [2, 3] of 7: 7 (e^-1 - e^-3)/2, e^-1 and e^-3 to 16 digits.
    const [one, two] = [0.36787944117144233, 0.049787068367863944];
    const shares = histogramShares([0.5, 1.5, 2.5], [3, 5, 7], [0, 1, 2, 3], efficiency);
    [3, 5 * (0.5 + (1 - one) / 2), (7 * (one - two)) / 2].forEach((expected, bin) => {
      expectRelative(shares[bin] as number, expected, 1e-14, `bin ${bin}`);
    });
    const flat = histogramShares([0.5, 1.5, 2.5], [3, 5, 7], [0, 1, 2, 3], { flatUntil: 0, rate: 0 });
    expect([...flat]).toEqual([3, 5, 7]);
  });

  it.skipIf(absent).each([
    ["brnTrec.txt", csi.brn],
    ["ninTrec.txt", csi.nin],
  ])(
    `has the reference's columns of %s${absent ? " (skipped: no release beside the checkout)" : ""}`,
    (file, table) => {
      const rows = readFileSync(`${release}${file}`, "utf8")
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
      const shares = histogramShares(
        rows.map(([centre]) => centre * us),
        rows.map(([, value]) => value),
        edges,
        fall,
      );
      const total = shares.reduce((a, b) => a + b, 0);
      columnShares(table).forEach((expected, bin) => {
        // Centres are printed to 1e-9 us: edges of 10 ns bins and of ours agree to 1e-14 us, cut bins to 1e-12.
        expectRelative((shares[bin] as number) / total, expected, 1e-10, `bin ${bin}`);
      });
    },
  );

  it("is NaN for NaN", () => {
    expect([...histogramShares([0, 1], [1, 1], [0, Number.NaN])]).toEqual([Number.NaN]);
    expect([...histogramShares([0, 1], [1, 1], [0, 1], { flatUntil: Number.NaN, rate: 1 })]).toEqual([Number.NaN]);
    expect([...histogramShares([0, Number.NaN], [1, 1], [0, 1])]).toEqual([Number.NaN]);
  });
});

describe("decayShares", () => {
  it("has the reference's columns of the steady state", () => {
    const shares = decayShares(0.0494 / us, edges);
    columnShares(csi.steadyState).forEach((expected, bin) => {
      expectRelative(shares[bin] as number, expected, 1e-13, `bin ${bin}`);
    });
  });

  it("is flat at rate 0, sums to 1 at any, and does not overflow", () => {
    expect([...decayShares(0, [-1, 0, 3])]).toEqual([0.25, 0.75]);
    expect([...decayShares(1e6, [-1, 0, 3])]).toEqual([1, 0]);
    for (const rate of [1e-12, 0.3, 40]) {
      expectRelative(
        decayShares(rate, [-2, -1, 0.5, 7]).reduce((a, b) => a + b, 0),
        1,
        1e-14,
      );
    }
  });

  it("is NaN for NaN", () => {
    expect([...decayShares(Number.NaN, [0, 1])]).toEqual([Number.NaN]);
    expect([...decayShares(1, [0, Number.NaN])]).toEqual([Number.NaN]);
  });
});
