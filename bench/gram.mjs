// Points per second of the CsI 2017 chi^2 of two couplings (two pulls solved for): Gram form and sums over cells, in
// WebAssembly, plain TypeScript and C. Every loop is checked before it is timed. Medians of interleaved rounds, in
// processor time of one thread.
// node bench/gram.mjs [--json]   after npm run build
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { modelOf } from "../dist/analysis/assemble.js";
import { parseSpec, prepare } from "../dist/analysis/index.js";
import { sin2ThetaW } from "../dist/constants.js";
import { plainGram } from "../dist/kernel/gram.js";
import { wasmGram } from "../dist/kernel/gram-wasm.js";
import { shippedLibrary } from "../dist/node/index.js";
import { gramModel } from "../dist/statistics/gram.js";

const POINTS = 1024;
/** Rows of a small grid. */
const ROWS = 8;
const SIDE = 1000;
const ROUNDS = 9;
const SLICE_MS = 40;
const PLANE = ["xi_S", "xi_V"];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The likelihood of arXiv:1806.07424 with two couplings free. */
function paperA() {
  const analysis = prepare(
    parseSpec({ experiments: ["coherent-csi-2017@paper"], free: PLANE, convention: "A" }),
    shippedLibrary(),
  );
  const assembled = analysis.experiments.map((experiment, i) => ({
    experiment,
    components: analysis.components[i],
    data: analysis.data[i],
  }));
  const model = modelOf(assembled, analysis.nuisances, PLANE, { sin2_theta_w: sin2ThetaW.value });
  const held = Object.fromEntries(analysis.held.map((name) => [name, 1]));
  return { analysis, model, held, ranges: PLANE.map(analysis.range) };
}

/** Numbers of the sums over cells, as bench/gram/loops.c wants them. */
function cellNumbers({ analysis, model }) {
  const [block] = model.blocks;
  const cells = block.observed.length;
  const numbers = new Float64Array(8 * cells);
  const place = (left, right) => ({ "0 0": 2, "0 1": 3, "0 2": 4, "1 1": 5, "1 2": 6, "2 2": 7 })[`${left} ${right}`];
  let background = 0;
  for (let i = 0; i < cells; i++) {
    const cell = numbers.subarray(8 * i, 8 * i + 8);
    for (const { name, terms } of block.components) {
      for (const { left, right, counts } of terms) {
        cell[name === "cevns" ? place(left, right) : 1] += counts[i] / block.sigma[i];
      }
    }
    cell[0] = block.observed[i] / block.sigma[i] - cell[1];
    background += cell[1] ** 2;
  }
  const sigma = (name) => analysis.nuisances.find((one) => one.name === `coherent-csi-2017.${name}`).sigma;
  const [a, b] = [sigma("signal"), sigma("brn")];
  return { cells, numbers, errors: Float64Array.of(a, b, 1 + b * b * background) };
}

/** The sums over cells in plain TypeScript (types erased). */
function plainBins({ cells, numbers: c, errors }, xs, ys, out) {
  const [sa, sb, mbb] = errors;
  const length = 8 * cells;
  for (let i = 0; i < out.length; i++) {
    const x = xs[i];
    const y = ys[i];
    const xx = x * x;
    const xy = x * y;
    const yy = y * y;
    let rr = 0;
    let rt = 0;
    let rb = 0;
    let tt = 0;
    let tb = 0;
    for (let k = 0; k < length; k += 8) {
      const t = c[k + 2] + c[k + 3] * x + c[k + 4] * y + c[k + 5] * xx + c[k + 6] * xy + c[k + 7] * yy;
      const r = c[k] - t;
      const b = c[k + 1];
      rr += r * r;
      rt += r * t;
      rb += r * b;
      tt += t * t;
      tb += t * b;
    }
    const va = sa * rt;
    const vb = sb * rb;
    const maa = 1 + sa * sa * tt;
    const mab = sa * sb * tb;
    out[i] = rr - (va * va * mbb - 2 * va * vb * mab + vb * vb * maa) / (maa * mbb - mab * mab);
  }
}

async function wasmBins({ cells, numbers, errors }, xs, ys) {
  let wasm;
  const source = readFileSync(new URL("gram/bins.as", import.meta.url), "utf8");
  await asc.main(
    ["bins.ts", "-O3", "--runtime", "stub", "--noAssert", "--importMemory", "--enable", "simd", "--outFile", "o"],
    {
      readFile: (file) => (file === "bins.ts" ? source : null),
      writeFile: (_, contents) => {
        wasm = contents;
      },
      listFiles: () => [],
    },
  );
  const memory = new WebAssembly.Memory({ initial: 4 });
  const { bins } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } }).exports;
  let at = 0;
  const place = (values) => {
    const list = new Float64Array(memory.buffer, at, values.length);
    list.set(values);
    at += list.byteLength + (list.byteLength % 16);
    return list;
  };
  const [c, e, x, y, out] = [numbers, errors, xs, ys, new Float64Array(POINTS)].map(place);
  return {
    out,
    run: () => bins(POINTS, cells, c.byteOffset, e.byteOffset, x.byteOffset, y.byteOffset, out.byteOffset),
  };
}

