/**
 * Shape pulls of every shipped likelihood: at -1, 0 and +1 standard deviation they give the three templates, got here by
 * setting the inputs, or from the released tables; between and beyond them they are smooth.
 */
import { describe, expect, it } from "vitest";
import { type PredictResult, parseSpec, predict, prepare, type SpecInput } from "../../src/analysis/index.ts";
import { formFactors } from "../../src/nuclei/form-factors/index.ts";
import { nominalValue } from "../../src/statistics/index.ts";
import { library, sum } from "../analysis/shipped.ts";
import { expectRelative, expectWithin } from "../relative.ts";
import { likelihoods, type ShippedLikelihood } from "./likelihoods.ts";

type Cells = readonly number[];
type Declared = ShippedLikelihood["experiment"]["declaration"]["nuisances"][number];
type Shape = Extract<Declared, { kind: "shape" }>;

const couplings = { xi_V: 0.1, xi_S: 0.3 };
const shapes = likelihoods.flatMap(({ name, experiment }) =>
  experiment.declaration.nuisances.flatMap((one) =>
    one.kind === "shape" ? [{ label: `${name} ${one.name}`, name, experiment, shape: one }] : [],
  ),
);

function run(name: string, input: Omit<SpecInput, "experiments"> = {}, set: Record<string, string> = {}) {
  const [id, likelihood] = name.split("@") as [string, string];
  const parameters = { ...couplings, ...input.parameters };
  const experiments = [{ id, likelihood, set }];
  return predict(prepare(parseSpec({ experiments, ...input, parameters }), library));
}

const componentOf = (result: PredictResult, component: string): readonly Cells[] =>
  result.components.filter((one) => one.name === component).map((one) => one.counts);

const prepared = new Map(
  [...new Set(shapes.map(({ name }) => name))].map((name) => [
    name,
    prepare(parseSpec({ experiments: [name], parameters: couplings }), library),
  ]),
);

/** Cells of each flavour, or of a background, at a pull; everything else nominal. */
function at({ name, experiment, shape }: (typeof shapes)[number], pull: number): readonly Cells[] {
  const analysis = prepared.get(name)!;
  const nominal = analysis.nuisances.map((one): [string, number] => [one.name, nominalValue(one)]);
  const values = { ...Object.fromEntries(nominal), [`${experiment.id}.${shape.name}`]: pull };
  const { components } = analysis.likelihood([], values).detail([]);
  return components.filter((one) => one.name === shape.components[0]).map((one) => [...one.counts]);
}

/** Templates at one standard deviation, without any morph. */
function templates(one: (typeof shapes)[number], sign: 1 | -1): readonly Cells[] {
  const { name, experiment, shape } = one;
  const { inputs } = experiment.file;
  const { variation } = shape;
  const side = sign === 1 ? "plus" : "minus";
  if (variation.type === "inputs") {
    const set = Object.entries(variation[side]).map(([input, other]) => {
      const { value, unit } = inputs[other]!;
      return [input, `${value} ${unit}`];
    });
    return componentOf(run(name, {}, Object.fromEntries(set)), "cevns");
  }
  if (variation.type === "input-step") {
    const { value, unit } = inputs[variation.input]!;
    const moved = value * (1 + sign * inputs[variation.step]!.value);
    return componentOf(run(name, {}, { [variation.input]: `${moved} ${unit}` }), "cevns");
  }
  if (variation.type === "neutron-radius") {
    const neutronRadiiFm = Object.fromEntries(
      experiment.material.nuclides.map(({ isotope }) => [
        isotope.name,
        formFactors["helm"]!.defaultRadiusFm(isotope) * (1 + sign * inputs[variation.step]!.value),
      ]),
    );
    return componentOf(run(name, { formFactor: { model: "helm", neutronRadiiFm } }), "cevns");
  }
  return fromTables(one, variation, side);
}

