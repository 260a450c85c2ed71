/** The head of every table: what was analysed, and with which choices. */

import type { FitResult } from "../analysis/results.ts";
import { columns } from "./columns.ts";
import { significant } from "./numbers.ts";

type ResultSpec = FitResult["spec"];

/**
 * Experiments, convention, recoil, form factor and fixed parameters of a result.
 * @param title what the table is
 */
export function heading(title: string, spec: ResultSpec): string {
  const experiments = spec.experiments.map((one) => `${one.id}@${one.likelihood}`).join(" + ");
  return [
    `${title}: ${experiments}`,
    choices(spec.convention, spec.recoil, formFactorText(spec.formFactor)),
    ...fixedParameters(spec.parameters),
  ].join("\n");
}

/** Convention, recoil and form factor on one line. */
export function choices(convention: string, recoil: string, formFactor: string): string {
  return `convention ${convention}, recoil ${recoil}, form factor ${formFactor}`;
}

/** A line with what is set, if anything is. */
export function fixedParameters(parameters: Readonly<Record<string, number>>): readonly string[] {
  const entries = Object.entries(parameters);
  return entries.length === 0 ? [] : [`fixed: ${entries.map(([name, value]) => `${name} = ${value}`).join(", ")}`];
}

/** Every nuisance at its best value, in units of its sigma. */
export function pullTable(
  pulls: Readonly<Record<string, number>>,
  units: Readonly<Record<string, string>>,
  title = "pulls",
): string {
  const entries = Object.entries(pulls);
  if (entries.length === 0) return "";
  const rows = entries.map(([name, value]) => [name, `${pullText(value)} ${units[name] ?? "sigma"}`]);
  return `${title}\n${columns(rows, "<>", "  ")}`;
}

/** A deviation in sigma; below a thousandth it is zero to any reader. */
function pullText(value: number): string {
  return Math.abs(value) < 5e-4 ? "0.000" : value.toFixed(3);
}

/** Form factor with its radii, if they are not the model's own. */
export function formFactorText(formFactor: ResultSpec["formFactor"]): string {
  if (typeof formFactor === "string") return formFactor;
  const radii = (symbol: string, values: Readonly<Record<string, number>> | undefined): string[] =>
    Object.entries(values ?? {}).map(([nucleus, radius]) => `${symbol}(${nucleus}) = ${significant(radius)} fm`);
  return [formFactor.model, ...radii("R_p", formFactor.protonRadiiFm), ...radii("R_n", formFactor.neutronRadiiFm)].join(
    ", ",
  );
}
