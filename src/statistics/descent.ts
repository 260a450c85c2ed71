/** Local minima of couplings and nuisances together: one search instead of one inside the other. */

import type { Gram } from "../kernel/gram-form.ts";
import { openRefit, refitModel } from "./compiled-refit.ts";
import { gramDescent } from "./gram-descent.ts";
import { deviationOf, type Model, valueOfDeviation } from "./model.ts";
import type { Descent } from "./objective.ts";

/**
 * The descent of a likelihood with these parameters; the kernel is made when it is first asked.
 * @param freed nuisances that are parameters, after the couplings
 * @param fixed nuisances held at a value
 * @param ranges search range of each parameter
 * @param gram the Gram form of the likelihood, where it has one: its nuisances are then solved for in closed form
 */
export function jointDescent(
  model: Model,
  freed: readonly string[],
  fixed: Readonly<Record<string, number>>,
  ranges: readonly (readonly [number, number])[],
  gram: () => Gram | undefined,
): Descent {
  const couplings = model.couplings.length;
  const nuisances = freed.map((name) => model.nuisances.find((one) => one.name === name)!);
  const inside = (value: number, i: number): number =>
    i < couplings ? value : deviationOf(nuisances[i - couplings]!, value);
  const outside = (value: number, i: number): number =>
    i < couplings ? value : valueOfDeviation(nuisances[i - couplings]!, value);
  const open = () => {
    const window = ranges.map(([low, high], i): [number, number] => [inside(low, i), inside(high, i)]);
    const refit = openRefit(refitModel(model, freed, fixed, window));
    return { refit, unknowns: new Float64Array(refit.unknowns), held: new Uint8Array(refit.unknowns) };
  };
  let opened: ReturnType<typeof open> | undefined;
  const joint: Descent = (start, isHeld) => {
    opened ??= open();
    const { refit, unknowns, held } = opened;
    const n = ranges.length;
    for (let i = 0; i < refit.unknowns; i++) unknowns[i] = i < n ? inside(start[i]!, i) : 0;
    // Nuisances first: with couplings far off they would be led astray together.
    held.fill(1, 0, n).fill(0, n);
    if (refit.unknowns > n && Number.isNaN(refit.minimize(unknowns, held))) return undefined;
    for (let i = 0; i < n; i++) held[i] = isHeld(i) ? 1 : 0;
    const value = refit.minimize(unknowns, held);
    if (Number.isNaN(value)) return undefined;
    return {
      x: Float64Array.from({ length: n }, (_, i) => (held[i] === 1 ? start[i]! : outside(unknowns[i]!, i))),
      value,
    };
  };
  let descent: Descent | undefined;
  return (start, isHeld) => {
    const form = descent === undefined ? gram() : undefined;
    descent ??= form === undefined ? joint : gramDescent(form, ranges);
    return descent(start, isHeld);
  };
}
