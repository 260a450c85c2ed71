/**
 * What a likelihood and its tables must agree on beyond names: units of axes, rows in every bin and cell, shapes on
 * every axis, nuisances that have something to vary, and a background that comes out as a number of events.
 */
import type { Issue } from "../errors.ts";
import { dimensionOf } from "../units.ts";
import { type ConsistencyContext, columnOf, own, type Report, type TableUser } from "./consistency-context.ts";
import type { FluxDeclaration } from "./flux-schema.ts";
import type { CountsDeclaration, LikelihoodDeclaration } from "./likelihood-schema.ts";
import { checkNuisances } from "./nuisance-consistency.ts";
import { type DataPath, formatPath } from "./schema-walk.ts";
import { checkAxes, checkCells, checkSelection, selectedRows } from "./table-cells.ts";
import { checkShape, checkSignalShape } from "./timing-consistency.ts";

/** Looser than the rounding of a sum of decimal fractions, far tighter than any misprint. */
const FRACTION_TOLERANCE = 1e-9;

/**
 * Check one likelihood. Parts whose names lead nowhere are passed over: `checkReferences` reports those.
 * @param likelihood of the right shape; values may be out of range
 * @param at its path in the file
 */
export function checkConsistency(
  likelihood: LikelihoodDeclaration,
  at: DataPath,
  context: ConsistencyContext,
): Issue[] {
  const issues: Issue[] = [];
  const report: Report = (path, message) => {
    issues.push({ file: context.file, path: formatPath([...at, ...path]), message });
  };
  checkFractions(likelihood, report);
  checkFissions(likelihood.flux, context, report);
  checkNuisances(likelihood, context, report);
  if (likelihood.statistics === "projection") {
    checkIsEvents([], likelihood.background.scale, ["background", "scale"], "scale", context, report);
    return issues;
  }
  const { axes, observed, conditional } = likelihood;
  checkAxes(axes, observed, ["observed"], context, report);
  checkSelection(axes, observed, context, report);
  for (const column of Object.keys(observed.oversampled ?? {}))
    if (!observed.subtract.includes(column))
      report(["observed", "oversampled", column], `column "${column}" is not subtracted`);
  checkSignalShape(likelihood, context, report);
  if (conditional !== undefined) {
    const first = axes.slice(0, 2);
    checkAxes(first, conditional, ["conditional"], context, report);
    checkCells(first, conditional, ["conditional"], context, report);
  }
  likelihood.backgrounds.forEach((_, i) => {
    checkBackground(likelihood, i, context, report);
  });
  return issues;
}

function checkBackground(
  { axes, backgrounds, nuisances }: CountsDeclaration,
  i: number,
  context: ConsistencyContext,
  report: Report,
): void {
  const background = backgrounds[i] as CountsDeclaration["backgrounds"][number];
  const path = ["backgrounds", i];
  const ofTable = background.timing === undefined ? axes : axes.slice(0, -1);
  checkAxes(ofTable, background, path, context, report);
  checkCells(ofTable, background, path, context, report);
  if (background.timing !== undefined) checkShape(background.timing, axes, [...path, "timing"], context, report);
  const replaced = background.sideband?.replaces;
  if (replaced !== undefined && !nuisances.some(({ name }) => name === replaced))
    report([...path, "sideband", "replaces"], `no nuisance is called "${replaced}"`);
  if (background.total !== undefined) checkHasEvents(background, path, context, report);
  else {
    const unit = columnOf(context.declarations, background.table, background.column)?.unit;
    if (unit !== undefined)
      checkIsEvents([unit], background.scale, [...path, "scale"], "column times scale", context, report);
  }
}

/** A shape that is scaled to a total must hold something to scale. */
function checkHasEvents(
  background: TableUser & { readonly column: string },
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  const table = context.tables.get(background.table);
  const column = own(table?.columns ?? {}, background.column);
  const rows = table === undefined ? undefined : selectedRows(table, background);
  if (column === undefined || rows === undefined) return;
  if (!rows.some((row) => (column[row] as number) > 0))
    report([...path, "total"], `column "${background.column}" is empty and cannot be scaled to a total`);
}

function checkFractions({ target }: LikelihoodDeclaration, report: Report): void {
  if (target.fractions === undefined) return;
  const elements = [...new Set(target.composition.match(/[A-Z][a-z]?/g) ?? [])];
  const given = Object.keys(target.fractions);
  const path = ["target", "fractions"];
  for (const element of elements) if (!given.includes(element)) report(path, `no fraction for ${element}`);
  for (const element of given)
    if (!elements.includes(element)) report([...path, element], `${target.composition} has no element ${element}`);
}

/** Shares of the fissions are inputs: they sum to 1 wherever all of them exist. */
function checkFissions(flux: FluxDeclaration, context: ConsistencyContext, report: Report): void {
  if (flux.type !== "reactor") return;
  const fractions = Object.values(flux.isotopes).map(({ fraction }) => own(context.inputs, fraction)?.value);
  const sum = fractions.reduce<number>((total, fraction) => total + (fraction ?? Number.NaN), 0);
  if (Math.abs(sum - 1) > FRACTION_TOLERANCE)
    report(["flux", "isotopes"], `fission fractions must sum to 1, not ${Number(sum.toPrecision(12))}`);
}

/** The product of a column and inputs is a number of events: each inverse dimension meets its own. */
function checkIsEvents(
  units: readonly string[],
  scale: readonly string[],
  path: DataPath,
  what: string,
  context: ConsistencyContext,
  report: Report,
): void {
  const all = [...units, ...scale.map((name) => own(context.inputs, name)?.unit ?? "")];
  if (!all.every((unit) => dimensionOf(unit) !== undefined)) return;
  const powers = new Map<string, number>();
  for (const unit of all) {
    const dimension = dimensionOf(unit) ?? "";
    if (dimension === "number") continue;
    const base = dimension.replace(/^inverse /, "");
    powers.set(base, (powers.get(base) ?? 0) + (base === dimension ? 1 : -1));
  }
  if ([...powers.values()].some((power) => power !== 0))
    report(path, `${what} must be a number of events; the units are ${all.join(" x ")}`);
}
