/** Arrival times that a likelihood declares: of each flavour, and of a background. */

import { type ArrivalKind, arrivalKind, arrivalShares } from "../flux/arrival.ts";
import type { Flavour } from "../flux/flavour.ts";
import { decayShares, histogramShares, type TimeEfficiency } from "../flux/time-shapes.ts";
import { toInternal } from "../units.ts";
import type { InputReader } from "./build-input.ts";
import { type Axis, sumIntoCells } from "./cells.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { CountsDeclaration } from "./schema.ts";
import type { ShapeDeclaration } from "./timing-schema.ts";

/** How one kind of neutrino arrives: its shares of the bins of the last axis, or of the window (one share). */
export interface Arrival {
  readonly shares: Float64Array;
  /** The same with the arrival shifted, s; null where times come from a table. */
  readonly shifted: ((shift: number) => Float64Array) | null;
}

/**
 * Arrival of every flavour; flavours that arrive alike share one object. Null without arrival times.
 */
export function buildArrivals(
  { timing, axes }: CountsDeclaration,
  parsed: ParsedExperiment,
  input: InputReader,
): Readonly<Partial<Record<Flavour, Arrival>>> | null {
  if (timing === undefined) return null;
  if (timing.type === "table") {
    const last = axes.at(-1)!;
    const byColumn = new Map(
      [...new Set(Object.values(timing.columns))].map((column): [string, Arrival] => [
        column,
        {
          shares: sumIntoCells(parsed.tables[timing.table]!, column, [last], { [last.name]: timing.centre }),
          shifted: null,
        },
      ]),
    );
    return Object.fromEntries(
      Object.entries(timing.columns).map(([flavour, column]) => [flavour, byColumn.get(column)!]),
    );
  }
  const { window } = timing;
  const edges =
    window === undefined ? timesOf(axes.at(-1)!) : [window.low, window.high].map((t) => toInternal(t, window.unit));
  const pulse = { mean: input(timing.mean), width: input(timing.width) };
  const efficiency = efficiencyOf(timing.efficiency, input);
  const arrivalOf = (kind: ArrivalKind): Arrival => {
    const shifted = (shift: number): Float64Array => arrivalShares(kind, pulse, edges, efficiency, shift);
    return { shares: shifted(0), shifted };
  };
  const arrivals = { prompt: arrivalOf("prompt"), delayed: arrivalOf("delayed") };
  return Object.fromEntries(
    (["nu_e", "nu_mu", "anti_nu_mu"] as const).flatMap((flavour) => {
      const kind = arrivalKind(flavour);
      return kind === undefined ? [] : [[flavour, arrivals[kind]]];
    }),
  );
}

/** Shares of a background in the bins of the last axis. */
export function backgroundShares(
  shape: ShapeDeclaration,
  axis: Axis,
  parsed: ParsedExperiment,
  input: InputReader,
): Float64Array {
  if (shape.type === "decay") return decayShares(input(shape.rate), timesOf(axis));
  const table = parsed.tables[shape.table]!;
  if (shape.type === "table") return sumIntoCells(table, shape.column, [axis], { [axis.name]: shape.centre });
  const centres = [...table.columns[shape.centre]!].map((t) => toInternal(t, axis.unit));
  return histogramShares(
    centres,
    [...table.columns[shape.column]!],
    timesOf(axis),
    efficiencyOf(shape.efficiency, input),
  );
}

function timesOf(axis: Axis): readonly number[] {
  return axis.edges.map((edge) => toInternal(edge, axis.unit));
}

function efficiencyOf(
  declared: { readonly flatUntil: string; readonly rate: string } | undefined,
  input: InputReader,
): TimeEfficiency | undefined {
  return declared && { flatUntil: input(declared.flatUntil), rate: input(declared.rate) };
}
