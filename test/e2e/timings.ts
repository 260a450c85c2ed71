/** Times that tests measure: noted in a file, printed in one block when all tests are done (see timings-report.ts). */

import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** One line of JSON per time. */
export const file = fileURLToPath(new URL("../../node_modules/.cache/nurecoil/e2e-timings.jsonl", import.meta.url));

export interface Timing {
  readonly what: string;
  readonly value: string;
}

export function note(what: string, value: string): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ what, value } satisfies Timing)}\n`);
}

/** Median and 95th percentile of times in milliseconds. */
export function noteTimes(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  note(what, `median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${sorted.length})`);
}