/** Released variants on this prediction's cells, with its sum; the missing side mirrored and cut at zero. */
function fromTables(
  { name, experiment, shape }: (typeof shapes)[number],
  variation: Extract<Shape["variation"], { type: "templates" }>,
  side: "plus" | "minus",
): readonly Cells[] {
  const { columns } = library.load(experiment.id).tables[variation.table]!;
  const cells = [...columns["energy"]!].map((energy, row) => {
    const bin = (value: number, low: number, width: number): number => Math.floor((value - low) / width + 1e-6);
    return (
      (bin(energy, 0, 10) * 8 + bin(columns["f90"]![row]!, 0.5, 0.05)) * 10 + bin(columns["time"]![row]!, -0.1, 0.5)
    );
  });
  const read = (column: string): number[] => {
    const out = new Array<number>(960).fill(0);
    cells.forEach((cell, row) => {
      out[cell]! += columns[column]![row]!;
    });
    return out;
  };
  const scaled = (counts: Cells, total: number): Cells => counts.map((n) => n * (total / sum(counts)));
  const [nominal, plus] = [read(variation.nominal), read(variation.plus)];
  const minus = variation.minus === undefined ? null : read(variation.minus);
  const sided = (of: Cells, variant: (column: Cells) => Cells): Cells => {
    const up = scaled(variant(plus), sum(of));
    if (side === "plus") return up;
    if (minus !== null) return scaled(variant(minus), sum(of));
    return scaled(
      of.map((n, i) => Math.max(0, 2 * n - up[i]!)),
      sum(of),
    );
  };
  if (shape.components[0] !== "cevns") {
    const [counts] = componentOf(run(name), shape.components[0]!);
    return [sided(counts!, (column) => column)];
  }
  // Every monomial of the couplings keeps its own sum: what is 1, xi_V + xi_V^2 and xi_S^2, one after the other.
  const standard = componentOf(run(name, { parameters: { xi_V: 0, xi_S: 0 } }), "cevns");
  const vector = componentOf(run(name, { parameters: { xi_S: 0 } }), "cevns");
  const both = componentOf(run(name), "cevns");
  const moved = (of: Cells): Cells =>
    sided(of, (column) => of.map((n, i) => (nominal[i]! > 0 ? (n * column[i]!) / nominal[i]! : n)));
  return both.map((counts, flavour) => {
    const parts = [
      standard[flavour]!,
      vector[flavour]!.map((n, i) => n - standard[flavour]![i]!),
      counts.map((n, i) => n - vector[flavour]![i]!),
    ].map(moved);
    return counts.map((_, i) => sum(parts.map((part) => part[i]!)));
  });
}

function expectCells(actual: readonly Cells[], expected: readonly Cells[], tolerance: number, what: string): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((cells, k) => {
    const largest = Math.max(...expected[k]!);
    cells.forEach((count, i) => {
      expectWithin(count, expected[k]![i]!, tolerance * largest, `${what}, ${k}, cell ${i}`);
    });
  });
}

it("finds them all", () => {
  expect(shapes.map(({ shape }) => shape.name).sort()).toEqual(
    [
      ["brn-energy", "brn-time", "brn-width", "cevns-f90", "cevns-time"],
      ["efficiency", "neutron-radius", "quenching-0", "quenching-1"],
      ["threshold-shift", "threshold-shift"],
    ].flat(),
  );
});

