/** One group of components: its counts and all derivatives, against sums written out and their differences. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Group } from "../../src/statistics/groups.ts";
import { chebyshevBasis, morphBasis } from "../../src/statistics/index.ts";
import { type Shape, shapeOf } from "../../src/statistics/shape.ts";
import { expectWithin } from "../relative.ts";

const ROWS = 3;
const BINS = 2;
const OFFSET = 1;
const CELLS = ROWS * BINS;
// Two factors, two movers of rows, one of which is bent everywhere, two movers of shares.
const [A, B, MORPH, RADIUS, ONSET, CLOCK, UNUSED] = [0, 1, 2, 3, 4, 5, 6] as const;
const COUNT = 7;
const scale = [0.1, 0.25, 1, 1, 1, 1, 1];
const kinds: Readonly<Record<string, number>> = {
  "first factor": A,
  "second factor": B,
  morph: MORPH,
  "moved radius": RADIUS,
  "shares by a bent nuisance": ONSET,
  "shares by another": CLOCK,
};

interface Random {
  readonly group: Group;
  /** Prediction of the cells, plain. */
  readonly mu: (x: readonly number[], d: readonly number[]) => number[];
}

function random(seed: number, size = 1): Random {
  let state = (seed % 2147483646) + 1;
  const next = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let k = 0; k < 10; k++) next();
  const list = (n: number, low: number, high: number): number[] =>
    Array.from({ length: n }, () => low + (high - low) * next());
  const quadratic = (low: number, high: number, other: number) => [
    list(ROWS, low, high),
    list(ROWS, -other, other),
    list(ROWS, -other, other),
  ];
  const rows = quadratic(20, 40, 3);
  const morph = [0, 1].map(() => quadratic(-2 * size, 2 * size, 0.5));
  const radius = [0, 1, 2].map(() => quadratic(-1.5, 1.5, 0.3));
  const shares = list(BINS, 0.3, 0.5);
  const onset = [0, 1, 2].map(() => list(BINS, -0.05, 0.05));
  const clock = [0, 1].map(() => list(BINS, -0.05, 0.05));
  const terms = (of: readonly (readonly number[])[]) =>
    (
      [
        [0, 0],
        [0, 1],
        [1, 2],
      ] as const
    ).map(([left, right], k) => ({ left, right, counts: Float64Array.from(of[k]!) }));
  const parts = (of: readonly (readonly number[])[]) => of.map((one) => Float64Array.from(one));
  const group: Group = {
    block: 0,
    terms: terms(rows),
    nuisances: [A, B],
    changes: [
      { nuisance: MORPH, basis: morphBasis, terms: morph.map(terms) },
      { nuisance: RADIUS, basis: chebyshevBasis(-1.5, 1.5, 3), terms: radius.map(terms) },
    ],
    spread: {
      shares: Float64Array.from(shares),
      changes: [
        { nuisance: ONSET, basis: chebyshevBasis(-0.6, 0.4, 3), shares: parts(onset) },
        { nuisance: CLOCK, basis: morphBasis, shares: parts(clock) },
      ],
    },
  };
  const at = (of: readonly (readonly number[])[], [x, y]: readonly number[], i: number): number =>
    of[0]![i]! + x! * of[1]![i]! + x! * y! * of[2]![i]!;
  // T_1 to T_3, written out.
  const polynomials = (u: number): number[] => [u, 2 * u * u - 1, 4 * u ** 3 - 3 * u];
  const bent = (s: number): number[] => [s, Math.abs(s) <= 1 ? s * s : 2 * Math.abs(s) - 1];
  const mu = (x: readonly number[], d: readonly number[]): number[] => {
    const factor = (1 + 0.1 * d[A]!) * (1 + 0.25 * d[B]!);
    const morphs = bent(d[MORPH]!);
    const radii = polynomials(d[RADIUS]! / 1.5);
    const onsets = polynomials((0.1 + d[ONSET]!) / 0.5);
    const clocks = bent(d[CLOCK]!);
    return Array.from({ length: CELLS }, (_, cell) => {
      const [i, j] = [Math.floor(cell / BINS), cell % BINS];
      const start = at(rows, x, i);
      let row = start;
      morphs.forEach((b, k) => {
        row += b * at(morph[k]!, x, i);
      });
      radii.forEach((b, k) => {
        row += b * at(radius[k]!, x, i);
      });
      if (start >= 0) row = Math.max(0, row);
      let share = shares[j]!;
      onsets.forEach((b, k) => {
        share += b * onset[k]![j]!;
      });
      clocks.forEach((b, k) => {
        share += b * clock[k]![j]!;
      });
      return factor * row * share;
    });
  };
  return { group, mu };
}

