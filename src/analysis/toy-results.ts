/** Results of toys as plain JSON: goodness of fit and coverage, Feldman-Cousins. */

import { z } from "zod";
import { common, polygons, segment } from "./results.ts";

const range = z.tuple([z.number(), z.number()]);
const units = z.record(z.string(), z.string()).describe("Of parameters and nuisances that have one");
const recipe = z.array(z.string()).describe("What was done, step by step");

export const toysSchema = z.strictObject({
  format: z.literal("nurecoil/toys/1"),
  ...common,
  units,
  recipe,
  toys: z.int().positive(),
  seed: z.int().nonnegative(),
  truth: z.record(z.string(), z.number()).describe("Parameters and fitted nuisances that toys were thrown at"),
  goodnessOfFit: z.strictObject({
    chi2: z.number().describe("Lowest chi^2 of the data"),
    pValue: z.number().min(0).max(1).describe("Share of toys that fit no better"),
    error: z.number().nonnegative(),
  }),
  coverage: z.array(
    z.strictObject({
      parameter: z.string(),
      cl: z.number(),
      nominal: z.number().describe("Coverage that the level promises"),
      actual: z.number().min(0).max(1).describe("Share of toys whose interval holds the truth"),
      error: z.number().nonnegative(),
    }),
  ),
  failed: z.int().nonnegative().describe("Toys without a converged fit; they count as the recipe says"),
});
export type ToysResult = z.infer<typeof toysSchema>;

export const fcSchema = z.strictObject({
  format: z.literal("nurecoil/fc/1"),
  ...common,
  units,
  recipe,
  plane: z.tuple([z.string(), z.string()]).nullable().describe("Tested plane; null where a parameter is tested"),
  parameter: z.string().nullable().describe("Tested parameter; null where a plane is tested"),
  window: z.record(z.string(), range).describe("Where points are tested, by tested parameter"),
  searched: z.record(z.string(), range).describe("Where the lowest chi^2 of data and toys is searched, by parameter"),
  cl: z.array(z.number()),
  points: z
    .array(
      z.strictObject({
        at: z.array(z.number()).describe("Tested parameters, in the order of `plane`"),
        t: z.number().nonnegative().nullable().describe("Of the data; null: no converged fit"),
        p: z.number().min(0).max(1).nullable(),
        toys: z.int().nonnegative().describe("Toys used; 0 where chi^2 alone is certain"),
        decided: z.boolean(),
      }),
    )
    .describe("Last axis fastest"),
  regions: z
    .array(z.strictObject({ cl: z.number(), area: z.number(), polygons }))
    .nullable()
    .describe("Of a plane"),
  intervals: z
    .array(
      z.strictObject({
        parameter: z.string(),
        cl: z.number(),
        segments: z.array(segment).describe("null: not closed inside the window"),
        errors: z
          .array(segment)
          .describe("Of both ends of each segment, from the number of toys at the points around; null: not known"),
      }),
    )
    .nullable()
    .describe("Of a parameter"),
  undecided: z.array(z.int().nonnegative()).describe("Indices of points that the toys left undecided"),
  failed: z.int().nonnegative().describe("Toys without a converged fit; they count as the recipe says"),
});
export type FcResult = z.infer<typeof fcSchema>;
