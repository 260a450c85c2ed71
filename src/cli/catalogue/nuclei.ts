/** Elements with their natural isotopes, single isotopes, and materials by formula. */

import { xiPerUnit } from "../../analysis/parameters.ts";
import { couplings } from "../../interactions/couplings.ts";
import { type Composition, composition } from "../../nuclei/composition.ts";
import { formFactors } from "../../nuclei/form-factors/index.ts";
import { findIsotope, type Isotope, isotopes } from "../../nuclei/isotopes.ts";
import { nuclideSources } from "../../report/citations.ts";
import { blocks, columns } from "../../report/columns.ts";
import { fixed, significant } from "../../report/numbers.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

const elements = [...new Set(isotopes.map((one) => one.symbol))];

export const nuclei: Section = {
  name: "nuclei",
  entries: () => elements.map((symbol) => entryOf(symbol, composition(symbol))),
  find: (id) => {
    const found = findNucleus(id);
    return found && entryOf(id, found);
  },
};

/**
 * A nucleus as people name it: isotope `133Cs`, `Cs-133` or `Cs133`, element `Ar`, formula `C3F8`. Where a symbol with
 * a number can be both, it is the isotope.
 * @returns undefined for what is no name of a nucleus at all
 * @throws NurecoilError (usage) for an unknown isotope or element, naming the nearest
 */
export function findNucleus(text: string): Composition | undefined {
  const isIsotope = /^\d+[A-Z][a-z]?$|^[A-Z][a-z]?-\d+$/.test(text);
  const reversed = text.replace(/^([A-Z][a-z]?)(\d+)$/, "$2$1");
  if (isIsotope || (reversed !== text && isotopes.some((one) => one.name === reversed))) {
    const isotope = findIsotope(text);
    return { formula: isotope.name, molarMass: isotope.atomicMassU, nuclides: [{ isotope, perFormula: 1 }] };
  }
  return /^([A-Z][a-z]?\d*)+$/.test(text) ? composition(text) : undefined;
}

function entryOf(id: string, material: Composition): Entry {
  const names = material.nuclides.map(({ isotope }) => isotope.name);
  return {
    id,
    summary: names.join(", "),
    text: () => nucleusText(id, material),
    data: () => ({
      formula: material.formula,
      molarMass: { value: material.molarMass, unit: "g/mol" },
      nuclides: material.nuclides.map(({ isotope, perFormula }) => ({ ...isotope, massUnit: "MeV", perFormula })),
    }),
    sources: () => nuclideSources,
  };
}

function nucleusText(id: string, material: Composition): string {
  const header = ["isotope", "per formula", "Z", "N", "nuclear mass [MeV]", "atomic mass [u]", "abundance", "spin"];
  const rows = material.nuclides.map(({ isotope, perFormula }) => [
    isotope.name,
    significant(perFormula),
    String(isotope.z),
    String(isotope.n),
    fixed(isotope.mass, 3),
    fixed(isotope.atomicMassU, 6),
    significant(isotope.abundance),
    String(isotope.spin),
  ]);
  const models = Object.values(formFactors);
  const radii = material.nuclides.map(({ isotope }) => [
    isotope.name,
    ...models.map((model) => fixed(model.defaultRadiusFm(isotope), 3)),
  ]);
  return blocks(
    `${id}: molar mass ${fixed(material.molarMass, 4)} g/mol`,
    columns([header, ...rows]),
    `rms radius [fm] by form factor\n${columns([["", ...models.map((model) => model.id)], ...radii], "<>", "  ")}`,
    quarkTable(material.nuclides.map(({ isotope }) => isotope)),
    sourceText(nuclideSources),
  );
}

/** What one unit of a quark coupling is at the level of the nucleus; spin-dependent currents need an input. */
function quarkTable(targets: readonly Isotope[]): string {
  const named = couplings.filter(
    ({ level, currents }) =>
      level === "quark" && !currents.some((current) => current === "axial" || current === "pseudoscalar"),
  );
  const rows = targets.map((isotope) => [
    isotope.name,
    ...named.map(({ name }) => significant(xiPerUnit(name, isotope), 3)),
  ]);
  return `xi per unit of a quark coupling\n${columns([["", ...named.map(({ name }) => name)], ...rows], "<>", "  ")}`;
}
