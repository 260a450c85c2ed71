// (f) Feldman-Cousins regions by the command, with all cores.
// node bench/fc.mjs [--json] [--quick] [--full] [--dist folder]   after npm run build
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, demand, flags, machine, program, progress, report } from "./measure.mjs";

const CASES = [
  { experiment: "coherent-csi-2017@release", goalMs: 60_000 },
  { experiment: "coherent-csi-2021@poisson", goalMs: 600_000, minutes: true },
];
const PLANE = ["xi_V_e", "xi_V_mu"];
const [POINTS, TOYS] = flags.quick ? [6, 60] : [50, 2000];
const CL = 0.9;

const folder = mkdtempSync(join(tmpdir(), "nurecoil-fc-"));

/** @throws where the answer contradicts itself */
function confirm(experiment, { points, undecided }, side) {
  demand(`${experiment}: ${side * side} points`, points.length === side * side);
  for (const { t, p, toys, decided } of points) {
    demand(`${experiment}: t >= 0`, t >= 0);
    demand(`${experiment}: p is a share`, p >= 0 && p <= 1);
    demand(`${experiment}: at most ${TOYS} toys`, toys <= TOYS);
    demand(`${experiment}: a point at the minimum is inside`, t > 1e-6 || p === 1);
    // So high a t is far outside for any number of degrees of freedom up to two, and so low a one far inside.
    if (decided) demand(`${experiment}: p falls with t`, (t < 60 || p < 0.1) && (t > 0.02 || p > 0.1));
  }
  const open = Array.isArray(undecided) ? undecided.length : undecided;
  demand(`${experiment}: few points are undecided`, flags.quick || open <= 0.1 * points.length);
}

function run(experiment, name, side, toys) {
  const words = ["--plane", PLANE.join(","), "--points", side, "--toys", toys, "--cl", CL, "--seed", 1];
  const out = join(folder, name);
  return program([binary, "fc", experiment, ...words.map(String), "--json", "--quiet", "-o", out]);
}

try {
  await report(async () => {
    const skipped = [];
    const rows = [];
    const hasCommand = /^\s+fc\s/m.test(program([binary, "--help"]).stdout);
    for (const { experiment, goalMs, minutes } of CASES) {
      if (!hasCommand) {
        skipped.push(`${experiment}: this build has no command fc`);
        continue;
      }
      if (minutes && !flags.full) {
        skipped.push(`${experiment}: takes minutes; asked for with --full`);
        continue;
      }
      progress(`(f) fc ${experiment}, ${POINTS} x ${POINTS} points, up to ${TOYS} toys`);
      const { status, stdout, wallMs, processorMs } = run(experiment, experiment, POINTS, TOYS);
      // Exit code 1: some point is undecided, or the region touches the window.
      if (status !== 0 && status !== 1)
        throw new Error(`fc ${experiment} ended with ${status}: ${stdout.slice(0, 500)}`);
      const answer = JSON.parse(stdout);
      confirm(experiment, answer, POINTS);
      const toys = answer.points.reduce((sum, one) => sum + one.toys, 0);
      const goal = flags.quick ? {} : { goal: { most: goalMs } };
      rows.push(
        { name: `${experiment}, ${POINTS} x ${POINTS} points, up to ${TOYS} toys`, value: wallMs, unit: "ms", ...goal },
        {
          name: `${experiment}, processor time`,
          value: processorMs,
          unit: "ms",
          ratio: processorMs / wallMs,
          to: "wall",
        },
        { name: `${experiment}, toys`, value: toys, unit: "toys" },
        { name: `${experiment}, a toy (two fits)`, value: (1e3 * processorMs) / toys, unit: "us" },
      );
    }
    return {
      title: `(f) Feldman-Cousins regions, plane (${PLANE.join(", ")}), ${100 * CL} %`,
      note: `Wall time of the whole command with all ${machine.cores} cores.`,
      rows,
      skipped,
    };
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
