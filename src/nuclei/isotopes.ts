/** Isotopes: nuclear masses from AME2020 atomic masses less the electrons, natural abundances, spins. */

import { atomicMassUnit, electronMass } from "../constants.ts";
import { suggestion, usageError } from "../errors.ts";
import { type IsotopeRow, isotopeRows } from "./isotope-data.ts";

export interface Isotope {
  /** e.g. `133Cs`. */
  readonly name: string;
  readonly symbol: string;
  /** Protons. */
  readonly z: number;
  /** Neutrons. */
  readonly n: number;
  readonly a: number;
  /** Mass of the neutral atom, in u. */
  readonly atomicMassU: number;
  /**
   * Mass of the bare nucleus, MeV: atomic mass less Z electron masses. The binding energy of the electrons (at most
   * 0.4 MeV for W, 3e-6 relative) is not added back.
   */
  readonly mass: number;
  /** Natural abundance, number fraction of the element. */
  readonly abundance: number;
  /** Spin of the ground state. */
  readonly spin: number;
}

function fromRow(row: IsotopeRow): Isotope {
  const atomicMassU = row.atomicMassMicroU * 1e-6;
  return {
    name: `${row.a}${row.symbol}`,
    symbol: row.symbol,
    z: row.z,
    n: row.a - row.z,
    a: row.a,
    atomicMassU,
    mass: atomicMassU * atomicMassUnit.value - row.z * electronMass.value,
    abundance: row.abundance,
    spin: row.spin,
  };
}

/** Every isotope of the table, by element and mass number. */
export const isotopes: readonly Isotope[] = isotopeRows.map(fromRow);

const byName = new Map(isotopes.map((isotope) => [isotope.name, isotope]));

/**
 * One isotope by name.
 * @param name `133Cs`, `Cs133` or `Cs-133`
 * @throws NurecoilError (usage) naming the nearest isotope of the table
 * @example findIsotope("Cs-133").n === 78
 */
export function findIsotope(name: string): Isotope {
  const reversed = /^([A-Z][a-z]?)-?(\d+)$/.exec(name);
  const canonical = reversed === null ? name : `${reversed[2]}${reversed[1]}`;
  const found = byName.get(canonical);
  if (found === undefined) throw usageError(`unknown isotope "${name}"`, suggestion(canonical, [...byName.keys()]));
  return found;
}

/**
 * The natural isotopes of an element, lightest first.
 * @throws NurecoilError (usage) when the element is not in the table
 * @example isotopesOf("I").length === 1
 */
export function isotopesOf(symbol: string): readonly Isotope[] {
  const found = isotopes.filter((isotope) => isotope.symbol === symbol);
  if (found.length === 0) {
    throw usageError(`unknown element "${symbol}"`, suggestion(symbol, [...new Set(isotopes.map((i) => i.symbol))]));
  }
  return found;
}
