/**
 * AnalysisSpec: an analysis as plain JSON, the same for command, library and web address. Only names and numbers;
 * everything left out has its default.
 */

import { z } from "zod";
import { NurecoilError, suggestion } from "../errors.ts";
import { conventions } from "../interactions/generalized.ts";
import { recoils } from "../interactions/structures.ts";
import { formFactors } from "../nuclei/form-factors/index.ts";
import { specIssues } from "./spec-issues.ts";

const range = z.tuple([z.number(), z.number()]).describe("[lowest, highest]");
const values = z.record(z.string(), z.number());

const radii = z.record(z.string(), z.number().positive());
const formFactorObject = z
  .strictObject({
    model: z.string(),
    protonRadiiFm: z.exactOptional(radii).describe("rms radii of the proton density, fm, by element or isotope"),
    neutronRadiiFm: z.exactOptional(radii).describe("rms radii of the neutron density, fm, by element or isotope"),
  })
  .describe("Form factor with radii that differ from the model's own");

const response = z.strictObject({ u: z.number(), d: z.number() });

/** A whole number, with words for one that is none. */
function wholeNumber(from: number) {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `expected a whole number from ${from}${input === undefined ? "" : `, not ${JSON.stringify(input)}`}`;
  return z.int({ error }).min(from, { error });
}

/** Data of an experiment. */
export const dataKinds = ["observed", "asimov"] as const;

const choiceObject = z.strictObject({
  id: z.string(),
  likelihood: z.exactOptional(z.string()),
  data: z
    .enum(dataKinds)
    .default("observed")
    .describe("asimov: the expectation at `truth` in place of what was observed; always so where nothing was"),
  set: z
    .record(z.string(), z.string())
    .default({})
    .describe("Inputs of the experiment as `VALUE UNIT`, choices of its likelihood as one of their values"),
});

const gridAxis = z.strictObject({ name: z.string(), low: z.number(), high: z.number(), n: wholeNumber(2) });

/** What becomes of the nuisances of toys. */
export const pullTreatments = ["profiled", "nominal", "fixed"] as const;

const toysObject = z
  .strictObject({
    count: z.exactOptional(wholeNumber(1)).describe("Toys; of tested points the most per point"),
    pulls: z
      .enum(pullTreatments)
      .default("profiled")
      .describe(
        "profiled on the data, toys thrown there; nominal: toys thrown at nominal nuisances; fixed: not fitted",
      ),
    parameter: z.exactOptional(z.string()).describe("Tested parameter; a tested plane is `plane`"),
    points: z.exactOptional(wholeNumber(2)).describe("Tested points per axis"),
  })
  .describe("Toys of goodness of fit and coverage, or of tested points (Feldman-Cousins)");

const responsesObject = z.strictObject({ axial: z.exactOptional(response), pseudoscalar: z.exactOptional(response) });

/** Schema of a spec as a user writes it: every field has a default. */
export const specInputSchema = z.strictObject({
  experiments: z.array(z.union([z.string().describe("`id` or `id@likelihood`"), choiceObject])).default([]),
  parameters: values.default({}).describe("Fixed values of couplings and nuisances"),
  free: z.array(z.string()).default([]).describe("Parameters that are fitted"),
  convention: z.enum(conventions as readonly ["A", "B"]).default("B"),
  recoil: z.enum(recoils as readonly ["leading", "full", "exact"]).default("full"),
  formFactor: z.union([z.string(), formFactorObject]).nullable().default(null).describe("null: the experiment's own"),
  truth: values.default({}).describe("Couplings and nuisances that Asimov data are made of, and toys thrown at"),
  uncorrelated: z
    .boolean()
    .default(false)
    .describe("Whether every experiment has a flux pull of its own in place of the shared one"),
  allowOverlap: z
    .boolean()
    .default(false)
    .describe("Whether experiments that contain the same events may be combined; every result then says so"),
  seed: wholeNumber(0).nullable().default(null).describe("Of the random numbers of toys"),
  ranges: z.record(z.string(), range).default({}).describe("Search ranges that replace the defaults"),
  cl: z.array(z.number()).nullable().default(null).describe("Confidence levels"),
  sigma: z.array(z.number()).nullable().default(null).describe("Levels in Gaussian standard deviations"),
  dof: z.number().int().min(1).max(2).nullable().default(null),
  plane: z.tuple([z.string(), z.string()]).nullable().default(null),
  grid: z.array(gridAxis).default([]),
  profile: z.array(z.string()).default([]),
  spinResponse: z
    .record(z.string(), responsesObject)
    .default({})
    .describe("Nuclear axial and pseudoscalar coupling per unit quark coupling, by isotope"),
  toys: z.exactOptional(toysObject),
});