/** The largest difference relative to 1 + chi^2. @throws where it is too large */
function check(name, actual, expected) {
  let worst = 0;
  expected.forEach((chi2, i) => {
    const difference = Math.abs(actual[i] - chi2) / (1 + chi2);
    worst = difference <= worst ? worst : difference;
  });
  if (!(worst < 1e-10)) throw new Error(`${name} is wrong: ${worst} of 1 + chi^2`);
  return worst;
}

const folder = mkdtempSync(join(tmpdir(), "nurecoil-gram-"));

/** C built with some flags; undefined with a line where no compiler is. */
function compiledC(flags, input, references) {
  const binary = join(folder, `loops${flags.join("")}`);
  const compiler = process.env.CC ?? "cc";
  const built = spawnSync(compiler, [
    "-O3",
    ...flags,
    "-o",
    binary,
    fileURLToPath(new URL("gram/loops.c", import.meta.url)),
  ]);
  if (built.status !== 0) {
    console.error(`C (${flags.join(" ")}) skipped: ${built.error?.message ?? built.stderr}`);
    return undefined;
  }
  const output = join(folder, "output");
  if (spawnSync(binary, [input, "check", output]).status !== 0) throw new Error(`${binary} failed`);
  const numbers = new Float64Array(Uint8Array.from(readFileSync(output)).buffer);
  for (const [l, { name, expected }] of references.entries()) {
    check(`C ${name}`, numbers.subarray(l * POINTS, (l + 1) * POINTS), expected);
  }
  return () => JSON.parse(spawnSync(binary, [input, "time", String(SLICE_MS)], { encoding: "utf8" }).stdout);
}

/** Milliseconds of processor time: what other processes do on this machine is not counted. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Points per second of a loop, in a slice of time. */
function rate({ run, out }) {
  const points = out.length;
  const passes = Math.ceil(20_000 / points);
  let count = 0;
  const start = processorMs();
  let spent = 0;
  while (spent < SLICE_MS) {
    for (let j = 0; j < passes; j++) run();
    count += passes * points;
    spent = processorMs() - start;
  }
  return (1000 * count) / spent;
}

async function main() {
  const setup = paperA();
  const { analysis, model, held, ranges } = setup;
  const { form } = gramModel(model, [], held);
  const [plain, wasm] = [plainGram(form), wasmGram(form, (3 + ROWS) * POINTS + SIDE * (SIDE + 2))];
  const cells = cellNumbers(setup);

  // The points of a coarse grid that covers the plane, shuffled.
  const span = ([low, high], t) => low + (high - low) * t;
  const xs = Float64Array.from({ length: POINTS }, (_, i) => span(ranges[0], ((i * 389) % POINTS) / POINTS));
  const ys = Float64Array.from({ length: POINTS }, (_, i) => span(ranges[1], ((i * 613) % POINTS) / POINTS));
  const likelihood = analysis.likelihood(PLANE);
  const expected = Float64Array.from(xs, (x, i) => likelihood.evaluate([x, ys[i]]));
  const expectedRow = Float64Array.from(ys, (y) => likelihood.evaluate([xs[0], y]));

  // The coefficients as the dense loops have them: from the form, by the powers of its monomials.
  const powers = [[0, 0]];
  for (let k = 1; k < form.parent.length; k++) {
    powers[k] = powers[form.parent[k]].with(form.factor[k], powers[form.parent[k]][form.factor[k]] + 1);
  }
  const dense = new Float64Array(22);
  const put = (polynomial, degree, at) => {
    for (let e = form.start[polynomial]; e < form.start[polynomial + 1]; e++) {
      const [x, y] = powers[form.monomial[e]];
      dense[at + y * (degree + 1) - (y * (y - 1)) / 2 + x] += form.coefficient[e];
    }
  };
  dense[0] = form.coefficient[0];
  put(1, 2, 1);
  put(2, 4, 7);
  const input = join(folder, "input");
  writeFileSync(input, Float64Array.of(POINTS, cells.cells, ...dense, ...cells.numbers, ...cells.errors, ...xs, ...ys));

  const references = [
    { name: "gram", expected },
    { name: "row", expected: expectedRow },
    { name: "bins", expected },
  ];
  const native = compiledC(["-march=native"], input, references);
  const sse2 = compiledC(["-march=x86-64", "-mno-avx"], input, references);

  const filled = (values) => {
    const list = wasm.list(values.length);
    list.set(values);
    return list;
  };
  const [wx, wy, wout] = [filled(xs), filled(ys), wasm.list(POINTS)];
  const out = new Float64Array(POINTS);
  const binsInWasm = await wasmBins(cells, xs, ys);
  const axis = xs.subarray(0, ROWS);
  const [grid, gridOut] = [wasm.list(ROWS * POINTS), new Float64Array(ROWS * POINTS)];
  const jobs = [
    { form: "gram", language: "WebAssembly", run: () => wasm.batch([wx, wy], wout), out: wout },
    { form: "gram", language: "WebAssembly, lists copied", run: () => wasm.batch([xs, ys], out), out },
    { form: "gram", language: "TypeScript", run: () => plain.batch([xs, ys], out), out },
    { form: "row", language: "WebAssembly", run: () => wasm.grid([axis, wy], grid), out: grid },
    { form: "row", language: "TypeScript", run: () => plain.grid([axis, ys], gridOut), out: gridOut },
    { form: "bins", language: "WebAssembly", ...binsInWasm },
    { form: "bins", language: "TypeScript", run: () => plainBins(cells, xs, ys, out), out },
  ].map((job) => ({ ...job, rates: [] }));
  for (const job of jobs) {
    job.run();
    job.worst = check(
      `${job.form} ${job.language}`,
      job.out,
      references.find(({ name }) => name === job.form).expected,
    );
    rate(job);
  }
  const inC = [
    { language: "C native", time: native, rates: [] },
    { language: "C SSE2", time: sse2, rates: [] },
  ].filter(({ time }) => time !== undefined);
  for (let round = 0; round < ROUNDS; round++) {
    for (const job of jobs) job.rates.push(rate(job));
    for (const one of inC) one.rates.push(one.time());
  }

  const map = mapTimes(plain, wasm, ranges, likelihood);
  const results = [
    ...inC.flatMap(({ language, rates }) =>
      ["gram", "row", "bins"].map((name) => ({
        form: name,
        language: language === "C native" ? `C native (${rates[0].bits} bits)` : `${language} (${rates[0].bits} bits)`,
        pointsPerSecond: median(rates.map((one) => one[name])),
      })),
    ),
    ...jobs.map((job) => ({
      form: job.form,
      language: job.language,
      pointsPerSecond: median(job.rates),
      largestDifference: job.worst,
    })),
  ];
  const found = (name, language) =>
    results.find((one) => one.form === name && one.language.startsWith(language))?.pointsPerSecond;
  const ratio = (name, above, below, goal) => {
    const [a, b] = [found(name, above), found(name, below)];
    return a === undefined || b === undefined ? [] : [{ form: name, of: above, to: below, ratio: a / b, goal }];
  };
  const ratios = ["gram", "row", "bins"].flatMap((name) => [
    ...ratio(name, "WebAssembly", "C native", name === "gram" ? 0.25 : null),
    ...ratio(name, "WebAssembly", "C SSE2", name === "gram" ? 1.5 : null),
    ...ratio(name, "TypeScript", "C SSE2", name === "gram" ? 0.4 : null),
  ]);
  return {
    machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version },
    results,
    ratios,
    map,
  };
}

