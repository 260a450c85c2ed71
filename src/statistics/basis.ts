/** Functions of one nuisance that multiply templates: how a shape moves with it. */

interface Functions {
  readonly size: number;
  /** Values of the functions, and their first and second derivatives, at a value of the nuisance. */
  readonly fill: (at: number, values: Float64Array, slopes: Float64Array, bends: Float64Array) => void;
}

export type Basis =
  | ({ readonly kind: "morph" } & Functions)
  | ({ readonly kind: "chebyshev"; readonly range: readonly [number, number] } & Functions);

/**
 * Morph between templates at 0, +1 and -1 sigma, T(s) = T0 + u(s) A + v(s) B with A = (T+ - T-)/2 and
 * B = (T+ + T-)/2 - T0: u = s; v = s^2 up to one sigma, straight with the same slope beyond, so the second derivative
 * jumps there.
 */
export const morphBasis: Basis = {
  kind: "morph",
  size: 2,
  fill: (s, values, slopes, bends) => {
    const size = Math.abs(s);
    values[0] = s;
    slopes[0] = 1;
    bends[0] = 0;
    values[1] = size <= 1 ? s * s : 2 * size - 1;
    slopes[1] = size <= 1 ? 2 * s : 2 * Math.sign(s);
    bends[1] = size <= 1 ? 2 : 0;
  },
};

/** Chebyshev polynomials T_1 ... T_size over [low, high]; T_0 is the template that does not move. */
export function chebyshevBasis(low: number, high: number, size: number): Basis {
  const scale = 2 / (high - low);
  return {
    kind: "chebyshev",
    range: [low, high],
    size,
    fill: (at, values, slopes, bends) => {
      const x = (at - low) * scale - 1;
      let [t0, d0, s0] = [1, 0, 0];
      let [t1, d1, s1] = [x, 1, 0];
      for (let k = 0; k < size; k++) {
        values[k] = t1;
        slopes[k] = d1 * scale;
        bends[k] = s1 * scale * scale;
        const t2 = 2 * x * t1 - t0;
        const d2 = 2 * t1 + 2 * x * d1 - d0;
        const s2 = 4 * d1 + 2 * x * s1 - s0;
        [t0, d0, s0, t1, d1, s1] = [t1, d1, s1, t2, d2, s2];
      }
    },
  };
}

/** Places at which `chebyshevCoefficients` wants its samples. */
export function chebyshevNodes(low: number, high: number, count: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, k) => (low + high) / 2 + ((high - low) / 2) * Math.cos((Math.PI * (k + 0.5)) / count),
  );
}

/** Weight of the sample at node k of n in the coefficient of T_order. */
export function chebyshevWeight(n: number, order: number, k: number): number {
  return ((order === 0 ? 1 : 2) / n) * Math.cos((Math.PI * order * (k + 0.5)) / n);
}

/**
 * Coefficients of T_0 ... T_(n-1) of arrays sampled at the n `chebyshevNodes`.
 * @returns one array per polynomial, each as long as a sample
 */
export function chebyshevCoefficients(samples: readonly Float64Array[]): readonly Float64Array[] {
  const n = samples.length;
  return samples.map((_, j) => {
    const out = new Float64Array(samples[0]!.length);
    samples.forEach((sample, k) => {
      const weight = chebyshevWeight(n, j, k);
      for (let i = 0; i < out.length; i++) out[i]! += weight * sample[i]!;
    });
    return out;
  });
}
