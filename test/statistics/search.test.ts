import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../src/numerics/random.ts";
import { combiner } from "../../src/statistics/combinations.ts";
import { openRefit, refitModel } from "../../src/statistics/compiled-refit.ts";
import { latticeOf } from "../../src/statistics/lattice.ts";
import type { Model } from "../../src/statistics/model.ts";
import { reachOf } from "../../src/statistics/reach.ts";
import type { Refit } from "../../src/statistics/refit.ts";
import { screenOf } from "../../src/statistics/screen.ts";
import { searchOf } from "../../src/statistics/search.ts";
import { blankToy, drawToy, type Toy } from "../../src/statistics/toys.ts";
import { linearModel, searchTables, squareModel } from "./refits.ts";

describe("a lattice", () => {
  it("covers its box, ends included", () => {
    const line = latticeOf([-2], [3]);
    expect([line.nodes, line.at[0], line.at[40]]).toEqual([41, -2, 3]);
    const plane = latticeOf([-1, 0], [1, 10]);
    expect(plane.nodes).toBe(225);
    expect([...plane.at.slice(-2)]).toEqual([1, 10]);
    expect(latticeOf([0, 0, 0], [1, 1, 1]).nodes).toBe(729);
    const wide = latticeOf([0, 0, 0, 0], [1, 1, 1, 1]);
    expect(wide.nodes).toBeGreaterThan(100);
    expect(Math.min(...wide.at)).toBeGreaterThan(0);
    expect(Math.max(...wide.at)).toBeLessThan(1);
    expect(latticeOf([], []).nodes).toBe(1);
  });

  it("knows what lies beside what", () => {
    const { neighbours, beside, at } = latticeOf([0, 0], [14, 14]);
    const middle = 15 * 7 + 7;
    expect(neighbours[0]).toHaveLength(3);
    expect(neighbours[7]).toHaveLength(5);
    expect([...neighbours[middle]!]).toEqual([96, 97, 98, 111, 113, 126, 127, 128]);
    expect([...at.slice(2 * middle, 2 * middle + 2)]).toEqual([7, 7]);
    expect([...beside.slice(4 * middle, 4 * middle + 4)]).toEqual([111, 113, 97, 127]);
    expect([...beside.slice(0, 4)]).toEqual([-1, 1, -1, 15]);
  });

  it("takes further places in between, beside the corners around them", () => {
    const { nodes, neighbours } = latticeOf([0, 0], [14, 14], [[3.4, 6.6]]);
    expect(nodes).toBe(226);
    expect([...neighbours[225]!]).toEqual([93, 94, 108, 109]);
    expect([...neighbours[93]!]).toContain(225);
  });
});

describe("combinations of cells", () => {
  it("carry every row within the tolerance, in the units of the spread", () => {
    const size = 24;
    const spread = Float64Array.from({ length: size }, (_, c) => 0.5 + (c % 5));
    const rows = Array.from({ length: 40 }, (_, k) =>
      Float64Array.from({ length: size }, (_, c) => Math.exp((-c * k) / 200) + 0.2 * Math.sin((c * k) / 90)),
    );
    const combine = combiner(spread, 1e-3);
    const coefficients = rows.map(combine.split);
    const combinations = combine.combinations();
    const rank = combinations.length / size;
    expect(rank).toBeLessThan(size / 2);
    rows.forEach((row, k) => {
      const rest = row.map((value, c) => {
        let carried = 0;
        coefficients[k]!.forEach((one, j) => {
          carried += one * combinations[j * size + c]!;
        });
        return (value - carried) * spread[c]!;
      });
      expect(Math.hypot(...rest)).toBeLessThan(1.0001e-3);
    });
  });
});

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const cells = (min: number, max: number) =>
  fc.array(real(min, max), { minLength: 6, maxLength: 6 }).map((n) => Float64Array.from(n));

/**
 * Six Poisson cells: signals go with (1 + p x + q y)^2, as rates of two flavours do, on a background; a pull scales all
 * signals, another the background.
 */
