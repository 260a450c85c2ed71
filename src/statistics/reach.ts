/** Where chi^2 of a data set is low: the box in which toys like it find their minima. */

import { latticeOf } from "./lattice.ts";
import { profiledNodes } from "./nodes.ts";
import type { Refit } from "./refit.ts";
import type { Toy } from "./toys.ts";

/** A side that a look leaves longer than this share of it is long enough: the next look would change little. */
const SETTLED = 0.8;
const MAX_LOOKS = 12;
/** Beyond, nodes are too few to say where chi^2 is low. */
const MAX_AXES = 3;

/**
 * The smallest box seen around all places where chi^2, nuisances profiled, is below its lowest value plus `level`: a
 * lattice over the whole ranges, drawn in to its low nodes and those beside them until that changes little.
 * @param refit its parameters lie in their ranges; its data are replaced
 * @param places known minima, looked at besides the lattice
 * @returns low and high end of each parameter; the whole ranges for more than three parameters
 */
export function reachOf(
  refit: Refit,
  data: Toy,
  level: number,
  places: readonly ArrayLike<number>[] = [],
): readonly (readonly [number, number])[] {
  const axes = Array.from({ length: refit.couplings }, (_, k) => k);
  const ranges = axes.map((k): readonly [number, number] => [refit.lower[k]!, refit.upper[k]!]);
  if (axes.length > MAX_AXES) return ranges;
  const [held, base] = [new Uint8Array(refit.unknowns), new Float64Array(refit.unknowns)];
  let box = ranges;
  for (let look = 0; look < MAX_LOOKS; look++) {
    const lattice = latticeOf(
      box.map(([low]) => low),
      box.map(([, high]) => high),
      places.map((place) => axes.map((k) => place[k]!)),
    );
    const { values, lowest } = profiledNodes(refit, { lattice, axes, held, base, data });
    const next = box.map(([low, high], axis): readonly [number, number] => {
      let [first, last] = [high, low];
      values.forEach((value, node) => {
        if (!(value <= lowest + level)) return;
        for (const near of [node, ...lattice.neighbours[node]!]) {
          first = Math.min(first, lattice.at[near * axes.length + axis]!);
          last = Math.max(last, lattice.at[near * axes.length + axis]!);
        }
      });
      return first < last ? [first, last] : [low, high];
    });
    const settled = next.every(([low, high], k) => high - low > SETTLED * (box[k]![1] - box[k]![0]));
    box = next;
    if (settled) break;
  }
  return box;
}
