/** Analyses of the shipped experiments, as a user of the library sets them up. */

import {
  type ExperimentLibrary,
  type PreparedAnalysis,
  parseSpec,
  prepare,
  type SpecInput,
} from "../../src/analysis/index.ts";
import { listShippedExperiments, readShipped } from "../../src/node/experiment-folder.ts";

export const library: ExperimentLibrary = { ids: listShippedExperiments(), load: readShipped };

/** The CsI data of 2017 with the likelihood of arXiv:1806.07424 and its convention A. */
export function paperA(input: Omit<SpecInput, "experiments"> = {}): PreparedAnalysis {
  return prepare(parseSpec({ experiments: ["coherent-csi-2017@paper"], convention: "A", ...input }), library);
}

/** Names of the pulls of `paperA` and their relative errors: A sec. 3.2 quotes 28 % and 25 %. */
export const SIGNAL = "coherent-csi-2017.signal";
export const BACKGROUND = "coherent-csi-2017.brn";
export const RELATIVE_ERRORS = { [SIGNAL]: 0.28, [BACKGROUND]: 0.25 };

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Every number of a result, however deep. */
export function numbersOf(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}

/** An analysis whose chi^2 is no number wherever xi_V is above a value. */
export function broken(analysis: PreparedAnalysis, from: number): PreparedAnalysis {
  return {
    ...analysis,
    objective: (free, values) => {
      const whole = analysis.objective(free, values);
      const index = whole.names.indexOf("xi_V");
      return {
        ...whole,
        evaluate: (x, gradient) => {
          const value = whole.evaluate(x, gradient);
          if ((x[index] as number) <= from) return value;
          gradient?.fill(Number.NaN);
          return Number.NaN;
        },
      };
    },
  };
}

/** `broken`, for a search by descents as well: they have no answer of their own. */
export function lost(analysis: PreparedAnalysis, from: number): PreparedAnalysis {
  const one = broken(analysis, from);
  return {
    ...one,
    objective: (free, values) => {
      const { descent: _, ...rest } = one.objective(free, values);
      return rest;
    },
  };
}