const signals: fc.Arbitrary<Model> = fc
  .record({
    observed: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 6 }),
    background: cells(0.5, 10),
    rates: fc.array(fc.tuple(cells(0, 12), real(-2, 2), real(-2, 2)), { minLength: 1, maxLength: 3 }),
    size: real(0.05, 0.4),
  })
  .map(({ observed, background, rates, size }): Model => {
    const scaled = (counts: Float64Array, by: number): Float64Array => counts.map((n) => n * by);
    return {
      couplings: ["a", "b"],
      nuisances: [
        { name: "flux", kind: "pull", sigma: size },
        { name: "background", kind: "pull", sigma: 0.2 },
      ],
      blocks: [
        {
          id: "one",
          statistics: "poisson",
          observed: Float64Array.from(observed),
          sigma: new Float64Array(6).fill(1),
          components: [
            ...rates.map(([counts, p, q], k) => ({
              name: `signal-${k}`,
              flavour: null,
              nuisances: ["flux"],
              terms: [
                { left: 0, right: 0, counts },
                { left: 0, right: 1, counts: scaled(counts, 2 * p) },
                { left: 0, right: 2, counts: scaled(counts, 2 * q) },
                { left: 1, right: 1, counts: scaled(counts, p * p) },
                { left: 1, right: 2, counts: scaled(counts, 2 * p * q) },
                { left: 2, right: 2, counts: scaled(counts, q * q) },
              ],
            })),
            {
              name: "background",
              flavour: null,
              nuisances: ["background"],
              terms: [{ left: 0, right: 0, counts: background }],
            },
          ],
        },
      ],
    };
  });

const linear = linearModel(
  [
    [1, 0.5, 0.6],
    [-0.4, 1.2, 0.3],
    [0.8, -0.3, -0.9],
    [0.2, 0.7, 1.1],
  ],
  [1, 0.7, 1.3, 0.9],
  2,
  30,
);

describe("a look at all nodes", () => {
  const data = blankToy(linear);
  const tables = searchTables(linear, data, [[3.1, -1.2]]);
  const screen = screenOf(linear, tables);
  const toy: Toy = { observed: Float64Array.of(3, -2, 4, 1), centres: Float64Array.of(0, 0, 0.8) };

  it("sees chi^2 of a linear model as it is, the pull at its best", () => {
    screen.look(toy);
    linear.setData(toy.observed, toy.centres);
    for (let node = 0; node < tables.lattice.nodes; node++) {
      const x = Float64Array.from([...tables.lattice.at.slice(2 * node, 2 * node + 2), 0]);
      const chi2 = linear.minimize(x, Uint8Array.of(1, 1, 0));
      // Combinations are cut at 0.03 in chi^2 for data one spread away; these are some 10 away.
      expect(Math.abs(screen.values[node]! - chi2)).toBeLessThan(0.5);
    }
  });

  it("sees chi^2 of Poisson counts as it is", () => {
    const square = squareModel(2, [3, 5, 1]);
    const real: Toy = { observed: Float64Array.of(8, 12, 3), centres: new Float64Array(1) };
    const seen = screenOf(square, searchTables(square, real));
    const other: Toy = { observed: Float64Array.of(5, 9, 0), centres: new Float64Array(1) };
    seen.look(other);
    square.setData(other.observed, other.centres);
    for (let node = 0; node < 41; node++) {
      const chi2 = square.minimize(Float64Array.of(-3 + (6 * node) / 40), Uint8Array.of(1));
      // Combinations leave 0.03 for counts that scatter by one standard deviation each.
      expect(Math.abs(seen.values[node]! - chi2)).toBeLessThan(0.1);
    }
  });

  it("sees how far the pull brings chi^2 down, however far its centre was measured", () => {
    // Centres are known to the last digit: the pull alone lowers chi^2 by some ten.
    const far: Toy = { observed: new Float64Array(4), centres: Float64Array.of(0, 0, 5) };
    screen.look(far);
    linear.setData(far.observed, far.centres);
    for (let node = 0; node < tables.lattice.nodes; node += 7) {
      const place = [...tables.lattice.at.slice(2 * node, 2 * node + 2), 0];
      const chi2 = linear.minimize(Float64Array.from(place), Uint8Array.of(1, 1, 0));
      expect(Math.abs(screen.values[node]! - chi2)).toBeLessThan(1e-6 * chi2);
    }
  });

  it("starts at the bottom of the parabola through neighbours, with the pull at its best there", () => {
    screen.look(toy);
    linear.setData(toy.observed, toy.centres);
    const x = new Float64Array(3);
    const node = screen.values.indexOf(Math.min(...screen.values));
    screen.startAt(node, x);
    const best = new Float64Array(3);
    linear.minimize(best, new Uint8Array(3));
    const spacing = 60 / 14;
    expect(Math.abs(x[0]! - best[0]!)).toBeLessThan(spacing / 2);
    expect(Math.abs(x[1]! - best[1]!)).toBeLessThan(spacing / 2);
    const node3 = Float64Array.of(...tables.lattice.at.slice(2 * node, 2 * node + 2), 0);
    linear.minimize(node3, Uint8Array.of(1, 1, 0));
    expect(x[2]).toBeCloseTo(node3[2]!, 6);
  });
});

