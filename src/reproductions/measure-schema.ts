/** How a number (or a text) is got from an analysis: the measures of a reproduction. */

import { z } from "zod";

const names = z.array(z.string());
const values = z.record(z.string(), z.number());
const pair = z.tuple([z.number(), z.number()]);
const plane = z.tuple([z.string(), z.string()]);

/** One of the two: a confidence level, or its number of Gaussian standard deviations. */
const level = { cl: z.exactOptional(z.number()), sigma: z.exactOptional(z.number()) };
const inPlane = { plane, dof: z.number().int(), ...level };
const oneLevel = ({ cl, sigma }: { cl?: number; sigma?: number }): boolean =>
  (cl === undefined) !== (sigma === undefined);
/** Sizes of a region that can be compared between two. */
const sizes = ["area", "width-x", "width-y", "covered-x", "covered-y"] as const;
const oneLevelMessage = "give a level as cl or as sigma";

/** A measure of the paper's own experiments, or of one of its other analyses. */
const measure = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({
    kind: z.literal(kind),
    analysis: z.exactOptional(z.string()).describe("One of `analyses`; default: the paper's own experiments"),
    ...shape,
  });

export const measureSchema = z.discriminatedUnion("kind", [
  measure("minimum", { free: names, parameter: z.string(), near: values }).describe(
    "Parameter at the minimum nearest to a place",
  ),
  measure("minima", { free: names }).describe("Number of minima"),
  measure("interval-end", {
    free: names,
    parameter: z.string(),
    ...level,
    segment: z.number().int(),
    end: z.enum(["low", "high"]),
  })
    .refine(oneLevel, oneLevelMessage)
    .describe("End of a confidence interval; segments from low to high"),
  measure("segments", { free: names, parameter: z.string(), ...level })
    .refine(oneLevel, oneLevelMessage)
    .describe("Number of segments"),
  measure("feldman-cousins-end", {
    cl: z.number(),
    segment: z.number().int(),
    end: z.enum(["low", "high"]),
  }).describe(
    "End of the Feldman-Cousins interval of the parameter that the analysis tests; segments from low to high",
  ),
  measure("feldman-cousins-segments", { cl: z.number() }).describe("Number of its segments"),
  measure("feldman-cousins-level", { at: z.number() }).describe(
    "Confidence level up to which toys exclude one of the tested values, per cent",
  ),
  measure("component", {
    free: names,
    component: z.string().describe("`<experiment>.<component>`, also the name of its normalisation"),
    what: z.enum(["events", "error", "low", "high", "significance"]),
  }).describe("Events of a freed component at the best fit, error from the curvature, ends at 1 sigma, significance"),
  measure("pull", { free: names, nuisance: z.string() }).describe("Nuisance at the best fit, as results print it"),
  measure("events", {
    component: z.string(),
    flavour: z.string().nullable(),
    bin: z.exactOptional(z.number().int()),
  }).describe("Events of a component without new couplings, in all or in one bin"),
  measure("flavour-order", {}).describe("Flavours by rising number of events"),
  measure("cross-section", {
    scaledBy: z
      .exactOptional(z.strictObject({ free: names, component: z.string() }))
      .describe("Normalisation whose fitted factor multiplies it"),
    what: z.enum(["mean", "error"]).default("mean").describe("error: of the fitted factor, times the cross section"),
  }).describe("Flux-averaged cross section per nucleus, mean over flavours and nuclei, 1e-40 cm^2"),
  measure("helicity", { parameters: values }).describe(
    "Largest relative difference between cross sections of neutrinos and antineutrinos of the same energies",
  ),
  measure("chi2", { parameters: values }).describe("chi^2 at given couplings"),
  measure("best-chi2", { free: names }).describe("chi^2 of the best fit"),
  measure("profile", { parameter: z.string(), at: z.number(), profile: names }).describe(
    "Delta chi^2 at a value, others profiled",
  ),
  measure("profile-minima", { parameter: z.string(), profile: names, range: pair }).describe(
    "Number of local minima of a profile",
  ),
  measure("region", {
    ...inPlane,
    what: z.enum(["topology", "islands", "holes", ...sizes, "low-x", "high-x", "low-y", "high-y", "slope"]),
  })
    .refine(oneLevel, oneLevelMessage)
    .describe(
      "Islands and holes, area, extent (covered: length of the shadow on an axis, gaps between islands left out), or slope of the border of a region",
    ),
  measure("island", { ...inPlane, near: pair, what: z.enum(["distance", "x", "y"]) })
    .refine(oneLevel, oneLevelMessage)
    .describe("Centre of area of the island whose centre is nearest to a point, or how far that is"),
  measure("inside", { ...inPlane, point: pair })
    .refine(oneLevel, oneLevelMessage)
    .describe("Whether a region holds a point: inside or outside"),
  measure("region-ratio", {
    ...inPlane,
    what: z.enum(sizes),
    to: z.string().describe("Analysis whose region divides"),
    toPlane: z.exactOptional(plane).describe("Plane of that region; default: the same"),
  })
    .refine(oneLevel, oneLevelMessage)
    .describe("Size of a region over that of another"),
  measure("endpoints", {
    group: z.string(),
    relative: z.number(),
    absolute: z.number(),
    shifted: z.boolean(),
  }).describe("Largest excess over a tolerance among the interval ends of a group; 0 when all are inside"),
]);
export type Measure = z.infer<typeof measureSchema>;
