/**
 * Reproduction format: the claims of a paper as data, each with how it is measured by us, what was published and how it
 * was read, and a tolerance with its reason.
 */

import { z } from "zod";
import { specInputSchema } from "../analysis/spec.ts";
import { type Issue, NurecoilError, suggestion } from "../errors.ts";
import { measureSchema } from "./measure-schema.ts";

const names = z.array(z.string());
const values = z.record(z.string(), z.number());

const input = specInputSchema.shape;
/** What an analysis of a paper may choose; what it leaves out is the paper's. */
const analysisSpecSchema = z.strictObject({
  experiments: z.exactOptional(input.experiments.unwrap()),
  parameters: z.exactOptional(input.parameters.unwrap()),
  convention: z.exactOptional(input.convention.unwrap()),
  recoil: z.exactOptional(input.recoil.unwrap()),
  formFactor: z.exactOptional(input.formFactor.unwrap()),
  truth: z.exactOptional(input.truth.unwrap()),
  uncorrelated: z.exactOptional(input.uncorrelated.unwrap()),
  allowOverlap: z.exactOptional(input.allowOverlap.unwrap()),
  ranges: z.exactOptional(input.ranges.unwrap()),
  toys: z.exactOptional(input.toys.unwrap()).describe("For measures of Feldman-Cousins intervals"),
  seed: z.exactOptional(z.number().int()).describe("Of the toys"),
  cl: z.exactOptional(z.array(z.number())),
  sigma: z.exactOptional(z.array(z.number())),
});

const edges = z
  .array(z.number())
  .min(2)
  .refine((list) => list.every((edge, i) => i === 0 || edge > list[i - 1]!), "edges must rise");

const analysisSchema = z.strictObject({
  title: z.string(),
  spec: analysisSpecSchema,
  edges: z
    .exactOptional(z.record(z.string(), z.record(z.string(), edges)))
    .describe("Edges that replace those of a likelihood's axes, by experiment and axis"),
});

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
  experiments: z.array(z.string()).describe("Those of the default analysis"),
  analyses: z.record(z.string(), analysisSchema).default({}).describe("Other analyses, by the name measures use"),
  groups: z.record(z.string(), z.string()).default({}).describe("Titles of groups of cases; default: from their id"),
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
  studySource: z.string().default(""),
  cases: z.array(caseSchema),
});
export type Reproduction = z.infer<typeof reproductionSchema>;

/** Analyses that measures name and the paper does not have. */
function unknownAnalyses({ analyses, cases }: Reproduction): readonly Issue[] {
  const known = Object.keys(analyses);
  return cases.flatMap(({ measure }, k): Issue[] => {
    const asked = [measure.analysis, ...("to" in measure ? [measure.to] : [])];
    return asked
      .filter((name) => name !== undefined && !known.includes(name))
      .map((name) => ({
        path: `cases.${k}.measure.analysis`,
        message: `there is no analysis "${name}"`,
        hint: suggestion(name!, known),
      }));
  });
}

/** Feldman-Cousins measures of analyses that do not say what is tested, with how many toys, and from which seed. */
function untested({ analyses, cases }: Reproduction): readonly Issue[] {
  return cases.flatMap(({ measure }, k): Issue[] => {
    if (!measure.kind.startsWith("feldman-cousins")) return [];
    const spec = measure.analysis === undefined ? undefined : analyses[measure.analysis]?.spec;
    const missing = [
      ...(["parameter", "count", "points"] as const)
        .filter((key) => spec?.toys?.[key] === undefined)
        .map((key) => `toys.${key}`),
      ...(spec?.seed === undefined ? ["seed"] : []),
      ...("cl" in measure && spec?.cl?.includes(measure.cl) !== true ? [`${measure.cl} in cl`] : []),
    ];
    if (missing.length === 0) return [];
    return [{ path: `cases.${k}.measure`, message: `its analysis must have ${missing.join(", ")}` }];
  });
}

/** @throws NurecoilError (file) listing every issue with its path */
export function parseReproduction(data: unknown, file: string): Reproduction {
  const result = reproductionSchema.safeParse(data);
  const issues = result.success
    ? [...unknownAnalyses(result.data), ...untested(result.data)]
    : result.error.issues.map((issue): Issue => ({ path: issue.path.join("."), message: issue.message }));
  if (result.success && issues.length === 0) return result.data;
  throw new NurecoilError(
    "file",
    issues.map((issue) => ({ file, ...issue })),
  );
}
