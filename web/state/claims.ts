/** Published claims that can be drawn over a profile or a plane: from the gallery's data, once they are there. */

import { computed } from "@preact/signals";
import type { SpecInput } from "nurecoil/analysis";
import { experimentName, type PublishedInterval, type PublishedRegion, symbolOf } from "nurecoil/figures";
import type { Gallery, IntervalClaim, PublishedClaim } from "nurecoil/reproductions";
import { choicesOf } from "./analysis-spec.ts";
import { gallery, loadGallery } from "./gallery-file.ts";

type Convention = "A" | "B";
type Plane = readonly [string, string];

/** What was analysed for a claim. */
interface Analysed {
  /** Ids of its experiments. */
  readonly data: readonly string[];
  readonly convention: Convention;
}

export interface PaperClaims {
  readonly paper: string;
  /** Short name of the paper, for buttons and labels. */
  readonly name: string;
  readonly intervals: readonly (Analysed & {
    readonly parameter: string;
    /** Other free couplings of the claim. */
    readonly profiled: readonly string[];
    /** What it is and how it was found. */
    readonly text: string;
    readonly segments: PublishedInterval["segments"];
  })[];
  readonly regions: readonly (Analysed & {
    readonly plane: Plane;
    readonly text: string;
    /** Degrees of freedom of its level; null: it has none. */
    readonly dof: number | null;
    readonly region: Omit<PublishedRegion, "label">;
  })[];
}

/** Degrees of freedom of the levels in a plane where a spec names none, as the library has it. */
const PLANE_DOF = 2;

/** Claims by paper; empty until the gallery's data are there. */
const claims = computed<readonly PaperClaims[]>(() =>
  gallery.value.value === null ? [] : claimsOf(gallery.value.value),
);

/**
 * Intervals of a coupling that the chosen papers publish: those with the same other couplings free, where there are
 * some, else all; labels say what is profiled.
 * @param spec the analysis they are drawn over; without it: all
 */
export function intervalClaims(
  parameter: string,
  papers: readonly string[],
  spec?: SpecInput,
): readonly PublishedInterval[] {
  const others = spec?.free?.filter((name) => name !== parameter);
  return chosen(papers).flatMap(({ name, intervals }) => {
    const own = intervals.filter((one) => one.parameter === parameter && comparable([parameter], one.convention, spec));
    const alike = others === undefined ? [] : own.filter(({ profiled }) => sameNames(profiled, others));
    return (alike.length > 0 ? alike : own).map(({ text, segments, data }) => ({
      label: labelOf(name, data, text, spec),
      segments,
    }));
  });
}

/**
 * What the chosen papers publish in a plane, its axes in either order.
 * @param spec the analysis it is drawn over
 */
export function planeClaims(plane: Plane, papers: readonly string[], spec?: SpecInput): readonly PublishedRegion[] {
  const drawnDof = spec?.dof ?? PLANE_DOF;
  return chosen(papers).flatMap(({ name, regions }) =>
    regions
      .filter((one) => sameNames(one.plane, plane) && comparable(plane, one.convention, spec))
      .map(({ plane: [first], region, text, dof, data }) => ({
        label: labelOf(name, data, dof === null || dof === drawnDof ? text : `${text}, ${dof} dof`, spec),
        ...(first === plane[0] ? region : turned(region)),
      })),
  );
}

/** Experiments that are named one by one in a label. */
const NAMED = 2;

/** The paper, what it analysed, what it found; other experiments than those of the analysis are marked as such. */
function labelOf(paper: string, data: readonly string[], text: string, spec: SpecInput | undefined): string {
  const ids = spec?.experiments === undefined ? data : choicesOf(spec).map(({ id }) => id);
  const names = data.map(experimentName);
  const listed = names.length > NAMED ? `${names[0]} + ${names.length - 1} more` : names.join(" + ");
  return `${paper}, ${sameNames(ids, data) ? listed : `other data: ${listed}`}, ${text}`;
}

/** Papers that publish something of these couplings or of this plane. */
export function papersWith(
  parameters: readonly string[],
  plane: Plane | null,
  spec: SpecInput,
): readonly PaperClaims[] {
  return claims.value.filter(
    ({ paper }) =>
      parameters.some((name) => intervalClaims(name, [paper], spec).length > 0) ||
      (plane !== null && planeClaims(plane, [paper], spec).length > 0),
  );
}

/** What is wanted of a link may not be there yet: then it is loaded. */
function chosen(papers: readonly string[]): readonly PaperClaims[] {
  if (papers.length > 0 && gallery.value.value === null) queueMicrotask(wanted);
  return claims.value.filter(({ paper }) => papers.includes(paper));
}

/** After a failure it waits for the button. */
function wanted(): void {
  if (gallery.failure.peek() === null) void loadGallery();
}

