/**
 * One line on stderr that says how far the work is: only on a terminal, only when it takes more than a second. Runs of
 * hours say it elsewhere too.
 */

import type { Options } from "./command.ts";
import { say } from "./output.ts";

export interface ProgressLine {
  /** @param share of the work done, 0 to 1 */
  readonly update: (share: number) => void;
  /** Remove the line. */
  readonly done: () => void;
}

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 100;
const CLEAR = "\r\u001b[K";
/** Where lines stay, as in the log of a batch system. */
const PLAIN_EVERY_MS = 60_000;

/**
 * @param label what is being done, e.g. `scan`
 * @param already share that was done before: it took no time here
 */
export function progressLine(label: string, options: Options, already = 0): ProgressLine {
  if (!process.stderr.isTTY || options.quiet === true) return { update: () => {}, done: () => {} };
  let shown = false;
  return {
    update: clocked(already, FIRST_AFTER_MS, EVERY_MS, (done, left) => {
      shown = true;
      process.stderr.write(`${CLEAR}${label}  ${done}  ${left} left`);
    }),
    done: () => {
      if (shown) process.stderr.write(CLEAR);
    },
  };
}

/** The same for work of hours: where there is no terminal, a line of its own every minute. */
export function runProgress(label: string, options: Options, already: number): ProgressLine {
  if (process.stderr.isTTY) return progressLine(label, options, already);
  const update = clocked(already, PLAIN_EVERY_MS, PLAIN_EVERY_MS, (done, left) =>
    say(options, `${label}: ${done} done, ${left} left`),
  );
  return { update, done: () => {} };
}

/** Takes shares of the work and shows one now and then, with the time that is left. */
function clocked(
  already: number,
  firstAfter: number,
  every: number,
  show: (done: string, left: string) => void,
): ProgressLine["update"] {
  const start = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  return (share) => {
    const elapsed = performance.now() - start;
    if (elapsed < firstAfter || elapsed - last < every || !(share > already)) return;
    last = elapsed;
    show(`${Math.floor(100 * share)} %`, duration(((elapsed / (share - already)) * (1 - share)) / 1000));
  };
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
