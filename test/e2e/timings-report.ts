/** Before and after all tests: times noted by the tests in the browser are printed in one block. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { file, type Timing } from "./timings.ts";

export function setup(): void {
  rmSync(file, { force: true });
}

export function teardown(): void {
  if (!existsSync(file)) return;
  const timings = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Timing);
  const width = Math.max(...timings.map(({ what }) => what.length));
  console.log(`\ne2e timings\n${timings.map(({ what, value }) => `  ${what.padEnd(width)}  ${value}`).join("\n")}\n`);
}
