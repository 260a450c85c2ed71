/** The same question asked of the command. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { nurecoil } from "../cli/run.ts";
import type { CountNumbers, PageState, PointNumbers, RegionNumbers } from "./in-page.ts";

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

type Names = Readonly<Record<string, number>>;
type Predicted = CountNumbers & { readonly nuisances: Names };

/**
 * `nurecoil predict` of each experiment of the page's analysis, with its couplings at `values` and every nuisance at the
 * value that its pull in `told` stands for. The command tells pulls in standard deviations and takes values: a
 * normalisation is 1 + pull sigma, and its sigma is what `chi2` tells of one that is set to 2. All others are their pulls.
 */
export function countsByCommand({ spec }: PageState, values: Names, told: PointNumbers): CountNumbers[] {
  const { free: _, plane: _plane, parameters: _parameters, cl: _cl, ...rest } = spec;
  return (spec["experiments"] as readonly string[]).map((experiment) => {
    const alone = { ...rest, experiments: [experiment] };
    // An experiment that a coupling says nothing to takes it all the same: it does nothing there.
    const nominal = ask<Predicted>("predict", alone, setFlags(values)).nuisances;
    const scaled = Object.keys(nominal).filter((name) => nominal[name] === 1);
    const twice = Object.fromEntries(scaled.map((name) => [name, 2]));
    const { pulls } = ask<PointNumbers>("chi2", alone, setFlags({ ...values, ...twice }));
    const best = Object.entries(nominal).map(([name, value]): [string, number] => {
      const pull = told.pulls[name];
      // Normalisations that nothing constrains are held at 1 and have no pull.
      if (pull === undefined) return [name, value];
      return [name, scaled.includes(name) ? 1 + pull / pulls[name]! : pull];
    });
    return ask<Predicted>("predict", alone, setFlags({ ...values, ...Object.fromEntries(best) }));
  });
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

/** Events: smaller ones differ by what rounding leaves of sums of larger ones. */
const ONE_EVENT = 1;

/** Expected events of the page, cell by cell, in all and of every component, are those of the command. */
export function expectSameCounts(shown: readonly CountNumbers[], told: readonly CountNumbers[]): void {
  expect(shown.map(({ experiment, likelihood }) => `${experiment}@${likelihood}`)).toEqual(
    told.map(({ experiment, likelihood }) => `${experiment}@${likelihood}`),
  );
  told.forEach(({ experiment, total, components }, index) => {
    const here = shown[index]!;
    expectSameCells(here.total, total, experiment);
    const names = (all: CountNumbers["components"]) => all.map(({ name, flavour }) => `${name} ${flavour}`);
    expect(names(here.components)).toEqual(names(components));
    components.forEach(({ name, flavour, counts }, k) => {
      expectSameCells(here.components[k]!.counts, counts, `${experiment} ${name} ${flavour}`);
    });
    // Nothing compared with nothing would agree as well.
    expect(Math.max(...total)).toBeGreaterThan(ONE_EVENT);
  });
}

function expectSameCells(shown: readonly number[], told: readonly number[], what: string): void {
  expect(shown.length, what).toBe(told.length);
  told.forEach((count, cell) => {
    expectSame(shown[cell]!, count, `${what}, cell ${cell}`, ONE_EVENT);
  });
}

/** Regions of the page are those of the command: levels, islands, holes, areas, and every corner of their borders. */
export function expectSameRegion(shown: RegionNumbers, told: RegionNumbers): void {
  expectSame(shown.best.chi2, told.best.chi2, "best chi2");
  expect(shown.regions.map(({ cl }) => cl)).toEqual(told.regions.map(({ cl }) => cl));
  const sizes = told.plane.map((name) => told.window[name]![1]! - told.window[name]![0]!);
  for (const name of told.plane) {
    told.window[name]!.forEach((end, k) => {
      expectSame(shown.window[name]![k]!, end, `window of ${name}`, 1);
    });
  }
  told.regions.forEach((one, index) => {
    const other = shown.regions[index]!;
    expect(other.polygons.map(({ holes }) => holes.length)).toEqual(one.polygons.map(({ holes }) => holes.length));
    expectSame(other.area, one.area, `area at ${one.cl}`);
    one.polygons.forEach(({ outer, holes }, k) => {
      const polygon = other.polygons[k]!;
      expectSameBorder(polygon.outer, outer, sizes, `island ${k} at ${one.cl}`);
      holes.forEach((hole, h) => {
        expectSameBorder(polygon.holes[h]!, hole, sizes, `hole ${h} of island ${k} at ${one.cl}`);
      });
    });
  });
}

type Border = RegionNumbers["regions"][number]["polygons"][number]["outer"];

/**
 * Corner by corner, in their order: each lies on the other's border to 1e-9 of the size of the window, and by its corner to
 * 1e-6. Corners are where lines of a grid cross the border, and the grid stands around the best fit, which two engines
 * know to the square root of the rounding of chi^2 only: along the border corners move with it, the border does not.
 */
function expectSameBorder(shown: Border, told: Border, sizes: readonly number[], what: string): void {
  expect(shown.length, `corners of ${what}`).toBe(told.length);
  expect(told.length, `corners of ${what}`).toBeGreaterThan(2);
  const [a, b] = [inWindows(shown, sizes), inWindows(told, sizes)];
  const most = (distance: (corner: Place, index: number) => number): number => Math.max(...a.map(distance));
  const off = most((corner, c) =>
    Math.min(...[-1, 0].map((k) => offLine(corner, around(b, c + k), around(b, c + k + 1)))),
  );
  const along = most((corner, c) => Math.hypot(corner[0] - b[c]![0], corner[1] - b[c]![1]));
  expect(off, `${what}: largest distance from the border, in sizes of the window`).toBeLessThanOrEqual(1e-9);
  expect(along, `${what}: largest distance of corners, in sizes of the window`).toBeLessThanOrEqual(1e-6);
}

type Place = readonly [number, number];

function inWindows(border: Border, [width, height]: readonly number[]): Place[] {
  return border.map(([x, y]) => [x! / width!, y! / height!]);
}

function around(border: readonly Place[], index: number): Place {
  return border.at(index % border.length)!;
}

/** Distance of a point from a straight piece. */
function offLine([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
