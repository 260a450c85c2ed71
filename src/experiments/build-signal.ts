/** How the signal reaches the cells: response, arrival times, a middle axis, and what its shape nuisances change. */

import type { Response } from "../detector/elements.ts";
import { NurecoilError } from "../errors.ts";
import type { Flavour } from "../flux/flavour.ts";
import { toInternal } from "../units.ts";
import { type Arrival, buildArrivals } from "./build-arrival.ts";
import { type InputReader, withReplaced, withScaled } from "./build-input.ts";
import { buildResponse } from "./build-response.ts";
import { type Axis, sumIntoCells } from "./cells.ts";
import type { NuisanceDeclaration } from "./nuisance-schema.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { CountsDeclaration, LikelihoodDeclaration } from "./schema.ts";
import { ratiosOf, readTemplates } from "./template-variation.ts";

export interface Signal {
  /** Onto the bins of the first axis: rows. */
  readonly response: Response;
  readonly arrivals: Readonly<Partial<Record<Flavour, Arrival>>> | null;
  /** Whether arrivals are shares of the last axis; otherwise one share each, of a window. */
  readonly timed: boolean;
  /** Shares of the middle axis for each row, row by row; null without one. */
  readonly middle: Float64Array | null;
  readonly variations: readonly SignalVariation[];
  /** Nuisance that shifts the arrival, with what one of its units is in s; null without. */
  readonly onset: {
    readonly nuisance: string;
    readonly range: readonly [number, number];
    readonly unit: number;
  } | null;
  /** Events of the standard model that the signal is scaled to; null: as predicted. */
  readonly anchor: number | null;
}

/** What a shape nuisance makes of the signal at +1 and -1 sigma. */
type SignalVariation = { readonly nuisance: string } & (
  | { readonly type: "response"; readonly plus: Response; readonly minus: Response }
  | { readonly type: "neutron-radius"; readonly step: number }
  | { readonly type: "ratios"; readonly plus: Float64Array; readonly minus: Float64Array | null }
);

type Variation = Extract<NuisanceDeclaration, { kind: "shape" }>["variation"];

/**
 * @param fullName how the analysis calls a nuisance of the file
 * @param anchored whether the signal is scaled to the likelihood's total, where it names one
 */
export function buildSignal(
  declaration: LikelihoodDeclaration,
  parsed: ParsedExperiment,
  input: InputReader,
  fullName: (name: string) => string,
  anchored: boolean,
): Signal {
  const counts = declaration.statistics === "projection" ? null : declaration;
  const axes = counts?.axes ?? [];
  const responseWith = (reader: InputReader): Response => buildResponse(declaration.response, axes[0], parsed, reader);
  const onset = declaration.nuisances.find((one) => one.kind === "onset");
  return {
    response: responseWith(input),
    arrivals: counts && buildArrivals(counts, parsed, input),
    timed: counts?.timing !== undefined && !("window" in counts.timing && counts.timing.window !== undefined),
    middle: counts && middleShares(counts, parsed),
    variations: declaration.nuisances.flatMap((one) =>
      one.kind === "shape" && one.components.includes("cevns")
        ? [variationOf(one.variation, fullName(one.name), responseWith, input, [parsed, axes])]
        : [],
    ),
    onset:
      onset === undefined
        ? null
        : { nuisance: fullName(onset.name), range: onset.range, unit: toInternal(1, onset.unit) },
    anchor: anchored && counts?.anchor !== undefined ? input(counts.anchor.total) : null,
  };
}

function variationOf(
  variation: Variation,
  nuisance: string,
  responseWith: (reader: InputReader) => Response,
  input: InputReader,
  templates: readonly [ParsedExperiment, readonly Axis[]],
): SignalVariation {
  switch (variation.type) {
    case "inputs": {
      const moved = (replaced: Readonly<Record<string, string>>): Response =>
        responseWith(withReplaced(input, replaced));
      return { nuisance, type: "response", plus: moved(variation.plus), minus: moved(variation.minus) };
    }
    case "input-step": {
      const moved = (sign: number): Response =>
        responseWith(withScaled(input, variation.input, 1 + sign * input(variation.step)));
      return { nuisance, type: "response", plus: moved(1), minus: moved(-1) };
    }
    case "neutron-radius":
      return { nuisance, type: "neutron-radius", step: input(variation.step) };
    case "templates":
      return { nuisance, type: "ratios", ...ratiosOf(readTemplates(variation, ...templates)) };
  }
}

/** Shares of the middle axis in each bin of the first; a bin without events takes those of the last that has some. */
function middleShares({ conditional, axes }: CountsDeclaration, parsed: ParsedExperiment): Float64Array | null {
  if (conditional === undefined) return null;
  const [first, middle] = [axes[0]!, axes[1]!];
  const counts = sumIntoCells(parsed.tables[conditional.table]!, conditional.column, [first, middle], conditional.axes);
  const width = middle.edges.length - 1;
  let last: Float64Array | undefined;
  for (let row = 0; row < counts.length / width; row++) {
    const shares = counts.subarray(row * width, (row + 1) * width);
    const sum = shares.reduce((total, count) => total + count, 0);
    if (sum > 0) {
      for (let j = 0; j < width; j++) shares[j]! /= sum;
      last = shares;
    } else if (last !== undefined) shares.set(last);
    else {
      throw new NurecoilError("file", [
        {
          file: `${parsed.file.id}/${parsed.file.tables[conditional.table]!.file}`,
          message: `column "${conditional.column}" is empty in the first bin of ${first.name}: no shape to take`,
        },
      ]);
    }
  }
  return counts;
}
