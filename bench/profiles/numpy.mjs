// A Poisson model as numbers that other programs read, and those programs.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { built } from "../measure.mjs";

const { groupComponents } = await built("statistics/groups.js");
const { limitsOf } = await built("statistics/limits.js");

const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("peers.py", import.meta.url));

const finite = (number) => (Number.isFinite(number) ? number : null);

/** Cells, templates, morphs and nuisances of a model of Poisson blocks, as peers.py reads them. */
export function exported({ blocks, nuisances, couplings }, held) {
  if (blocks.some(({ statistics }) => statistics !== "poisson")) throw new Error("only Poisson cells are exported");
  const first = blocks.map((_, b) => blocks.slice(0, b).reduce((sum, { observed }) => sum + observed.length, 0));
  const isHeld = nuisances.map(({ name }) => Object.hasOwn(held, name));
  const free = nuisances.map((_, k) => k).filter((k) => !isHeld[k]);
  const { lower, upper } = limitsOf({ blocks, nuisances, couplings });
  const basisOf = ({ nuisance, basis }) => ({
    nuisance,
    basis: basis.kind,
    size: basis.size,
    ...(basis.kind === "chebyshev" && { range: [...basis.range] }),
  });
  const termsOf = (terms) =>
    terms.map(({ left, right, polynomial, counts }) => {
      if (polynomial !== undefined) throw new Error("polynomials of a parameter are not exported");
      return [left, right, [...counts]];
    });
  return {
    observed: blocks.flatMap(({ observed }) => [...observed]),
    constrained: nuisances.map(({ sigma }, k) => (sigma === null || isHeld[k] ? 0 : 1)),
    // Held ones stay nominal: deviation 0.
    start: nuisances.map(() => 0),
    free,
    bounds: free.map((k) => [finite(lower[k]), finite(upper[k])]),
    groups: groupComponents({ blocks, nuisances, couplings }).map((group) => {
      const shares = group.spread === null ? [1] : [...group.spread.shares];
      return {
        cell: first[group.block],
        rows: blocks[group.block].observed.length / shares.length,
        shares,
        terms: termsOf(group.terms),
        changes: group.changes.map((change) => ({ ...basisOf(change), terms: change.terms.map(termsOf) })),
        spread: (group.spread?.changes ?? []).map((change) => ({
          ...basisOf(change),
          parts: change.shares.map((part) => [...part]),
        })),
        factors: group.nuisances.map((k) => [k, nuisances[k].kind === "flat" ? 1 : (nuisances[k].sigma ?? 1)]),
      };
    }),
  };
}

/** What the script answers; undefined where there is no Python with numpy. @throws where it fails */
export function peers(file, ...words) {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [SCRIPT, file, ...words.map(String)], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
  });
  if (error?.code === "ENOENT" || /No module named '?numpy/.test(stderr)) return undefined;
  if (error !== undefined || status !== 0) throw new Error(`${SCRIPT}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
