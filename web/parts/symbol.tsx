/** Names of couplings as physicists write them. */

import { htmlOfTex, plainText, pullName, symbolOf } from "nurecoil/figures";
import { readCouplingName } from "nurecoil/interactions";
import { textParts } from "./issue-text.ts";

/** A coupling's symbol; read aloud by its plain name. */
export function CouplingSymbol({ name }: { readonly name: string }) {
  const tex = symbolOf(name);
  // A nuisance has a name, no symbol.
  if (tex.startsWith("\\text")) return <span>{plainText(pullName(name))}</span>;
  return (
    <span
      class="math"
      role="img"
      aria-label={spoken(name)}
      dangerouslySetInnerHTML={{ __html: htmlOfTex(tex, true) }}
    />
  );
}

/** A text of the library, couplings in it as their symbols. */
export function WithSymbols({ text }: { readonly text: string }) {
  return textParts(text).map((part, index) =>
    typeof part === "string" ? part : <CouplingSymbol key={index} name={part.coupling} />,
  );
}

/** The same where only letters can stand, as in the help that a pointer brings. */
export function inWords(text: string): string {
  return textParts(text)
    .map((part) => (typeof part === "string" ? part : worded(part.coupling)))
    .join("");
}

const kinds: Readonly<Record<string, string>> = {
  S: "scalar",
  P: "pseudoscalar",
  V: "vector",
  A: "axial",
  T: "tensor",
};
const letters: Readonly<Record<string, string>> = { e: "e", mu: "μ", tau: "τ" };

/**
 * A name for menus, which know no sub- and superscripts.
 * @example worded("xi_V_mu") === "vector ξ, μ"
 */
export function worded(name: string): string {
  const read = readCouplingName(name);
  if (read === undefined) return spoken(name);
  const flavour = read.lepton === null ? "" : `, ${letters[read.lepton]}`;
  const [family, kind, quark] = read.coupling.name.split("_");
  const [, quarks, pair] = /^eps_([ud]?)V_(\w+)$/.exec(name) ?? [];
  if (pair !== undefined) {
    const flavours = pair.replace(/tau|mu/g, (one) => letters[one]!);
    return `vector ε, ${quarks === "" ? "u and d quarks" : `${quarks} quark`}, ${flavours}`;
  }
  if (family === "R") return `interference R${flavour}`;
  const sort = kinds[kind ?? ""];
  if (sort === undefined) return "weak angle, sin²θ";
  return `${sort} ${family === "xi" ? "ξ" : family}${quark === undefined ? "" : `, ${quark} quark`}${flavour}`;
}

/** How a name is read aloud. */
export function spoken(name: string): string {
  if (symbolOf(name).startsWith("\\text")) return plainText(pullName(name));
  return name
    .replace(/_e$/, ", electron flavour")
    .replace(/_mu$/, ", muon flavour")
    .replace(/_tau$/, ", tau flavour")
    .replaceAll("_", " ");
}
