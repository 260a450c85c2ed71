/** Region: allowed contours in a plane of two parameters. */

import { NurecoilError, usageError } from "../errors.ts";
import { barrierBetween } from "../statistics/barrier.ts";
import { deltaChi2 } from "../statistics/levels.ts";
import { findMinima, type Minimum } from "../statistics/minima.ts";
import { regionsOf } from "../statistics/region.ts";
import type { PreparedObjective } from "./prepare.ts";
import { envelope, levelsOf, type Prepared, type Progress, ready, smStart, standardModel, vectorOf } from "./ready.ts";
import type { RegionResult } from "./results.ts";

/** Share of the work that the search for minima takes, about. */
const MINIMA_SHARE = 0.08;

/**
 * Regions of a plane of two parameters; `profile` and `free` parameters besides are minimised.
 * @param onProgress share of the final grid done
 * @throws NurecoilError (usage) without a plane, or when no minimum is found
 */
export function region(prepared: Prepared, onProgress?: Progress): RegionResult {
  const analysis = ready(prepared);
  const { plane, profile, ranges, dof: asked } = analysis.spec;
  if (plane === null) throw usageError("region needs a plane", "--plane a,b");
  const [a, b] = plane;
  const free = [...new Set([a, b, ...profile, ...analysis.spec.free])];
  const objective = analysis.objective(free);
  const indices = [objective.names.indexOf(a), objective.names.indexOf(b)] as const;
  const dof = asked ?? 2;
  const cls = levelsOf(analysis.spec, [0.9, 0.99]);
  const minima = findMinima(objective, [smStart(analysis, objective)]).filter((one) => one.status !== "failed");
  if (minima.length === 0)
    throw new NurecoilError("usage", [{ message: `no minimum found in the plane (${a}, ${b})` }]);
  const window = ranges[a] !== undefined && ranges[b] !== undefined ? ([ranges[a], ranges[b]] as const) : undefined;
  const levels = cls.map((cl) => deltaChi2(cl, dof));
  const found = regionsOf(objective, indices, minima, levels, window, (share) =>
    onProgress?.(MINIMA_SHARE + (1 - MINIMA_SHARE) * share),
  );
  return {
    format: "nurecoil/region/1",
    ...envelope(analysis),
    notes: [
      ...analysis.notes,
      ...(Object.keys(ranges).length === 0 ? [] : ["Delta chi^2 counts from the best point inside the ranges given"]),
      ...(minima[0]!.status === "at-bound"
        ? ["the best point lies on the border of the search range: Delta chi^2 counts from there"]
        : []),
      ...saddleNotes(objective, minima, levels),
    ],
    dof,
    plane: [a, b],
    window: { [a]: [...found.window[0]], [b]: [...found.window[1]] },
    best: { chi2: minima[0]!.value, parameters: vectorOf(objective, minima[0]!.x) },
    minima: minima.map((one) => ({ chi2: one.value, parameters: vectorOf(objective, one.x), status: one.status })),
    sm: { chi2: standardModel(analysis).chi2 },
    regions: found.regions.map((one, k) => ({
      cl: cls[k]!,
      deltaChi2: one.deltaChi2,
      dof,
      area: one.area,
      polygons: one.polygons.map((polygon) => ({
        outer: polygon.outer.map(([x, y]): [number, number] => [x, y]),
        holes: polygon.holes.map((hole) => hole.map(([x, y]): [number, number] => [x, y])),
        open: polygon.open,
      })),
    })),
    failed: found.failed,
  };
}

/** A pass between minima this near to a level (relative) decides whether islands join: the reader should know. */
const SADDLE_NEAR = 0.02;

function saddleNotes(objective: PreparedObjective, minima: readonly Minimum[], levels: readonly number[]): string[] {
  const best = minima[0]!.value;
  const highest = best + (1 + SADDLE_NEAR) * Math.max(...levels);
  const notes = new Set<string>();
  minima.slice(0, 6).forEach((a, i) => {
    for (const b of minima.slice(i + 1, 6)) {
      const higher = Math.max(a.value, b.value);
      const pass = higher + barrierBetween(objective, a.x, b.x, highest - higher) - best;
      const near = levels.find((level) => Math.abs(pass - level) < SADDLE_NEAR * level);
      if (near !== undefined) {
        notes.add(
          `a saddle at Delta chi^2 = ${pass.toFixed(4)} lies close to the level ${near.toFixed(4)}: islands there touch or nearly touch`,
        );
      }
    }
  });
  return [...notes];
}
