/** The cases of a paper, its computations spread over workers. */

import type { ExperimentLibrary } from "../analysis/prepare.ts";
import { runTasks } from "../engine/index.ts";
import type { ParsedExperiment } from "../experiments/parse.ts";
import {
  movedInputs,
  plannedQuestions,
  type Reproduction,
  type ReproductionOutcome,
  runReproduction,
  type SessionInputs,
} from "../reproductions/index.ts";

export interface RunChoices {
  /** Choices that replace the paper's in every analysis. */
  readonly inputs?: SessionInputs;
  /** How many work side by side. */
  readonly workers: number;
  /** Called with the share of the computations done. */
  readonly onProgress?: (share: number) => void;
}

/** Work below this, us, is done before workers are at theirs. */
const WORTH_WORKERS = 4e6;

/**
 * Run every case of a paper: the same outcome as `runReproduction`, sooner where there are several cores, and for papers
 * with toys too, which `runReproduction` cannot wait for.
 * @param library holds the experiments of the paper
 */
export async function runReproductionInWorkers(
  paper: Reproduction,
  library: ExperimentLibrary,
  { inputs = {}, workers, onProgress = () => {} }: RunChoices,
): Promise<ReproductionOutcome> {
  const planned = [...plannedQuestions(paper, library).values()];
  const whole = planned.reduce((sum, { cost }) => sum + cost, 0);
  const together = workers >= 2 && whole >= WORTH_WORKERS;
  const tasks = planned
    .filter(({ question }) => together || question.kind === "feldman-cousins")
    // The longest first: a long one at the end would be waited for alone.
    .sort((a, b) => b.cost - a.cost);
  const [own, moved] = [new Map<string, unknown>(), new Map<string, unknown>()];
  let done = 0;
  if (tasks.length > 0) {
    await runTasks({
      workers: together ? workers : 1,
      kind: "question",
      setup: { paper, experiments: experimentsOf(paper, library), inputs, moved: movedInputs(paper, inputs) },
      tasks,
      onAnswer: (answer, index) => {
        const { key, isMoved, cost } = tasks[index]!;
        (isMoved ? moved : own).set(key, answer);
        done += cost / whole;
        onProgress(Math.min(done, 1));
      },
    });
  }
  const rest = together ? undefined : (share: number) => onProgress(Math.min(done + (1 - done) * share, 1));
  return runReproduction(paper, library, rest, inputs, { own, moved });
}

/** Every experiment that an analysis of the paper names. */
function experimentsOf(paper: Reproduction, library: ExperimentLibrary): Record<string, ParsedExperiment> {
  const choices = [
    ...paper.experiments,
    ...Object.values(paper.analyses).flatMap(({ spec }) => spec.experiments ?? []),
  ];
  const ids = choices.map((one) => (typeof one === "string" ? one.split("@")[0]! : one.id));
  return Object.fromEntries([...new Set(ids)].map((id) => [id, library.load(id)]));
}