function shapeAt(group: Group, x: readonly number[], d: readonly number[]): Shape {
  const shape = shapeOf(group, CELLS, OFFSET, scale, 2);
  shape.couple(x);
  shape.move(Float64Array.from(d));
  return shape;
}

const seeds = fc.integer({ min: 1, max: 1e9 });
const coupling = fc.double({ min: -1, max: 1, noNaN: true });
/** Away from |s| = 1, where the second derivative jumps. */
const deviations = fc
  .tuple(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.oneof(fc.double({ min: -0.95, max: 0.95, noNaN: true }), fc.double({ min: 1.05, max: 3, noNaN: true })),
    fc.double({ min: -1.2, max: 1.2, noNaN: true }),
    fc.double({ min: -0.5, max: 0.3, noNaN: true }),
    fc.oneof(fc.double({ min: -0.95, max: 0.95, noNaN: true }), fc.double({ min: -3, max: -1.05, noNaN: true })),
    fc.constant(0.7),
  )
  .map((d): readonly number[] => d);
const weights = Float64Array.from({ length: OFFSET + CELLS + 2 }, (_, i) => Math.sin(3 * i + 1));
const position = Int32Array.from({ length: COUNT }, (_, k) => k);
const moved = (d: readonly number[], k: number, by: number): number[] => d.map((v, i) => v + (i === k ? by : 0));

const everything = (check: (random: Random, x: readonly number[], d: readonly number[]) => void): void => {
  fc.assert(
    fc.property(seeds, coupling, coupling, deviations, (seed, x, y, d) => check(random(seed), [x, y], d)),
    { numRuns: 60 },
  );
};

it("counts times factor are the sums written out", () => {
  everything(({ group, mu }, x, d) => {
    const shape = shapeAt(group, x, d);
    mu(x, d).forEach((value, cell) => {
      expectWithin(shape.factor() * shape.counts[cell]!, value, 1e-12 * (1 + Math.abs(value)), `cell ${cell}`);
    });
    expect([...shape.nuisances].sort()).toEqual([A, B, MORPH, RADIUS, ONSET, CLOCK]);
  });
});

it("the same shape moved again is a new one moved there", () => {
  everything(({ group }, x, d) => {
    const used = shapeAt(
      group,
      [0.3, -0.3],
      d.map((v) => -0.5 * v),
    );
    used.move(Float64Array.from(d));
    used.couple(x);
    used.move(Float64Array.from(d));
    const fresh = shapeAt(group, x, d);
    expect([...used.counts]).toEqual([...fresh.counts]);
    expect(used.factor()).toBe(fresh.factor());
  });
});

describe.each(Object.entries(kinds))("first derivative: %s", (_, k) => {
  it("is that of differences, in its own cells and nowhere else", () => {
    everything(({ group, mu }, x, d) => {
      const target = new Float64Array(OFFSET + CELLS + 2).fill(5);
      shapeAt(group, x, d).addSlope(k, target);
      const h = 1e-5;
      const [up, down] = [mu(x, moved(d, k, h)), mu(x, moved(d, k, -h))];
      up.forEach((value, cell) => {
        const slope = (value - down[cell]!) / (2 * h);
        // Third derivatives below 100 times h^2; rounding 1e-14 over h.
        expectWithin(target[OFFSET + cell]! - 5, slope, 2e-8 * (1 + Math.abs(slope)), `cell ${cell}`);
      });
      expect([target[0], target.at(-1), target.at(-2)]).toEqual([5, 5, 5]);
    });
  });
});