describe("the reach of data", () => {
  const data: Toy = { observed: Float64Array.of(3, -2, 4, 1), centres: new Float64Array(3) };
  const wide: Refit = { ...linear, lower: new Float64Array(3).fill(-500), upper: new Float64Array(3).fill(500) };

  it("holds every place below the level, and little more", () => {
    const box = reachOf(wide, data, 25);
    linear.setData(data.observed, data.centres);
    const best = new Float64Array(3);
    const lowest = linear.minimize(best, new Uint8Array(3));
    box.forEach(([low, high], k) => {
      // Along the profile of one coupling chi^2 is a parabola through the minimum.
      const x = best.slice();
      x[k] = best[k]! + 1;
      const held = Uint8Array.from(x, (_, i) => (i === k ? 1 : 0));
      const half = Math.sqrt(25 / (linear.minimize(x, held) - lowest));
      expect(low).toBeLessThanOrEqual(best[k]! - half);
      expect(high).toBeGreaterThanOrEqual(best[k]! + half);
      // One node more on each side, of 15 over a box that was at most a quarter longer.
      expect(high - low).toBeLessThan(3 * half);
    });
  });

  it("does not grow for places that are high, and is the whole range where nothing bounds it", () => {
    const box = reachOf(wide, data, 25, [[300, -200]]);
    expect(box[0]![1]).toBeLessThan(300);
    const flat: Refit = { ...wide, minimize: () => 1, expected: (_, out) => out.fill(1) };
    expect(reachOf(flat, data, 25)).toEqual([
      [-500, 500],
      [-500, 500],
    ]);
  });
});

describe("the search for the lowest chi^2", () => {
  it("finds the minimum of a parabola", () => {
    const search = searchOf(linear, searchTables(linear, blankToy(linear)));
    const toy: Toy = { observed: Float64Array.of(3, -2, 4, 1), centres: Float64Array.of(0, 0, 0.8) };
    linear.setData(toy.observed, toy.centres);
    const x = new Float64Array(3);
    expect(search.lowest(toy)).toBeCloseTo(linear.minimize(x, new Uint8Array(3)), 10);
    expect([...search.best]).toEqual([...x].map((value) => expect.closeTo(value, 9)));
  });

  it("stops at what is enough", () => {
    let searches = 0;
    const square = squareModel(2, [3, 5, 1]);
    const counting: Refit = {
      ...square,
      minimize: (x, held) => {
        searches++;
        return square.minimize(x, held);
      },
    };
    const toy: Toy = { observed: Float64Array.of(8, 12, 3), centres: new Float64Array(1) };
    const search = searchOf(counting, searchTables(square, toy));
    counting.setData(toy.observed, toy.centres);
    const lowest = search.lowest(toy);
    expect(searches).toBe(2);
    expect(search.lowest(toy, lowest + 1)).toBeCloseTo(lowest, 9);
    expect(searches).toBe(3);
  });

  it("goes on where some searches fail, and says when all do", () => {
    const square = squareModel(2, [3, 5, 1]);
    const half: Refit = { ...square, minimize: (x, held) => (x[0]! < 0 ? Number.NaN : square.minimize(x, held)) };
    const toy: Toy = { observed: Float64Array.of(8, 12, 3), centres: new Float64Array(1) };
    square.setData(toy.observed, toy.centres);
    const tables = searchTables(square, toy);
    const search = searchOf(half, tables);
    expect(search.lowest(toy)).toBeLessThan(5);
    expect(search.best[0]).toBeGreaterThan(0);
    expect(searchOf({ ...square, minimize: () => Number.NaN }, tables).lowest(toy)).toBeNaN();
  });

  it("misses no minimum of random models that a search from every node finds", () => {
    let different = 0;
    let compared = 0;
    fc.assert(
      fc.property(signals, fc.integer({ min: 0, max: 1e6 }), (model, seed) => {
        const window = [
          [-2, 2],
          [-2, 2],
        ] as const;
        const refit = openRefit(refitModel(model, [], {}, window));
        const observed = Float64Array.from(model.blocks.flatMap((one) => [...one.observed]));
        const tables = searchTables(refit, { observed, centres: new Float64Array(refit.unknowns) });
        const [search, thorough] = [searchOf(refit, tables), searchOf(refit, tables, true)];
        const random = stream(seed, 0, 0);
        const truth = new Float64Array(refit.unknowns);
        const expected = new Float64Array(refit.cells);
        const toy = blankToy(refit);
        for (let k = 0; k < 5; k++) {
          random.restart(0, k);
          truth[0] = 3 * random.uniform() - 1.5;
          truth[1] = 3 * random.uniform() - 1.5;
          refit.expected(truth, expected);
          drawToy(refit, expected, truth, random, toy);
          refit.setData(toy.observed, toy.centres);
          compared++;
          if (!(search.lowest(toy) <= thorough.lowest(toy) + 1e-5)) different++;
        }
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(compared).toBe(300);
    expect(different).toBe(0);
  });
});
