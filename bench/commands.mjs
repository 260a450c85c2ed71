// Whole commands as users wait for them: fits, regions, reproductions with and without figures.
// node bench/commands.mjs [--json] [--quick] [--full] [--dist folder]   after npm run build
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { binary, built, check, demand, dist, flags, machine, median, program, progress, report } from "./measure.mjs";
import { analysisOf, FLAVOUR_PLANE, PAPER_PLANE } from "./models.mjs";

const folder = mkdtempSync(join(tmpdir(), "nurecoil-commands-"));
const RUNS = flags.quick ? 1 : 3;

/** The best points of a fit have the chi^2 that it says. */
const confirmFit = (experiments, free, convention) => (text) => {
  const { minima } = JSON.parse(text);
  const likelihood = analysisOf(experiments, free, { convention }).likelihood(free);
  const values = minima.map(({ parameters }) => likelihood.evaluate(likelihood.parameters.map((n) => parameters[n])));
  check(
    `fit ${experiments}`,
    values,
    minima.map(({ chi2 }) => chi2),
    1e-7,
  );
};

/** The vertices of a region lie on its level. */
const confirmRegion = (experiments, plane) => (text) => {
  const { best, regions, window } = JSON.parse(text);
  const likelihood = analysisOf(experiments, plane).likelihood(plane);
  for (const { deltaChi2, polygons } of regions) {
    const all = polygons.flatMap(({ outer, holes }) => [outer, ...holes].flat());
    demand(`region ${experiments}: it is not empty`, all.length > 20);
    const inside = all.filter((point) =>
      point.every((value, i) => {
        const [low, high] = window[plane[i]];
        return Math.min(value - low, high - value) > 1e-6 * (high - low);
      }),
    );
    const some = inside.filter((_, k) => k % Math.ceil(inside.length / 100) === 0);
    check(
      `region ${experiments}`,
      some.map((point) => likelihood.evaluate(point) - best.chi2),
      some.map(() => deltaChi2),
      1e-4,
    );
  }
};

/** Every case has its number, and those that are missed are the ones that REPRODUCTIONS.md says are. */
const confirmPaper = (known) => (text) => {
  const { cases } = JSON.parse(text);
  demand("reproduce: it has cases", cases.length > 10);
  demand(
    "reproduce: a number for every case",
    cases.every(({ ours }) => ours !== undefined && ours !== null),
  );
  const missed = cases.filter(({ status }) => status === "missed").map(({ id }) => id);
  demand(`reproduce: missed are ${missed.join(", ")}`, missed.join() === known.join());
};

const LAR = "coherent-lar-2020";
const CSI = "coherent-csi-2021";
const region = (...experiments) => ({
  name: `region ${experiments.join(" ")}, (xi_V_e, xi_V_mu)`,
  args: ["region", ...experiments, "--plane", FLAVOUR_PLANE.join(","), "--cl", "0.9", "--json"],
  confirm: confirmRegion(experiments, FLAVOUR_PLANE),
});
let reports = 0;
const paper = (id, missed, goals) => [
  {
    name: `reproduce ${id}, numbers`,
    script: ["--case", id],
    goalMs: goals.numbers,
    confirm: confirmPaper(missed),
  },
  {
    name: `reproduce ${id}, all figures`,
    args: () => ["reproduce", id, "--json", "-o", join(folder, `report-${reports++}`)],
    confirm: confirmPaper(missed),
    goalMs: goals.figures,
  },
];

const CASES = [
  {
    name: "fit coherent-csi-2017, xi_S,xi_V",
    args: ["fit", "coherent-csi-2017", "--free", PAPER_PLANE.join(","), "--convention", "A", "--json"],
    confirm: confirmFit(["coherent-csi-2017"], PAPER_PLANE, "A"),
  },
  {
    name: "fit coherent-csi-2021, R_n_CsI",
    args: ["fit", CSI, "--free", "R_n_CsI", "--json"],
    confirm: confirmFit([CSI], ["R_n_CsI"]),
  },
  region("coherent-csi-2021@energy"),
  region(CSI),
  region(LAR),
  region(CSI, LAR),
  ...paper("1806.07424", [], { numbers: 3000, figures: 8000 }),
  ...paper("nufact2021-gni", ["figure-1.claim-4.most-constrained"], { figures: 15_000 }),
];

/** This file as a program: the numbers of a paper without report and figures. */
async function numbersOf(id) {
  const { readReproduction, shippedLibrary } = await built("node/index.js");
  const { runReproductionInWorkers } = await built("node/run-reproduction.js");
  const { reproduceResult } = await built("reproductions/index.js");
  const outcome = await runReproductionInWorkers(readReproduction(id), shippedLibrary(), {
    inputs: {},
    workers: availableParallelism(),
    onProgress: () => {},
  });
  console.log(JSON.stringify(reproduceResult(outcome, [])));
}

function run({ args, script }) {
  if (script !== undefined) return program([fileURLToPath(import.meta.url), ...script, "--dist", fileURLToPath(dist)]);
  return program([binary, ...(typeof args === "function" ? args() : args), "--quiet"]);
}

async function measure() {
  const rows = [];
  for (const one of CASES) {
    progress(one.name);
    const first = run(one);
    if (first.stdout === "") throw new Error(`${one.name} ended with ${first.status} and said nothing`);
    one.confirm(first.stdout);
    // What takes long is not warmed up: its first run counts as well.
    const taken = first.wallMs > 20_000 ? [first] : [];
    while (taken.length < (first.wallMs > 5000 ? 1 : RUNS)) taken.push(run(one));
    const [wall, processor] = ["wallMs", "processorMs"].map((which) => median(taken.map((run) => run[which])));
    rows.push({
      name: one.name,
      value: wall,
      unit: "ms",
      ratio: processor / wall,
      to: "processor/wall",
      processorMs: processor,
      ...(one.goalMs !== undefined && { goal: { most: one.goalMs } }),
    });
  }
  return {
    title: "Whole commands",
    note: `Wall times from the shell, start included; processor time over wall time beside them (${machine.cores} cores).`,
    rows,
  };
}

try {
  if (flags.case !== undefined) await numbersOf(flags.case);
  else await report(measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
