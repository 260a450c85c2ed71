/** Every result of the real binary against the schema that the real binary prints. */
import { describe, expect, it } from "vitest";
import { violations } from "./json-schema.ts";
import { json, nurecoil } from "./run.ts";

const experiment = "coherent-csi-2017";
const cases: readonly [kind: string, args: readonly string[], status?: number][] = [
  ["predict", ["predict", experiment, "--set", "xi_V=-0.1", "--set", `${experiment}.signal=1`]],
  ["chi2", ["chi2", experiment, "--set", "C_V_u_e=0.05", "--form-factor", "klein-nystrand"]],
  ["fit", ["fit", experiment, "--free", "xi_S,xi_V"]],
  // A flat minimum has no errors and open intervals.
  ["fit", ["fit", experiment, "--free", "C_S_u,C_S_d", "--sigma", "1"]],
  ["fit", ["fit", experiment, "--free", "xi_V", "--range", "xi_V=-0.05:0.05"]],
  ["scan", ["scan", experiment, "--grid", "xi_V=-2:1:4", "--grid", "xi_T=0:1:2", "--profile", "xi_S"]],
  ["region", ["region", experiment, "--plane", "xi_S,xi_V", "--cl", "0.9"]],
  ["region", ["region", experiment, "--plane", "xi_S,xi_V", "--range", "xi_S=-1:1", "--range", "xi_V=-1:1"], 1],
  ["spectrum", ["spectrum", experiment, "--recoil", "leading"]],
  ["spectrum", ["spectrum", "C3F8", "--set", "xi_T=0.1"]],
];

/** The same value with one thing broken: the checker must see it. */
function broken(result: Record<string, unknown>): Record<string, unknown>[] {
  const { version: _, ...without } = result;
  return [without, { ...result, surprise: 1 }, { ...result, format: "nurecoil/other/1" }, { ...result, notes: [1] }];
}

describe("a result fits its schema", () => {
  it.each([...cases])("%s: %j", (kind, args, status = 0) => {
    const schema = json(["schema", kind]);
    const result = json(args, status);
    expect(violations(schema, result)).toEqual([]);
    expect(result.format).toBe(`nurecoil/${kind}/1`);
    // Strict schemas with every field required: the keys of result and schema are the same set.
    expect(Object.keys(result).sort()).toEqual(Object.keys(schema.properties).sort());
    for (const one of broken(result)) expect(violations(schema, one)).not.toEqual([]);
  });
});

it("a spec in a result is a spec that can be run again, with the same result", () => {
  const result = json(["fit", experiment, "--free", "xi_V", "--convention", "A", "--cl", "0.95"]);
  expect(violations(json(["schema", "spec"]), result.spec)).toEqual([]);
  const again = nurecoil(["fit", "--spec", "-", "--json"], { input: JSON.stringify(result.spec) });
  expect(again.status).toBe(0);
  expect(JSON.parse(again.stdout)).toEqual(result);
});

it("the shipped experiment fits the schema of experiments", () => {
  const { found } = json(["show", experiment]);
  const schema = json(["schema", "experiment"]);
  expect(violations(schema, found[0].data)).toEqual([]);
  expect(violations(schema, { ...found[0].data, id: "No Name" })).not.toEqual([]);
});

it("JSON on stdout is one object and nothing else", () => {
  const { stdout, stderr } = nurecoil(["chi2", experiment, "--json"]);
  expect(stdout.startsWith("{")).toBe(true);
  expect(stdout.endsWith("}\n")).toBe(true);
  expect(() => JSON.parse(stdout)).not.toThrow();
  expect(stderr).toBe("");
});
