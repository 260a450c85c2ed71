/** Long questions in steps: the same answers however they are run, left at any step without a trace. */

import { describe, expect, it } from "vitest";
import {
  draftRegionSteps,
  fit,
  fitSteps,
  minimaSteps,
  type PreparedAnalysis,
  parseSpec,
  prepare,
  profileOfSteps,
  region,
  regionSteps,
  type SpecInput,
} from "../../src/analysis/index.ts";
import { complete, type Steps } from "../../src/statistics/index.ts";
import { library, paperA } from "./shipped.ts";

const plane = { plane: ["xi_S", "xi_V"], cl: [0.9] } satisfies Omit<SpecInput, "experiments">;
const poisson = (): PreparedAnalysis =>
  prepare(
    parseSpec({ experiments: ["coherent-csi-2021@poisson"], plane: ["xi_S_e", "xi_V_e"], free: ["xi_V_e"] }),
    library,
  );

/** An analysis that counts what it is asked. */
function counting(analysis: PreparedAnalysis) {
  const count = { evaluations: 0, searches: 0 };
  const counted: PreparedAnalysis = {
    ...analysis,
    objective: (free, values) => {
      const whole = analysis.objective(free, values);
      return {
        ...whole,
        evaluate: (x, gradient) => {
          count.evaluations++;
          return whole.evaluate(x, gradient);
        },
        ...(whole.descent !== undefined && {
          descent: (start, isHeld) => {
            count.searches++;
            return whole.descent?.(start, isHeld);
          },
        }),
      };
    },
  };
  return { count, analysis: counted };
}

const questions: readonly (readonly [string, () => PreparedAnalysis, (one: PreparedAnalysis) => Steps<unknown>])[] = [
  ["region", () => paperA(plane), regionSteps],
  ["region with another parameter profiled", () => paperA({ ...plane, profile: ["xi_T"] }), regionSteps],
  ["region of Poisson data", poisson, regionSteps],
  ["fit", () => paperA({ free: ["xi_S", "xi_V"] }), fitSteps],
  ["fit of Poisson data", poisson, fitSteps],
  ["minima", () => paperA(), (one) => minimaSteps(one, ["xi_S", "xi_V"])],
  ["draft", () => paperA(plane), (one) => draftRegionSteps(one)],
  [
    "draft with another parameter profiled",
    () => paperA({ ...plane, profile: ["xi_T"] }),
    (one) => draftRegionSteps(one),
  ],
  ["draft of Poisson data", poisson, (one) => draftRegionSteps(one)],
  ["profile", () => paperA({ free: ["xi_S", "xi_V"] }), (one) => profileOfSteps(one, "xi_V")],
  ["profile of Poisson data", poisson, (one) => profileOfSteps(one, "xi_V_e")],
];

describe.each(questions)("%s", (_, analysisOf, question) => {
  const analysis = analysisOf();
  const expected = JSON.stringify(complete(question(analysis)));

  it("is the same two at a time, step by step", () => {
    const runs = [question(analysis), question(analysis)];
    const answers: (string | undefined)[] = [undefined, undefined];
    while (answers.includes(undefined)) {
      runs.forEach((run, k) => {
        if (answers[k] !== undefined) return;
        const step = run.next();
        if (step.done === true) answers[k] = JSON.stringify(step.value);
      });
    }
    expect(answers).toEqual([expected, expected]);
  });

  it("leaves nothing behind when it is left", () => {
    const steps = [
      ...(function* (): Generator<number> {
        yield* question(analysis);
      })(),
    ].length;
    for (const share of [0, 0.1, 0.4, 0.7, 0.99]) {
      const left = question(analysis);
      for (let k = 0; k <= share * steps; k++) expect(left.next().done).toBe(false);
      left.return(undefined);
      expect(left.next().done).toBe(true);
    }
    expect(JSON.stringify(complete(question(analysis)))).toBe(expected);
  });

  it("yields shares that never fall, and often", () => {
    const { count, analysis: counted } = counting(analysisOf());
    const shares: number[] = [];
    let [evaluations, searches] = [0, 0];
    let before = { ...count };
    const steps = question(counted);
    for (;;) {
      const step = steps.next();
      evaluations = Math.max(evaluations, count.evaluations - before.evaluations);
      searches = Math.max(searches, count.searches - before.searches);
      before = { ...count };
      if (step.done === true) break;
      shares.push(step.value);
    }
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    // One search: at most 200 steps, each of an evaluation or two.
    expect(evaluations).toBeLessThan(450);
    // A descent may be repeated where its bottom is flat to second order.
    expect(searches).toBeLessThan(65);
  });
});

it("region and fit are their steps, minima those of a region", () => {
  const regional = paperA(plane);
  expect(region(regional)).toEqual(complete(regionSteps(regional)));
  const free = paperA({ free: ["xi_S", "xi_V"] });
  expect(fit(free)).toEqual(complete(fitSteps(free)));
  expect(complete(minimaSteps(free, ["xi_S", "xi_V"]))).toEqual(region(regional).minima);
});

it("minima of nothing, and of what is not there, are refused", () => {
  expect(() => complete(minimaSteps(paperA(), []))).toThrow(/no free parameter/);
});
