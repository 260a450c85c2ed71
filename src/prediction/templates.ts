/**
 * Templates: the events of one flavour as an exact quadratic form in the named couplings, one array of counts per
 * monomial. Integrals are done once; a new set of names or couplings only recombines them.
 */

import type { Flavour } from "../flux/flavour.ts";
import { helicitySign, leptonOf } from "../flux/flavour.ts";
import { type Channel, type FormInputs, type StructureForms, structureForms } from "../interactions/generalized.ts";
import { factors } from "../interactions/polynomial.ts";
import { type Recoil, type Shape, type Structure, shapeOf } from "../interactions/structures.ts";
import type { Isotope } from "../nuclei/isotopes.ts";
import type { FoldedShapes } from "./fold.ts";

/** The folded integrals of one flavour on one isotope. */
export interface FoldedIsotope {
  readonly isotope: Isotope;
  readonly channels: Readonly<Partial<Record<Channel, FoldedShapes>>>;
}

export interface FoldedFlavour {
  readonly flavour: Flavour;
  readonly cells: number;
  readonly isotopes: readonly FoldedIsotope[];
}

export interface Template {
  /** Names of the two couplings of the monomial; `1` is the constant. */
  readonly monomial: readonly [string, string];
  /** Events per cell at unit monomial. */
  readonly counts: Float64Array;
}

export type TemplateInputs = Omit<FormInputs, "isotope" | "lepton"> & { readonly recoil: Recoil };

/**
 * How the couplings enter on each isotope: the same for every fold of a flavour, at whatever response or radius.
 * @returns in the order of the isotopes
 */
export function formsOf({ flavour, isotopes }: FoldedFlavour, inputs: TemplateInputs): readonly StructureForms[] {
  return isotopes.map(({ isotope }) => structureForms({ ...inputs, isotope, lepton: leptonOf(flavour) }));
}

/**
 * Templates of one flavour: events in cell i are the sum over templates of (product of the two couplings) x counts[i].
 * @param forms of `formsOf`, where they are already known
 * @returns one template per monomial that is not identically zero; with no couplings named, the constant alone: the
 *   standard model
 */
export function templatesOf(
  folded: FoldedFlavour,
  inputs: TemplateInputs,
  forms: readonly StructureForms[] = formsOf(folded, inputs),
): readonly Template[] {
  const byMonomial = new Map<string, Float64Array>();
  const sign = helicitySign(folded.flavour);
  for (const [a, { isotope, channels }] of folded.isotopes.entries()) {
    for (const [structure, pieces] of Object.entries(forms[a]!)) {
      const shape = shapeOf(structure as Structure, inputs.recoil, sign, isotope.spin);
      for (const [channel, form] of Object.entries(pieces)) {
        if (form.size === 0) continue;
        // Where protons and neutrons share a form factor, one channel carries all three.
        const shapes = channels[channel as Channel] ?? channels.nn!;
        const counts = combine(shapes, shape, folded.cells);
        for (const [key, coefficient] of form) {
          if (coefficient === 0) continue;
          const target = byMonomial.get(key) ?? new Float64Array(folded.cells);
          for (let i = 0; i < target.length; i++) target[i]! += coefficient * counts[i]!;
          byMonomial.set(key, target);
        }
      }
    }
  }
  return [...byMonomial]
    .filter(([, counts]) => counts.some((count) => count !== 0))
    .map(([key, counts]) => ({ monomial: factors(key), counts }));
}

function combine(shapes: FoldedShapes, shape: Shape, cells: number): Float64Array {
  const counts = new Float64Array(cells);
  for (const piece of ["one", "t", "y", "yy"] as const) {
    const weight = shape[piece];
    if (weight === 0) continue;
    const source = shapes[piece];
    for (let i = 0; i < cells; i++) counts[i]! += weight * source[i]!;
  }
  return counts;
}
