/**
 * Nuisance parameters in the experiment format. A new kind is one schema here and one line in the union.
 */
import { z } from "zod";
import { inputReference, nameSchema, referenceTo, sourceReference, textSchema } from "./schema-parts.ts";

const components = z
  .array(referenceTo("components", "`cevns` or the component of a background"))
  .min(1)
  .describe("Components that it acts on");

const common = {
  name: nameSchema.describe("Name; `<experiment>.<name>` outside this file"),
  shared: z
    .exactOptional(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, "must be two words joined by a dot"))
    .describe("Name outside this file when other experiments share the parameter, e.g. sns.flux"),
  source: sourceReference,
  description: textSchema.describe("What it stands for"),
};

const sigma = z.number().positive().describe("Relative standard deviation of the components' size");

const pullSchema = z
  .strictObject({ ...common, kind: z.literal("pull"), sigma, components })
  .describe("Size of components, in units of sigma; central value 0");

const normalisationSchema = z
  .strictObject({ ...common, kind: z.literal("normalisation"), sigma, components })
  .describe("Size of components as a factor; central value 1");

const replacedInputs = z.record(
  referenceTo("inputs", "Input of the response"),
  referenceTo("inputs", "Input that takes its place"),
);

const variationSchema = z
  .discriminatedUnion("type", [
    z
      .strictObject({
        type: z.literal("inputs"),
        plus: replacedInputs.describe("Replacements at +1 sigma"),
        minus: replacedInputs.describe("Replacements at -1 sigma"),
      })
      .describe("Inputs that take the place of others at +1 and -1 sigma"),
    z
      .strictObject({
        type: z.literal("input-step"),
        input: referenceTo("inputs", "Input that moves"),
        step: inputReference("number", "positive", "Relative step of one sigma: the input's name"),
      })
      .describe("One input scaled by 1 +- step"),
    z
      .strictObject({
        type: z.literal("neutron-radius"),
        step: inputReference("number", "positive", "Relative step of one sigma: the input's name"),
      })
      .describe("rms radius of the neutrons scaled by 1 +- step, protons unmoved"),
    z
      .strictObject({
        type: z.literal("templates"),
        table: referenceTo("tables", "Table of templates in cells"),
        axes: z
          .record(
            referenceTo("axes", "Axis of the likelihood"),
            referenceTo("columns", "Column that holds its bin centres"),
          )
          .describe("For each axis, the table's column of bin centres"),
        nominal: referenceTo("columns", "Column of the nominal template"),
        plus: referenceTo("columns", "Column at +1 sigma"),
        minus: z
          .exactOptional(referenceTo("columns", "Column at -1 sigma"))
          .describe("Without it, 2 nominal - plus, cut at zero"),
      })
      .describe("Templates whose ratio to the nominal one, cell by cell, moves the component; its sum is kept"),
  ])
  .describe("What changes at +1 and -1 sigma");

const shapeSchema = z
  .strictObject({ ...common, kind: z.literal("shape"), components, variation: variationSchema })
  .describe("Shape of components in units of sigma, central value 0: quadratic up to 1 sigma, straight beyond");

const onsetSchema = z
  .strictObject({
    ...common,
    kind: z.literal("onset"),
    unit: z.enum(["us", "ns"]).describe("Unit of the shift"),
    range: z.tuple([z.number(), z.number()]).describe("Lowest and highest shift: equally likely, none beyond"),
  })
  .describe("Shift of the neutrinos' arrival before the efficiency in time, without a Gaussian constraint");

export const nuisanceSchema = z
  .discriminatedUnion("kind", [pullSchema, normalisationSchema, shapeSchema, onsetSchema])
  .describe("A nuisance parameter");

/** A nuisance parameter as the file states it. */
export type NuisanceDeclaration = z.infer<typeof nuisanceSchema>;
