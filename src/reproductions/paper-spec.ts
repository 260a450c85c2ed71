/** Specs of a paper's analyses: what the case file says, and a question on top of it. */

import type { SpecInput } from "../analysis/spec.ts";
import type { Reproduction } from "./format.ts";

/** Confidence levels of tables and figures where an analysis names none. */
const LEVELS = [0.9, 0.99];

/**
 * Spec of one question to an analysis of a paper.
 * @param analysis its name in the case file; null: the paper's own experiments
 * @param question what the question adds or replaces; its parameters join those of the analysis
 * @throws Error for an analysis that the paper does not have
 */
export function specOf(
  paper: Pick<Reproduction, "paper" | "experiments" | "convention" | "analyses">,
  analysis: string | null,
  question: SpecInput,
): SpecInput {
  const chosen = analysis === null ? undefined : paper.analyses[analysis];
  if (analysis !== null && chosen === undefined) throw new Error(`${paper.paper} has no analysis "${analysis}"`);
  const own = chosen?.spec ?? {};
  return {
    experiments: [...paper.experiments],
    convention: paper.convention,
    ...(own.sigma === undefined && { cl: LEVELS }),
    ...own,
    ...question,
    parameters: { ...own.parameters, ...question.parameters },
  };
}
