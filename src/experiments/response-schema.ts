/**
 * Detector response in the experiment format: a list of elements in physical order, from recoil energy to what is
 * binned. A new element is one schema here and one line in the union.
 */
import { z } from "zod";
import { inputReference } from "./schema-parts.ts";

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

export const responseElementSchema = z
  .discriminatedUnion("type", [
    linearLightYieldSchema,
    linearQuenchingSchema,
    electronLightYieldSchema,
    poissonPhotoelectronsSchema,
    logisticAcceptanceSchema,
  ])
  .describe("One element of the detector response");

/** One element of the detector response as the file states it. */
export type ResponseElement = z.infer<typeof responseElementSchema>;
