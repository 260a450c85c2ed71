import { describe, expect, it } from "vitest";
import { dimensionOf, toInternal, unitNames } from "../src/units.ts";
import { expectRelative } from "./relative.ts";

describe("units", () => {
  it.each([
    [14.6, "kg", 14.6],
    [14600, "g", 14.6],
    [0.0146, "t", 14.6],
    [19.3, "m", 1930],
    [52.8, "MeV", 52.8],
    [0.0528, "GeV", 52.8],
    [100, "eVnr", 1e-4],
    [9.27, "keVnr", 9.27e-3],
    [0.75, "keVee", 7.5e-4],
    [1.17, "PE/keVnr", 1170],
    [13.348, "PE/keVee", 13348],
    [308.1, "d", 26619840],
    [0.5, "h", 1800],
    [440, "ns", 4.4e-7],
    [6, "us", 6e-6],
    [28, "%", 0.28],
    [0.4942, "1/PE", 0.4942],
    [2, "GW", 2000],
    [7.48, "GW h", 7.48],
  ])("converts %d %s to %d in MeV, cm, s, kg", (value, unit, expected) => {
    // One multiplication by a factor that is itself rounded.
    expectRelative(toInternal(value, unit), expected, 3e-16);
  });

  it.each(["1", "PE", "kg", "cm", "fm", "s", "MeV", "MeVnr", "MeVee", "1/PE", "MW", "GW h", "1/(GW h)"])(
    "keeps numbers in %s, a unit of the inside",
    (unit) => {
      expect(toInternal(3.25, unit)).toBe(3.25);
    },
  );

  it("tells nuclear recoil from electron-equivalent energy", () => {
    expect(dimensionOf("keVnr")).not.toBe(dimensionOf("keVee"));
    expect(dimensionOf("PE/keVnr")).not.toBe(dimensionOf("PE/keVee"));
    expect(dimensionOf("keVnr")).toBe(dimensionOf("eVnr"));
    expect(dimensionOf("MeV")).not.toBe(dimensionOf("MeVnr"));
  });

  it("gives a positive finite factor and a dimension for every unit", () => {
    expect(new Set(unitNames).size).toBe(unitNames.length);
    for (const unit of unitNames) {
      expect(dimensionOf(unit), unit).toBeTruthy();
      expect(toInternal(1, unit), unit).toBeGreaterThan(0);
      expect(toInternal(1, unit), unit).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });

  it.each(["keV", "mev", "", "toString", "__proto__"])("knows no unit %j", (unit) => {
    expect(dimensionOf(unit)).toBeUndefined();
    expect(toInternal(1, unit)).toBeNaN();
  });

  it("keeps NaN", () => {
    expect(toInternal(Number.NaN, "kg")).toBeNaN();
  });
});
