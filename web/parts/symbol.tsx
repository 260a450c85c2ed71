/** Names of couplings as physicists write them. */

import { htmlOfTex, plainText, pullName, symbolOf } from "nurecoil/figures";

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

/** How a name is read aloud. */
export function spoken(name: string): string {
  if (symbolOf(name).startsWith("\\text")) return plainText(pullName(name));
  return name
    .replace(/_e$/, ", electron flavour")
    .replace(/_mu$/, ", muon flavour")
    .replace(/_tau$/, ", tau flavour")
    .replaceAll("_", " ");
}
