/** Experiments: the file format, its parser, importers of official releases, and sources with their BibTeX. */
export type { Experiment } from "./build.ts";
export { formatCsv, parseCsv, type Table } from "./csv.ts";
export { type Importer, importers } from "./importers/index.ts";
export { type FolderTexts, type ParsedExperiment, parseExperiment } from "./parse.ts";
export {
  type ColumnDeclaration,
  type ExperimentFile,
  type ExperimentInput,
  experimentJsonSchema,
  experimentSchema,
  type FluxDeclaration,
  type LikelihoodDeclaration,
  type ResponseElement,
  type TableDeclaration,
} from "./schema.ts";
export { availableChoices, type ChoiceOption, usedInputs } from "./settings.ts";
export { type Source, sourceSchema, toBibliography, toBibtex } from "./sources.ts";
