// Time from a parsed experiment to the templates of its likelihoods, with the reading of its files beside it. Integrals
// are checked against twice the nodes before anything is timed. Warm medians in one process.
// node bench/templates.mjs [--json]   after npm run build
import { cpus } from "node:os";
import { parseSpec, prepare } from "../dist/analysis/index.js";
import { buildExperiment } from "../dist/experiments/build.js";
import { readShipped, shippedLibrary } from "../dist/node/index.js";
import { buildFormFactors } from "../dist/nuclei/index.js";
import { foldTarget } from "../dist/prediction/fold.js";

/** Milliseconds that one number is measured for, after half as long to warm up. */
const SLICE_MS = 1000;
const RUNS = [5, 200];
/** Integrals with 24 nodes in a panel and with 48, relative to the largest cell. */
const AGREE = 1e-10;
const GOALS_MS = { "coherent-csi-2017@paper": 2, "coherent-csi-2021@poisson": 25 };

/** Median wall time, and mean processor time of all threads, ms. */
function time(work) {
  const warm = performance.now();
  for (let k = 0; k < RUNS[0] || performance.now() - warm < SLICE_MS / 2; k++) work();
  const walls = [];
  const before = process.cpuUsage();
  const start = performance.now();
  while (walls.length < RUNS[0] || (walls.length < RUNS[1] && performance.now() - start < SLICE_MS)) {
    const began = performance.now();
    work();
    walls.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  const sorted = walls.sort((a, b) => a - b);
  return {
    medianMs: sorted[Math.floor(sorted.length / 2)],
    lowestMs: sorted[0],
    processorMs: (user + system) / 1e3 / walls.length,
    runs: walls.length,
  };
}

/** Largest difference of the integrals of an experiment from those with twice the nodes. */
function quadratureError({ material, nuclei, flux, signal, file }) {
  const formFactors = material.nuclides.map(({ isotope }) =>
    buildFormFactors({ model: file.defaults.formFactor }, isotope),
  );
  const [plain, fine] = [24, 48].map((nodes) =>
    foldTarget({
      nuclides: material.nuclides.map(({ isotope }, a) => ({ isotope, nuclei: nuclei[a] })),
      fluxes: flux.components,
      response: signal.response,
      formFactors: [formFactors],
      nodes,
    })
      .flat(2)
      .flatMap((channels) => Object.values(channels).flatMap((shapes) => Object.values(shapes))),
  );
  return Math.max(
    ...plain.map((counts, i) => {
      const largest = Math.max(...fine[i].map(Math.abs));
      return Math.max(...counts.map((count, cell) => Math.abs(count - fine[i][cell]))) / largest;
    }),
  );
}

const library = shippedLibrary();
const results = library.ids.flatMap((id) => {
  const parsed = library.load(id);
  const read = time(() => readShipped(id));
  return parsed.file.likelihoods.map(({ id: likelihood }) => {
    const name = `${id}@${likelihood}`;
    const experiment = buildExperiment(parsed, likelihood);
    const error = quadratureError(experiment);
    if (!(error < AGREE)) throw new Error(`${name}: 24 and 48 nodes differ by ${error}`);
    const radius = `R_n_${experiment.material.formula}`;
    const spec = (free) => parseSpec({ experiments: [{ id, likelihood }], free });
    const [plain, couplings, moved] = [[], ["xi_S", "xi_V"], [radius]].map(spec);
    return {
      name,
      goalMs: GOALS_MS[name] ?? null,
      quadratureError: error,
      read,
      build: time(() => buildExperiment(parsed, likelihood)),
      templates: time(() => prepare(plain, library)),
      twoCouplings: time(() => prepare(couplings, library)),
      freeRadius: time(() => prepare(moved, library)),
    };
  });
});

const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
if (process.argv.includes("--json")) console.log(JSON.stringify({ machine, results }, null, 2));
else {
  const columns = ["read", "build", "templates", "twoCouplings", "freeRadius"];
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; warm medians, ms`);
  console.log("read: files to a parsed experiment; templates: from there, with build in it");
  console.log(`${"".padEnd(28)}${columns.map((column) => column.padStart(14)).join("")}`);
  for (const one of results) {
    const times = columns.map((column) => one[column].medianMs.toFixed(2).padStart(14)).join("");
    console.log(`${one.name.padEnd(28)}${times}${one.goalMs === null ? "" : `  (goal ${one.goalMs} ms)`}`);
  }
}
