/** Which computations a measure asks for, before any is done: what progress is counted in. */

import type { Reproduction } from "./format.ts";
import type { Measure } from "./measure-schema.ts";

type Values = Readonly<Record<string, number>>;
export type Recoil = "leading" | "full" | "exact";

/** One computation of an analysis. */
export type Question =
  | { readonly kind: "spec" }
  | { readonly kind: "spectrum" }
  | { readonly kind: "fit"; readonly free: readonly string[] }
  | { readonly kind: "impacts"; readonly free: readonly string[] }
  | { readonly kind: "feldman-cousins" }
  | { readonly kind: "predict"; readonly parameters: Values; readonly recoil: Recoil }
  | { readonly kind: "chi2"; readonly parameters: Values }
  | { readonly kind: "helicity"; readonly parameters: Values }
  | {
      readonly kind: "region";
      readonly plane: readonly [string, string];
      readonly dof: number;
      readonly cls: readonly number[] | null;
    }
  | {
      readonly kind: "scan";
      readonly parameter: string;
      readonly low: number;
      readonly high: number;
      readonly n: number;
      readonly profile: readonly string[];
    };

export interface AskedQuestion {
  readonly analysis: string | null;
  readonly question: Question;
}

/** Name of a question: equal questions to one analysis have equal names. */
export function questionKey(analysis: string | null, question: Question): string {
  const { kind, ...rest } = question;
  return JSON.stringify([analysis, kind, ...Object.values(rest)]);
}

/** Points of a profile whose minima are counted. */
const PROFILE_POINTS = 401;

/** Every question that `take` asks for a measure. */
export function questionsOf(measure: Measure, paper: Reproduction): readonly AskedQuestion[] {
  const analysis = measure.analysis ?? null;
  const ask = (...questions: readonly Question[]): readonly AskedQuestion[] =>
    questions.map((question) => ({ analysis, question }));
  const region = (): Extract<Question, { kind: "region" }> => {
    const { plane, dof } = measure as Extract<Measure, { kind: "region" }>;
    return { kind: "region", plane, dof, cls: null };
  };
  switch (measure.kind) {
    case "minimum":
    case "minima":
    case "interval-end":
    case "segments":
    case "pull":
    case "best-chi2":
      return ask({ kind: "fit", free: measure.free });
    case "feldman-cousins-end":
    case "feldman-cousins-segments":
    case "feldman-cousins-level":
      return ask({ kind: "feldman-cousins" });
    case "component": {
      const { free, component, what } = measure;
      const needed: readonly Question[] =
        what === "events" || what === "significance" || free.includes(component)
          ? [{ kind: "fit", free }]
          : [{ kind: "impacts", free }];
      // Errors and ends are factors: they are shown in nominal events.
      const inEvents = what === "error" || what === "low" || what === "high";
      return ask(...needed, ...(inEvents ? [nominalQuestion(paper)] : []));
    }
    case "events":
    case "flavour-order":
      return ask(nominalQuestion(paper));
    case "cross-section":
      return ask(
        { kind: "spectrum" },
        ...(measure.scaledBy === undefined ? [] : [{ kind: "fit", free: measure.scaledBy.free } as const]),
      );
    case "chi2":
    case "helicity":
      return ask({ kind: measure.kind, parameters: measure.parameters });
    case "profile":
      return ask({ kind: "fit", free: [measure.parameter, ...measure.profile] }, profileQuestion(measure));
    case "profile-minima":
      return ask(profileQuestion(measure));
    case "region":
    case "island":
    case "inside":
      return ask(region());
    case "region-ratio": {
      const divisor: Question = { ...region(), plane: measure.toPlane ?? measure.plane };
      return [...ask(region()), { analysis: measure.to, question: divisor }];
    }
    case "endpoints":
      return [];
  }
}

function nominalQuestion(paper: Reproduction): Question {
  return { kind: "predict", parameters: {}, recoil: paper.spectrumRecoil };
}

/** The scan behind a measure of a profile. */
export function profileQuestion(
  measure: Extract<Measure, { kind: "profile" | "profile-minima" }>,
): Extract<Question, { kind: "scan" }> {
  const { parameter, profile } = measure;
  if (measure.kind === "profile") {
    // The shortest scan has two points.
    return { kind: "scan", parameter, low: measure.at, high: measure.at + 0.01, n: 2, profile };
  }
  const [low, high] = measure.range;
  return { kind: "scan", parameter, low, high, n: PROFILE_POINTS, profile };
}
