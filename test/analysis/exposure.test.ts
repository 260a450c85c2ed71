/** Inputs that scale everything: what a detector would see with more of them. */
import { describe, expect, it } from "vitest";
import { parseSpec, predict, prepare } from "../../src/analysis/index.ts";
import { likelihoods } from "../laws/likelihoods.ts";
import { expectRelative, expectWithin } from "../relative.ts";
import { library } from "./shipped.ts";

/** One factor, written and read with 17 digits; far tails are smaller than any double that keeps its digits. */
function expectScaled(actual: readonly number[], expected: readonly number[], factor: number, what: string): void {
  const largest = Math.max(...expected);
  actual.forEach((count, cell) => {
    const scaled = factor * expected[cell]!;
    expectWithin(count, scaled, 1e-13 * scaled + 1e-30 * largest, `${what}, cell ${cell}`);
  });
}

const predicted = (name: string, set: Record<string, string>, data: "observed" | "asimov" = "observed") => {
  const [id, likelihood] = name.split("@") as [string, string];
  return predict(
    prepare(parseSpec({ experiments: [{ id, likelihood, set, data }], parameters: { xi_V: 0.1 } }), library),
  );
};

describe.each(likelihoods)("$name", ({ name, experiment }) => {
  const exposure = experiment.declaration.exposure!;
  const { value, unit } = experiment.file.inputs[exposure]!;
  const times = (factor: number) => ({ [exposure]: `${factor * value} ${unit}` });

  it("exposure scales signal and backgrounds alike", () => {
    const released = predicted(name, {});
    for (const factor of [10, 0.25]) {
      const scaled = predicted(name, times(factor));
      expect(scaled.components.map((one) => one.name)).toEqual(released.components.map((one) => one.name));
      scaled.components.forEach((one, k) => {
        expectScaled(one.counts, released.components[k]!.counts, factor, one.name);
      });
    }
  });

  it("leaves what was observed, moves Asimov data with it, and is said in the notes", () => {
    const [released, scaled] = [predicted(name, {}), predicted(name, times(10))];
    if (experiment.statistics === "projection") {
      // Nothing was observed; what is expected is what its data are.
      expect([released.observed, scaled.observed]).toEqual([null, null]);
      expectRelative(scaled.total[0]!, 10 * released.total[0]!, 1e-13);
    } else {
      expect(scaled.observed).toEqual(released.observed);
      expect(scaled.errors).toEqual(released.errors);
      const [before, after] = [predicted(name, {}, "asimov"), predicted(name, times(10), "asimov")];
      expectScaled(after.observed!, before.observed!, 10, "data");
    }
    const note = scaled.notes.find((one) => one.startsWith(`${experiment.id}.${exposure} set to`));
    expect(note).toContain(`released: ${value} ${unit}`);
    expect(released.notes.some((one) => one.includes("set to"))).toBe(false);
  });

  it("mass scales the signal alone, distance by its square", () => {
    const inputs = experiment.file.inputs;
    const released = predicted(name, {});
    const mass = predicted(name, { mass: `${3 * inputs["mass"]!.value} kg` });
    const far = predicted(name, { distance: `${2 * inputs["distance"]!.value} m` });
    released.components.forEach((one, k) => {
      const [times3, quarter] = one.name === "cevns" ? [3, 0.25] : [1, 1];
      expectScaled(mass.components[k]!.counts, one.counts, times3, `mass, ${one.name}`);
      expectScaled(far.components[k]!.counts, one.counts, quarter, `distance, ${one.name}`);
    });
  });
});
