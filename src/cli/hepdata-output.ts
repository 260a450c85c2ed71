/** Results as HEPData tables: the form by the ending of the name. */

import { type HepdataResult, hepdataArchive, toHepdata } from "../report/hepdata.ts";

/** Endings of HEPData: one file, or a submission to upload. */
export const hepdataEndings: readonly string[] = [".yaml", ".zip"];

/** A result in the forms of HEPData. */
export function hepdataForms(result: HepdataResult): Readonly<Record<string, () => string | Uint8Array>> {
  return { ".yaml": () => toHepdata(result), ".zip": () => hepdataArchive(result) };
}
