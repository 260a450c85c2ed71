/** Specs derived from the state: what each question is asked about. */

import { constants } from "nurecoil";
import type { SpecInput } from "nurecoil/analysis";
import { readCouplingName } from "nurecoil/interactions";
import type { PageState } from "./page-state.ts";

export type Choice = Exclude<NonNullable<SpecInput["experiments"]>[number], string>;

/** Experiments of a spec as objects, however they are written. */
export function choicesOf(spec: SpecInput): readonly Choice[] {
  return (spec.experiments ?? []).map((one) => {
    if (typeof one !== "string") return one;
    const [id, likelihood] = one.split("@");
    return { id: id!, ...(likelihood !== undefined && { likelihood }) };
  });
}

/** Whether a name is a coupling and so gets a slider. */
export function isCoupling(name: string): boolean {
  return readCouplingName(name) !== undefined;
}

/** Couplings that have a slider: those that are free, span the plane or are set, in this order. */
export function couplingsOf({ spec }: PageState): readonly string[] {
  const set = Object.keys(spec.parameters ?? {}).filter(isCoupling);
  return [...new Set([...(spec.free ?? []), ...(spec.plane ?? []), ...set])];
}

/** Where every coupling of a slider is; a nuisance that was never moved is left to the library. */
export function valuesOf(state: PageState): Readonly<Record<string, number>> {
  const { spec, at } = state;
  return Object.fromEntries(
    couplingsOf(state).flatMap((name): [string, number][] => {
      const value = at[name] ?? spec.parameters?.[name] ?? (isCoupling(name) ? standardValue(name) : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Where the standard model has a coupling: everything new is zero, sin^2 theta_W the library's own value. */
export function standardValue(name: string): number {
  return readCouplingName(name)?.coupling.level === "standard-model" ? constants.sin2ThetaW.value : 0;
}

/** A spec with its couplings at rest: whether it can be done does not depend on where they are. */
export function atRest(spec: SpecInput): SpecInput {
  const parameters = Object.entries(spec.parameters ?? {}).map(([name, value]): [string, number] => [
    name,
    isCoupling(name) ? standardValue(name) : value,
  ]);
  return { ...spec, parameters: Object.fromEntries(parameters) };
}

/** The spec of a profile of a free coupling: the plane, and ranges of what is not searched, do not matter to it. */
export function profileSpec({ spec }: PageState): SpecInput {
  const { plane: _, ranges, ...rest } = spec;
  if (ranges === undefined) return rest;
  const searched = [...(spec.free ?? []), ...(spec.profile ?? [])];
  return { ...rest, ranges: Object.fromEntries(Object.entries(ranges).filter(([name]) => searched.includes(name))) };
}

/** The spec of the plane: its couplings are free whether they are fitted elsewhere or not. */
export function planeSpec({ spec }: PageState): SpecInput | null {
  const { plane } = spec;
  if (plane === undefined || plane === null) return null;
  const parameters = Object.fromEntries(
    Object.entries(spec.parameters ?? {}).filter(([name]) => !plane.includes(name)),
  );
  return { ...spec, parameters };
}

/** The same question to one experiment alone; what belongs to the others is left out. */
export function aloneSpec(spec: SpecInput, id: string): SpecInput {
  const others = choicesOf(spec).filter((one) => one.id !== id);
  const parameters = Object.fromEntries(
    Object.entries(spec.parameters ?? {}).filter(([name]) => !others.some((one) => name.startsWith(`${one.id}.`))),
  );
  return { ...spec, parameters, experiments: choicesOf(spec).filter((one) => one.id === id) };
}
