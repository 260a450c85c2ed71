/** Reports: results as tables for people, CSV and JSON, and the sources of formulas with their BibTeX. */

export { constantSources, couplingSources, formFactorSources, formulaSources, nuclideSources } from "./citations.ts";
export { blocks, columns, notes } from "./columns.ts";
export { predictCsv, scanCsv, spectrumCsv } from "./csv.ts";
export { toJson } from "./json.ts";
export { fixed, interval, percent, significant, union, withError } from "./numbers.ts";
export {
  chi2Table,
  fcTable,
  fitTable,
  predictTable,
  regionTable,
  scanTable,
  spectrumTable,
  toysTable,
} from "./table.ts";
