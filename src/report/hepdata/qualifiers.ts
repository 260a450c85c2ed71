/** With which data and choices a number was computed: qualifiers of every dependent variable. */

import type { FitResult } from "../../analysis/results.ts";
import { formFactorText } from "../heading.ts";
import type { Qualifier } from "./table.ts";

/** Head of every result. */
export interface ResultHead {
  readonly format: string;
  readonly version: string;
  readonly spec: FitResult["spec"];
  readonly notes: readonly string[];
  /** Of scans and profiles. */
  readonly profiled?: Readonly<Record<string, unknown>>;
}

/** Experiments with their data, choices, fixed and profiled parameters, version. */
export function qualifiersOf(result: ResultHead): readonly Qualifier[] {
  const { spec, version } = result;
  const { experiments } = spec;
  const alone = experiments.length === 1;
  const fitted = fittedNames(result);
  return [
    { name: "experiment", value: experiments.map(({ id }) => experimentId(id)).join(" + ") },
    ...experiments.flatMap(({ id, likelihood, data, set }): Qualifier[] => {
      const of = (what: string): string => (alone ? what : `${what} of ${experimentId(id)}`);
      return [
        { name: of("likelihood"), value: likelihood },
        { name: of("data"), value: data === "asimov" ? "Asimov" : data },
        ...Object.entries(set).map(([name, value]) => ({ name: of(name), value })),
      ];
    }),
    { name: "convention", value: spec.convention },
    { name: "recoil", value: spec.recoil },
    { name: "form factor", value: formFactorText(spec.formFactor) },
    ...(spec.uncorrelated ? [{ name: "flux uncertainties", value: "uncorrelated" }] : []),
    ...(spec.allowOverlap ? [{ name: "shared events", value: "counted in each experiment" }] : []),
    ...Object.entries(spec.parameters).map(([name, value]) => ({ name: `fixed ${name}`, value })),
    ...Object.entries(spec.truth).map(([name, value]) => ({ name: `true ${name}`, value })),
    ...Object.entries(spec.ranges).map(([name, [low, high]]) => ({
      name: `search range of ${name}`,
      value: `${low} to ${high}`,
    })),
    ...Object.entries(spec.spinResponse).map(([name, one]) => ({
      name: `spin response of ${name}`,
      value: JSON.stringify(one),
    })),
    ...(fitted.length === 0 ? [] : [{ name: "fitted parameters", value: fitted.join(", ") }]),
    { name: "software", value: `nurecoil ${version}` },
  ];
}

/** Parameters besides nuisances that a question minimises over. */
function fittedNames({ format, profiled, spec: { free, profile, plane } }: ResultHead): readonly string[] {
  if (profiled !== undefined) return Object.keys(profiled);
  if (format.startsWith("nurecoil/predict/")) return [];
  if (format.startsWith("nurecoil/fit/")) return free;
  return [...new Set([...profile, ...free])].filter((name) => !plane?.includes(name));
}

/** Qualifiers of a confidence level. */
export function levelQualifiers(level: { cl: number; deltaChi2: number; dof: number }): readonly Qualifier[] {
  return [
    { name: "CL", value: percentValue(level.cl), units: "%" },
    { name: "Delta chi^2", value: level.deltaChi2 },
    { name: "degrees of freedom", value: level.dof },
  ];
}

/** A confidence level in per cent without the digits that the factor 100 leaves behind. */
export function percentValue(cl: number): number {
  return Number((100 * cl).toPrecision(12));
}

/** Experiments of a result in words. */
export function experimentsText({ spec }: ResultHead): string {
  return spec.experiments.map(({ id, likelihood }) => `${experimentId(id)} (likelihood ${likelihood})`).join(" and ");
}

/** Text and what a reader of the numbers must know. */
export function described(text: string, { notes }: ResultHead): string {
  return notes.length === 0 ? text : `${text} Notes: ${notes.join("; ")}.`;
}

/** The folder of an experiment is named after its id; where it lies is nobody's business. */
function experimentId(id: string): string {
  return (
    id
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? id
  );
}
