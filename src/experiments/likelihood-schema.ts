/**
 * Likelihoods in the experiment format: target, flux, response, binning, observed counts, backgrounds and nuisances.
 * Another kind of statistics is one schema here and one line in the union.
 */
import { z } from "zod";
import { fluxSchema } from "./flux-schema.ts";
import { responseElementSchema } from "./response-schema.ts";
import {
  inputReference,
  listUniqueBy,
  nameSchema,
  referenceTo,
  sourceReference,
  textSchema,
  unitSchema,
} from "./schema-parts.ts";

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

const observedSchema = z
  .strictObject({
    table: referenceTo("tables", "Table of counts"),
    add: z.array(referenceTo("columns", "Column of the table")).min(1).describe("Samples that are added"),
    subtract: z.array(referenceTo("columns", "Column of the table")).describe("Samples that are subtracted"),
    axes: axisColumnsSchema,
    window: z
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
      .describe("Rows that count: centre in [low, high) for each column named, in the column's unit"),
  })
  .describe("Counts observed; a Gaussian likelihood takes sqrt(sum of all samples) as their error");

const shapeSchema = z
  .strictObject({
    table: referenceTo("tables", "Table of shares per bin"),
    centre: referenceTo("columns", "Column of bin centres"),
    column: referenceTo("columns", "Column of shares"),
  })
  .describe("Share of the events in each bin of the last axis");

const timingSchema = z
  .strictObject({
    table: referenceTo("tables", "Table of shares per bin"),
    centre: referenceTo("columns", "Column of bin centres"),
    columns: z
      .strictObject({
        nu_e: referenceTo("columns", "Shares of electron neutrinos"),
        nu_mu: referenceTo("columns", "Shares of muon neutrinos"),
        anti_nu_mu: referenceTo("columns", "Shares of muon antineutrinos"),
      })
      .describe("Column of each flavour"),
  })
  .describe("Arrival times: shares of each flavour in the bins of the last axis");

const backgroundSchema = z
  .strictObject({
    component: nameSchema.describe("Name of the component, e.g. brn for beam-related neutrons"),
    table: referenceTo("tables", "Table of the background's shape and size"),
    column: referenceTo("columns", "Column of the table: events per row, times the scale"),
    axes: axisColumnsSchema,
    scale: z
      .array(referenceTo("inputs", "Input that multiplies the column"))
      .describe("Inputs whose product turns the column into events"),
    acceptance: z
      .boolean()
      .describe("Whether the response's acceptance, at the table's bin centres, still has to be applied"),
    projected: z
      .exactOptional(z.boolean())
      .describe(
        "Whether the shape is the product of the table's projections onto the axes: independent, and never empty",
      ),
    timing: z.exactOptional(shapeSchema).describe("Shape on the last axis, where the table has none"),
    source: sourceReference,
    description: z.exactOptional(textSchema).describe("What it is"),
  })
  .describe("A background that does not depend on the couplings");

const nuisanceSchema = z
  .strictObject({
    name: nameSchema.describe("Name; `<experiment>.<name>` outside this file"),
    shared: z
      .exactOptional(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, "must be two words joined by a dot"))
      .describe("Name outside this file when other experiments share the parameter, e.g. sns.flux"),
    kind: z
      .enum(["pull", "normalisation"])
      .describe("pull: in units of sigma, central 0; normalisation: a factor, central 1"),
    sigma: z.number().positive().describe("Relative standard deviation of the components' size"),
    components: z
      .array(referenceTo("components", "`cevns` or the component of a background"))
      .min(1)
      .describe("Components that it scales"),
    source: sourceReference,
    description: textSchema.describe("What it stands for"),
  })
  .describe("A nuisance parameter with a Gaussian constraint");

/** Fields of every likelihood of counts in cells. */
const countsFields = {
  id: nameSchema.describe("Name of the likelihood; `<experiment>@<id>` outside this file"),
  source: sourceReference,
  description: textSchema.describe("What it is and where it is defined"),
  target: targetSchema,
  flux: fluxSchema,
  axes: listUniqueBy("name", axisSchema).min(1).describe("Binning; the last axis runs fastest"),
  response: z.array(responseElementSchema).min(1).describe("Detector response in physical order, onto the first axis"),
  timing: z.exactOptional(timingSchema).describe("Arrival times, when the last axis is time"),
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

export const likelihoodSchema = z
  .discriminatedUnion("statistics", [gaussianLikelihoodSchema, poissonLikelihoodSchema])
  .describe("One way to compare the data with a prediction");

/** One likelihood as the file states it. */
export type LikelihoodDeclaration = z.infer<typeof likelihoodSchema>;
