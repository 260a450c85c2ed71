/** Target materials: chemical formula -> nuclei per formula unit, with natural isotopes. */

import { avogadro } from "../constants.ts";
import { NurecoilError, usageError } from "../errors.ts";
import { type Isotope, isotopesOf } from "./isotopes.ts";

export interface Nuclide {
  readonly isotope: Isotope;
  /** Nuclei of this isotope per formula unit. */
  readonly perFormula: number;
}

export interface Composition {
  readonly formula: string;
  /** g/mol, from the atomic masses and abundances of the table. */
  readonly molarMass: number;
  readonly nuclides: readonly Nuclide[];
}

/**
 * Read a chemical formula such as CsI, Ar, C3F8, CaWO4, NaI, Al2O3.
 * @param formula element symbols with counts, no brackets
 * @param fractions number fraction of each element among all nuclei, replacing the formula's own; must sum to 1
 * @throws NurecoilError (usage) for an unreadable formula, an unknown element, or fractions of other elements
 * @example composition("CsI").nuclides.length === 2
 */
export function composition(formula: string, fractions?: Readonly<Record<string, number>>): Composition {
  const counts = readFormula(formula);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (fractions !== undefined) checkFractions(formula, counts, fractions);
  const nuclides: Nuclide[] = [];
  let molarMass = 0;
  for (const [symbol, count] of counts) {
    const share = fractions === undefined ? count : total * (fractions[symbol] ?? 0);
    for (const isotope of isotopesOf(symbol)) {
      // The molar mass stays that of the formula: fractions change which nuclei, not how many.
      molarMass += count * isotope.abundance * isotope.atomicMassU;
      nuclides.push({ isotope, perFormula: share * isotope.abundance });
    }
  }
  return { formula, molarMass, nuclides };
}

/**
 * Nuclei of each isotope in a mass of target: n_a = (m / M) N_A x (nuclei per formula unit), arXiv:1806.07424 text
 * before eq. 5 (n_N = 2 m_det N_A / M_CsI, times f_a).
 * @param massKg target mass, kg
 * @returns number of nuclei, in the order of `material.nuclides`
 */
export function targetNuclei(material: Composition, massKg: number): readonly number[] {
  const formulaUnits = ((massKg * 1e3) / material.molarMass) * avogadro.value;
  return material.nuclides.map((nuclide) => formulaUnits * nuclide.perFormula);
}

function readFormula(formula: string): Map<string, number> {
  if (!/^([A-Z][a-z]?([1-9]\d*)?)+$/.test(formula)) {
    throw usageError(`cannot read the formula "${formula}"`, "write elements with counts, e.g. CsI, C3F8, CaWO4");
  }
  const counts = new Map<string, number>();
  for (const [, symbol, count] of formula.matchAll(/([A-Z][a-z]?)(\d*)/g)) {
    counts.set(symbol!, (counts.get(symbol!) ?? 0) + (count === "" ? 1 : Number(count)));
  }
  return counts;
}

function checkFractions(
  formula: string,
  counts: Map<string, number>,
  fractions: Readonly<Record<string, number>>,
): void {
  const issues = [];
  for (const symbol of Object.keys(fractions)) {
    if (!counts.has(symbol)) issues.push({ message: `fraction of ${symbol}, which is not in ${formula}` });
    if (!(fractions[symbol]! >= 0)) issues.push({ message: `fraction of ${symbol} must not be negative` });
  }
  const sum = Object.values(fractions).reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum - 1) < 1e-9)) issues.push({ message: `fractions of ${formula} sum to ${sum}, not to 1` });
  if (issues.length > 0) throw new NurecoilError("usage", issues);
}
