/**
 * What computations cost: nearly all of it is evaluations of chi^2, whose number hangs on the question and whose cost
 * hangs on the likelihood. Numbers are measured, on one core of about 3 GHz; only ratios matter.
 */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import { parseSpec } from "../analysis/spec.ts";
import { chooseLikelihood } from "../experiments/build.ts";
import type { Reproduction } from "./format.ts";
import type { Question } from "./questions.ts";

/** Integrals and templates of an analysis, us. */
const PREPARATION = 20e3;
/** The first evaluations of a run are in code that is not yet compiled: how many, and how much slower. */
const COLD_EVALUATIONS = 10e3;
const COLD_FACTOR = 3;
/** A toy and its fits, us. */
const TOY = 75;
/** Share of the toys asked for that are thrown: most points are decided sooner. */
const THROWN = 0.2;
/** A figure in three formats, us. */
const DRAWING = 130e3;

/** chi^2 evaluations that a question takes, within a factor of two; 0 where no search is made. */
export function expectedEvaluations(question: Question): number {
  switch (question.kind) {
    case "fit":
    case "impacts":
      return question.free.length === 1 ? 1.2e3 : 2.5e3 * question.free.length;
    case "region":
      // Scalar and tensor couplings give one island around zero; a vector coupling gives rings or several islands.
      return question.plane.every((name) => /^xi_[ST]/.test(name)) ? 4.5e3 : 20e3;
    case "scan":
      return (question.profile.length === 0 ? 1e3 : 2e3) + 20 * question.n * question.profile.length;
    case "spec":
    case "spectrum":
    case "predict":
    case "chi2":
    case "helicity":
    case "feldman-cousins":
      return 0;
  }
}

/** Cost of a question to an analysis, us; to be asked in the order in which the questions are worked on. */
export function costModel(
  paper: Reproduction,
  library: ExperimentLibrary,
): (analysis: string | null, question: Question) => number {
  const known = new Map<string | null, number>();
  let evaluated = 0;
  return (analysis, question) => {
    if (question.kind === "feldman-cousins") return PREPARATION + toysCost(paper, analysis);
    const perEvaluation = known.get(analysis) ?? evaluationCost(paper, library, analysis);
    known.set(analysis, perEvaluation);
    const evaluations = expectedEvaluations(question);
    const cold = Math.max(Math.min(evaluations, COLD_EVALUATIONS - evaluated), 0);
    evaluated += evaluations;
    return PREPARATION + (evaluations + (COLD_FACTOR - 1) * cold) * perEvaluation;
  };
}

function toysCost({ analyses }: Reproduction, analysis: string | null): number {
  const { count = 0, points = 0 } = (analysis === null ? undefined : analyses[analysis]?.spec.toys) ?? {};
  return THROWN * TOY * count * points;
}

/** Cost of drawing the figures of a paper, us: a figure for every group of cases about one. */
export function drawingCost({ cases }: Reproduction): number {
  return DRAWING * new Set(cases.map(({ group }) => group).filter((group) => group.startsWith("figure"))).size;
}

/**
 * One evaluation of chi^2, us. Gaussian likelihoods are solved in closed form; a Poisson one takes steps in its p
 * nuisances, with second derivatives of every cell and a linear system of all of them.
 */
function evaluationCost(paper: Reproduction, library: ExperimentLibrary, analysis: string | null): number {
  const own = analysis === null ? undefined : paper.analyses[analysis];
  const { experiments, parameters } = parseSpec({ experiments: [...paper.experiments], ...own?.spec });
  let cost = 0;
  let all = 0;
  for (const { id, likelihood, set } of experiments) {
    const declaration = chooseLikelihood(library.load(id), likelihood ?? undefined);
    if (declaration.statistics !== "poisson") {
      cost += declaration.statistics === "projection" ? 5 : 3;
      continue;
    }
    const rows = set["steady-state-statistics"] === "joint" ? declaration.axes[0]!.edges.length - 1 : 0;
    const free = declaration.nuisances.filter(
      ({ name, shared }) => !Object.hasOwn(parameters, shared ?? `${id}.${name}`),
    ).length;
    const cells = declaration.axes
      .map(({ name, edges }) => (own?.edges?.[id]?.[name] ?? edges).length - 1)
      .reduce((product, bins) => product * bins, 1);
    cost += 8 + 0.001 * cells * (free + rows) ** 2;
    all += free + rows;
  }
  return cost + 0.005 * all ** 3;
}
