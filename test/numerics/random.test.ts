import { describe, expect, it } from "vitest";
import { normalQuantile, openUniform, philoxBlocks, type RandomStream, stream } from "../../src/numerics/random.ts";
import reference from "../reference/random.json" with { type: "json" };
import { expectRelative, expectWithin } from "../relative.ts";

/** Hands out draws of one number each, from streams of successive toys, a hundred a toy. */
function draw(count: number, one: (random: RandomStream) => number, use: (x: number) => void): void {
  const random = stream(20240607, 17, 0);
  for (let k = 0; k < count; k++) {
    if (k % 100 === 0) random.restart(17, k / 100);
    use(one(random));
  }
}

interface Sample {
  /** Pearson's chi^2 of the counts in the bins. */
  readonly chi2: number;
  readonly mean: number;
  readonly variance: number;
  /** Largest difference between both distribution functions at the ends of the bins. */
  readonly distance: number;
}

/**
 * @param ends of the bins, which include them; the first bin has no lower, the last no upper end
 * @param centre about the mean, so that the variance does not cancel
 */
function sample(
  draws: number,
  one: (random: RandomStream) => number,
  { ends, probabilities }: { readonly ends: readonly number[]; readonly probabilities: readonly number[] },
  centre = 0,
): Sample {
  const counts = new Float64Array(ends.length + 1);
  let [sum, squares] = [0, 0];
  draw(draws, one, (x) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x <= ends[middle]!) high = middle;
      else low = middle + 1;
    }
    counts[low]!++;
    sum += x - centre;
    squares += (x - centre) ** 2;
  });
  let [chi2, below, expectedBelow, distance] = [0, 0, 0, 0];
  probabilities.forEach((p, k) => {
    chi2 += (counts[k]! - p * draws) ** 2 / (p * draws);
    below += counts[k]! / draws;
    expectedBelow += p;
    distance = Math.max(distance, Math.abs(below - expectedBelow));
  });
  return { chi2, mean: centre + sum / draws, variance: squares / draws - (sum / draws) ** 2, distance };
}

