import { describe, expect, it } from "vitest";
import { levelsText } from "../../web/parts/plane-levels.ts";

// Quantiles of chi^2 with two degrees of freedom, -2 ln(1 - cl); of one, 2.71 (tables).
const regions = [
  { cl: 0.95, deltaChi2: 5.99 },
  { cl: 0.9, deltaChi2: 4.61 },
];

describe("levels of a plane in words", () => {
  it("say for how many degrees of freedom, the lowest level first", () => {
    expect(levelsText({ dof: 2, regions })).toBe("2 degrees of freedom: 90 % is Δχ² < 4.61, 95 % 5.99");
    expect(levelsText({ dof: 1, regions: [{ cl: 0.9, deltaChi2: 2.71 }] })).toBe(
      "1 degree of freedom: 90 % is Δχ² < 2.71",
    );
  });

  it("are short where there is one line", () => {
    expect(levelsText({ dof: 2, regions }, true)).toBe("2 dof: 90 % is Δχ² < 4.61, 95 % 5.99");
    expect(levelsText({ dof: 2, regions: [] })).toBe("");
  });
});
