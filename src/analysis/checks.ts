/** Checks of a spec against itself and its targets. */

import { type Issue, suggestion } from "../errors.ts";
import type { Experiment } from "../experiments/build.ts";
import { parameterNames } from "./parameters.ts";
import type { AnalysisSpec } from "./spec.ts";

/** The parameter that is tested on its own, if there is one. */
function testedAlone({ toys }: Pick<AnalysisSpec, "toys">): readonly string[] {
  return toys?.parameter === undefined ? [] : [toys.parameter];
}

/** Parameters whose values a spec leaves open: free, on a grid, in a plane, profiled, tested. */
export function searchedNames(spec: Pick<AnalysisSpec, "free" | "grid" | "plane" | "profile" | "toys">): string[] {
  const { free, grid, plane, profile } = spec;
  return [...new Set([...free, ...grid.map((axis) => axis.name), ...(plane ?? []), ...profile, ...testedAlone(spec)])];
}

/** Values, ranges and lists that contradict themselves or each other. */
export function checkValues(spec: AnalysisSpec): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(spec.parameters)) {
    const limits = name === "sin2_theta_w" ? [0, 1] : undefined;
    if (limits !== undefined && !(value >= limits[0]! && value <= limits[1]!)) {
      issues.push({ message: `"${name}" is between 0 and 1, not ${value}` });
    }
  }
  for (const [name, [low, high]] of Object.entries(spec.ranges)) {
    if (!(low < high)) issues.push({ message: `range of "${name}" must go upwards, not from ${low} to ${high}` });
  }
  for (const { name, low, high } of spec.grid) {
    if (!(low < high)) issues.push({ message: `grid of "${name}" must go upwards, not from ${low} to ${high}` });
  }
  const tested = testedAlone(spec);
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["free", spec.free],
    ["grid", spec.grid.map((axis) => axis.name)],
    ["plane", spec.plane ?? []],
    ["profile", spec.profile],
    ["tested", tested],
  ];
  const held = [...spec.grid.map((axis) => axis.name), ...(spec.plane ?? []), ...tested];
  for (const name of new Set(spec.profile.filter((one) => held.includes(one)))) {
    const place = spec.plane?.includes(name) ? "in the plane" : tested.includes(name) ? "tested" : "on the grid";
    issues.push({ message: `"${name}" is both ${place} and profiled` });
  }
  for (const [list, names] of lists) {
    for (const name of new Set(names.filter((one, i) => names.indexOf(one) !== i))) {
      issues.push({ message: `"${name}" appears twice in ${list}` });
    }
    for (const name of new Set(names)) {
      if (Object.hasOwn(spec.parameters, name))
        issues.push({
          message: `"${name}" is both set to a value and ${list === "free" || list === "tested" ? list : `in ${list}`}`,
        });
    }
  }
  return issues;
}

/** Radii and responses are given by element or isotope: a name that no target holds would do nothing, silently. */
export function checkMaterials(spec: AnalysisSpec, experiments: readonly Experiment[]): readonly Issue[] {
  const isotopes = experiments.flatMap((one) => one.material.nuclides.map(({ isotope }) => isotope));
  const names = [...new Set(isotopes.map((isotope) => isotope.name))];
  const elements = [...new Set(isotopes.map((isotope) => isotope.symbol))];
  const choice = typeof spec.formFactor === "object" && spec.formFactor !== null ? spec.formFactor : undefined;
  const radii = Object.keys({ ...choice?.protonRadiiFm, ...choice?.neutronRadiiFm });
  return [
    ...radii
      .filter((name) => ![...names, ...elements].includes(name))
      .map((name) => ({ message: `no target holds "${name}"`, hint: suggestion(name, [...elements, ...names]) })),
    ...Object.keys(spec.spinResponse)
      .filter((name) => !names.includes(name))
      .map((name) => ({ message: `no target holds the isotope "${name}"`, hint: suggestion(name, names) })),
  ];
}

/** A flat nuisance has no value outside its bounds, neither set nor searched. */
export function checkBounds(spec: AnalysisSpec, experiments: readonly Experiment[]): readonly Issue[] {
  return experiments.flatMap((one) =>
    one.nuisances.flatMap(({ fullName, bounds, unit }): Issue[] => {
      if (bounds === null) return [];
      const [low, high] = bounds;
      const limits = `between ${low} and ${high} ${unit}`;
      const value = spec.parameters[fullName];
      const range = spec.ranges[fullName];
      return [
        ...(value === undefined || (value >= low && value <= high)
          ? []
          : [{ message: `"${fullName}" is ${limits}, not ${value}` }]),
        ...(range === undefined || (range[0] >= low && range[1] <= high)
          ? []
          : [{ message: `"${fullName}" is ${limits}: the range [${range.join(", ")}] goes beyond` }]),
      ];
    }),
  );
}

/** A component cannot have a negative size. */
export function checkFactors(spec: AnalysisSpec, experiments: readonly Experiment[]): readonly Issue[] {
  return experiments.flatMap((one) =>
    one.nuisances
      .filter((nuisance) => nuisance.kind === "normalisation")
      .map((nuisance) => nuisance.fullName)
      .filter((name) => (spec.parameters[name] ?? 0) < 0)
      .map((name) => ({ message: `"${name}" is a factor and cannot be negative`, hint: "1 is nominal" })),
  );
}

/** A range of a parameter that is not searched would do nothing, silently. */
export function checkSearched(spec: AnalysisSpec, experiments: readonly Experiment[]): readonly Issue[] {
  const searched = searchedNames(spec);
  const known = new Set(parameterNames(experiments));
  return Object.entries(spec.ranges)
    .filter(([name, [low, high]]) => known.has(name) && low < high && !searched.includes(name))
    .map(([name]) => ({
      message: `range of "${name}", which is not searched`,
      hint: searched.length === 0 ? "nothing is searched" : `searched: ${searched.join(", ")}`,
    }));
}

/** A truth is what Asimov data are made of, or toys thrown at: inside the ranges of its parameters, and asked for. */
export function checkTruth(
  spec: AnalysisSpec,
  asimov: boolean,
  range: (name: string) => readonly [number, number],
): readonly Issue[] {
  const names = Object.keys(spec.truth);
  const thrown = spec.toys !== undefined && spec.plane === null && testedAlone(spec).length === 0;
  if (names.length > 0 && !asimov && !thrown) {
    return [{ message: "a truth is for Asimov data, and all data here are observed", hint: "--data asimov" }];
  }
  return names.flatMap((name) => {
    const [low, high] = range(name);
    const value = spec.truth[name]!;
    if (value >= low && value <= high) return [];
    return [
      { message: `truth of "${name}" is ${value}, outside its range [${low}, ${high}]`, hint: "--range widens it" },
    ];
  });
}
