// (h) How time and memory grow: with the size of a grid, cells, pulls, experiments, workers. Synthetic models; each size
// in a process of its own.
// node bench/growth.mjs [--json] [--quick] [--dist folder]   after npm run build
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import {
  built,
  check,
  demand,
  dist,
  flags,
  inTurns,
  median,
  program,
  progress,
  report,
  wallInTurns,
} from "./measure.mjs";
import { syntheticModel } from "./synthetic.mjs";
import { writtenOut } from "./written-out.mjs";

const RANGE = [-1, 1];
const BOX = { names: ["a", "b"], lower: [-1, -1], upper: [1, 1] };
/** Points that are profiled one after the other. */
const LINE = Array.from({ length: 24 }, (_, k) => [RANGE[0] + (k * (RANGE[1] - RANGE[0])) / 23, 0.3]);

/** Times that workers go over the rows: some half a second of work. */
const PASSES = 4;

const sizes = (...all) => (flags.quick ? all.slice(0, 3) : all);
const TABLES = [
  {
    kind: "grid",
    name: "Grid n x n, two couplings, Gaussian, 64 cells, 3 pulls",
    column: "n",
    sizes: sizes(16, 32, 64, 128, 256),
  },
  { kind: "map", name: "The same by the Gram form", column: "n", sizes: sizes(250, 500, 1000, 2000, 4000) },
  {
    kind: "cells",
    name: "Profile of a Poisson likelihood, 4 pulls",
    column: "cells",
    sizes: sizes(64, 256, 1024, 4096, 16384),
  },
  {
    kind: "gram-cells",
    name: "Point of a Gram form, 4 pulls",
    column: "cells",
    sizes: sizes(64, 256, 1024, 4096, 16384),
  },
  { kind: "pulls", name: "Profile of a Poisson likelihood, 512 cells", column: "pulls", sizes: sizes(2, 4, 8, 16, 32) },
  {
    kind: "experiments",
    name: "Profile of a joint Poisson likelihood, 256 cells and 4 pulls each, one shared",
    column: "experiments",
    sizes: sizes(1, 2, 4, 8, 16),
  },
  {
    kind: "workers",
    name: `Poisson profiles, ${64 * (flags.quick ? 1 : PASSES)} rows of 64, 512 cells, 4 pulls`,
    column: "workers",
    sizes: [1, 2, 4, 8].filter((n) => n <= Math.max(2, cpus().length)),
  },
];

/** @throws where a likelihood is not the chi^2 written out, or another value of a pull gives less */
async function confirm(model, likelihood, x) {
  const { jointLikelihood } = await built("statistics/index.js");
  const detail = likelihood.detail(x);
  check("chi^2", [likelihood.evaluate(x)], [writtenOut(model, detail)], 1e-9);
  for (const { name } of model.nuisances.slice(0, 3)) {
    for (const off of [-0.01, 0.01]) {
      const moved = jointLikelihood(model, [], { ...detail.nuisances, [name]: detail.nuisances[name] + off });
      demand(`${name} is at its best`, moved.evaluate(x) > detail.chi2 - 1e-9);
    }
  }
}

const residentMb = () => process.memoryUsage().rss / 2 ** 20;