/** Milliseconds of the whole plane, 1000 x 1000 points, both pulls at their best in each. */
function mapTimes(plain, wasm, ranges, likelihood) {
  const axes = ranges.map(([low, high]) =>
    Float64Array.from({ length: SIDE }, (_, i) => low + ((high - low) * i) / (SIDE - 1)),
  );
  const inside = axes.map((axis) => {
    const list = wasm.list(SIDE);
    list.set(axis);
    return list;
  });
  const out = new Float64Array(SIDE * SIDE);
  const wout = wasm.list(SIDE * SIDE);
  const shared = new Float64Array(new SharedArrayBuffer(8 * SIDE * SIDE));
  const kinds = [
    { language: "WebAssembly", run: () => wasm.grid(inside, wout), out: wout },
    { language: "WebAssembly, into shared memory", run: () => wasm.grid(axes, shared), out: shared },
    { language: "TypeScript", run: () => plain.grid(axes, out), out },
  ];
  return kinds.map(({ language, run, out: map }) => {
    run();
    const sample = Array.from({ length: 500 }, (_, k) => (k * 7919) % (SIDE * SIDE));
    check(
      `map ${language}`,
      sample.map((k) => map[k]),
      sample.map((k) => likelihood.evaluate([axes[0][Math.floor(k / SIDE)], axes[1][k % SIDE]])),
    );
    const times = Array.from({ length: 11 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return { language, points: SIDE * SIDE, medianMs: median(times), goalMs: 30 };
  });
}

try {
  const report = await main();
  if (process.argv.includes("--json")) console.log(JSON.stringify(report, null, 2));
  else {
    const { machine, results, ratios, map } = report;
    console.log(`${machine.cpu}, Node ${machine.node}, one thread; million points per second`);
    for (const { form, language, pointsPerSecond } of results) {
      console.log(`${form.padEnd(5)} ${language.padEnd(28)} ${(pointsPerSecond / 1e6).toFixed(1).padStart(8)}`);
    }
    for (const { form, of, to, ratio, goal } of ratios) {
      console.log(
        `${form.padEnd(5)} ${`${of} / ${to}`.padEnd(28)} ${ratio.toFixed(2).padStart(8)}${goal === null ? "" : `  (goal ${goal})`}`,
      );
    }
    for (const { language, medianMs, goalMs } of map) {
      console.log(`map 1000 x 1000, ${language.padEnd(32)} ${medianMs.toFixed(2).padStart(7)} ms  (goal ${goalMs} ms)`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
