import { describe, expect, it } from "vitest";
import { recoils, shapeOf, structures } from "../../src/interactions/structures.ts";

describe("structures", () => {
  // Their numbers are checked against explicit spinors in cross-section.test.ts and generalized.test.ts.
  it("change sign with the helicity only in VA and R", () => {
    for (const structure of structures) {
      for (const recoil of recoils) {
        for (const spin of [0, 0.5, 3.5]) {
          const neutrino = Object.values(shapeOf(structure, recoil, 1, spin));
          const antineutrino = Object.values(shapeOf(structure, recoil, -1, spin));
          const odd = structure === "VA" || structure === "R";
          expect(
            antineutrino.map((x) => x + 0),
            structure,
          ).toEqual(neutrino.map((x) => (odd ? -x : x) + 0));
        }
      }
    }
  });

  it("drop y^2 in `full` and every y in `leading`", () => {
    for (const structure of structures) {
      const { one, t, y, yy } = shapeOf(structure, "exact", 1, 0.5);
      expect(yy, structure).not.toBe(0);
      expect(shapeOf(structure, "full", 1, 0.5), structure).toEqual({ one, t, y, yy: 0 });
      expect(shapeOf(structure, "leading", 1, 0.5), structure).toEqual({ one, t, y: 0, yy: 0 });
    }
  });

  it("know of the spin only whether there is one, and only in `exact`", () => {
    for (const structure of structures) {
      for (const recoil of recoils) {
        expect(shapeOf(structure, recoil, 1, 0.5)).toEqual(shapeOf(structure, recoil, 1, 3.5));
        if (recoil !== "exact") expect(shapeOf(structure, recoil, 1, 0)).toEqual(shapeOf(structure, recoil, 1, 0.5));
      }
    }
  });
});
