/** One line on stderr that says how far the work is: only on a terminal, only when it takes more than a second. */

import type { Options } from "./command.ts";

export interface ProgressLine {
  /** @param share of the work done, 0 to 1 */
  readonly update: (share: number) => void;
  /** Remove the line. */
  readonly done: () => void;
}

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 100;
const CLEAR = "\r\u001b[K";

/**
 * @param label what is being done, e.g. `scan`
 * @param already share that was done before: it took no time here
 */
export function progressLine(label: string, options: Options, already = 0): ProgressLine {
  if (!process.stderr.isTTY || options.quiet === true) return { update: () => {}, done: () => {} };
  const start = performance.now();
  let shown = Number.NEGATIVE_INFINITY;
  return {
    update: (share) => {
      const elapsed = performance.now() - start;
      if (elapsed < FIRST_AFTER_MS || elapsed - shown < EVERY_MS || !(share > already)) return;
      shown = elapsed;
      const left = duration(((elapsed / (share - already)) * (1 - share)) / 1000);
      process.stderr.write(`${CLEAR}${label}  ${Math.floor(100 * share)} %  ${left} left`);
    },
    done: () => {
      if (shown > 0) process.stderr.write(CLEAR);
    },
  };
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