/** The second couplings of quarks are other numbers in each convention. */
function comparable(names: readonly string[], convention: Convention, spec: SpecInput | undefined): boolean {
  return convention === (spec?.convention ?? "B") || !names.some((name) => name.startsWith("D_"));
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

/** Claims of a gallery as figures draw them. */
export function claimsOf({ papers, claims: all }: Pick<Gallery, "papers" | "claims">): readonly PaperClaims[] {
  return papers.flatMap(({ paper, urlText }) => {
    const own = all.filter((one) => one.paper === paper);
    if (own.length === 0) return [];
    return [{ paper, name: urlText, intervals: own.flatMap(intervalOf), regions: regionsOf(own) }];
  });
}

function analysed({ experiments, convention }: PublishedClaim): Analysed {
  return { data: experiments.map(({ id }) => id), convention };
}

function intervalOf(claim: PublishedClaim): PaperClaims["intervals"] {
  if (claim.kind !== "interval") return [];
  const { parameter, profiled, segments, cl, method } = claim;
  const others = profiled.length === 0 ? "alone" : `${profiled.map(symbol).join(", ")} profiled`;
  const text = [percent(cl), others, ...(method === "feldman-cousins" ? ["Feldman-Cousins"] : [])].join(", ");
  return [{ ...analysed(claim), parameter, profiled, text, segments }];
}

function regionsOf(own: readonly PublishedClaim[]): PaperClaims["regions"] {
  return [...bestFits(own), ...points(own), ...boxes(own), ...reaches(own)];
}

function bestFits(own: readonly PublishedClaim[]): PaperClaims["regions"] {
  return own.flatMap((claim) => {
    if (claim.kind !== "best-fit" || claim.free.length !== 2) return [];
    const [a, b] = claim.free as [string, string];
    const at = claim.points.map((point) => [point[a]!, point[b]!] as const);
    return [{ ...analysed(claim), plane: [a, b] as const, text: "best fit", dof: null, region: { points: at } }];
  });
}

/** Points of one plane and level are one claim: where the region has to be. */
function points(own: readonly PublishedClaim[]): PaperClaims["regions"] {
  const inside = own.filter((claim) => claim.kind === "point");
  const key = ({ plane, cl, dof, group }: (typeof inside)[number]): string => JSON.stringify([plane, cl, dof, group]);
  return [...new Set(inside.map(key))].map((one) => {
    const together = inside.filter((claim) => key(claim) === one);
    const { plane, cl, dof } = together[0]!;
    const region = { points: together.map(({ point }) => point) };
    return { ...analysed(together[0]!), plane, text: `inside ${percent(cl)}`, dof, region };
  });
}

/** Intervals of two couplings, each with the other profiled: what the region reaches at the same level. */
function boxes(own: readonly PublishedClaim[]): PaperClaims["regions"] {
  const pairs = own.filter((claim): claim is IntervalClaim => claim.kind === "interval" && claim.profiled.length === 1);
  return pairs.flatMap((x, k) =>
    pairs.slice(k + 1).flatMap((y) => {
      if (x.parameter !== y.profiled[0] || y.parameter !== x.profiled[0]) return [];
      if (x.cl !== y.cl || x.group !== y.group) return [];
      const polygons = x.segments.flatMap((across) => y.segments.map((up) => rectangle(across, up)));
      const plane = [x.parameter, y.parameter] as const;
      const text = `intervals ${percent(x.cl)}, other profiled`;
      // Each is an interval of one coupling.
      return [{ ...analysed(x), plane, text, dof: 1, region: { polygons } }];
    }),
  );
}

/** A line at the value that the region reaches. */
function reaches(own: readonly PublishedClaim[]): PaperClaims["regions"] {
  return own.flatMap((claim) => {
    if (claim.kind !== "reach") return [];
    const { plane, parameter, value, cl, dof, end } = claim;
    const line = [value, value] as const;
    const box = parameter === plane[0] ? { x: line, y: null } : { x: null, y: line };
    const text = `${symbol(parameter)} ${end === "low" ? "down" : "up"} to ${value}, ${percent(cl)}`;
    return [{ ...analysed(claim), plane, text, dof, region: { box } }];
  });
}

type Pair = readonly [number, number];

function rectangle([x0, x1]: Pair, [y0, y1]: Pair): NonNullable<PublishedRegion["polygons"]>[number] {
  const outer: Pair[] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  return { outer, holes: [], open: false };
}

/** The same with the axes changed. */
function turned({ points: at, polygons, box }: Omit<PublishedRegion, "label">): Omit<PublishedRegion, "label"> {
  const flip = ([x, y]: Pair): Pair => [y, x];
  return {
    ...(at !== undefined && { points: at.map(flip) }),
    ...(polygons !== undefined && {
      polygons: polygons.map(({ outer, holes, open }) => ({
        outer: outer.map(flip).reverse(),
        holes: holes.map((hole) => hole.map(flip).reverse()),
        open,
      })),
    }),
    ...(box !== undefined && { box: { x: box.y, y: box.x } }),
  };
}

function symbol(name: string): string {
  return `$${symbolOf(name)}$`;
}

function percent(cl: number): string {
  return `${Number((100 * cl).toPrecision(3))} %`;
}