it("a nuisance that does not act has no derivative", () => {
  const target = new Float64Array(OFFSET + CELLS);
  shapeAt(random(1).group, [0, 0], [0, 0, 0, 0, 0, 0, 0]).addSlope(UNUSED, target);
  expect(target.every((value) => value === 0)).toBe(true);
});

const pairs = Object.entries(kinds).flatMap(([a, k], i) =>
  Object.entries(kinds)
    .slice(0, i + 1)
    .map(([b, l]) => [`${a}, ${b}`, k, l] as const),
);

describe.each(pairs)("second derivative: %s", (_, k, l) => {
  it("is that of differences of the first", () => {
    everything(({ group }, x, d) => {
      const matrix = new Float64Array(COUNT * COUNT);
      shapeAt(group, x, d).addBends(weights, position, COUNT, matrix);
      const slopeAt = (deviation: readonly number[]): number => {
        const target = new Float64Array(OFFSET + CELLS + 2);
        shapeAt(group, x, deviation).addSlope(k, target);
        return target.reduce((sum, value, i) => sum + weights[i]! * value, 0);
      };
      const h = 1e-5;
      const bend = (slopeAt(moved(d, l, h)) - slopeAt(moved(d, l, -h))) / (2 * h);
      expectWithin(matrix[Math.max(k, l) * COUNT + Math.min(k, l)]!, bend, 1e-6 * (1 + Math.abs(bend)));
      // Only the lower triangle.
      if (k !== l) expect(matrix[Math.min(k, l) * COUNT + Math.max(k, l)]).toBe(0);
    });
  });
});

it("second derivatives leave out nuisances without a place in the matrix, and add to what is there", () => {
  const { group } = random(5);
  const d = [0.3, -0.2, 0.4, 0.1, 0.05, -0.6, 0];
  const full = new Float64Array(COUNT * COUNT);
  const shape = shapeAt(group, [0.2, 0.1], d);
  shape.addBends(weights, position, COUNT, full);
  const some = Int32Array.from([-1, 1, 0, -1, 2, -1, -1]);
  const matrix = new Float64Array(9).fill(2);
  shape.addBends(weights, some, 3, matrix);
  const of = (k: number, l: number): number => full[Math.max(k, l) * COUNT + Math.min(k, l)]!;
  const expected = [
    of(MORPH, MORPH),
    0,
    0,
    of(B, MORPH),
    of(B, B),
    0,
    of(ONSET, MORPH),
    of(ONSET, B),
    of(ONSET, ONSET),
  ];
  expected.forEach((value, i) => {
    expectWithin(matrix[i]!, 2 + value, 1e-13 * (1 + Math.abs(value)), `entry ${i}`);
  });
});

