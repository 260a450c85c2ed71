/** What a number of successes says about the probability of one: Clopper-Pearson. */

import { betaTails } from "../numerics/beta.ts";
import { brent } from "../numerics/roots.ts";

/**
 * Clopper-Pearson interval of a probability: every p for which neither P(X <= successes) nor P(X >= successes) is below
 * (1 - confidence)/2, X binomial. It covers at least at the confidence asked.
 * @param successes 0 .. trials
 * @param trials 1, 2, ...
 * @param confidence of the two-sided interval, in (0, 1)
 * @returns [low, high]; low is 0 without successes, high is 1 without failures; NaN outside the domain
 * @example clopperPearson(0, 10, 0.95) is [0, 1 - 0.025^(1/10)]
 * @source C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404
 */
export function clopperPearson(
  successes: number,
  trials: number,
  confidence: number,
): readonly [low: number, high: number] {
  if (!possible(successes, trials, confidence)) return [Number.NaN, Number.NaN];
  const tail = (1 - confidence) / 2;
  const share = successes / trials;
  let low = 0;
  if (successes === trials) low = Math.exp(Math.log(tail) / trials);
  else if (successes > 0) low = brent((p) => atLeast(successes, trials, p) - tail, 0, share, 0);
  let high = 1;
  if (successes === 0) high = -Math.expm1(Math.log(tail) / trials);
  else if (successes < trials) high = brent((p) => atMost(successes, trials, p) - tail, share, 1, 0);
  return [low, high];
}

/**
 * Where the Clopper-Pearson interval lies with respect to a probability. Only the one tail that can exclude the level
 * is computed, no limit is searched for.
 * @param successes 0 .. trials
 * @param trials 1, 2, ...
 * @param level probability compared with, in [0, 1]
 * @param confidence of the two-sided interval, in (0, 1)
 * @returns `below`: all of the interval is below the level; `above`: all of it is above; `undecided`: it holds the
 * level, or an argument is outside its domain
 * @example decides(0, 100, 0.1, 0.997) is "below": P(X <= 0) = 0.9^100 = 2.7e-5
 */
export function decides(
  successes: number,
  trials: number,
  level: number,
  confidence: number,
): "below" | "above" | "undecided" {
  if (!possible(successes, trials, confidence)) return "undecided";
  const tail = (1 - confidence) / 2;
  // The median of X is a neighbour of trials * level: towards it from `successes` the tail is 1/2 or more.
  if (successes < trials * level) return atMost(successes, trials, level) < tail ? "below" : "undecided";
  return atLeast(successes, trials, level) < tail ? "above" : "undecided";
}

function possible(successes: number, trials: number, confidence: number): boolean {
  const counts = Number.isSafeInteger(successes) && Number.isSafeInteger(trials) && trials > 0;
  return counts && successes >= 0 && successes <= trials && confidence > 0 && confidence < 1;
}

/** P(X >= successes). */
function atLeast(successes: number, trials: number, p: number): number {
  return successes === 0 ? 1 : betaTails(successes, trials - successes + 1, p)[0];
}

/** P(X <= successes). */
function atMost(successes: number, trials: number, p: number): number {
  return successes === trials ? 1 : betaTails(successes + 1, trials - successes, p)[1];
}
