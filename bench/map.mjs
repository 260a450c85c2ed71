// (c) Map of the plane of arXiv:1806.07424: 1000 x 1000 points, both pulls at their best in each, by the Gram form.
// node bench/map.mjs [--json] [--quick] [--dist folder]   after npm run build
import { built, check, flags, inTurns, machine, median, progress, ratioOf, report, wallInTurns } from "./measure.mjs";
import { modelWith, PAPER_PLANE, paperA, spread } from "./models.mjs";
import { benchPool } from "./pool.mjs";
import { writtenOut } from "./written-out.mjs";

const { gramModel } = await built("statistics/gram.js");
const { plainGram } = await built("kernel/gram.js");
const { wasmGram } = await built("kernel/gram-wasm.js");

const SIDE = 1000;
const POINTS = SIDE * SIDE;
const ROUNDS = flags.quick ? 3 : 11;
const GOAL_MS = 30;
/** Rows of a task. */
const ROWS = 125;
const SAMPLE = 500;

const onSharedMemory = (values) => {
  const list = new Float64Array(new SharedArrayBuffer(8 * values.length));
  list.set(values);
  return list;
};

async function measure() {
  const analysis = paperA();
  const { model, held } = modelWith(analysis, PAPER_PLANE);
  const { form } = gramModel(model, [], held);
  const axes = PAPER_PLANE.map((name) => spread(analysis.range(name), SIDE));
  const likelihood = analysis.likelihood(PAPER_PLANE);
  const sample = Array.from({ length: SAMPLE }, (_, k) => (k * 7919) % POINTS);
  // The likelihood may answer by the Gram form itself; its counts and pulls do not.
  const expected = sample.map((k) =>
    writtenOut(model, likelihood.detail([axes[0][Math.floor(k / SIDE)], axes[1][k % SIDE]])),
  );
  const confirm = (what, out) =>
    check(
      `map, ${what}`,
      sample.map((k) => out[k]),
      expected,
      1e-10,
    );

  progress("(c) map, one thread");
  const wasm = wasmGram(form, POINTS + 2 * SIDE + 8);
  const plain = plainGram(form);
  const own = axes.map((axis) => {
    const list = wasm.list(SIDE);
    list.set(axis);
    return list;
  });
  const kinds = [
    { name: "WebAssembly", gram: wasm, from: own, out: wasm.list(POINTS) },
    { name: "WebAssembly, into shared memory", gram: wasm, from: axes, out: onSharedMemory(new Float64Array(POINTS)) },
    { name: "TypeScript", gram: plain, from: axes, out: new Float64Array(POINTS) },
  ];
  for (const { name, gram, from, out } of kinds) {
    gram.grid(from, out);
    confirm(name, out);
  }
  const times = inTurns(
    kinds.map(({ gram, from, out }) => ({
      run: () => {
        gram.grid(from, out);
        return 1;
      },
    })),
    ROUNDS,
    1,
  );
  const [build] = inTurns([
    {
      run: () => {
        gramModel(model, [], held);
        return 1;
      },
    },
  ]);

  progress("(c) map, workers");
  const out = onSharedMemory(new Float64Array(POINTS));
  const setup = { form, axes: axes.map(onSharedMemory), out };
  const tasks = Array.from({ length: SIDE / ROWS }, (_, k) => ({ from: k * ROWS, to: (k + 1) * ROWS }));
  const pools = [1, 2].map(benchPool);
  const runs = pools.map((pool) => ({ run: () => pool.run({ kind: "map", setup, tasks }) }));
  for (const [k, { run }] of runs.entries()) {
    out.fill(Number.NaN);
    await run();
    confirm(`pool of ${k + 1}`, out);
  }
  const [one, two] = await wallInTurns(runs, ROUNDS);
  await Promise.all(pools.map((pool) => pool.close()));

  return {
    title: "(c) 1000 x 1000 profiled map, plane (xi_S, xi_V) of coherent-csi-2017@paper",
    note: "One thread: processor time. Pools: wall time of a whole run, opening the form in each worker included.",
    rows: [
      ...kinds.map(({ name }, k) => ({
        name,
        value: times[k].processorMs,
        unit: "ms",
        ...(k > 0 && { ratio: times[k].processorMs / times[0].processorMs, to: "WebAssembly" }),
        ...(k === 0 && { goal: { most: GOAL_MS } }),
      })),
      { name: "making the form", value: build.processorMs, unit: "ms" },
      { name: "pool of 1", value: median(one.walls), unit: "ms" },
      {
        name: "pool of 2",
        value: median(two.walls),
        unit: "ms",
        ratio: ratioOf(one.walls, two.walls),
        to: "as fast as one",
      },
    ],
    skipped: machine.cores < 2 ? ["two workers share one core here"] : [],
  };
}

await report(measure);
