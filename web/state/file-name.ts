/** Names of files that are taken away. */

import type { SpecInput } from "nurecoil/analysis";
import { choicesOf } from "./analysis-spec.ts";

/** Longer lists of experiments are counted instead: some file systems stop at 255 characters. */
const LONGEST = 120;

/**
 * @param what e.g. `region`
 * @param ending without the dot; empty: none
 * @example fileName("region", { experiments: ["coherent-csi-2017"] }, "svg") === "nurecoil-region-coherent-csi-2017.svg"
 */
export function fileName(what: string, spec: SpecInput, ending: string): string {
  const ids = choicesOf(spec).map(({ id }) => id);
  const joined = ids.join("+");
  const experiments = joined.length > LONGEST ? `${ids.length}-experiments` : joined;
  const name = ["nurecoil", what, experiments].filter((part) => part !== "").join("-");
  const safe = name.replace(/[^\w.+-]+/g, "-");
  return ending === "" ? safe : `${safe}.${ending}`;
}
