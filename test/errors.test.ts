import { describe, expect, it } from "vitest";
import { formatIssue, NurecoilError, nearest, suggestion, usageError } from "../src/errors.ts";

describe("errors", () => {
  it("says where, what and the way out in one line", () => {
    expect(
      formatIssue({ file: "experiment.json", path: "inputs.mass.value", message: "must be above 0", hint: "in kg" }),
    ).toBe("experiment.json: inputs.mass.value: must be above 0 (in kg)");
    expect(formatIssue({ message: "no experiment given" })).toBe("no experiment given");
    expect(formatIssue({ file: "", path: "line 12", message: "too short" })).toBe("line 12: too short");
    expect(formatIssue({ file: "counts.csv", message: "empty" })).toBe("counts.csv: empty");
  });

  it("lists every issue in one error", () => {
    const error = new NurecoilError("file", [{ message: "first" }, { file: "b.csv", message: "second" }]);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("NurecoilError");
    expect(error.kind).toBe("file");
    expect(error.message).toBe("first\nb.csv: second");
    expect(error.issues).toHaveLength(2);
  });

  it("makes a usage error of a single issue", () => {
    const error = usageError("unknown isotope", "133Cs");
    expect([error.kind, error.message]).toEqual(["usage", "unknown isotope (133Cs)"]);
    expect(usageError("wrong").issues).toEqual([{ message: "wrong" }]);
  });
});

describe("nearest valid name", () => {
  const names = ["xi_S", "xi_V", "xi_T", "C_S_u", "coherent-csi-2017"];

  it.each([
    ["xi_s", "xi_S"],
    ["xi_v", "xi_V"],
    ["xiT", "xi_T"],
    ["x_iT", "xi_T"],
    ["C_S_U", "C_S_u"],
    ["coherent-csi-2016", "coherent-csi-2017"],
    ["COHERENT-CSI", "coherent-csi-2017"],
  ])("of %s is %s", (typed, expected) => {
    expect(nearest(typed, names)).toBe(expected);
  });

  it("counts two swapped letters as one mistake", () => {
    // Without swaps both names would be two mistakes away, and the first would win.
    expect(nearest("abdc", ["xydc", "abcd"])).toBe("abcd");
  });

  it("is none when nothing is near", () => {
    expect(nearest("temperature", names)).toBeUndefined();
    expect(nearest("xi_S", [])).toBeUndefined();
  });

  it("is suggested, or the list is, or how to see the list", () => {
    expect(suggestion("xi_s", names)).toBe('did you mean "xi_S"?');
    expect(suggestion("xi_V_m", ["xi_V", "xi_V_e", "xi_V_mu", "xi_V_tau"])).toBe('did you mean "xi_V_e" or "xi_V_mu"?');
    expect(suggestion("ab", ["ax", "ay", "az", "ab_", "bb"])).toBe('did you mean "ax", "ay", "az" or "ab_"?');
    expect(suggestion("temperature", names)).toBe(`valid: ${names.join(", ")}`);
    const many = Array.from({ length: 13 }, (_, i) => `name-${i}`);
    expect(suggestion("temperature", many)).toBe("13 valid names; see nurecoil list");
  });
});
