/**
 * Results as plain JSON, one format per question, each with its schema. Numbers are finite; what is absent is null.
 */

import { z } from "zod";
import { specSchema } from "./spec.ts";

const numbers = z.array(z.number());
const named = z.record(z.string(), z.number());

/** Head of every result. */
export const common = {
  version: z.string().describe("Version of nurecoil"),
  spec: specSchema,
  notes: z.array(z.string()).describe("What a reader of the numbers must know"),
};

/** What every result means by the standard model. */
export const STANDARD_MODEL =
  "every new coupling zero and sin^2 theta_W the library's own, whether free or set; radii and nuisances where the spec sets them, else radii nominal, held normalisations 1 and other nuisances at their best values";

const units = z
  .record(z.string(), z.string())
  .describe("Units of the pulls that are no numbers of standard deviations, e.g. us of an onset");

const clipped = z
  .int()
  .nonnegative()
  .describe(
    "Rows of components that shape nuisances moved below zero and that count as 0, and expectations cut at 1e-9",
  );

export const predictSchema = z.strictObject({
  format: z.literal("nurecoil/predict/1"),
  ...common,
  dof: z.number().int().describe("Cells of the data"),
  experiment: z.string(),
  likelihood: z.string(),
  parameters: named,
  nuisances: named.describe("Pulls in sigma (0 = nominal), normalisations as factors (1 = nominal)"),
  axes: z.array(z.strictObject({ name: z.string(), unit: z.string(), edges: numbers })),
  components: z.array(
    z.strictObject({
      name: z.string(),
      flavour: z.enum(["nu_e", "nu_mu", "anti_nu_mu", "anti_nu_e"]).nullable(),
      counts: numbers.describe("Flat, last axis fastest"),
    }),
  ),
  total: numbers,
  observed: numbers.nullable(),
  errors: numbers.nullable().describe("One standard deviation of the observed counts; null for a Poisson likelihood"),
  clipped,
});
export type PredictResult = z.infer<typeof predictSchema>;

export const chi2Schema = z.strictObject({
  format: z.literal("nurecoil/chi2/1"),
  ...common,
  dof: z.number().int().describe("Cells; constrained nuisances cost none"),
  chi2: z.number(),
  pValue: z.number().min(0).max(1),
  pulls: named.describe("Every nuisance at its best value, in units of its sigma"),
  contributions: named.describe("chi^2 of the data, by experiment"),
  constraints: z.number().describe("chi^2 of the constraints"),
  clipped,
  units,
});
export type Chi2Result = z.infer<typeof chi2Schema>;

const status = z.enum(["converged", "at-bound", "flat", "failed"]);
/** Piece of an interval. */
export const segment = z.tuple([z.number().nullable(), z.number().nullable()]);

const fitted = z.strictObject({ value: z.number(), sigma: z.number().positive() });

const impactSchema = z
  .strictObject({
    nuisance: z.string(),
    fitted: fitted.describe("Best value and its standard deviation, in the nuisance's own terms"),
    constraint: fitted.nullable().describe("Its central value and standard deviation before the fit; null: none"),
    shifts: z.array(
      z.strictObject({
        parameter: z.string(),
        up: z.number().nullable().describe("Nuisance fixed at its best value plus sigma; null: no converged answer"),
        down: z.number().nullable().describe("At its best value less sigma"),
      }),
    ),
  })
  .describe("By how much the best value of each free parameter moves when a nuisance does");
/** One nuisance and what it does to the free parameters. */
export type Impact = z.infer<typeof impactSchema>;

export const fitSchema = z.strictObject({
  format: z.literal("nurecoil/fit/1"),
  ...common,
  dof: z.number().int().describe("Cells less free parameters"),
  minima: z
    .array(
      z.strictObject({
        parameters: named,
        chi2: z.number(),
        pulls: named,
        uncertainties: z
          .record(z.string(), z.number().nullable())
          .describe("From the curvature; null where there is none"),
        covariance: z.array(numbers).nullable().describe("Of the free parameters, in the order of spec.free"),
        components: named.describe("Events by <experiment>.<component>, flavours summed"),
        status,
        direction: named.nullable().describe("Unit direction along which chi^2 does not change; only when flat"),
      }),
    )
    .describe("Best first"),
  sm: z.strictObject({ chi2: z.number(), pulls: named }).describe(`The standard model: ${STANDARD_MODEL}`),
  intervals: z.array(
    z.strictObject({
      parameter: z.string(),
      cl: z.number(),
      deltaChi2: z.number(),
      dof: z.number().int(),
      segments: z.array(segment).describe("null: not closed inside the range"),
    }),
  ),
  significances: z
    .array(
      z.strictObject({
        parameter: z.string(),
        chi2AtZero: z.number().describe("Lowest chi^2 with the parameter at 0"),
        significance: z.number().nonnegative().describe("sqrt(chi2 at 0 - lowest chi2), standard deviations"),
      }),
    )
    .describe("Of freed components"),
  impacts: z.array(impactSchema).nullable().describe("Of `fit --impacts`; null without it"),
  clipped,
  units,
});
export type FitResult = z.infer<typeof fitSchema>;

