/**
 * The experiment format `nurecoil/experiment/1`: an experiment is a folder with `experiment.json`, the CSV tables it
 * declares, and a README. Objects are strict: a key that is not described here is an error.
 */
import { z } from "zod";
import { formFactors } from "../nuclei/form-factors/index.ts";
import { likelihoodSchema } from "./likelihood-schema.ts";
import { listUniqueBy, nameSchema, sourceReference, textSchema, unitSchema } from "./schema-parts.ts";
import { sourceSchema } from "./sources.ts";
import { tableSchema } from "./table-schema.ts";

export type { FluxDeclaration } from "./flux-schema.ts";
export type { CountsDeclaration, LikelihoodDeclaration } from "./likelihood-schema.ts";
export type { ResponseElement } from "./response-schema.ts";
export type { ColumnDeclaration, TableDeclaration } from "./table-schema.ts";

const inputSchema = z
  .strictObject({
    value: z.number().describe("Central value"),
    unit: unitSchema,
    sigma: z.exactOptional(z.number().positive()).describe("One standard deviation, in the same unit"),
    sigmaPlus: z.exactOptional(z.number().positive()).describe("Upward error of an asymmetric uncertainty"),
    sigmaMinus: z.exactOptional(z.number().positive()).describe("Downward error, as a positive number"),
    source: sourceReference,
    note: z.exactOptional(textSchema).describe("What a reader of the number should know"),
  })
  .check((context) => {
    const { sigma, sigmaPlus, sigmaMinus } = context.value;
    if ((sigmaPlus === undefined) !== (sigmaMinus === undefined) || (sigma !== undefined && sigmaPlus !== undefined))
      context.issues.push({
        code: "custom",
        message: "an uncertainty is either sigma or both sigmaPlus and sigmaMinus",
        input: context.value,
      });
  })
  .describe("A number with unit, uncertainty and source");

export const experimentSchema = z
  .strictObject({
    format: z.literal("nurecoil/experiment/1").describe("Format and version of this file"),
    id: nameSchema.describe("Id of the experiment, equal to the name of its folder"),
    title: textSchema.describe("Title for people"),
    summary: textSchema.describe("One or two sentences"),
    overlaps: z
      .array(nameSchema)
      .describe("Ids of experiments that contain some of the same events and so must not be combined with this one"),
    sources: z
      .record(nameSchema, sourceSchema)
      .meta({ "x-unique": "key" })
      .describe("Papers and releases; every `source` in this file is one of these keys"),
    inputs: z.record(nameSchema, inputSchema).describe("Numbers, called by these names in the likelihoods"),
    tables: z.record(nameSchema, tableSchema).describe("CSV tables, called by these names in the likelihoods"),
    defaults: z
      .strictObject({
        formFactor: z.enum(Object.keys(formFactors) as [string, ...string[]]).describe("Nuclear form factor"),
      })
      .describe("Choices of the analysis unless the user makes others"),
    likelihoods: listUniqueBy("id", likelihoodSchema).min(1).describe("Likelihoods; the first one is the default"),
  })
  .describe("An experiment: numbers, tables and likelihoods, each with its source");

/** An experiment as its file states it: units unconverted, names unresolved. */
export type ExperimentFile = z.infer<typeof experimentSchema>;
/** One entry of `inputs`. */
export type ExperimentInput = z.infer<typeof inputSchema>;

/**
 * JSON Schema (draft 2020-12) of `experiment.json`. Annotations of our own: `x-reference` says what a string must name,
 * `x-unique` in which field the entries of a list or map differ.
 */
export function experimentJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(experimentSchema), title: "nurecoil/experiment/1" };
}