describe("couplings", () => {
  const ofWeights = (mu: readonly number[]): number =>
    mu.reduce((sum, value, cell) => sum + weights[OFFSET + cell]! * value, 0);

  it("gradient and slopes are those of differences", () => {
    everything(({ group, mu }, x, d) => {
      const shape = shapeAt(group, x, d);
      const gradient = new Float64Array(2);
      shape.addGradient(x, weights, gradient);
      const slopes = [0, 1].map(() => new Float64Array(OFFSET + CELLS));
      shape.addCouplingSlopes(x, slopes);
      const h = 1e-5;
      for (const k of [0, 1]) {
        const [up, down] = [mu(moved(x, k, h), d), mu(moved(x, k, -h), d)];
        // Quadratic in the couplings: differences are exact but for rounding.
        const slope = (ofWeights(up) - ofWeights(down)) / (2 * h);
        expectWithin(gradient[k]!, slope, 1e-8 * (1 + Math.abs(slope)), `gradient ${k}`);
        up.forEach((value, cell) => {
          expectWithin(slopes[k]![OFFSET + cell]!, (value - down[cell]!) / (2 * h), 1e-7, `slope ${k}, cell ${cell}`);
        });
      }
    });
  });

  it("second derivatives among them and with every nuisance are those of differences", () => {
    everything(({ group }, x, d) => {
      const size = 2 + COUNT;
      const matrix = new Float64Array(size * size);
      const places = Int32Array.from(position, (k) => 2 + k);
      shapeAt(group, x, d).addCouplingBends(x, weights, places, size, matrix);
      const gradientAt = (at: readonly number[], deviation: readonly number[]): Float64Array => {
        const gradient = new Float64Array(2);
        shapeAt(group, at, deviation).addGradient(at, weights, gradient);
        return gradient;
      };
      const h = 1e-5;
      for (const c of [0, 1]) {
        for (const other of [0, 1]) {
          const bend = (gradientAt(moved(x, other, h), d)[c]! - gradientAt(moved(x, other, -h), d)[c]!) / (2 * h);
          expectWithin(matrix[Math.max(c, other) * size + Math.min(c, other)]!, bend, 1e-7 * (1 + Math.abs(bend)));
        }
        for (let k = 0; k < COUNT; k++) {
          const bend = (gradientAt(x, moved(d, k, h))[c]! - gradientAt(x, moved(d, k, -h))[c]!) / (2 * h);
          expectWithin(matrix[(2 + k) * size + c]!, bend, 1e-6 * (1 + Math.abs(bend)), `coupling ${c}, nuisance ${k}`);
        }
      }
    });
  });
});

describe("rows below zero", () => {
  // Shapes ten times as strong: far enough out some rows are gone.
  const d = [0.5, -0.5, -1.7, 0.4, 0.1, 0.3, 0];
  const cut = Array.from({ length: 40 }, (_, k) => random(k + 1, 10)).filter(
    ({ mu }) => mu([0.1, 0.2], d).some((value) => value === 0) && mu([0.1, 0.2], d).some((value) => value > 0),
  );

  it("are cut, counted, and do not move any more", () => {
    expect(cut.length).toBeGreaterThan(5);
    for (const { group, mu } of cut) {
      const x = [0.1, 0.2];
      const shape = shapeAt(group, x, d);
      const expected = mu(x, d);
      const rows = Array.from({ length: ROWS }, (_, i) => expected[i * BINS] === 0);
      expect(shape.clipped()).toBe(rows.filter(Boolean).length);
      for (const k of Object.values(kinds)) {
        const target = new Float64Array(OFFSET + CELLS);
        shape.addSlope(k, target);
        rows.forEach((isCut, i) => {
          if (isCut) expect([...target.slice(OFFSET + i * BINS, OFFSET + (i + 1) * BINS)]).toEqual([0, 0]);
        });
      }
      const gradient = new Float64Array(2);
      const onlyCut = weights.map((w, i) => (rows[Math.floor((i - OFFSET) / BINS)] === true ? w : 0));
      shape.addGradient(x, onlyCut, gradient);
      expect([...gradient].map(Math.abs)).toEqual([0, 0]);
      const matrix = new Float64Array(COUNT * COUNT);
      shape.addBends(onlyCut, position, COUNT, matrix);
      expect(matrix.every((value) => value === 0)).toBe(true);
    }
  });

  it("a prediction that couplings make negative is left alone", () => {
    const group: Group = {
      block: 0,
      terms: [{ left: 0, right: 1, counts: Float64Array.of(4, -2) }],
      nuisances: [],
      changes: [{ nuisance: 0, basis: morphBasis, terms: [[], []] }],
      spread: null,
    };
    const shape = shapeOf(group, 2, 0, [1], 1);
    shape.couple([3]);
    shape.move(Float64Array.of(1));
    expect([...shape.counts]).toEqual([12, -6]);
    expect(shape.clipped()).toBe(0);
  });
});
