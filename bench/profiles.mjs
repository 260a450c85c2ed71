// (b) Profiles per second of Poisson likelihoods with all their nuisances: two couplings given, everything else at its
// best. WebAssembly, TypeScript, two workers, and beside them numpy with scipy and iminuit on the same numbers.
// node bench/profiles.mjs [--json] [--quick] [--dist folder]   after npm run build
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  built,
  check,
  demand,
  flags,
  inTurns,
  machine,
  median,
  processorMs,
  progress,
  ratioOf,
  report,
  wallInTurns,
} from "./measure.mjs";
import { analysisOf, FLAVOUR_PLANE, modelWith, spread } from "./models.mjs";
import { benchPool, openHere } from "./pool.mjs";
import { exported, peers } from "./profiles/numpy.mjs";

const { jointLikelihood } = await built("statistics/joint.js");
const { shared } = await built("engine/index.js");

const EXPERIMENTS = ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson"];
/** Rows and columns of the plane, over a window that holds the 90 % region. */
const [ROWS, COLUMNS] = flags.quick ? [4, 12] : [16, 32];
const WINDOW = [-1.5, 1.5];
/** Rows that peers profile in a round; iminuit without gradient takes some tens of milliseconds a point. */
const PEER_ROWS = flags.quick ? [1] : [3, 10];
const PEER_ROUNDS = flags.quick ? 1 : 3;
/** We profile the same rows so many times in our turn. */
const OWN_TURNS = 20;
const METHODS = [
  { method: "scipy", needs: "scipy", name: "numpy, scipy L-BFGS-B with gradient" },
  { method: "iminuit-gradient", needs: "iminuit", name: "numpy, iminuit migrad with gradient" },
  { method: "iminuit", needs: "iminuit", name: "numpy, iminuit migrad" },
];
const WORKERS_GOAL = 1.7;
/**
 * Points this near to the lowest chi^2 have to agree: five standard deviations of two parameters. Farther out the
 * nuisances can have several minima, and which one a search ends in depends on where it comes from.
 */
const NEAR = 20;
/** About what a run of one worker takes. */
const POOL_MS = flags.quick ? 100 : 800;

const folder = mkdtempSync(join(tmpdir(), "nurecoil-profiles-"));

