/** Everything that is asked of a desk: names, what each needs, what comes back. Answers are results of the library. */

import type { FitResult, NamedMinimum, PointResult, ProfileResult, RegionResult, SpecInput } from "nurecoil/analysis";
import type { Facts } from "./facts.ts";
import type { Drawing, Look, PictureAsk } from "./pictures.ts";
import type { TakeAwayAsk, TakenAway } from "./take-away.ts";

type Values = Readonly<Record<string, number>>;

/** What the page needs to know of an analysis before it draws: names, ranges, axes. */
export interface Opened {
  /** Range of each coupling's slider. */
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
  readonly nuisances: readonly string[];
  /** Where the standard model has nuisances (nominal) and radii (of the form factor). */
  readonly standard: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly facts: readonly Facts[];
}

export interface Asks {
  /** Check a spec and say what it holds. `couplings`: all that have a slider. */
  readonly open: { readonly spec: SpecInput; readonly couplings: readonly string[] };
  readonly point: {
    readonly spec: SpecInput;
    readonly couplings: readonly string[];
    readonly at: Values;
    /** Spectrum and pulls are drawn with the point, so that they follow the pointer without a second journey. */
    readonly spectrum: { readonly experiment: string; readonly axis: number; readonly look: Look } | null;
    readonly pulls: { readonly look: Look } | null;
    /** From where the nuisances were before: while the point moves. Else as the command has them, to the last digit. */
    readonly quick: boolean;
  };
  readonly minima: { readonly spec: SpecInput };
  readonly fit: { readonly spec: SpecInput };
  readonly profile: { readonly spec: SpecInput; readonly parameter: string };
  readonly region: {
    readonly spec: SpecInput;
    readonly draft: boolean;
    /** Of one experiment beside the combination, which comes first; it has bands along a coupling that it does not see. */
    readonly alone: boolean;
    readonly window: Readonly<Record<string, [number, number]>> | null;
  };
  readonly picture: PictureAsk;
  readonly takeAway: TakeAwayAsk;
}

export interface Answers {
  readonly open: Opened;
  readonly point: { readonly result: PointResult; readonly spectrum: Drawing | null; readonly pulls: Drawing | null };
  readonly minima: readonly NamedMinimum[];
  readonly fit: FitResult;
  readonly profile: ProfileResult;
  readonly region: RegionResult;
  readonly picture: Drawing;
  readonly takeAway: TakenAway;
}

export type QuestionName = keyof Asks & keyof Answers;

/** Urgency of what has said something already: a coarse profile and a draft of the plane come before a smooth profile. */
export const AFTER_FIRST_WORD = 5;

const urgency: Readonly<Record<Exclude<QuestionName, "region">, number>> = {
  picture: 0,
  point: 0,
  open: 1,
  takeAway: 1,
  profile: 2,
  minima: 6,
  fit: 7,
};

/** Which question goes first when a desk has several: what follows the pointer, then coarse, then exact. */
export function urgencyOf<Name extends QuestionName>(question: Name, ask: Asks[Name]): number {
  if (question !== "region") return urgency[question as Exclude<QuestionName, "region">];
  const { draft, alone } = ask as Asks["region"];
  if (draft) return 2;
  return alone ? 4 : 3;
}
