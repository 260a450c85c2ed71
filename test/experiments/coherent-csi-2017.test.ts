import { expect, it } from "vitest";
import { parseExperiment } from "../../src/experiments/parse.ts";
import type { CountsDeclaration } from "../../src/experiments/schema.ts";
import { shippedTexts } from "./shipped.ts";

const { file, tables } = parseExperiment(shippedTexts(), "coherent-csi-2017");

function column(table: string, name: string): readonly number[] {
  return Array.from(tables[table]?.columns[name] ?? []);
}

/** Sum of a counts column over the cells whose centres lie inside. */
function events(sample: string, peLow: number, peHigh: number, timeHigh: number): number {
  const pe = column("counts", "pe");
  const time = column("counts", "time");
  return column("counts", sample).reduce(
    (sum, n, i) =>
      (pe[i] as number) > peLow && (pe[i] as number) < peHigh && (time[i] as number) < timeHigh ? sum + n : sum,
    0,
  );
}

it("has the release's totals in 6-30 PE and 0-6 us", () => {
  expect(events("coincidence-beam-on", 6, 30, 6)).toBe(547);
  expect(events("anticoincidence-beam-on", 6, 30, 6)).toBe(405);
});

it("has all events of the four samples", () => {
  // Column sums of the released files, taken with awk.
  expect(events("coincidence-beam-on", 0, 50, 12)).toBe(1207);
  expect(events("anticoincidence-beam-on", 0, 50, 12)).toBe(1032);
  expect(events("coincidence-beam-off", 0, 50, 12)).toBe(507);
  expect(events("anticoincidence-beam-off", 0, 50, 12)).toBe(507);
});

it("has 13 empty anticoincidence cells of 144, which hold 39 coincidences", () => {
  const pe = column("counts", "pe");
  const time = column("counts", "time");
  const anticoincidence = column("counts", "anticoincidence-beam-on");
  const coincidence = column("counts", "coincidence-beam-on");
  const cells = pe.flatMap((x, i) => (x > 6 && x < 30 && (time[i] as number) < 6 ? [i] : []));
  const empty = cells.filter((i) => anticoincidence[i] === 0);
  expect(cells).toHaveLength(144);
  expect(empty).toHaveLength(13);
  expect(empty.reduce((sum, i) => sum + (coincidence[i] as number), 0)).toBe(39);
});

it("has the residual of arXiv:1806.07424 figure 3 in the bins of the paper's likelihood", () => {
  const edges = (file.likelihoods[0] as CountsDeclaration).axes[0]?.edges as number[];
  const residual = edges
    .slice(1)
    .map(
      (high, i) =>
        events("coincidence-beam-on", edges[i] as number, high, 6) -
        events("anticoincidence-beam-on", edges[i] as number, high, 6),
    );
  expect(residual).toEqual([9, 11, 24, 25, 21, 17, 5, 10, 6, 0, 5, 9, 6]);
});

it("has arrival times that sum to 1, of which the first 6 us hold all prompt and 0.9148 of the delayed", () => {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  for (const name of ["prompt-neutrino", "delayed-neutrino", "prompt-neutron"]) {
    // 24 released numbers of 16 digits.
    expect(Math.abs(sum(column("arrival-times", name)) - 1), name).toBeLessThan(1e-14);
  }
  const early = column("arrival-times", "time").filter((time) => time < 6).length;
  expect(early).toBe(12);
  // 0.9148 is known to four digits.
  expect(sum(column("arrival-times", "delayed-neutrino").slice(0, early))).toBeCloseTo(0.9148, 4);
  expect(sum(column("arrival-times", "prompt-neutrino").slice(0, early))).toBeCloseTo(1, 14);
});

it("keeps the released digits", () => {
  const texts = shippedTexts();
  expect(texts["prompt-neutrons.csv"]).toContain("\n0.5,0.5526297688\n");
  expect(texts["prompt-neutrons.csv"]).toContain("\n49.5,0.01667658426\n");
  expect(texts["arrival-times.csv"]).toContain("\n0.75,0.9094831995369566,0.11920610759230026,0.8683300918723158\n");
  expect(texts["quenching-tunl.csv"]).toContain("\n3.4459999296814203,0.3900001756846905,0.3599999472498894,");
  expect(texts["quenching-chicago.csv"]).toContain("\n2.87,0.56,0.0521,0.017193\n");
});

it("has the released parameters with their errors", () => {
  const numbers = (name: string) => {
    const { value, sigma, sigmaPlus, sigmaMinus, unit } = file.inputs[name] as (typeof file.inputs)[string];
    return [value, sigma ?? [sigmaPlus, sigmaMinus], unit];
  };
  expect(numbers("exposure")).toEqual([7.47594, [undefined, undefined], "GW h"]);
  expect(numbers("quenching-factor")).toEqual([0.0878, 0.0166, "1"]);
  expect(numbers("light-yield")).toEqual([13.348, 0.019, "PE/keVee"]);
  expect(numbers("neutrinos-per-proton")).toEqual([0.08, 0.008, "1"]);
  expect(numbers("prompt-neutron-scale")).toEqual([1, 0.25, "1"]);
  expect(numbers("acceptance-a")).toEqual([0.6655, [0.0212, 0.0384], "1"]);
  expect(numbers("acceptance-k")).toEqual([0.4942, [0.0335, 0.0131], "1/PE"]);
  expect(numbers("acceptance-x0")).toEqual([10.8507, [0.1838, 0.3995], "PE"]);
});

it("has 5.71 prompt neutrons in the 13 bins after the acceptance", () => {
  // 5.71 is an awk sum over the released file with the acceptance of arXiv:1806.07424 eq. 8.
  const rate = column("prompt-neutrons", "rate");
  const total = column("prompt-neutrons", "pe").reduce((sum, x, i) => {
    const acceptance = 0.6655 / (1 + Math.exp(-0.4942 * (x - 10.8507)));
    return x > 6 && x < 32 ? sum + 7.47594 * acceptance * (rate[i] as number) : sum;
  }, 0);
  expect(total).toBeCloseTo(5.71, 2);
});
