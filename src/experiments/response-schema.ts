/**
 * Detector response in the experiment format: a list of elements in physical order, from recoil energy to what is
 * binned. A new element is one schema here and one line in the union.
 */
import { z } from "zod";
import { inputReference, referenceTo } from "./schema-parts.ts";

const linearLightYieldSchema = z
  .strictObject({
    type: z.literal("linear-light-yield"),
    yield: inputReference(
      "photoelectrons per recoil energy",
      "positive",
      "Photoelectrons per recoil energy: the input's name",
    ),
  })
  .describe("Photoelectrons proportional to recoil energy, without smearing: n = yield E_r");

const logisticAcceptanceSchema = z
  .strictObject({
    type: z.literal("logistic-acceptance"),
    amplitude: inputReference("number", "efficiency", "a, the efficiency far above the threshold: the input's name"),
    slope: inputReference("inverse photoelectrons", "positive", "k: the input's name"),
    midpoint: inputReference("photoelectrons", "non-negative", "x0: the input's name"),
    threshold: z.number().nonnegative().describe("Photoelectrons below which the acceptance is 0"),
    halfStep: z
      .exactOptional(z.boolean())
      .describe("Whether H is 1/2 over the first photoelectron above the threshold, as the 2018 release has it"),
  })
  .describe("Acceptance a / (1 + exp(-k (x - x0))) H(x - threshold) at x photoelectrons");

const linearQuenchingSchema = z
  .strictObject({
    type: z.literal("linear-quenching"),
    factor: inputReference("number", "positive", "Electron-equivalent energy per recoil energy: the input's name"),
  })
  .describe("Electron-equivalent energy proportional to recoil energy");

const electronLightYieldSchema = z
  .strictObject({
    type: z.literal("electron-light-yield"),
    yield: inputReference(
      "photoelectrons per electron-equivalent energy",
      "positive",
      "Photoelectrons per electron-equivalent energy: the input's name",
    ),
  })
  .describe("Mean number of photoelectrons proportional to electron-equivalent energy");

const poissonPhotoelectronsSchema = z
  .strictObject({ type: z.literal("poisson-photoelectrons") })
  .describe("Poisson fluctuation: n photoelectrons fall into [n, n + 1) and have the acceptance at n + 1/2");

const polynomialQuenchingSchema = z
  .strictObject({
    type: z.literal("polynomial-quenching"),
    coefficients: z
      .tuple([
        inputReference("electron-equivalent energy per recoil energy", "any", "c1: the input's name"),
        inputReference("electron-equivalent energy per recoil energy squared", "any", "c2: the input's name"),
        inputReference("electron-equivalent energy per recoil energy cubed", "any", "c3: the input's name"),
        inputReference("electron-equivalent energy per fourth power of recoil energy", "any", "c4: the input's name"),
      ])
      .describe("Coefficients of the powers 1 to 4"),
  })
  .describe("Electron-equivalent energy c1 E_r + c2 E_r^2 + c3 E_r^3 + c4 E_r^4");

const risingQuenchingSchema = z
  .strictObject({
    type: z.literal("rising-quenching"),
    constant: inputReference("number", "positive", "Quenching factor at zero recoil energy: the input's name"),
    slope: inputReference("inverse recoil energy", "any", "Its rise with recoil energy: the input's name"),
  })
  .describe("Electron-equivalent energy (constant + slope E_r) E_r");

const gammaPhotoelectronsSchema = z
  .strictObject({
    type: z.literal("gamma-photoelectrons"),
    energyPerPhotoelectron: inputReference(
      "electron-equivalent energy per photoelectron",
      "positive",
      "a E_ee, the energy of one photoelectron: the input's name",
    ),
    shape: inputReference("inverse electron-equivalent energy", "positive", "b/E_ee: the input's name"),
  })
  .describe("Photoelectrons follow (a(1+b))^(1+b)/Gamma(1+b) n^b exp(-a(1+b)n)");

const shiftedLogisticSchema = z
  .strictObject({
    type: z.literal("shifted-logistic-acceptance"),
    amplitude: inputReference("number", "positive", "a: the input's name"),
    slope: inputReference("inverse photoelectrons", "positive", "b: the input's name"),
    midpoint: inputReference("photoelectrons", "non-negative", "c: the input's name"),
    offset: inputReference("number", "any", "d: the input's name"),
  })
  .describe("Acceptance a / (1 + exp(-b (n - c))) + d at n photoelectrons, not below 0");

const gaussianResolutionSchema = z
  .strictObject({
    type: z.literal("gaussian-resolution"),
    width: inputReference("root of electron-equivalent energy", "positive", "Width over sqrt(E_ee): the input's name"),
  })
  .describe("Reconstructed energy is Gaussian around E_ee with a width proportional to sqrt(E_ee)");

const tabulatedAcceptanceSchema = z
  .strictObject({
    type: z.literal("tabulated-acceptance"),
    table: referenceTo("tables", "Table of the acceptance"),
    centre: referenceTo("columns", "Column of bin centres of the reconstructed energy, evenly spaced"),
    column: referenceTo("columns", "Column of acceptances"),
  })
  .describe("Acceptance at reconstructed energy: constant inside each bin of the table, the last one's above");

const thresholdSchema = z
  .strictObject({
    type: z.literal("recoil-threshold"),
    energy: inputReference("recoil energy", "positive", "Lowest recoil energy that counts: the input's name"),
  })
  .describe("Every recoil above the threshold counts, none below: one cell, no spectrum");

export const responseElementSchema = z
  .discriminatedUnion("type", [
    polynomialQuenchingSchema,
    risingQuenchingSchema,
    gammaPhotoelectronsSchema,
    shiftedLogisticSchema,
    gaussianResolutionSchema,
    tabulatedAcceptanceSchema,
    thresholdSchema,
    linearLightYieldSchema,
    linearQuenchingSchema,
    electronLightYieldSchema,
    poissonPhotoelectronsSchema,
    logisticAcceptanceSchema,
  ])
  .describe("One element of the detector response");

/** One element of the detector response as the file states it. */
export type ResponseElement = z.infer<typeof responseElementSchema>;
