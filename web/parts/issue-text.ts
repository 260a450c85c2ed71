/** Issues of the library as sentences of the page: flags of the command become what the page has. */

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
