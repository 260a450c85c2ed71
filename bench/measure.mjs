// What every bench shares: flags, the build that is measured, clocks, checks, and rows of results.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { textOf } from "./text.mjs";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    dist: { type: "string" },
    only: { type: "string" },
    write: { type: "string" },
    case: { type: "string" },
  },
});

/** Flags of the command line. `quick`: fewer and shorter repeats, to see that all runs. `full`: what takes minutes. */
export const flags = values;

/** Folder of the build that is measured. */
export const dist = values.dist === undefined ? new URL("../dist/", import.meta.url) : folderUrl(values.dist);

function folderUrl(path) {
  return pathToFileURL(resolve(path) + sep);
}

/** A module of the build. */
export const built = (file) => import(new URL(file, dist).href);

/** The command that is measured. */
export const binary = fileURLToPath(new URL("cli/main.js", dist));

export const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};

/** Rounds of a comparison, and how long one side of a round runs. */
export const ROUNDS = flags.quick ? 3 : 9;
export const SLICE_MS = flags.quick ? 15 : 60;

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A line on what is done now. */
export const progress = (line) => process.stderr.write(`${line}\n`);

/**
 * Largest difference relative to 1 + |expected|.
 * @throws where it is above the tolerance, or not a number
 */
export function check(what, actual, expected, tolerance) {
  if (actual.length !== expected.length) throw new Error(`${what}: ${actual.length} numbers for ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs(actual[i] - expected[i]) / (1 + Math.abs(expected[i]));
    if (!(off <= worst)) worst = off;
  }
  if (!(worst <= tolerance)) throw new Error(`${what} is wrong: off by ${worst}, allowed ${tolerance}`);
  return worst;
}

/** @throws where something that has to hold does not */
export function demand(what, holds) {
  if (!holds) throw new Error(`${what}: does not hold`);
}

/** Processor time of this process, ms: what else runs on the machine counts little in it. */
export function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

/**
 * Jobs in turns (A B A B), each for a slice of time; `run` does some units of work and returns how many.
 * @returns of each job the medians of processor and wall time per unit over the rounds, ms
 */
export function inTurns(jobs, rounds = ROUNDS, sliceMs = SLICE_MS) {
  const taken = jobs.map(() => ({ processor: [], wall: [] }));
  for (let round = -1; round < rounds; round++) {
    jobs.forEach(({ run }, j) => {
      const [began, start] = [processorMs(), performance.now()];
      let units = 0;
      while (units === 0 || performance.now() - start < sliceMs) units += run();
      // The first round warms up.
      if (round < 0) return;
      taken[j].processor.push((processorMs() - began) / units);
      taken[j].wall.push((performance.now() - start) / units);
    });
  }
  return taken.map(({ processor, wall }) => ({ processorMs: median(processor), wallMs: median(wall) }));
}

/**
 * Asynchronous jobs in turns.
 * @returns of each job its wall times round by round, ms, and how many cores it had (median of processor over wall time)
 */
export async function wallInTurns(jobs, rounds = ROUNDS) {
  const taken = jobs.map(() => ({ walls: [], shares: [] }));
  for (let round = -1; round < rounds; round++) {
    for (const [j, { run }] of jobs.entries()) {
      const [began, start] = [processorMs(), performance.now()];
      await run();
      const wall = performance.now() - start;
      if (round < 0) continue;
      taken[j].walls.push(wall);
      taken[j].shares.push((processorMs() - began) / wall);
    }
  }
  return taken.map(({ walls, shares }) => ({ walls, cores: median(shares) }));
}

/** Median of the ratios of two jobs round by round: what slows both down cancels. */
export const ratioOf = (above, below) => median(above.map((one, round) => one / below[round]));

// Written by the process itself at its end, to a channel of its own: all its threads, not the time it waited.
const USAGE = `import { writeSync } from "node:fs";
process.on("exit", () => { const { user, system } = process.cpuUsage(); writeSync(3, String((user + system) / 1e3)); });`;

/**
 * A program of Node from start to end.
 * @param args its file and arguments
 * @returns exit code, standard output, wall time and processor time of all its threads, ms
 */
export function program(args, options = {}) {
  const start = performance.now();
  const { status, stdout, output, error } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(USAGE)}`, ...args],
    { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "ignore", "pipe"], ...options },
  );
  if (error !== undefined) throw error;
  return { status, stdout, wallMs: performance.now() - start, processorMs: Number(output[3]) };
}

/** Whether a goal is reached; undefined without one, or without the number it is about. */
function reached({ value, ratio, goal }) {
  if (goal === undefined) return undefined;
  const number = goal.of === "ratio" ? ratio : value;
  if (number === undefined) return undefined;
  return goal.most === undefined ? number >= goal.least : number <= goal.most;
}

/** Results with `reached` in every row that has a goal. */
export function judged(found) {
  const rows = found.rows.map((row) => {
    const met = reached(row);
    return met === undefined ? row : { ...row, reached: met };
  });
  return { ...found, rows };
}

/**
 * Run a bench and print what it found: a table, or with `--json` one object.
 * @param measure returns `{title, note?, rows, tables?, skipped?}`; a row is `{name, value?, unit?, ratio?, to?, goal?}`
 *   with `ratio` that of `value` to the row named `to`, and `goal` `{most}` or `{least}`, `of: "ratio"` or of the value
 */
export async function report(measure) {
  const whole = { machine, ...judged(await measure()) };
  if (flags.json) console.log(JSON.stringify(whole, null, 2));
  else console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n\n${textOf(whole)}`);
}