/** Time per unit of one case, ms, and what it added to the memory in use. */
async function measureCase({ kind, size }) {
  const { chi2Grid, gaussianLikelihood, poissonLikelihood } = await built("statistics/index.js");
  const { gramModel } = await built("statistics/gram.js");
  const { gramOf } = await built("kernel/gram-wasm.js");
  const gaussian = (more) => syntheticModel({ cells: 64, pulls: 3, ...more, statistics: "gaussian" });
  const poisson = (more) => syntheticModel({ cells: 512, pulls: 4, ...more });
  const before = residentMb();
  const axis = Float64Array.from({ length: size }, (_, k) => RANGE[0] + (k * (RANGE[1] - RANGE[0])) / (size - 1));
  const timed = (work, units = 1, sliceMs = undefined) => {
    const [{ processorMs }] = inTurns(
      [
        {
          run: () => {
            work();
            return units;
          },
        },
      ],
      flags.quick ? 2 : 5,
      sliceMs,
    );
    return { ms: processorMs, mb: residentMb() - before };
  };
  const line = async (model, likelihood) => {
    await confirm(model, likelihood, LINE[5]);
    return timed(() => {
      for (const x of LINE) likelihood.evaluate(x);
    }, LINE.length);
  };
  if (kind === "grid") {
    const model = gaussian();
    const likelihood = gaussianLikelihood(model);
    await confirm(model, likelihood, LINE[5]);
    const axes = [0, 1].map((index) => ({ index, values: [...axis] }));
    const objective = { ...BOX, evaluate: likelihood.evaluate };
    let kept;
    const taken = timed(() => {
      kept = chi2Grid(objective, axes, []);
    });
    demand("a grid point", Math.abs(kept[size + 3].chi2 - likelihood.evaluate([axis[1], axis[3]])) < 1e-9);
    return taken;
  }
  if (kind === "map" || kind === "gram-cells") {
    const model = kind === "map" ? gaussian() : gaussian({ cells: size, pulls: 4 });
    const likelihood = gaussianLikelihood(model);
    await confirm(model, likelihood, LINE[5]);
    const { form } = gramModel(model);
    const side = kind === "map" ? size : 256;
    const gram = gramOf(form, side * (side + 2) + 8);
    const own = gram.list(side);
    own.set(kind === "map" ? axis : Float64Array.from({ length: side }, (_, k) => -1 + (2 * k) / (side - 1)));
    const out = gram.list(side * side);
    gram.grid([own, own], out);
    check("the Gram form", [out[3 * side + 5]], [likelihood.evaluate([own[3], own[5]])], 1e-9);
    return timed(() => gram.grid([own, own], out), kind === "map" ? 1 : side * side);
  }
  if (kind === "cells" || kind === "pulls") {
    const model = poisson({ [kind]: size });
    return line(model, poissonLikelihood(model));
  }
  if (kind === "experiments") {
    const model = poisson({ blocks: size, cells: 256 });
    return line(model, poissonLikelihood(model));
  }
  return workersCase(poisson(), size, before);
}

async function workersCase(model, workers, before) {
  const { poissonLikelihood } = await built("statistics/index.js");
  const { refitModel } = await built("statistics/compiled-refit.js");
  const { benchPool } = await import("./pool.mjs");
  const values = Float64Array.from({ length: 64 }, (_, k) => RANGE[0] + (k * (RANGE[1] - RANGE[0])) / 63);
  const setup = { model: refitModel(model, [], {}, [RANGE, RANGE]), axes: [values, values], plain: false };
  const rows = Array.from(values, (_, row) => ({ row }));
  const tasks = Array.from({ length: flags.quick ? 1 : PASSES }, () => rows).flat();
  const pool = benchPool(workers);
  const run = () => pool.run({ kind: "profiles", setup, tasks });
  const answers = await run();
  const likelihood = poissonLikelihood(model);
  check(
    "a row",
    answers[7],
    Array.from(values, (y) => likelihood.evaluate([values[7], y])),
    1e-7,
  );
  const [{ walls }] = await wallInTurns([{ run }], flags.quick ? 2 : 7);
  const mb = residentMb() - before;
  await pool.close();
  return { ms: median(walls), mb };
}

/** Slope of log y over log x by least squares, from the upper half of the sizes, where offsets count least. */
function slope(xs, ys) {
  const points = xs.map((x, k) => [Math.log(x), Math.log(ys[k])]).slice(Math.floor((xs.length - 1) / 2));
  if (points.length < 2 || points.some(([, y]) => !Number.isFinite(y))) return null;
  const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return over / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

async function measure() {
  const tables = TABLES.map(({ kind, name, column, sizes: all }) => {
    const taken = all.map((size) => {
      progress(`(h) ${kind} ${size}`);
      const words = [
        "--case",
        JSON.stringify({ kind, size }),
        "--dist",
        fileURLToPath(dist),
        ...(flags.quick ? ["--quick"] : []),
      ];
      const { status, stdout } = program([fileURLToPath(import.meta.url), ...words], {
        stdio: ["ignore", "pipe", "inherit", "pipe"],
      });
      if (status !== 0) throw new Error(`growth ${kind} ${size} ended with ${status}`);
      return JSON.parse(stdout);
    });
    const us = taken.map(({ ms }) => 1e3 * ms);
    const mb = taken.map((one) => one.mb);
    return {
      name,
      columns: [column, "time, us", "memory added, MB"],
      rows: all.map((size, k) => [size, us[k], mb[k]]),
      slopes: [slope(all, us), slope(all, mb)],
    };
  });
  return {
    title: "(h) Growth of time and memory",
    note: "Processor time of one thread per grid, point or profile (of workers: wall time of a run); resident memory after less before, which holds the compiler's and what was not yet collected. Slopes over the larger sizes.",
    rows: [],
    tables,
  };
}

if (flags.case !== undefined) console.log(JSON.stringify(await measureCase(JSON.parse(flags.case))));
else await report(measure);
