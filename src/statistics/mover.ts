/** A nuisance that moves rows of counts or shares of bins: sum over basis functions of b_j(nuisance) x part_j. */

import type { Basis } from "./basis.ts";

export interface Mover {
  /** Index of the nuisance. */
  readonly nuisance: number;
  /** Values of the basis functions at the last `fill`, and their first derivatives. */
  readonly values: Float64Array;
  readonly slopes: Float64Array;
  readonly parts: readonly Float64Array[];
  /** Take the nuisance's deviation. */
  readonly fill: (deviation: number) => void;
  /** Add what it moves. */
  readonly addTo: (out: Float64Array) => void;
  /** First derivative; 0 where `alive` is 0. The array is kept until the next `fill`. */
  readonly slope: () => Float64Array;
  /** Second derivative, written to `out`. */
  readonly bend: (out: Float64Array) => Float64Array;
  /** Whether there is one. */
  readonly isBent: () => boolean;
}

/**
 * @param parts one array per basis function
 * @param silence sets to 0 what does not move, e.g. rows that were cut
 */
export function moverOf(
  { nuisance, basis }: { readonly nuisance: number; readonly basis: Basis },
  parts: readonly Float64Array[],
  silence: (out: Float64Array) => Float64Array,
): Mover {
  const [values, slopes, bends] = [0, 1, 2].map(() => new Float64Array(basis.size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const kept = new Float64Array(parts[0]?.length ?? 0);
  let fresh = false;
  return {
    nuisance,
    values,
    slopes,
    parts,
    fill: (deviation) => {
      basis.fill(deviation, values, slopes, bends);
      fresh = false;
    },
    addTo: (out) => addWeighted(parts, values, out),
    slope: () => {
      if (!fresh) {
        addWeighted(parts, slopes, kept.fill(0));
        silence(kept);
        fresh = true;
      }
      return kept;
    },
    bend: (out) => {
      addWeighted(parts, bends, out.fill(0));
      return silence(out);
    },
    isBent: () => bends.some((bend) => bend !== 0),
  };
}

function addWeighted(parts: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
  parts.forEach((part, j) => {
    const weight = weights[j]!;
    if (weight !== 0) for (let i = 0; i < out.length; i++) out[i]! += weight * part[i]!;
  });
}