export const scanSchema = z.strictObject({
  format: z.literal("nurecoil/scan/1"),
  ...common,
  dof: z.number().int().describe("Cells less parameters on the grid and profiled"),
  grid: z.array(z.strictObject({ name: z.string(), values: numbers })),
  chi2: z.array(z.number().nullable()).describe("Flat, last axis fastest; null where no converged answer was found"),
  profiled: z.record(z.string(), z.array(z.number().nullable())),
  minimum: z
    .strictObject({ chi2: z.number(), parameters: named })
    .nullable()
    .describe("Lowest point of the grid; null when no point has a converged answer"),
  failed: z.array(z.number().int()).describe("Indices of points without a converged answer"),
});
export type ScanResult = z.infer<typeof scanSchema>;

export const profileSchema = z.strictObject({
  format: z.literal("nurecoil/profile/1"),
  ...common,
  parameter: z.string(),
  values: numbers.describe("Values of the parameter, rising"),
  chi2: z
    .array(z.number().nullable())
    .describe("Lowest chi^2 over all other free parameters at each value; null where no converged answer was found"),
  profiled: z
    .record(z.string(), z.array(z.number().nullable()))
    .describe("The other free parameters at each value; null where no converged answer was found"),
  minimum: z.strictObject({ chi2: z.number(), parameters: named }).describe("From which Delta chi^2 counts"),
  minima: z
    .array(z.strictObject({ chi2: z.number(), parameters: named, status }))
    .describe("Those known before, else those that some searches end in; best first"),
  levels: z.array(
    z.strictObject({
      cl: z.number(),
      deltaChi2: z.number(),
      dof: z.number().int(),
      segments: z.array(segment).describe("As the intervals of a fit; null: not closed inside the search range"),
    }),
  ),
});
export type ProfileResult = z.infer<typeof profileSchema>;

const point = z.tuple([z.number(), z.number()]);
/** Islands of a region. */
export const polygons = z
  .array(z.strictObject({ outer: z.array(point), holes: z.array(z.array(point)), open: z.boolean() }))
  .describe("By falling area; outer counter-clockwise, holes clockwise, first point not repeated");

export const regionSchema = z.strictObject({
  format: z.literal("nurecoil/region/1"),
  ...common,
  dof: z.number().int().describe("Degrees of freedom of the levels"),
  plane: z.tuple([z.string(), z.string()]),
  window: z.record(z.string(), z.tuple([z.number(), z.number()])),
  best: z.strictObject({ chi2: z.number(), parameters: named }),
  minima: z.array(z.strictObject({ chi2: z.number(), parameters: named, status })),
  sm: z.strictObject({ chi2: z.number() }).describe(`The standard model: ${STANDARD_MODEL}`),
  regions: z.array(
    z.strictObject({
      cl: z.number(),
      deltaChi2: z.number(),
      dof: z.number().int(),
      area: z.number(),
      polygons,
    }),
  ),
  failed: z.number().int().describe("Points of the plane without a converged answer"),
});
export type RegionResult = z.infer<typeof regionSchema>;

export const spectrumSchema = z.strictObject({
  format: z.literal("nurecoil/spectrum/1"),
  ...common,
  dof: z.null().describe("Nothing is fitted"),
  target: z.string(),
  flux: z.string(),
  formFactor: specSchema.shape.formFactor,
  recoil: z.string(),
  convention: z.string(),
  parameters: named,
  recoilKeV: numbers.describe("Recoil energies, keVnr"),
  rateUnit: z.string(),
  flavours: z.array(
    z.strictObject({
      flavour: z.string(),
      rate: numbers.describe("dR/dE_r at the recoil energies, in rateUnit"),
      events: z.number().describe("Integral of the rate over all recoil energies, before the detector"),
      crossSectionCm2: z
        .number()
        .describe("Flux-averaged total cross section per nucleus, mean over the target's nuclei"),
    }),
  ),
});
export type SpectrumResult = z.infer<typeof spectrumSchema>;

const caseStatuses = ["met", "offset", "missed", "not-comparable"] as const;
export const reproduceSchema = z.strictObject({
  format: z.literal("nurecoil/reproduce/1"),
  version: z.string(),
  spec: specSchema.describe("Of the paper's spectra; each case sets its own free parameters"),
  dof: z.number().int().nullable(),
  paper: z.string(),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      claim: z.string(),
      published: z.union([z.number(), z.string()]).nullable(),
      ours: z.union([z.number(), z.string()]).nullable(),
      tolerance: z.string().nullable(),
      status: z.enum(caseStatuses),
      note: z.string().nullable(),
    }),
  ),
  files: z.array(z.string()),
});
export type ReproduceResult = z.infer<typeof reproduceSchema>;
