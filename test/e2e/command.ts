/** The same question asked of the command. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { nurecoil } from "../cli/run.ts";
import type { PageState, PointNumbers, RegionNumbers } from "./in-page.ts";

/** Values as flags of the command. */
function setFlags(values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
}

/** `nurecoil chi2` of the page's analysis with its couplings at `values`. */
export function chi2ByCommand({ spec }: PageState, values: Readonly<Record<string, number>>): PointNumbers {
  const { free: _, plane: _plane, grid: _grid, profile: _profile, cl: _cl, sigma: _sigma, ...rest } = spec;
  const set = Object.entries((rest["parameters"] ?? {}) as Record<string, number>);
  const parameters = Object.fromEntries(set.filter(([name]) => !Object.hasOwn(values, name)));
  return ask("chi2", { ...rest, parameters }, setFlags(values));
}

/** `nurecoil region` of the page's plane: its couplings are searched whether they are set elsewhere or not. */
export function regionByCommand({ spec }: PageState): RegionNumbers {
  const plane = spec["plane"] as readonly string[];
  const set = Object.entries((spec["parameters"] ?? {}) as Record<string, number>);
  const parameters = Object.fromEntries(set.filter(([name]) => !plane.includes(name)));
  return ask("region", { ...spec, parameters }, []);
}

function ask<T>(command: string, spec: object, flags: readonly string[]): T {
  const folder = mkdtempSync(join(tmpdir(), "nurecoil-e2e-"));
  try {
    const file = join(folder, "spec.json");
    writeFileSync(file, JSON.stringify(spec));
    const { status, stdout, stderr } = nurecoil([command, "--spec", file, ...flags, "--json"]);
    // 1: done, and something is left open, e.g. a region at the border of its window.
    if (status !== 0 && status !== 1) throw new Error(`exit ${status} of nurecoil ${command}: ${stderr}`);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Fails unless |actual - expected| <= 1e-9 max(|expected|, scale): page and command run the same steps, on engines of
 * two ages whose transcendental functions may differ in the last digit.
 * @param scale size below which a difference does not matter: 1 for pulls, which are in standard deviations
 */
export function expectSame(actual: number, expected: number, what: string, scale = 0): void {
  const error = actual === expected ? 0 : Math.abs(actual - expected) / Math.max(Math.abs(expected), scale);
  expect(error, `${what}: ${actual} on the page, ${expected} of the command`).toBeLessThanOrEqual(1e-9);
}

/** chi^2, its parts and the pulls of the page are those of the command. A difference comes with all numbers of both. */
export function expectSamePoint(shown: PointNumbers, told: PointNumbers): void {
  expectSame(shown.chi2, told.chi2, `${JSON.stringify({ shown, told })}\nchi2`);
  expect(Object.keys(shown.pulls)).toEqual(Object.keys(told.pulls));
  for (const [name, pull] of Object.entries(told.pulls)) expectSame(shown.pulls[name]!, pull, `pull ${name}`, 1);
  for (const [id, part] of Object.entries(told.contributions)) expectSame(shown.contributions[id]!, part, id, 1);
}

/** Regions of the page are those of the command: levels, islands, holes and areas. */
export function expectSameRegion(shown: RegionNumbers, told: RegionNumbers): void {
  expectSame(shown.best.chi2, told.best.chi2, "best chi2");
  expect(shown.regions.map(({ cl }) => cl)).toEqual(told.regions.map(({ cl }) => cl));
  told.regions.forEach((one, index) => {
    const other = shown.regions[index]!;
    expect(other.polygons.map(({ holes }) => holes.length)).toEqual(one.polygons.map(({ holes }) => holes.length));
    expectSame(other.area, one.area, `area at ${one.cl}`);
  });
}
