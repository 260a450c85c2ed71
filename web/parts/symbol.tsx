/** Names of couplings as physicists write them. */

import { htmlOfTex, symbolOf } from "nurecoil/figures";

/** A coupling's symbol; read aloud by its plain name. */
export function CouplingSymbol({ name }: { readonly name: string }) {
  return (
    <span
      class="math"
      role="img"
      aria-label={spoken(name)}
      dangerouslySetInnerHTML={{ __html: htmlOfTex(symbolOf(name), true) }}
    />
  );
}

/** How a name is read aloud. */
export function spoken(name: string): string {
  return name
    .replace(/_e$/, ", electron flavour")
    .replace(/_mu$/, ", muon flavour")
    .replace(/_tau$/, ", tau flavour")
    .replaceAll("_", " ");
}
