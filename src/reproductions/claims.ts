/** What papers published, as it can be drawn over profiles and planes: read off the cases, nothing typed twice. */

import { type ExperimentChoice, parseSpec } from "../analysis/spec.ts";
import { clOfSigma } from "../statistics/levels.ts";
import type { Reproduction, ReproductionCase } from "./format.ts";
import type { Measure } from "./measure-schema.ts";
import { specOf } from "./paper-spec.ts";
import { groupTitle } from "./rows.ts";

interface Source {
  readonly paper: string;
  /** Table or figure, and group of cases. */
  readonly place: string;
  readonly group: string;
  /** What it is, in a few words. */
  readonly label: string;
  /** How the published value was read. */
  readonly read: string;
  /** Ids of the cases it is read off. */
  readonly cases: readonly string[];
  /** What was analysed: couplings of other conventions are other numbers. */
  readonly experiments: readonly Pick<ExperimentChoice, "id" | "likelihood">[];
  readonly convention: "A" | "B";
}

/** Confidence interval of a coupling. */
export interface IntervalClaim extends Source {
  readonly kind: "interval";
  readonly parameter: string;
  /** Other free couplings. */
  readonly profiled: readonly string[];
  readonly cl: number;
  readonly method: "delta-chi2" | "feldman-cousins";
  /** From low to high. */
  readonly segments: readonly (readonly [low: number, high: number])[];
}

/** Best fits of one coupling, or of several together. */
export interface BestFitClaim extends Source {
  readonly kind: "best-fit";
  /** Free couplings. */
  readonly free: readonly string[];
  /** Every combination of the values that are published of each coupling. */
  readonly points: readonly Readonly<Record<string, number>>[];
}

/** A point of a plane that a region holds. */
export interface PointClaim extends Source {
  readonly kind: "point";
  readonly plane: readonly [string, string];
  readonly cl: number;
  readonly dof: number;
  readonly point: readonly [number, number];
}

/** How far a region reaches along one axis of its plane. */
export interface ReachClaim extends Source {
  readonly kind: "reach";
  readonly plane: readonly [string, string];
  readonly cl: number;
  readonly dof: number;
  readonly parameter: string;
  readonly end: "low" | "high";
  readonly value: number;
}

/** Something published that can be drawn. */
export type PublishedClaim = IntervalClaim | BestFitClaim | PointClaim | ReachClaim;

/** Everything published in these papers that is an interval, a best fit, a point or the reach of a region. */
export function publishedClaims(papers: readonly Reproduction[]): readonly PublishedClaim[] {
  return papers.flatMap((paper) => {
    const printed = paper.cases.filter(({ published }) => published !== null);
    return [
      ...together(printed, intervalKey).flatMap((cases) => intervalOf(paper, cases)),
      ...together(printed, bestFitKey).flatMap((cases) => bestFitOf(paper, cases)),
      ...printed.flatMap((one) => pointOf(paper, one)),
      ...printed.flatMap((one) => reachOf(paper, one)),
    ];
  });
}

/** Cases of equal keys, in the order of their first; those without a key left out. */
function together(
  cases: readonly ReproductionCase[],
  key: (one: ReproductionCase) => string | undefined,
): readonly (readonly ReproductionCase[])[] {
  const found = new Map<string, ReproductionCase[]>();
  for (const one of cases) {
    const name = key(one);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), one]);
  }
  return [...found.values()];
}

/** The number that is published; of a text such as "0.220 +0.028 -0.026" that which it is held against. */
function numberOf({ published, expected }: ReproductionCase): number | undefined {
  if (typeof published === "number") return published;
  return expected !== null && "value" in expected ? expected.value : undefined;
}

function sourceOf(paper: Reproduction, cases: readonly ReproductionCase[], label: string): Source {
  const first = cases[0]!;
  const { experiments, convention } = parseSpec(specOf(paper, first.measure.analysis ?? null, {}));
  return {
    paper: paper.paper,
    place: groupTitle(first.group, paper.groups),
    group: first.group,
    label,
    read: first.read,
    cases: cases.map(({ id }) => id),
    experiments: experiments.map(({ id, likelihood }) => ({ id, likelihood })),
    convention,
  };
}

type Kind<K extends Measure["kind"]> = Extract<Measure, { kind: K }>;
type EndCase = ReproductionCase & { readonly measure: Kind<"interval-end" | "feldman-cousins-end"> };

function isEnd(one: ReproductionCase): one is EndCase {
  return one.measure.kind === "interval-end" || one.measure.kind === "feldman-cousins-end";
}

