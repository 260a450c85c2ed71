/** Nuisance parameters against the rest of their likelihood. */
import { dimensionOf } from "../units.ts";
import { type ConsistencyContext, own, type Report } from "./consistency-context.ts";
import type { LikelihoodDeclaration } from "./likelihood-schema.ts";
import type { NuisanceDeclaration } from "./nuisance-schema.ts";
import type { DataPath } from "./schema-walk.ts";
import { checkAxes, checkCells } from "./table-cells.ts";

/** Check each nuisance of a likelihood: what it varies must be there to be varied. */
export function checkNuisances(likelihood: LikelihoodDeclaration, context: ConsistencyContext, report: Report): void {
  likelihood.nuisances.forEach((nuisance, i) => {
    const path = ["nuisances", i];
    if (nuisance.kind === "onset") checkOnset(nuisance, likelihood, path, report);
    else if (nuisance.kind === "shape") checkVariation(nuisance, likelihood, path, context, report);
  });
}

type Onset = Extract<NuisanceDeclaration, { kind: "onset" }>;
type Shape = Extract<NuisanceDeclaration, { kind: "shape" }>;

function checkOnset({ range }: Onset, likelihood: LikelihoodDeclaration, path: DataPath, report: Report): void {
  if (likelihood.statistics === "projection" || likelihood.timing?.type !== "pulse")
    report([...path, "kind"], "an onset shifts a pulse: the likelihood needs `timing` of type pulse");
  const [low, high] = range;
  if (!(low <= 0 && high >= 0 && low < high))
    report([...path, "range"], `must hold 0, the nominal onset: [${low}, ${high}] does not`);
}

function checkVariation(
  { components, variation }: Shape,
  likelihood: LikelihoodDeclaration,
  path: DataPath,
  context: ConsistencyContext,
  report: Report,
): void {
  if (variation.type === "templates") {
    if (likelihood.statistics === "projection") {
      report([...path, "variation"], "a projection has no cells for templates");
      return;
    }
    checkAxes(likelihood.axes, variation, [...path, "variation"], context, report);
    checkCells(likelihood.axes, variation, [...path, "variation"], context, report);
    return;
  }
  // Backgrounds are tables: neither inputs of the response nor nuclei move them.
  components.forEach((component, i) => {
    if (component !== "cevns")
      report(
        [...path, "components", i],
        `a variation of type ${variation.type} acts on cevns only, not on "${component}"`,
      );
  });
  if (variation.type !== "inputs") return;
  const used = new Set(likelihood.response.flatMap(namesIn));
  for (const side of ["plus", "minus"] as const)
    for (const [replaced, replacement] of Object.entries(variation[side])) {
      const at = [...path, "variation", side, replaced];
      const [before, after] = [replaced, replacement].map((name) => dimensionOf(own(context.inputs, name)?.unit ?? ""));
      if (own(context.inputs, replaced) !== undefined && !used.has(replaced))
        report(at, `the response does not use the input "${replaced}"`);
      if (before !== undefined && after !== undefined && before !== after)
        report(at, `"${replacement}" is a number of ${after} and cannot take the place of one of ${before}`);
    }
}

/** All strings in a value, whatever holds them. */
function namesIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(namesIn) : [];
}