export type SpecInput = z.input<typeof specInputSchema>;

/** A spec with every default filled in: what runs, and what a result repeats. */
export type AnalysisSpec = Omit<z.output<typeof specInputSchema>, "experiments"> & {
  readonly experiments: readonly ExperimentChoice[];
};

export interface ExperimentChoice {
  readonly id: string;
  /** null: the first of the file. */
  readonly likelihood: string | null;
  readonly data: (typeof dataKinds)[number];
  readonly set: Readonly<Record<string, string>>;
}

/** Schema of a spec as results repeat it. */
export const specSchema = specInputSchema.extend({
  experiments: z.array(
    z.strictObject({
      id: z.string(),
      likelihood: z.string(),
      data: z.enum(dataKinds),
      set: z.record(z.string(), z.string()),
    }),
  ),
  formFactor: z.union([z.string(), formFactorObject]),
});

/** Keys that an object of a spec may have, by where it stands. */
function validKeys(path: readonly PropertyKey[]): readonly string[] | undefined {
  const [field, , inner] = path;
  if (field === undefined) return Object.keys(specInputSchema.shape);
  if (field === "experiments") return Object.keys(choiceObject.shape);
  if (field === "grid") return Object.keys(gridAxis.shape);
  if (field === "toys") return Object.keys(toysObject.shape);
  if (field === "formFactor") return Object.keys(formFactorObject.shape);
  if (field === "spinResponse") return Object.keys(inner === undefined ? responsesObject.shape : response.shape);
  return undefined;
}

/**
 * Check a spec and fill in its defaults.
 * @param input what the user wrote, parsed from JSON or built from flags
 * @param file where it came from, for messages
 * @throws NurecoilError listing every issue with its path
 */
export function parseSpec(input: unknown, file?: string): AnalysisSpec {
  const result = specInputSchema.safeParse(input);
  if (!result.success) {
    throw new NurecoilError(file === undefined ? "usage" : "file", specIssues(result.error.issues, validKeys, file));
  }
  const spec = result.data;
  const model = typeof spec.formFactor === "string" ? spec.formFactor : spec.formFactor?.model;
  if (model !== undefined && !Object.hasOwn(formFactors, model)) {
    throw new NurecoilError(file === undefined ? "usage" : "file", [
      {
        ...(file === undefined ? {} : { file }),
        path: "formFactor",
        message: `unknown form factor "${model}"`,
        hint: suggestion(model, Object.keys(formFactors)),
      },
    ]);
  }
  return { ...spec, experiments: spec.experiments.map(readChoice) };
}

function readChoice(
  choice:
    | AnalysisSpec["experiments"][number]
    | string
    | { id: string; likelihood?: string; data: (typeof dataKinds)[number]; set: Record<string, string> },
): ExperimentChoice {
  if (typeof choice !== "string") {
    return { id: choice.id, likelihood: choice.likelihood ?? null, data: choice.data, set: choice.set };
  }
  const at = choice.indexOf("@");
  const [id, likelihood] = at < 0 ? [choice, null] : [choice.slice(0, at), choice.slice(at + 1)];
  return { id, likelihood, data: "observed", set: {} };
}

/** A spec as results repeat it: likelihoods and form factor named. */
export type ResultSpec = z.output<typeof specSchema>;
