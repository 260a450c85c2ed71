/** Files that a reader takes away: written where results are, by what loads only now. */

import type { FitResult, ProfileResult, RegionResult, SpecInput } from "nurecoil/analysis";
import type { Analyses } from "./analyses.ts";
import type { Picture } from "./pictures.ts";

type Values = Readonly<Record<string, number>>;

/** Questions that have a command. */
export type CommandQuestion = "chi2" | "predict" | "fit" | "region";

/** A point of an analysis; of `predict` only one experiment is written, its nuisances at their best values. */
interface AtPoint {
  readonly spec: SpecInput;
  readonly at: Values;
  /** The experiment of `predict`. */
  readonly experiment: string | null;
}

/** `name`: without its ending. */
export interface FigureAsk {
  readonly form: "svg" | "pdf";
  readonly picture: Picture;
  readonly spec: SpecInput;
  readonly name: string;
}

export type TextAsk =
  | {
      readonly form: "json" | "csv" | "hepdata";
      readonly result: RegionResult | ProfileResult | FitResult;
      readonly name: string;
    }
  | ({ readonly form: "json" | "csv" | "hepdata"; readonly what: "predict"; readonly name: string } & AtPoint)
  | ({ readonly form: "json"; readonly what: "chi2"; readonly name: string } & AtPoint)
  | { readonly form: "bibtex"; readonly spec: SpecInput; readonly name: string }
  /** What to paste into a shell. */
  | ({ readonly form: "command"; readonly question: CommandQuestion } & AtPoint)
  /** The spec that the command of a question would read, as JSON. */
  | { readonly form: "question"; readonly question: "fit" | "region"; readonly spec: SpecInput };

export type TakeAwayAsk = FigureAsk | TextAsk;

export interface TakenAway {
  /** File name with its ending; empty for a text to be copied. */
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;
}

/**
 * Write what is taken away.
 * @throws NurecoilError for specs that cannot be analysed
 */
export async function takeAway(ask: TakeAwayAsk, analyses: Analyses): Promise<TakenAway> {
  if ("picture" in ask) {
    const { printed } = await import("./print.ts");
    return printed(ask);
  }
  const { written } = await import("./writers.ts");
  return await written(ask, analyses);
}
