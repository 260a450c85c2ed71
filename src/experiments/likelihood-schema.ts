/**
 * Likelihoods in the experiment format: target, flux, response, binning, observed counts, backgrounds and nuisances.
 * Another kind of statistics is one schema here and one line in the union.
 */
import { z } from "zod";
import { fluxSchema } from "./flux-schema.ts";
import { nuisanceSchema } from "./nuisance-schema.ts";
import { responseElementSchema } from "./response-schema.ts";
import {
  factorReference,
  inputReference,
  listUniqueBy,
  nameSchema,
  referenceTo,
  sourceReference,
  textSchema,
  unitSchema,
} from "./schema-parts.ts";
import { shapeSchema, timingSchema } from "./timing-schema.ts";

const targetSchema = z
  .strictObject({
    composition: z
      .string()
      .regex(/^([A-Z][a-z]?([1-9]\d*)?)+$/, "must be a chemical formula such as CsI or CaWO4")
      .describe("Chemical formula of the target"),
    mass: inputReference("mass", "positive", "Target mass: the input's name"),
    fractions: z
      .exactOptional(
        z.record(z.string(), z.number().min(0).max(1)).check((context) => {
          const sum = Object.values(context.value).reduce((total, fraction) => total + fraction, 0);
          // Looser than the rounding of a sum, far tighter than any misprint.
          if (!(Math.abs(sum - 1) < 1e-9))
            context.issues.push({
              code: "custom",
              message: `fractions must sum to 1, not ${sum}`,
              input: context.value,
            });
        }),
      )
      .describe("Share of each element among the nuclei; without it, the formula's"),
    fractionsNote: z.exactOptional(textSchema).describe("Why the fractions are not the formula's"),
  })
  .describe("The nuclei that are hit");

const axisSchema = z
  .strictObject({
    name: nameSchema.describe("Name of the binned quantity"),
    unit: unitSchema,
    edges: z
      .array(z.number())
      .min(2)
      .check((context) => {
        const at = context.value.findIndex((edge, i) => i > 0 && !(edge > (context.value[i - 1] as number)));
        if (at > 0)
          context.issues.push({
            code: "custom",
            message: `bin edges must increase: ${context.value[at]} follows ${context.value[at - 1]}`,
            input: context.value[at],
            path: [at],
          });
      })
      .describe("Bin edges, increasing; a bin holds its lower edge and not its upper"),
  })
  .describe("One axis of the binning");

const axisColumnsSchema = z
  .record(referenceTo("axes", "Axis of the likelihood"), referenceTo("columns", "Column that holds its bin centres"))
  .describe("For each axis, the table's column of bin centres; rows are added up inside the axis's bins");

const windowSchema = z
  .exactOptional(
    z.record(
      referenceTo("columns", "Column of the table"),
      z.tuple([z.number(), z.number()]).check((context) => {
        if (!(context.value[0] < context.value[1]))
          context.issues.push({
            code: "custom",
            message: `the window selects nothing: ${context.value[0]} is not below ${context.value[1]}`,
            input: context.value,
          });
      }),
    ),
  )
  .describe("Rows that count: centre in [low, high) for each column named, in the column's unit");

const observedSchema = z
  .strictObject({
    table: referenceTo("tables", "Table of counts"),
    add: z.array(referenceTo("columns", "Column of the table")).min(1).describe("Samples that are added"),
    subtract: z.array(referenceTo("columns", "Column of the table")).describe("Samples that are subtracted"),
    axes: axisColumnsSchema,
    window: windowSchema,
    oversampled: z
      .exactOptional(z.record(referenceTo("columns", "Subtracted column"), z.number().positive()))
      .describe("How many times more of a subtracted sample was measured than is subtracted: divides its variance"),
  })
  .describe("Counts observed; a Gaussian likelihood takes sqrt(sum of all samples) as their error");

const conditionalShapeSchema = z
  .strictObject({
    table: referenceTo("tables", "Table of a template in cells"),
    column: referenceTo("columns", "Column of the template"),
    axes: axisColumnsSchema,
  })
  .describe(
    "Shares in the bins of the middle axis for each bin of the first, from a template summed over the rest; a bin without events takes those of the last that has some",
  );

