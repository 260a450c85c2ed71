/** Structures of the cross section: shape in recoil energy, and which couplings feed them. */

import { type Current, couplings } from "../../interactions/couplings.ts";
import {
  type Recoil,
  recoils,
  type Shape,
  type Structure,
  shapeOf,
  structures,
} from "../../interactions/structures.ts";
import { interactionSources } from "../../report/citations.ts";
import { blocks, columns } from "../../report/columns.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

const meanings: Readonly<Record<Structure, { readonly text: string; readonly currents: readonly Current[] }>> = {
  SS: { text: "scalar squared", currents: ["scalar"] },
  PP: { text: "pseudoscalar squared", currents: ["pseudoscalar"] },
  VV: { text: "vector squared, the standard model included", currents: ["vector"] },
  VA: { text: "vector-axial interference, odd under neutrino <-> antineutrino", currents: ["vector", "axial"] },
  AA: { text: "axial squared", currents: ["axial"] },
  TT: { text: "tensor squared", currents: ["tensor"] },
  R: {
    text: "scalar-tensor interference, odd under neutrino <-> antineutrino",
    currents: ["interference", "scalar", "pseudoscalar", "tensor"],
  },
};

const definitions =
  "dsigma/dE_r = G_F^2/(4 pi) m N^2 F^2(q^2) sum of coefficient x shape,  t = m E_r/(2 E^2), y = E_r/E, for neutrinos";

export const interactions: Section = { name: "interactions", entries: () => structures.map(entryOf) };

function entryOf(structure: Structure): Entry {
  const { text, currents } = meanings[structure];
  const names = couplings.filter((one) => one.currents.some((current) => currents.includes(current)));
  return {
    id: structure,
    summary: `${text}: ${summaryShape(structure)}`,
    text: () =>
      blocks(
        `${structure}: ${text}`,
        definitions,
        columns(
          [
            ...recoils.map((recoil) => [`recoil ${recoil}`, shapeText(structure, recoil, 0.5)]),
            ["recoil exact, spin 0", shapeText(structure, "exact", 0)],
          ],
          "<<",
        ),
        `couplings: ${names.map((one) => one.name).join(", ")}`,
        sourceText(interactionSources),
      ),
    data: () => ({
      meaning: text,
      shapes: Object.fromEntries(recoils.map((recoil) => [recoil, shapeOf(structure, recoil, 1, 0.5)])),
      exactSpinZero: shapeOf(structure, "exact", 1, 0),
      couplings: names.map((one) => one.name),
    }),
    sources: () => interactionSources,
  };
}

/** The default shape; a structure that only the exact form has shows that. */
function summaryShape(structure: Structure): string {
  const full = shapeText(structure, "full", 0.5);
  return full === "0" ? `0, with recoil exact ${shapeText(structure, "exact", 0.5)}` : full;
}

/** The shape for neutrinos as a polynomial, e.g. `1 - t - y`. */
function shapeText(structure: Structure, recoil: Recoil, spin: number): string {
  const shape = shapeOf(structure, recoil, 1, spin);
  const monomials: readonly (readonly [keyof Shape, string])[] = [
    ["one", "1"],
    ["t", "t"],
    ["y", "y"],
    ["yy", "y^2"],
  ];
  const terms = monomials.flatMap(([key, name]) => {
    const factor = shape[key];
    if (factor === 0) return [];
    const size = Math.abs(factor);
    return [
      { sign: factor < 0 ? "-" : "+", text: name === "1" ? String(size) : size === 1 ? name : `${size} ${name}` },
    ];
  });
  if (terms.length === 0) return "0";
  return terms.map(({ sign, text }, i) => (i === 0 ? (sign === "-" ? `-${text}` : text) : `${sign} ${text}`)).join(" ");
}
