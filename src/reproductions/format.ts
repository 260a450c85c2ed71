/**
 * Reproduction format: the claims of a paper as data, each with how it is measured by us, what was published and how it
 * was read, and a tolerance with its reason.
 */

import { z } from "zod";
import { type Issue, NurecoilError } from "../errors.ts";

const names = z.array(z.string());
const values = z.record(z.string(), z.number());

/** How a number (or a text) is got from an analysis; fixed couplings in `parameters`. */
const measureSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("minimum"), free: names, parameter: z.string(), near: values })
    .describe("Parameter at the minimum nearest to a place"),
  z.strictObject({ kind: z.literal("minima"), free: names }).describe("Number of minima"),
  z
    .strictObject({
      kind: z.literal("interval-end"),
      free: names,
      parameter: z.string(),
      cl: z.number(),
      segment: z.number().int(),
      end: z.enum(["low", "high"]),
    })
    .describe("End of a confidence interval; segments from low to high"),
  z
    .strictObject({ kind: z.literal("segments"), free: names, parameter: z.string(), cl: z.number() })
    .describe("Number of segments"),
  z
    .strictObject({
      kind: z.literal("events"),
      component: z.string(),
      flavour: z.string().nullable(),
      bin: z.exactOptional(z.number().int()),
    })
    .describe("Events of a component, in all or in one bin"),
  z.strictObject({ kind: z.literal("flavour-order") }).describe("Flavours by rising number of events"),
  z.strictObject({ kind: z.literal("chi2"), parameters: values }).describe("chi^2 at given couplings"),
  z.strictObject({ kind: z.literal("best-chi2"), free: names }).describe("chi^2 of the best fit"),
  z
    .strictObject({ kind: z.literal("profile"), parameter: z.string(), at: z.number(), profile: names })
    .describe("Delta chi^2 at a value, others profiled"),
  z
    .strictObject({
      kind: z.literal("profile-minima"),
      parameter: z.string(),
      profile: names,
      range: z.tuple([z.number(), z.number()]),
    })
    .describe("Number of local minima of a profile"),
  z
    .strictObject({
      kind: z.literal("region"),
      plane: z.tuple([z.string(), z.string()]),
      cl: z.number(),
      dof: z.number().int(),
      what: z.enum(["topology", "low-x", "high-x", "low-y", "high-y", "slope"]),
    })
    .describe("Islands and holes, extent, or slope of the border of a region"),
  z
    .strictObject({
      kind: z.literal("endpoints"),
      group: z.string(),
      relative: z.number(),
      absolute: z.number(),
      shifted: z.boolean(),
    })
    .describe("Largest excess over a tolerance among the interval ends of a group; 0 when all are inside"),
]);
export type Measure = z.infer<typeof measureSchema>;

const toleranceSchema = z.strictObject({
  relative: z.number().nonnegative().default(0),
  absolute: z.number().nonnegative().default(0),
  why: z.string(),
});

const caseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9._-]+$/i),
  group: z.string().describe("Table or figure of the paper"),
  claim: z.string(),
  measure: measureSchema,
  published: z.union([z.number(), z.string()]).nullable().describe("null: the paper prints no number"),
  read: z.string().describe("How the published value was read"),
  expected: z
    .union([
      z.strictObject({ value: z.number(), tolerance: toleranceSchema }),
      z.strictObject({ text: z.string() }),
      z.strictObject({ atLeast: z.number(), why: z.string() }),
      z.strictObject({ atMost: z.number(), why: z.string() }),
    ])
    .nullable()
    .describe("What ours is held against; null: shown without judgement"),
  note: z.string().default(""),
});
export type ReproductionCase = z.infer<typeof caseSchema>;

const reproductionSchema = z.strictObject({
  format: z.literal("nurecoil/reproduction/1"),
  paper: z.string(),
  title: z.string(),
  citation: z.string(),
  experiments: z.array(z.string()),
  convention: z.enum(["A", "B"]),
  spectrumRecoil: z.enum(["leading", "full", "exact"]).describe("Kinematics of the spectra without new couplings"),
  offset: z
    .strictObject({
      parameters: values.describe("Inputs that, moved together, account for the offset of a group of cases"),
      groups: names.describe("Groups it speaks for"),
      tolerance: toleranceSchema,
      text: z.string(),
    })
    .nullable(),
  study: z
    .array(
      z.strictObject({
        change: z.string(),
        events: z.number(),
        centre: z.number(),
        rate: z.number(),
        left: z.number(),
      }),
    )
    .describe("What each change of input does, from an independent script"),
  studySource: z.string(),
  cases: z.array(caseSchema),
});
export type Reproduction = z.infer<typeof reproductionSchema>;

/** @throws NurecoilError (file) listing every issue with its path */
export function parseReproduction(data: unknown, file: string): Reproduction {
  const result = reproductionSchema.safeParse(data);
  if (result.success) return result.data;
  throw new NurecoilError(
    "file",
    result.error.issues.map((issue): Issue => ({ file, path: issue.path.join("."), message: issue.message })),
  );
}