/** Correlation coefficient times the root of the number of pairs: a standard normal number where there is none. */
function correlation(first: readonly number[], second: readonly number[]): number {
  const n = first.length;
  const mean = (x: readonly number[]) => x.reduce((sum, one) => sum + one, 0) / n;
  const [a, b] = [mean(first), mean(second)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [x, y] = [first[k]! - a, second[k]! - b];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return (Math.sqrt(n) * ab) / Math.sqrt(aa * bb);
}

describe("Philox4x32-10", () => {
  // Random123 1.14, tests/kat_vectors, lines "philox4x32 10": counter, key, result.
  const published = [
    "00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1",
  ].map((line) => line.split(" ").map((word) => Number.parseInt(word, 16)));
  const blocks = (state: readonly number[]): number[] => {
    const words = new Int32Array(8);
    philoxBlocks(Int32Array.from(state), words);
    return Array.from(words, (word) => word >>> 0);
  };

  it.each(published.map((line) => [line]))("gives the published answer as its first block: %j", (line) => {
    expect(blocks(line.slice(0, 6)).slice(0, 4)).toEqual(line.slice(6));
  });

  it.each(published.map((line) => [line]))("and as its second, of the next counter: %j", (line) => {
    const before = [(line[0]! - 1) >>> 0, ...line.slice(1, 6)];
    expect(blocks(before).slice(4)).toEqual(line.slice(6));
  });

  it("leaves counter and key as they are", () => {
    const state = Int32Array.of(1, 2, 3, 4, 5, 6);
    philoxBlocks(state, new Int32Array(8));
    expect([...state]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("streams", () => {
  it.each(reference.streams)("of seed $seed, point $point, toy $toy are those of the definition", (one) => {
    const random = stream(one.seed, one.point, one.toy);
    expect(one.uniforms.map(() => random.uniform())).toEqual(one.uniforms);
  });

  it("depend on neither order nor what was drawn before", () => {
    const numbers = (random: RandomStream) => [
      random.uniform(),
      ...[0.2, 700, 8, 40].map((mean) => random.poisson(mean)),
      random.normal(),
    ];
    const pairs = [
      [0, 0],
      [0, 1],
      [1, 0],
      [4294967295, 12],
      [12, 4294967295],
    ] as const;
    const fresh = pairs.map(([point, toy]) => numbers(stream(99, point, toy)));
    expect(new Set(fresh.map(String)).size).toBe(pairs.length);
    const reused = stream(99, 5, 5);
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 2, 4, 1, 3],
    ]) {
      for (const k of order) {
        const [point, toy] = pairs[k]!;
        reused.restart(point, toy);
        expect(numbers(reused)).toEqual(fresh[k]);
        // Left at every place of a pair of blocks.
        for (let extra = 0; extra < k; extra++) reused.uniform();
      }
    }
  });

  it("share no number between keys that differ in one bit", () => {
    const seen = new Set<number>();
    let drawn = 0;
    const add = (seed: number, point: number, toy: number) => {
      const random = stream(seed, point, toy);
      for (let k = 0; k < 20; k++) seen.add(random.uniform());
      drawn += 20;
    };
    add(0, 0, 0);
    for (let bit = 0; bit < 32; bit++) {
      add(2 ** bit, 0, 0);
      add(0, 2 ** bit, 0);
      add(0, 0, 2 ** bit);
    }
    for (let bit = 32; bit < 53; bit++) add(2 ** bit, 0, 0);
    // Of 2400 numbers of 53 bits two are equal by chance once in 3e9.
    expect(seen.size).toBe(drawn);
  });

  it("are uncorrelated between neighbouring toys, points and seeds, and along themselves", () => {
    const n = 40_000;
    const random = stream(3, 0, 0);
    const first = (point: number, toy: number) => {
      random.restart(point, toy);
      return random.uniform();
    };
    const range = Array.from({ length: n + 8 }, (_, k) => k);
    const along = stream(3, 1, 1);
    const sequences = {
      toys: range.map((k) => first(8, k)),
      points: range.map((k) => first(k, 8)),
      seeds: range.map((k) => stream(k, 8, 8).uniform()),
      along: range.map(() => along.uniform()),
      "along, normal": range.map(() => along.normal()),
      "along, Poisson": range.map(() => along.poisson(4)),
    };
    for (const [name, sequence] of Object.entries(sequences))
      for (const lag of [1, 2, 3, 4, 8]) {
        const value = correlation(sequence.slice(0, n), sequence.slice(lag, n + lag));
        // 30 normal numbers: one beyond 4.5 comes once in 5000.
        expectWithin(value, 0, 4.5, `${name}, lag ${lag}`);
      }
    // What was tested can fail: half of each number is that of its neighbour.
    const mixed = sequences.toys.map((x, k) => x + (sequences.toys[k + 1] ?? 0) / 20);
    expect(correlation(mixed.slice(0, n), mixed.slice(1, n + 1))).toBeGreaterThan(4.5);
  });

  it("fill the square of neighbouring toys evenly", () => {
    const cells = new Float64Array(256);
    const random = stream(11, 0, 0);
    const n = 200_000;
    let before = 0.5;
    for (let toy = 0; toy < n; toy++) {
      random.restart(2, toy);
      const now = random.uniform();
      cells[16 * Math.floor(16 * before) + Math.floor(16 * now)]!++;
      before = now;
    }
    const expected = n / 256;
    const chi2 = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Overlapping pairs: 240 degrees of freedom instead of 255; 255 +- 4.5 sqrt(2 255) holds both.
    expectWithin(chi2, 248, 105);
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("refuse the seed %d", (seed) => {
    expect(() => stream(seed, 0, 0)).toThrow(/seed must be an integer/);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])("refuse the index %d", (index) => {
    expect(() => stream(0, index, 0)).toThrow(/point and toy must be integers/);
    expect(() => stream(0, 0, index)).toThrow(/point and toy must be integers/);
    expect(() => stream(0, 0, 0).restart(index, 0)).toThrow(/point and toy must be integers/);
  });
});

describe("uniform numbers", () => {
  it("lie inside (0, 1) whatever the bits, and use 53 of them", () => {
    expect(openUniform(0, 0)).toBe(2 ** -54);
    expect(openUniform(-1, -1)).toBe(1 - 2 ** -53);
    expect(openUniform(0, 1 << 11)).toBe(2 ** -53);
    expect(openUniform(1, 0)).toBe(2 ** -32);
    expect(openUniform(-(2 ** 31), 0)).toBe(0.5);
  });

  it("fill a hundred bins evenly, down to their last bit", () => {
    const bins = {
      ends: Array.from({ length: 99 }, (_, k) => (k + 1) / 100),
      probabilities: new Array(100).fill(0.01),
    };
    let [inside, odd] = [0, 0];
    const n = 1_000_000;
    const found = sample(
      n,
      (random) => {
        const x = random.uniform();
        if (x > 0 && x < 1) inside++;
        odd += (x * 2 ** 53) % 2;
        return x;
      },
      bins,
    );
    expect(inside).toBe(n);
    // 99 degrees of freedom: 148.2 is exceeded with a probability of 1e-3, 160.1 with 1e-4.
    expect(found.chi2).toBeLessThan(160.1);
    // Standard errors 1/sqrt(12 n) and 1/sqrt(180 n).
    expectWithin(found.mean, 1 / 2, 4 / Math.sqrt(12 * n));
    expectWithin(found.variance, 1 / 12, 4 / Math.sqrt(180 * n));
    expectWithin(odd, n / 2, 4 * Math.sqrt(n / 4));
  });
});

describe("normal quantile", () => {
  it("agrees with mpmath in both tails and where the method changes", () => {
    expect(reference.quantile.some(([p]) => p! < 1e-16)).toBe(true);
    for (const [p, x] of reference.quantile as [number, number][]) {
      if (x === 0) expect(normalQuantile(p)).toBe(0);
      // Wichura's rational functions are good to 1e-16, their evaluation adds a few roundings.
      else expectRelative(normalQuantile(p), x, 1.5e-15, `quantile of ${p}`);
    }
  });

  it("is NaN outside (0, 1)", () => {
    for (const p of [0, 1, -0.1, 1.1, Number.NaN]) expect(normalQuantile(p), String(p)).toBeNaN();
  });
});

describe("normal numbers", () => {
  const { ends, probabilities, critical } = reference.normal;
  const n = 1_000_000;
  const found = sample(n, (random) => random.normal(), reference.normal);

  it("fill the bins from -4 to 4 and the tails", () => {
    expect(ends[0]).toBe(-4);
    expect(probabilities[0]! * n).toBeGreaterThan(30);
    expect(found.chi2).toBeLessThan(critical);
  });

  it("have a distribution function within Kolmogorov's distance", () => {
    // Exceeded with a probability of 1e-4: sqrt(ln(2/1e-4)/2).
    expect(found.distance * Math.sqrt(n)).toBeLessThan(2.226);
  });

  it("have mean 0 and variance 1", () => {
    expectWithin(found.mean, 0, 4 / Math.sqrt(n));
    expectWithin(found.variance, 1, 4 * Math.sqrt(2 / n));
  });

  it("fail these tests when they are 1 % too wide or shifted by 1 %", () => {
    const wide = sample(n, (random) => 1.01 * random.normal(), reference.normal);
    expect(wide.chi2).toBeGreaterThan(critical);
    expect(wide.variance - 1).toBeGreaterThan(4 * Math.sqrt(2 / n));
    const shifted = sample(n, (random) => 0.01 + random.normal(), reference.normal);
    expect(shifted.chi2).toBeGreaterThan(critical);
    expect(shifted.distance * Math.sqrt(n)).toBeGreaterThan(2.226);
  });
});

describe("Poisson counts", () => {
  it.each(reference.poisson)("of mean $mean follow the distribution", (bins) => {
    const { mean, draws } = bins;
    let whole = true;
    const one = (random: RandomStream) => {
      const count = random.poisson(mean);
      whole &&= Number.isSafeInteger(count) && count >= 0;
      return count;
    };
    const found = sample(draws, one, bins, mean);
    expect(whole).toBe(true);
    expect(found.chi2).toBeLessThan(bins.critical);
    expectWithin(found.mean, mean, 4 * Math.sqrt(mean / draws), "mean");
    // The fourth central moment is mean + 3 mean^2.
    expectWithin(found.variance, mean, 4 * Math.sqrt((mean + 2 * mean ** 2) / draws), "variance");
  });

  it.each(reference.poisson)("fail that test when the mean is off by 1 %: $mean", (bins) => {
    const found = sample(bins.draws, (random) => random.poisson(1.01 * bins.mean), bins);
    expect(found.chi2).toBeGreaterThan(bins.critical);
  });

  it("of means that change from draw to draw stay Poisson", () => {
    const means = [0.3, 250, 11, 4, 9.999, 0, 10, 1000];
    const sums = means.map(() => [0, 0]);
    const random = stream(5, 0, 0);
    const n = 50_000;
    for (let toy = 0; toy < n; toy++) {
      random.restart(1, toy);
      means.forEach((mean, k) => {
        const deviation = random.poisson(mean) - mean;
        sums[k]![0]! += deviation;
        sums[k]![1]! += deviation ** 2;
      });
    }
    means.forEach((mean, k) => {
      const [sum, squares] = sums[k] as [number, number];
      expectWithin(sum / n, 0, 4.5 * Math.sqrt(mean / n), `mean ${mean}`);
      expectWithin(squares / n, mean, 4.5 * Math.sqrt((mean + 2 * mean ** 2) / n), `variance at ${mean}`);
    });
  });

  it("reach means of 1e12 with the right spread", () => {
    const mean = 1e12;
    // Normal there: a skewness of 1e-6, steps of 1e-6 standard deviations.
    const found = sample(200_000, (random) => (random.poisson(mean) - mean) / 1e6, reference.normal);
    expect(found.chi2).toBeLessThan(reference.normal.critical);
  });

  it("of mean 0 are 0, of impossible means NaN", () => {
    const random = stream(1, 2, 3);
    for (let k = 0; k < 1000; k++) expect(random.poisson(0)).toBe(0);
    for (const mean of [-1, -1e-300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(random.poisson(mean), String(mean)).toBeNaN();
  });

  it("are those of the stream's uniforms by inversion, for small means", () => {
    // Sums of 1/e, 1/e, 1/(2 e), 1/(6 e): probabilities of 0, 1, 2, 3 and less at mean 1.
    const ends = [0.36787944117144233, 0.7357588823428847, 0.9196986029286058, 0.98101184312384615];
    const [random, same] = [stream(4, 0, 0), stream(4, 0, 0)];
    for (let k = 0; k < 1000; k++) {
      const u = same.uniform();
      const count = random.poisson(1);
      if (u < ends[3]!) expect(count).toBe(ends.findIndex((end) => u <= end));
      else expect(count).toBeGreaterThan(3);
    }
  });
});
