/**
 * The Feldman-Cousins interval of eps_ee^V (u = d) from CsI 2017: against the published one, and against toys of an
 * independent script with the same likelihood and recipe.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { figure, toSvg } from "../../src/figures/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { readReproduction } from "../../src/node/reproduction-folder.ts";
import { runReproductionInWorkers } from "../../src/node/run-reproduction.ts";
import {
  parseReproduction,
  type Reproduction,
  type ReproductionOutcome,
  reproductionFigures,
  rowsOf,
  runReproduction,
} from "../../src/reproductions/index.ts";
import { expectRelative } from "../relative.ts";
import { expectThumbnail } from "./committed.ts";

interface Treatment {
  readonly ends: readonly [number, number];
  readonly endErrors: readonly [number, number];
  readonly deltaChi2Ends: readonly [number, number];
  readonly points: readonly { readonly at: number; readonly t: number; readonly p: number }[];
}
const script = JSON.parse(
  readFileSync(new URL("../reference/csi-2017-nsi-toys.json", import.meta.url), "utf8"),
) as Readonly<Record<"ours" | "centres" | "constraints" | "published", Treatment>> & { readonly toys: number };

const paper = readReproduction("2008.06062");
const library = shippedLibrary();
let outcome: ReproductionOutcome;
beforeAll(async () => {
  outcome = await runReproductionInWorkers(paper, library, { workers: 1 });
});

const caseOf = (id: string): Reproduction["cases"][number] => {
  const found = paper.cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
};

describe("case file", () => {
  it("holds the numbers of the script", () => {
    for (const [kind, ends, digits] of [
      ["script", script.ours.ends, 3],
      ["delta-chi2", script.ours.deltaChi2Ends, 7],
    ] as const) {
      for (const [k, end] of ["low", "high"].entries()) {
        const { expected } = caseOf(`eps_V_ee.90.${kind}.0.${end}`);
        expect(expected).toMatchObject({ value: Number(ends[k]!.toPrecision(digits)) });
      }
    }
  });

  it("says what the script found of the treatments", () => {
    const { note } = caseOf("eps_V_ee.90.0.low");
    const interval = ([low, high]: readonly [number, number]): string => `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
    const said = [script.constraints.deltaChi2Ends, script.ours.deltaChi2Ends, script.constraints.ends];
    for (const one of [...said, script.published.ends]) expect(note).toContain(interval(one));
  });

  it("says by how much ours differs from the released levels", () => {
    const { note } = caseOf("eps_V_ee.90.0.low");
    const [below, above] = /ends (\S+) below the released low end and (\S+) above/.exec(note)!.slice(1).map(Number);
    const ends = outcome.outcomes.filter((one) => one.case.published !== null && /\.(low|high)$/.test(one.case.id));
    const [low, high] = ends.map(({ ours }) => ours as number);
    // The released levels cross 90 % at -0.041 and 0.231.
    expect(Math.abs(-0.041 - low! - below!)).toBeLessThan(0.001);
    expect(Math.abs(high! - 0.231 - above!)).toBeLessThan(0.001);
  });
});

describe("cases", () => {
  it("meets the published interval and the script", () => {
    const judged = outcome.outcomes.filter((one) => one.case.expected !== null);
    expect(judged).toHaveLength(7);
    expect(judged.map(({ status }) => status)).toEqual(judged.map(() => "met"));
  });

  it("misses both when the signal is taken as known", async () => {
    const { toys, ...others } = paper.analyses;
    const parameters = { "sns.flux": 0, "coherent-csi-2017.signal": 0 };
    const spec = { ...toys!.spec, parameters, toys: { ...toys!.spec.toys!, count: 200 } };
    const changed = {
      ...paper,
      analyses: { ...others, toys: { ...toys!, spec } },
      cases: paper.cases.filter(({ measure }) => measure.kind === "feldman-cousins-end"),
    };
    const { outcomes } = await runReproductionInWorkers(changed, library, { workers: 1 });
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => "missed"));
  });

  it("shows the ends of an interval in one row, the script's beside ours", () => {
    const [published, independent] = rowsOf(outcome.outcomes, "interval");
    // arXiv:2008.06062, as quoted: -0.04 to 0.23
    expect(published).toMatchObject({ published: "[-0.04, 0.230]", independent: "" });
    expect(independent).toMatchObject({ published: "-", independent: "[-0.0452, 0.233]" });
    expect(independent!.ours).toBe(published!.ours);
  });

  it("shows the released levels without judgement", () => {
    const levels = outcome.outcomes.filter((one) => one.case.group === "levels");
    expect(levels).toHaveLength(9);
    for (const { status, ours } of levels) {
      expect(status).toBe("not-comparable");
      expect(ours).toBeTypeOf("number");
    }
    // The script's toys: p = 0.048 with an error of 0.005, as large as ours.
    const far = levels.find((one) => one.case.id === "level.-0.06")!;
    expect(Math.abs((far.ours as number) - 95.2)).toBeLessThan(2);
  });
});

describe("toys", () => {
  it("give p and t of the script at its points", () => {
    const { points } = outcome.session.of("toys").feldmanCousins();
    for (const { at, t, p } of script.ours.points) {
      const tested = points.find((one) => Math.abs(one.at[0]! - at) < 1e-9)!;
      // Two programs on the same tables; near 0 t is a difference of two minima found within 1e-8.
      if (t > 0.1) expectRelative(tested.t!, t, 1e-5, `t at ${at}`);
      // Four standard deviations of both sets of toys; points that stop early are off by more than their number says.
      const variance = (p * (1 - p)) / script.toys + (p * (1 - p)) / tested.toys;
      expect(Math.abs(tested.p! - p), `p at ${at}`).toBeLessThan(4 * Math.sqrt(variance));
    }
  });

  it("exclude more than Delta chi^2 says between the wells, as the published ones do", () => {
    const { points } = outcome.session.of("toys").feldmanCousins();
    const between = points.find((one) => Math.abs(one.at[0]! - 0.09) < 1e-9)!;
    // Delta chi^2 of 0.915 alone: p = 0.339. The script's toys: 0.164, the published ones 0.246.
    expect(between.p!).toBeLessThan(0.25);
  });

  it("are not thrown by a run that cannot wait for them", () => {
    expect(() => runReproduction(paper, library)).toThrow(/runReproductionInWorkers throws them/);
  });
});

describe("format", () => {
  const analyses = (spec: object): object => ({
    ...paper,
    analyses: { ...paper.analyses, toys: { title: "t", spec } },
  });
  const { spec } = paper.analyses["toys"]!;

  it.each<[string, object, RegExp]>([
    ["without toys", { ...spec, toys: undefined }, /its analysis must have toys.parameter, toys.count, toys.points/],
    ["without a seed", { ...spec, seed: undefined }, /its analysis must have seed/],
    ["at another level", { ...spec, cl: [0.68] }, /its analysis must have 0.9 in cl/],
  ])("refuses a Feldman-Cousins measure of an analysis %s", (_, changed, message) => {
    const text: unknown = JSON.parse(JSON.stringify(analyses(changed)));
    expect(() => parseReproduction(text, "cases.json")).toThrow(message);
  });
});

describe("figure", () => {
  it("shows ours, Wilks and the published curve, and looks as it did", async () => {
    const [spec] = reproductionFigures["2008.06062"]!(outcome.session);
    await expect(toSvg(figure(spec!))).toMatchFileSnapshot("snapshots/2008.06062-p-along-eps.svg");
    expectThumbnail("2008.06062", spec!);
  });
});
