/**
 * Reports: results as tables for people, CSV, JSON and HEPData tables; the sources of data and formulas with their
 * BibTeX; the command line that asks the same question.
 */

export { constantSources, couplingSources, formFactorSources, formulaSources, nuclideSources } from "./citations.ts";
export { blocks, columns, notes } from "./columns.ts";
export { type CommandLine, commandOf, type Question, questionSpec } from "./command.ts";
export { fitCsv, predictCsv, profileCsv, regionCsv, scanCsv, spectrumCsv } from "./csv.ts";
export { type HepdataResult, hepdataArchive, hepdataSubmission, type SubmissionFile, toHepdata } from "./hepdata.ts";
export { toJson } from "./json.ts";
export { fixed, interval, percent, significant, union, withError } from "./numbers.ts";
export { bibtexOf, type Citation, citationsOf } from "./spec-citations.ts";
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