async function measureOne(name, skipped, notes) {
  progress(`(b) profiles of ${name}`);
  const analysis = analysisOf([name], FLAVOUR_PLANE);
  const { model, held } = modelWith(analysis, FLAVOUR_PLANE);
  const axes = [spread(WINDOW, ROWS), spread(WINDOW, COLUMNS)];
  const prepared = analysis.refit(FLAVOUR_PLANE, () => WINDOW, false);
  const setup = (plain) => shared({ model: prepared.model, axes, plain });
  const rows = Array.from({ length: ROWS }, (_, row) => ({ row }));

  const likelihood = analysis.likelihood(FLAVOUR_PLANE);
  const expected = rows.map(({ row }) => Float64Array.from(axes[1], (y) => likelihood.evaluate([axes[0][row], y])));
  const best = Math.min(...expected.map((row) => Math.min(...row)));
  const isNear = (chi2) => chi2 - best < NEAR;
  /** @throws where chi^2 differs near the minimum */
  const agree = (what, answers) => {
    const near = answers.flatMap((row, r) => [...row].filter((_, i) => isNear(expected[r % ROWS][i])));
    const wanted = answers.flatMap((_, r) => [...expected[r % ROWS]].filter(isNear));
    check(what, near, wanted, 1e-7);
  };
  const kinds = [];
  for (const [language, plain] of [
    ["WebAssembly", false],
    ["TypeScript", true],
  ]) {
    const profile = await openHere("profiles", setup(plain));
    agree(
      `${name}, ${language}`,
      rows.map((task) => profile(task)),
    );
    kinds.push({ language, profile });
  }

  // Everybody's turn: a slice of ours, then one process of each peer.
  const file = join(folder, `${name}.json`);
  const points = PEER_ROWS.flatMap((row) => Array.from(axes[1], (y) => [axes[0][row], y]));
  const parameters = exported(model, held);
  const trials = trialsOf(model, held, parameters);
  writeFileSync(file, JSON.stringify({ ...parameters, trials, points }));
  const there = peers(file, "check");
  if (there === undefined) skipped.push(`${name}: peers, as there is no python3 with numpy`);
  else {
    check(
      `${name}, numpy`,
      there.chi2,
      trials.map(({ chi2 }) => chi2),
      1e-9,
    );
    // The first trial is at nominal, where a row may be on the edge of being cut at zero.
    demand(`${name}, gradient in numpy`, Math.max(...there.gradient.slice(1)) < 1e-4);
  }
  const methods = METHODS.filter(({ needs, name: what }) => {
    if (there === undefined) return false;
    if (there[needs] === null) skipped.push(`${name}: ${what}, as ${needs} is not installed`);
    return there[needs] !== null;
  });
  const lowest = PEER_ROWS.flatMap((row) => [...expected[row]]);
  const ours = kinds.map(({ profile }) => ({
    run: () => {
      for (const task of rows) profile(task);
      return ROWS * COLUMNS;
    },
  }));
  const times = inTurns(ours);
  const peerTimes = methods.map(() => []);
  const ownTimes = [];
  const excess = methods.map(() => 0);
  /** Points where a peer ends below us, by how much. */
  const below = new Map();
  for (let round = 0; round < PEER_ROUNDS && methods.length > 0; round++) {
    const began = processorMs();
    for (const row of PEER_ROWS) for (let k = 0; k < OWN_TURNS; k++) kinds[0].profile({ row });
    ownTimes.push((processorMs() - began) / (OWN_TURNS * points.length));
    methods.forEach(({ method }, k) => {
      const { seconds, chi2 } = peers(file, "time", method);
      peerTimes[k].push((1e3 * seconds) / points.length);
      chi2.forEach((one, i) => {
        demand(`${name}, ${method}: none is below ours`, one > lowest[i] - 1e-6 || !isNear(lowest[i]));
        if (one <= lowest[i] - 1e-6) below.set(i, lowest[i] - one);
        excess[k] = Math.max(excess[k], one - lowest[i]);
      });
    });
  }

  if (below.size > 0) {
    const most = Math.max(...below.values()).toPrecision(2);
    notes.push(
      `${name}: a peer ends below us, by up to ${most}, in ${below.size} of ${points.length} points, all at Delta chi^2 > ${NEAR}`,
    );
  }

  progress(`(b) two workers, ${name}`);
  const pools = [1, 2].map(benchPool);
  // Long enough that handing out tasks and opening the model in each worker count little, as in a run of toys.
  const passes = Math.ceil(POOL_MS / (times[0].processorMs * ROWS * COLUMNS));
  const many = Array.from({ length: passes }, () => rows).flat();
  const runs = pools.map((pool) => ({ run: () => pool.run({ kind: "profiles", setup: setup(false), tasks: many }) }));
  for (const { run } of runs) {
    agree(`${name}, pool`, await run());
  }
  const [one, two] = await wallInTurns(runs);
  await Promise.all(pools.map((pool) => pool.close()));

  if (machine.cores >= 2 && two.cores < 1.8) {
    notes.push(
      `${name}: two workers had ${two.cores.toFixed(1)} cores, the machine being busy; their ratio says little`,
    );
  }
  const perSecond = (ms) => 1e3 / ms;
  const [wasm] = times;
  const total = many.length * COLUMNS;
  const isGoal = name.startsWith("coherent-csi-2021");
  return [
    ...kinds.map(({ language }, k) => ({
      name: `${name}, ${language}`,
      value: perSecond(times[k].processorMs),
      unit: "profiles/s",
      ...(k > 0 && { ratio: wasm.processorMs / times[k].processorMs, to: "WebAssembly" }),
    })),
    ...methods.map(({ name: what }, k) => ({
      name: `${name}, ${what}`,
      value: perSecond(median(peerTimes[k])),
      unit: "profiles/s",
      ratio: ratioOf(peerTimes[k], ownTimes),
      to: "slower than WebAssembly",
      largestExcess: excess[k],
    })),
    { name: `${name}, pool of 1, wall`, value: perSecond(median(one.walls) / total), unit: "profiles/s" },
    {
      name: `${name}, pool of 2, wall`,
      value: perSecond(median(two.walls) / total),
      unit: "profiles/s",
      ratio: ratioOf(one.walls, two.walls),
      to: "pool of 1",
      ...(isGoal && machine.cores >= 2 && { goal: { of: "ratio", least: WORKERS_GOAL } }),
    },
  ];
}

/** chi^2 at couplings and nuisances that follow no pattern, by a likelihood with every nuisance held. */
function trialsOf(model, held, { free, bounds }) {
  const { nuisances } = model;
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: 12 }, (_, k) => {
    const couplings = FLAVOUR_PLANE.map(() => WINDOW[0] + (WINDOW[1] - WINDOW[0]) * random());
    const deviations = free.map((_, i) => {
      const [low, high] = bounds[i].map((bound, end) => bound ?? (end === 0 ? -2 : 2));
      // The first at nominal, the others up to two sigma away, inside their bounds.
      const [from, to] = [Math.max(low, -2), Math.min(high, 2)];
      return k === 0 ? 0 : from + (to - from) * (0.02 + 0.96 * random());
    });
    const values = Object.fromEntries(
      free.map((n, i) => {
        const { name, kind, sigma } = nuisances[n];
        return [name, kind === "normalisation" ? 1 + (sigma ?? 1) * deviations[i] : deviations[i]];
      }),
    );
    const chi2 = jointLikelihood(model, [], { ...held, ...values }).evaluate(couplings);
    return { couplings, nuisances: deviations, chi2 };
  });
}

try {
  await report(async () => {
    const skipped = machine.cores < 2 ? ["the goal of two workers, as there is one core"] : [];
    const rows = [];
    const notes = [];
    for (const name of EXPERIMENTS) rows.push(...(await measureOne(name, skipped, notes)));
    const farthest = Math.max(...rows.map(({ largestExcess }) => largestExcess ?? 0)).toPrecision(2);
    return {
      title: "(b) Poisson profiles with all nuisances, plane (xi_V_e, xi_V_mu)",
      note: [
        "One thread: processor time. Peers have the same cells, templates, morphs and pulls, and begin at the last answer.",
        `They end at most ${farthest} above our minima in chi^2.`,
        ...notes.map((one) => `${one}.`),
      ].join(" "),
      rows,
      skipped,
    };
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
