// (e) A fit with all its minima, templates done: the search as `fit` runs it, and the whole `fit` with its intervals.
// node bench/minima.mjs [--json] [--quick] [--dist folder]   after npm run build
import { built, check, demand, flags, inTurns, progress, report } from "./measure.mjs";
import { analysisOf, FLAVOUR_PLANE, modelWith, PAPER_PLANE, paperA, spread } from "./models.mjs";
import { writtenOut } from "./written-out.mjs";

const { fit } = await built("analysis/index.js");
const { findMinima, minimizeFrom, scales } = await built("statistics/index.js");
const { gramModel } = await built("statistics/gram.js");
const { gramOf } = await built("kernel/gram-wasm.js");

const SIDE = flags.quick ? 40 : 80;
/** Two minima nearer than this, in tenths of the range, are one. */
const SAME = 1e-2;

const CASES = [
  { name: "coherent-csi-2017@paper", free: PAPER_PLANE, analysis: paperA, goalMs: 2 },
  { name: "coherent-csi-2021@poisson", free: FLAVOUR_PLANE, goalMs: 50 },
  { name: "coherent-lar-2020@poisson", free: FLAVOUR_PLANE },
];

/** The chi^2 of a Gaussian likelihood as its Gram form; undefined where it has none. */
function gramObjective(analysis, free, { names, lower, upper }) {
  const { model, held } = modelWith(analysis, free);
  const found = gramModel(model, [], held);
  if (found === undefined) return undefined;
  const gram = gramOf(found.form);
  return {
    names,
    lower,
    upper,
    evaluate: (x, gradient) => {
      if (gradient !== undefined) gram.gradient(x, gradient);
      return gram.value(x);
    },
    curvature: gram.hessian,
  };
}

/**
 * Local minima by brute force: descents from the lowest places of a lattice.
 * @throws where a lattice point lies below the best minimum, or a descent ends in a place that is not listed
 */
function confirm(name, { objective, model, likelihood }, minima) {
  const { lower, upper } = objective;
  const [xs, ys] = [0, 1].map((i) => spread([lower[i], upper[i]], SIDE));
  const chi2 = xs.reduce((all, x) => all.concat(Array.from(ys, (y) => objective.evaluate([x, y]))), []);
  demand(`${name}: a minimum was found`, minima.length > 0 && minima.every(({ status }) => status !== "failed"));
  check(
    `${name}: chi^2 of the minima`,
    minima.map(({ value }) => value),
    minima.map(({ x }) => writtenOut(model, likelihood.detail(x))),
    1e-8,
  );
  demand(`${name}: no point lies lower`, Math.min(...chi2) > minima[0].value - 1e-9);
  const scale = scales(objective);
  for (let i = 1; i < SIDE - 1; i++) {
    for (let j = 1; j < SIDE - 1; j++) {
      const here = chi2[i * SIDE + j];
      const around = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => chi2[(i + a) * SIDE + j + b]));
      if (here > Math.min(...around)) continue;
      const found = minimizeFrom(objective, [xs[i], ys[j]]);
      const listed = minima.some(
        (one) => one.status === "flat" || Math.hypot(...one.x.map((x, k) => (x - found.x[k]) / scale[k])) < SAME,
      );
      // A dip of less than the barrier that makes two minima distinct is none.
      demand(
        `${name}: ${found.x.join(", ")} is listed`,
        listed || minima.some((one) => found.value - one.value > 0 && found.value - one.value < 1e-3),
      );
    }
  }
}

await report(async () => {
  const rows = [];
  for (const { name, free, analysis: prepared, goalMs } of CASES) {
    progress(`(e) minima of ${name}`);
    const analysis = prepared?.() ?? analysisOf([name], free);
    const find = () => {
      const objective = analysis.objective(free);
      return { objective, minima: findMinima(objective, [new Float64Array(free.length)]) };
    };
    const { objective, minima } = find();
    const { model } = modelWith(analysis, free);
    const { likelihood } = objective;
    confirm(name, { objective, model, likelihood }, minima);
    const gram = gramObjective(analysis, free, objective);
    if (gram !== undefined) {
      const found = findMinima(gram, [new Float64Array(free.length)]);
      confirm(`${name}, Gram form`, { objective: gram, model, likelihood }, found);
    }
    const whole = fit(analysis);
    demand(`${name}: fit lists the same minima`, whole.minima.length === minima.length);
    const jobs = [
      { what: "all minima", work: find, goal: goalMs === undefined ? undefined : { most: goalMs } },
      ...(gram === undefined
        ? []
        : [
            {
              what: "all minima, on the Gram form",
              work: () => findMinima(gramObjective(analysis, free, objective), [new Float64Array(free.length)]),
            },
          ]),
      { what: "fit: minima, errors, intervals", work: () => fit(analysis) },
    ];
    const times = inTurns(
      jobs.map(({ work }) => ({
        run: () => {
          work();
          return 1;
        },
      })),
    );
    rows.push(
      ...jobs.map(({ what, goal }, k) => ({
        name: `${name}, ${what} (${minima.length})`,
        value: times[k].processorMs,
        unit: "ms",
        ...(k > 0 && { ratio: times[k].processorMs / times[0].processorMs, to: "all minima" }),
        ...(goal !== undefined && { goal }),
      })),
    );
  }
  return {
    title: "(e) Fit with all minima, two couplings free, all pulls profiled",
    note: "Templates done; processor time of one thread, warm. In brackets how many minima there are.",
    rows,
  };
});