describe.each(shapes)("$label", (one) => {
  const [minus, none, plus] = [at(one, -1), at(one, 0), at(one, 1)];

  it("hits its three templates", () => {
    expectCells(none, componentOf(run(one.name), one.shape.components[0]!), 0, "at 0");
    // The same integrals or tables by another way: rounding. Panels of the fold move with the inputs, 1e-12 of the largest.
    expectCells(plus, templates(one, 1), 1e-11, "at +1");
    expectCells(minus, templates(one, -1), 1e-11, "at -1");
    // And they are three.
    const far = (a: readonly Cells[], b: readonly Cells[]): number =>
      Math.max(...a.flatMap((cells, k) => cells.map((n, i) => Math.abs(n - b[k]![i]!) / Math.max(...cells))));
    expect(far(plus, none)).toBeGreaterThan(1e-3);
    expect(far(minus, none)).toBeGreaterThan(1e-3);
  });

  it("is a parabola between them and straight lines beyond, continuous with its slope", () => {
    const h = 1e-4;
    for (const sign of [1, -1]) {
      const [inner, edge, outer] = [at(one, sign * (1 - h)), at(one, sign), at(one, sign * (1 + h))];
      const [far, farther] = [at(one, sign * 1.5), at(one, sign * 2)];
      const half = at(one, sign * 0.5);
      edge.forEach((cells, k) => {
        const largest = Math.max(...cells);
        const [back, front] = [none[k]!, edge[k]!];
        const other = (sign === 1 ? minus : plus)[k]!;
        cells.forEach((count, i) => {
          const what = `${sign}, flavour ${k}, cell ${i}`;
          // Cells that were cut at zero have no law.
          if (farther[k]![i] === 0 || half[k]![i] === 0) return;
          const bend = (front[i]! + other[i]!) / 2 - back[i]!;
          const [below, above] = [count - inner[k]![i]!, outer[k]![i]! - count];
          // One-sided differences of the slope differ by half the second derivative times h; rounding over h.
          expectWithin(below / h, above / h, 1.01 * h * Math.abs(bend) + 1e-9 * largest, what);
          // The parabola through the three templates, and its tangent at the outer ones.
          const parabola = back[i]! + (front[i]! - other[i]!) / 4 + bend / 4;
          expectWithin(half[k]![i]!, parabola, 1e-13 * largest, what);
          const slope = (front[i]! - other[i]!) / 2 + 2 * bend;
          expectWithin(far[k]![i]!, count + slope / 2, 1e-13 * largest, what);
          expectWithin(farther[k]![i]!, count + slope, 1e-13 * largest, what);
        });
      });
    }
  });
});

it("several pulls add what each changes", () => {
  for (const name of ["coherent-csi-2021@poisson", "coherent-lar-2020@poisson"]) {
    const own = shapes.filter((one) => one.name === name && one.shape.components[0] === "cevns");
    const pulls = own.map((one, k): [string, number] => [`${one.experiment.id}.${one.shape.name}`, 0.4 - 0.3 * k]);
    const nominal = componentOf(run(name), "cevns");
    const together = componentOf(run(name, { parameters: Object.fromEntries(pulls) }), "cevns");
    const apart = pulls.map((pull) => componentOf(run(name, { parameters: Object.fromEntries([pull]) }), "cevns"));
    const expected = nominal.map((cells, k) => cells.map((n, i) => n + sum(apart.map((moved) => moved[k]![i]! - n))));
    expectCells(together, expected, 1e-13, name);
  }
});

it("released variants of argon keep the sum, but for cells that a parabola takes below zero", () => {
  const own = shapes.filter((one) => one.name === "coherent-lar-2020@poisson");
  for (const one of own) {
    const nominal = at(one, 0).map(sum);
    for (const pull of [-1, -0.3, 0.7, 1]) {
      const nuisance = `${one.experiment.id}.${one.shape.name}`;
      const result = run(one.name, { parameters: { [nuisance]: pull } });
      componentOf(result, one.shape.components[0]!)
        .map(sum)
        .forEach((total, k) => {
          const what = `${one.label} at ${pull}`;
          if (result.clipped === 0) expectRelative(total, nominal[k]!, 1e-12, what);
          // Between three templates of which one is empty in a cell; an effect of two per mille at most.
          else expectRelative(total, nominal[k]!, 2e-3, what);
          if (Math.abs(pull) === 1) expect(result.clipped, what).toBe(0);
          else expect(total, what).toBeGreaterThan(nominal[k]! * (1 - 1e-12));
        });
    }
  }
});

it("what a pull moves below zero is set to zero and counted", () => {
  const [id, pull] = ["coherent-lar-2020", "coherent-lar-2020.brn-energy"];
  const result = run(`${id}@poisson`, { parameters: { [pull]: 5 } });
  const [moved] = componentOf(result, "brn");
  const [one, two] = [1, 2].map(
    (value) => componentOf(run(`${id}@poisson`, { parameters: { [pull]: value } }), "brn")[0]!,
  );
  // Straight beyond one standard deviation.
  const straight = one!.map((n, i) => n + 4 * (two![i]! - n));
  const negative = straight.filter((n) => n < -1e-9).length;
  expect(negative).toBeGreaterThan(0);
  expect(Math.min(...moved!)).toBe(0);
  expect(result.clipped).toBe(negative);
  moved!.forEach((n, i) => {
    expectWithin(n, Math.max(0, straight[i]!), 1e-11);
  });
});
