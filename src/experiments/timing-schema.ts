/** Arrival times in the experiment format: of the signal per flavour, and of a background. */
import { z } from "zod";
import { inputReference, referenceTo } from "./schema-parts.ts";

const timeEfficiencySchema = z
  .strictObject({
    flatUntil: inputReference("time", "any", "Time until which it is 1: the input's name"),
    rate: inputReference("inverse time", "non-negative", "Rate of its fall afterwards: the input's name"),
  })
  .describe("Efficiency 1 up to a time t0, exp(-rate (t - t0)) after it");

const tableTimingSchema = z
  .strictObject({
    type: z.literal("table"),
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
  .describe("Shares of each flavour in the bins of the last axis");

const pulseTimingSchema = z
  .strictObject({
    type: z.literal("pulse"),
    mean: inputReference("time", "any", "Mean of the proton pulse: the input's name"),
    width: inputReference("time", "positive", "Its standard deviation: the input's name"),
    efficiency: z.exactOptional(timeEfficiencySchema),
    window: z
      .exactOptional(
        z.strictObject({
          unit: z.enum(["us", "ns"]).describe("Unit of low and high"),
          low: z.number().describe("Earliest time that counts"),
          high: z.number().describe("First time that no longer counts"),
        }),
      )
      .describe("Times that count, where no axis is time"),
  })
  .describe(
    "Gaussian proton pulse convolved with the lifetimes of pion (prompt) and muon (delayed), times an efficiency",
  );

export const timingSchema = z
  .discriminatedUnion("type", [tableTimingSchema, pulseTimingSchema])
  .describe("Arrival times of each flavour; the last axis is time unless a window is given");

const tableShapeSchema = z
  .strictObject({
    type: z.literal("table"),
    table: referenceTo("tables", "Table of shares per bin"),
    centre: referenceTo("columns", "Column of bin centres"),
    column: referenceTo("columns", "Column of shares"),
  })
  .describe("Rows are added up in the bins that hold their centres");

const histogramShapeSchema = z
  .strictObject({
    type: z.literal("histogram"),
    table: referenceTo("tables", "Table of shares per bin"),
    centre: referenceTo("columns", "Column of bin centres, evenly spaced"),
    column: referenceTo("columns", "Column of shares"),
    efficiency: z.exactOptional(timeEfficiencySchema),
  })
  .describe("Flat inside the table's bins, which bins of the axis may cut, times an efficiency");

const decayShapeSchema = z
  .strictObject({
    type: z.literal("decay"),
    rate: inputReference("inverse time", "non-negative", "Rate: the input's name"),
  })
  .describe("exp(-rate t), normalised to 1 over the axis");

export const shapeSchema = z
  .discriminatedUnion("type", [tableShapeSchema, histogramShapeSchema, decayShapeSchema])
  .describe("Share of the events in each bin of the last axis");

/** Arrival times of the signal as the file states them. */
export type TimingDeclaration = z.infer<typeof timingSchema>;
/** Arrival times of a background as the file states them. */
export type ShapeDeclaration = z.infer<typeof shapeSchema>;
