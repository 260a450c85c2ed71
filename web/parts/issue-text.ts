/** Issues of the library as sentences of the page: flags of the command become what the page has. */

import { readCouplingName } from "nurecoil/interactions";

/** What a hint for the command means here, by what it names; null where the page has no such thing. */
const ways: readonly (readonly [RegExp, string | null])[] = [
  [/--allow-overlap/, "Choose one of them."],
  [/--uncorrelated/, "Take the tick off “correlated flux”: then every experiment has its own."],
  [/--free/, "Choose “fitted” for a coupling."],
  [/--plane/, "Choose x and y for two couplings."],
  [/--(cl|sigma)/, "Choose confidence levels in the options of the couplings."],
  [/--data asimov/, "Choose “Asimov” for an experiment."],
  [/nurecoil list parameters/, "Choose another coupling."],
  [/spinResponse/, "It needs a spin response of the nuclei, which the page has not: choose another coupling."],
  [/(^|\s)--[a-z]|\bnurecoil [a-z]/, null],
];

/** @returns the hint as a sentence; undefined where it is of the command alone */
export function hintOnPage(hint: string): string | undefined {
  const found = ways.find(([pattern]) => pattern.test(hint));
  return found === undefined ? sentence(hint) : (found[1] ?? undefined);
}

/** With a capital, but not in names such as xi_V, and a full stop. */
export function sentence(text: string): string {
  const begun = /^[a-z]+(?=[\s,;:]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?:…]$/.test(begun) ? begun : `${begun}.`;
}

/** A text in pieces: what is a coupling is a symbol on the page. */
export type TextPart = string | { readonly coupling: string };

/** In quotes anything, without quotes what has an underscore: R is also a letter. Names inside longer ones are theirs. */
const NAME = /"([A-Za-z]\w*)"|(?<![\w.-])([A-Za-z]+\d?_\w+)(?![\w-]|\.\w)/g;

/** What the library writes in ASCII. */
const written: readonly (readonly [RegExp, string])[] = [
  [/chi\^2/g, "χ²"],
  [/\bsin\^2/g, "sin²"],
  [/gamma_5/g, "γ₅"],
  [/-2 eps\b/g, "−2 ε"],
  [/ <-> /g, " ↔ "],
];

/** @param text of the library: names of couplings and radii in it, in quotes or not, become symbols */
export function textParts(text: string): readonly TextPart[] {
  const plain = written.reduce((done, [pattern, sign]) => done.replace(pattern, sign), text);
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of plain.matchAll(NAME)) {
    const name = found[1] ?? found[2]!;
    if (!hasSymbol(name)) continue;
    if (found.index > from) parts.push(plain.slice(from, found.index));
    parts.push({ coupling: name });
    from = found.index + found[0].length;
  }
  if (from < plain.length) parts.push(plain.slice(from));
  return parts;
}

/** Couplings and radii have a symbol; nuisances have words. */
export function hasSymbol(name: string): boolean {
  return readCouplingName(name) !== undefined || /^R_n_\w+$/.test(name);
}
