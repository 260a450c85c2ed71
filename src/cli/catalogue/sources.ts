/** Sources as they end every `show`. */

import type { Source } from "../../experiments/sources.ts";

/** A block with one source per line; nothing for none. */
export function sourceText(sources: readonly Source[]): string {
  return sources.length === 0 ? "" : ["sources", ...sources.map((one) => `  ${one.key}: ${reference(one)}`)].join("\n");
}

/** A source on one line, as a reader would look it up. */
export function reference({ title, journal, volume, year, pages, doi, arxiv }: Source): string {
  const place = journal === undefined ? [year] : [journal, volume, `(${year})`, pages];
  return [
    title,
    place.filter((part) => part !== undefined).join(" "),
    ...(doi === undefined ? [] : [`doi:${doi}`]),
    ...(arxiv === undefined ? [] : [`arXiv:${arxiv}`]),
  ].join(", ");
}
