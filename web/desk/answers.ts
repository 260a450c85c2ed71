/** The answers of a desk: each question as steps of the library. */

import { version } from "nurecoil";
import {
  draftRegionSteps,
  fitSteps,
  levelsOf,
  minimaSteps,
  openPoint,
  type PointPrediction,
  type PointResult,
  type PreparedAnalysis,
  type ProfileResult,
  profileOfSteps,
  type RegionOptions,
  regionSteps,
  type SpecInput,
} from "nurecoil/analysis";
import { deltaChi2, nominalValue } from "nurecoil/statistics";
import { type Analyses, createAnalyses } from "./analyses.ts";
import { factsOf } from "./facts.ts";
import { webLibrary } from "./library.ts";
import { draw, type Picture } from "./pictures.ts";
import type { Answers, Asks, QuestionName } from "./questions.ts";
import type { Work } from "./schedule.ts";
import { takeAway } from "./take-away.ts";

/** From a question to its steps: data are loaded first. */
export type Answering = <Name extends QuestionName>(
  question: Name,
  ask: Asks[Name],
  tell: (partial: Answers[Name]) => void,
) => Promise<Work<Answers[Name]>>;

type Handlers = {
  readonly [Name in QuestionName]: (
    ask: Asks[Name],
    tell: (partial: Answers[Name]) => void,
  ) => Promise<Work<Answers[Name]>>;
};

/** @param base address of the page's folder @param ids experiments of the page */
export function createAnswering(base: string, ids: readonly string[]): Answering {
  const analyses = createAnalyses(webLibrary(base, ids));
  const handlers = handlersOf(analyses);
  return (question, ask, tell) => handlers[question](ask, tell);
}

function handlersOf(analyses: Analyses): Handlers {
  return {
    open: async ({ spec, couplings }) => {
      const analysis = await movable(analyses, spec, couplings);
      // The spec as it is asked has checks of its own: planes, levels, what is free and set.
      await analyses.of(spec);
      return at({
        ranges: Object.fromEntries(couplings.map((name) => [name, analysis.range(name)])),
        nuisances: analysis.nuisances.map(({ name }) => name),
        standard: {
          ...Object.fromEntries(analysis.nuisances.map((one) => [one.name, nominalValue(one)])),
          ...analysis.radii,
        },
        notes: analysis.notes,
        facts: analysis.experiments.map(factsOf),
      });
    },
    point: async ({ spec, couplings, at: values, spectrum, pulls, quick }) => {
      const analysis = await movable(analyses, spec, couplings);
      const evaluate = analyses.once(analysis, "point", () => openPoint(analysis, couplings));
      return once(() => {
        const result = evaluate(values, { quick });
        const prediction = result.predictions.find((one) => one.experiment === spectrum?.experiment);
        return {
          result,
          spectrum:
            spectrum === null || prediction === undefined
              ? null
              : draw(spectrumOf(result, prediction, spectrum.axis), spectrum.look),
          pulls: pulls === null ? null : draw(pullsOf(result, prediction?.experiment), pulls.look),
        };
      });
    },
    minima: async ({ spec }) => minimaSteps(await analyses.of(spec), spec.free ?? []),
    fit: async ({ spec }) => fitSteps(await analyses.of(spec)),
    profile: async ({ spec, parameter }, tell) => {
      const analysis = await analyses.of(spec);
      const sketch = sketchOf(analysis, parameter);
      return profileOfSteps(analysis, parameter, { onPoints: (values, chi2) => tell(sketch(values, chi2)) });
    },
    region: async ({ spec, draft, alone, window }) => {
      const options: RegionOptions = { ...(window !== null && { window }), ...(alone && { unseen: "band" }) };
      const analysis = await analyses.of(spec, alone ? { unseen: "leave" } : {});
      return draft ? draftRegionSteps(analysis, options) : regionSteps(analysis, options);
    },
    picture: async ({ picture, look }) => once(() => draw(picture, look)),
    takeAway: async (ask) => {
      const taken = await takeAway(ask, analyses);
      return at(taken);
    },
  };
}

function spectrumOf({ spec }: PointResult, prediction: PointPrediction, axis: number): Picture {
  const choice = spec.experiments.find(({ id }) => id === prediction.experiment);
  return { kind: "spectrum", prediction, axis, asimov: choice?.data === "asimov" };
}

/** Pulls that act on one experiment: its own and those that experiments share. */
function pullsOf({ pulls, units, predictions }: PointResult, experiment: string | undefined): Picture {
  const others = predictions.map((one) => one.experiment).filter((id) => id !== experiment);
  const acting = Object.entries(pulls).filter(([name]) => !others.some((id) => name.startsWith(`${id}.`)));
  return { kind: "pulls", pulls: Object.fromEntries(acting), units };
}

/** A profile in the making: points so far, counted from the lowest of them; levels without intervals yet. */
function sketchOf(analysis: PreparedAnalysis, parameter: string) {
  const levels = levelsOf(analysis.spec, [0.9, 0.99]).map((cl) => ({
    cl,
    deltaChi2: deltaChi2(cl, 1),
    dof: 1,
    segments: [],
  }));
  return (values: readonly number[], chi2: readonly (number | null)[]): ProfileResult => ({
    format: "nurecoil/profile/1",
    version,
    spec: analysis.spec,
    notes: [],
    parameter,
    values: [...values],
    chi2: [...chi2],
    profiled: {},
    minimum: { chi2: Math.min(...chi2.filter((one) => one !== null)), parameters: {} },
    minima: [],
    levels,
  });
}

/** The analysis with all couplings of the sliders as parameters: its integrals serve every position of theirs. */
function movable(analyses: Analyses, spec: SpecInput, couplings: readonly string[]): Promise<PreparedAnalysis> {
  const { experiments, convention, recoil, formFactor, truth, uncorrelated, allowOverlap, spinResponse, ranges } = spec;
  const parameters = Object.fromEntries(
    Object.entries(spec.parameters ?? {}).filter(([name]) => !couplings.includes(name)),
  );
  const kept = { experiments, convention, recoil, formFactor, truth, uncorrelated, allowOverlap, spinResponse, ranges };
  const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  return analyses.of({ ...given, parameters, free: [...couplings] });
}

/** Work that is done already. */
// biome-ignore lint/correctness/useYield: steps that are none
function* at<T>(answer: T): Work<T> {
  return answer;
}

/** Work in one step. */
// biome-ignore lint/correctness/useYield: one step
function* once<T>(make: () => T): Work<T> {
  return make();
}