const backgroundSchema = z
  .strictObject({
    component: nameSchema.describe("Name of the component, e.g. brn for beam-related neutrons"),
    table: referenceTo("tables", "Table of the background's shape and size"),
    column: referenceTo("columns", "Column of the table: events per row, times the scale"),
    axes: axisColumnsSchema,
    scale: z
      .array(factorReference("non-negative", "Input that multiplies the column"))
      .describe("Inputs whose product turns the column into events"),
    acceptance: z
      .boolean()
      .describe("Whether the response's acceptance, at the table's bin centres, still has to be applied"),
    projected: z
      .exactOptional(z.boolean())
      .describe(
        "Whether the shape is the product of the table's projections onto the axes: independent, and never empty",
      ),
    window: windowSchema,
    timing: z.exactOptional(shapeSchema).describe("Shape on the last axis, where the table has none"),
    total: z
      .exactOptional(inputReference("number", "positive", "Events in all cells: the column then gives the shape alone"))
      .describe("Input that says how many events there are"),
    sideband: z
      .exactOptional(
        z.strictObject({
          replaces: nameSchema.describe("Nuisance that is left out when the rows are free"),
        }),
      )
      .describe(
        "The table's rows are counts of their own: `steady-state-statistics=joint` frees the row of each bin of the first axis and takes these counts as Poisson data",
      ),
    source: sourceReference,
    description: z.exactOptional(textSchema).describe("What it is"),
  })
  .describe("A background that does not depend on the couplings");

/** Fields of every likelihood of counts in cells. */
const countsFields = {
  id: nameSchema.describe("Name of the likelihood; `<experiment>@<id>` outside this file"),
  source: sourceReference,
  description: textSchema.describe("What it is and where it is defined"),
  target: targetSchema,
  flux: fluxSchema,
  axes: listUniqueBy("name", axisSchema).min(1).describe("Binning; the last axis runs fastest"),
  response: z.array(responseElementSchema).min(1).describe("Detector response in physical order, onto the first axis"),
  conditional: z.exactOptional(conditionalShapeSchema).describe("The signal on a middle axis"),
  timing: z.exactOptional(timingSchema),
  exposure: z
    .exactOptional(factorReference("positive", "Input that everything expected is proportional to"))
    .describe("Changing this input scales signal and backgrounds alike"),
  anchor: z
    .exactOptional(
      z.strictObject({
        total: inputReference("number", "positive", "CEvNS events of the standard model: the input's name"),
      }),
    )
    .describe("`normalisation=anchored` (the default) scales the signal so that the standard model gives this total"),
  observed: observedSchema,
  backgrounds: listUniqueBy("component", backgroundSchema).describe("Backgrounds; may be empty"),
  nuisances: listUniqueBy("name", nuisanceSchema).describe("Nuisance parameters; may be empty"),
};

const gaussianLikelihoodSchema = z
  .strictObject({ ...countsFields, statistics: z.literal("gaussian") })
  .describe("chi2 = sum over bins of ((observed - expected) / error)^2 plus the constraints of the nuisances");

const poissonLikelihoodSchema = z
  .strictObject({ ...countsFields, statistics: z.literal("poisson") })
  .describe("chi2 = 2 sum over cells of mu - n + n ln(n/mu) plus the constraints of the nuisances");

const projectionLikelihoodSchema = z
  .strictObject({
    id: countsFields.id,
    source: countsFields.source,
    description: countsFields.description,
    statistics: z.literal("projection"),
    target: countsFields.target,
    flux: fluxSchema,
    response: countsFields.response,
    exposure: countsFields.exposure,
    background: z
      .strictObject({
        component: nameSchema.describe("Name of the component"),
        scale: z
          .array(factorReference("non-negative", "Input"))
          .min(1)
          .describe("Inputs whose product is the number of events"),
        source: sourceReference,
        description: textSchema.describe("What it is"),
      })
      .describe("Background on the count"),
    nuisances: countsFields.nuisances,
  })
  .describe("A detector to be built: one Gaussian count with Asimov data, chi2 = (n - mu)^2/n plus the constraints");

export const likelihoodSchema = z
  .discriminatedUnion("statistics", [gaussianLikelihoodSchema, poissonLikelihoodSchema, projectionLikelihoodSchema])
  .describe("One way to compare the data with a prediction");

/** One likelihood as the file states it. */
export type LikelihoodDeclaration = z.infer<typeof likelihoodSchema>;
/** A likelihood of counts that were measured. */
export type CountsDeclaration = Exclude<LikelihoodDeclaration, { statistics: "projection" }>;