function intervalKey(one: ReproductionCase): string | undefined {
  if (!isEnd(one) || numberOf(one) === undefined) return undefined;
  const { segment: _, end: __, ...interval } = one.measure;
  return JSON.stringify([one.group, interval]);
}

function intervalOf(paper: Reproduction, cases: readonly ReproductionCase[]): readonly IntervalClaim[] {
  const ends = cases.filter(isEnd);
  const { measure } = ends[0]!;
  const tested = paper.analyses[measure.analysis ?? ""]?.spec.toys?.parameter;
  const parameter = measure.kind === "interval-end" ? measure.parameter : tested;
  const count = 1 + Math.max(...ends.map((one) => one.measure.segment));
  const segments = Array.from({ length: count }, (_, segment) =>
    (["low", "high"] as const).map((end) =>
      numberOf(ends.find((one) => one.measure.segment === segment && one.measure.end === end) ?? noCase),
    ),
  ).filter((segment): segment is [number, number] => segment.every((end) => end !== undefined));
  if (parameter === undefined || segments.length === 0) return [];
  const profiled = measure.kind === "interval-end" ? measure.free.filter((name) => name !== parameter) : [];
  const cl = clOf(measure);
  const others = profiled.length === 0 ? "" : `, ${profiled.join(", ")} profiled`;
  return [
    {
      ...sourceOf(paper, ends, `${parameter} at ${percent(cl)}${others}`),
      kind: "interval",
      parameter,
      profiled,
      cl,
      method: measure.kind === "interval-end" ? "delta-chi2" : "feldman-cousins",
      segments,
    },
  ];
}

const noCase = { published: null, expected: null } as ReproductionCase;

function bestFitKey(one: ReproductionCase): string | undefined {
  const { measure } = one;
  if (measure.kind !== "minimum" || numberOf(one) === undefined) return undefined;
  return JSON.stringify([one.group, measure.analysis, measure.free]);
}

function bestFitOf(paper: Reproduction, cases: readonly ReproductionCase[]): readonly BestFitClaim[] {
  const measures = cases.map((one) => ({ value: numberOf(one)!, ...(one.measure as Kind<"minimum">) }));
  const { free } = measures[0]!;
  const values = free.map((name) => [
    ...new Set(measures.filter(({ parameter }) => parameter === name).map(({ value }) => value)),
  ]);
  // A coupling of which nothing is published leaves no point.
  const points = values.reduce<readonly (readonly number[])[]>(
    (before, list) => before.flatMap((point) => list.map((value) => [...point, value])),
    [[]],
  );
  if (points.length === 0) return [];
  return [
    {
      ...sourceOf(paper, cases, `best fit of ${free.join(", ")}`),
      kind: "best-fit",
      free,
      points: points.map((point) => Object.fromEntries(free.map((name, i) => [name, point[i]!]))),
    },
  ];
}

function pointOf(paper: Reproduction, one: ReproductionCase): readonly PointClaim[] {
  const { measure, expected } = one;
  if (measure.kind !== "inside" || expected === null || !("text" in expected) || expected.text !== "inside") return [];
  const { plane, dof, point } = measure;
  const [x, y] = point;
  return [
    {
      ...sourceOf(paper, [one], `${one.published} at (${x}, ${y})`),
      kind: "point",
      plane,
      cl: clOf(measure),
      dof,
      point,
    },
  ];
}

const reaches: Readonly<Record<string, readonly [axis: 0 | 1, end: "low" | "high"]>> = {
  "low-x": [0, "low"],
  "high-x": [0, "high"],
  "low-y": [1, "low"],
  "high-y": [1, "high"],
};

function reachOf(paper: Reproduction, one: ReproductionCase): readonly ReachClaim[] {
  const { measure } = one;
  const value = numberOf(one);
  if (measure.kind !== "region" || value === undefined) return [];
  const reach = reaches[measure.what];
  if (reach === undefined) return [];
  const { plane, dof } = measure;
  const [axis, end] = reach;
  const cl = clOf(measure);
  return [
    {
      ...sourceOf(paper, [one], `${plane[axis]} ${end === "low" ? "down" : "up"} to ${value} at ${percent(cl)}`),
      kind: "reach",
      plane,
      cl,
      dof,
      parameter: plane[axis],
      end,
      value,
    },
  ];
}

function clOf({ cl, sigma }: { readonly cl?: number; readonly sigma?: number }): number {
  return cl ?? clOfSigma(sigma!);
}

function percent(cl: number): string {
  return `${Number((100 * cl).toPrecision(3))} %`;
}
