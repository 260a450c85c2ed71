/** Cells of binned results. */

import type { PredictResult } from "../analysis/results.ts";

/** Low and high edge on every axis of each cell, last axis fastest. */
export function cellsOf(axes: PredictResult["axes"]): readonly (readonly (readonly [number, number])[])[] {
  return axes.reduce<(readonly (readonly [number, number])[])[]>(
    (before, { edges }) =>
      before.flatMap((cell) => edges.slice(1).map((edge, i) => [...cell, [edges[i]!, edge] as const])),
    [[]],
  );
}
