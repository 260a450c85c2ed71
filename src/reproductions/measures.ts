/**
 * How each kind of measure is taken. Analyses that several cases ask for are done once.
 */

import { chi2 } from "../analysis/chi2.ts";
import { fit } from "../analysis/fit.ts";
import { predict } from "../analysis/predict.ts";
import { type ExperimentLibrary, prepare } from "../analysis/prepare.ts";
import { region } from "../analysis/region.ts";
import type { FitResult, PredictResult, RegionResult, ScanResult } from "../analysis/results.ts";
import { scan } from "../analysis/scan.ts";
import { parseSpec, type SpecInput } from "../analysis/spec.ts";
import type { Measure, Reproduction } from "./format.ts";

/** Asks the analyses of one paper, remembering answers. */
export interface Session {
  readonly fit: (free: readonly string[]) => FitResult;
  readonly predict: (
    parameters: Readonly<Record<string, number>>,
    recoil: "leading" | "full" | "exact",
  ) => PredictResult;
  readonly chi2: (parameters: Readonly<Record<string, number>>) => number;
  readonly region: (plane: readonly [string, string], dof: number) => RegionResult;
  readonly scan: (parameter: string, low: number, high: number, n: number, profile: readonly string[]) => ScanResult;
}

/** Confidence levels that the papers' tables and figures use. */
const LEVELS = [0.9, 0.99];

/** Choices that replace the paper's in every analysis: what if? */
export type SessionInputs = Pick<SpecInput, "parameters" | "formFactor" | "recoil">;

/**
 * @param inputs choices on top of the paper's own (none: the paper as it is)
 */
export function openSession(paper: Reproduction, library: ExperimentLibrary, inputs: SessionInputs = {}): Session {
  const memory = new Map<string, unknown>();
  const once = <T>(key: readonly unknown[], work: () => T): T => {
    const name = JSON.stringify(key);
    if (!memory.has(name)) memory.set(name, work());
    return memory.get(name) as T;
  };
  const analysis = (spec: SpecInput) =>
    prepare(
      parseSpec({
        experiments: [...paper.experiments],
        convention: paper.convention,
        cl: LEVELS,
        ...inputs,
        ...spec,
        parameters: { ...inputs.parameters, ...spec.parameters },
      }),
      library,
    );
  return {
    fit: (free) => once(["fit", free], () => fit(analysis({ free: [...free] }))),
    predict: (parameters, recoil) =>
      once(["predict", parameters, recoil], () =>
        predict(analysis({ parameters: { ...parameters }, recoil: inputs.recoil ?? recoil })),
      ),
    chi2: (parameters) => once(["chi2", parameters], () => chi2(analysis({ parameters: { ...parameters } })).chi2),
    region: (plane, dof) => once(["region", plane, dof], () => region(analysis({ plane: [plane[0], plane[1]], dof }))),
    scan: (parameter, low, high, n, profile) =>
      once(["scan", parameter, low, high, n, profile], () =>
        scan(analysis({ grid: [{ name: parameter, low, high, n }], profile: [...profile] })),
      ),
  };
}

/**
 * Take a measure.
 * @returns a number or a text; null when it does not exist, e.g. an interval that is not closed
 */
export function take(measure: Measure, session: Session, paper: Reproduction): number | string | null {
  switch (measure.kind) {
    case "minimum": {
      const { minima } = session.fit(measure.free);
      const distance = (one: FitResult["minima"][number]): number =>
        Math.hypot(...Object.entries(measure.near).map(([name, value]) => one.parameters[name]! - value));
      const nearest = [...minima].sort((a, b) => distance(a) - distance(b))[0];
      return nearest?.parameters[measure.parameter] ?? null;
    }
    case "minima":
      return session.fit(measure.free).minima.length;
    case "interval-end": {
      const segment = segmentsOf(session, measure.free, measure.parameter, measure.cl)[measure.segment];
      return segment?.[measure.end === "low" ? 0 : 1] ?? null;
    }
    case "segments":
      return segmentsOf(session, measure.free, measure.parameter, measure.cl).length;
    case "events": {
      // A spectrum without new couplings is drawn with the paper's own kinematics.
      const { components } = session.predict({}, paper.spectrumRecoil);
      return components
        .filter(
          (one) => one.name === measure.component && (measure.flavour === null || one.flavour === measure.flavour),
        )
        .reduce((sum, one) => sum + (measure.bin === undefined ? total(one.counts) : one.counts[measure.bin]!), 0);
    }
    case "flavour-order":
      return session
        .predict({}, paper.spectrumRecoil)
        .components.filter((one) => one.flavour !== null)
        .sort((a, b) => total(a.counts) - total(b.counts))
        .map((one) => one.flavour)
        .join(" < ");
    case "chi2":
      return session.chi2(measure.parameters);
    case "best-chi2":
      return session.fit(measure.free).minima[0]?.chi2 ?? null;
    case "profile": {
      const best = session.fit([measure.parameter, ...measure.profile]).minima[0]?.chi2;
      const at = session.scan(measure.parameter, measure.at, measure.at + 0.01, 2, measure.profile).chi2[0];
      return best === undefined || at === null || at === undefined ? null : at - best;
    }
    case "profile-minima": {
      const { chi2: curve } = session.scan(measure.parameter, ...measure.range, 401, measure.profile);
      return localMinima(curve.map((value) => value ?? Number.POSITIVE_INFINITY));
    }
    case "region":
      return ofRegion(session.region(measure.plane, measure.dof), measure);
    case "endpoints":
      // Judged over the other cases, in the runner.
      return null;
  }
}

function segmentsOf(session: Session, free: readonly string[], parameter: string, cl: number) {
  const found = session.fit(free).intervals.find((one) => one.parameter === parameter && Math.abs(one.cl - cl) < 1e-12);
  return found?.segments ?? [];
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Dips deeper than 1e-3 on both sides: the same depth that makes two minima of a fit distinct. */
function localMinima(curve: readonly number[]): number {
  let count = 0;
  let low = curve[0]!;
  let high = curve[0]!;
  let falling = true;
  for (const value of curve) {
    if (falling) {
      low = Math.min(low, value);
      if (value > low + 1e-3) {
        count++;
        falling = false;
        high = value;
      }
    } else {
      high = Math.max(high, value);
      if (value < high - 1e-3) {
        falling = true;
        low = value;
      }
    }
  }
  return count;
}

type RegionMeasure = Extract<Measure, { kind: "region" }>;

function ofRegion(result: RegionResult, { cl, what }: RegionMeasure): number | string | null {
  const found = result.regions.find((one) => Math.abs(one.cl - cl) < 1e-12);
  if (found === undefined || found.polygons.length === 0) return null;
  const points = found.polygons.flatMap((polygon) => polygon.outer);
  const axis = what.endsWith("x") ? 0 : 1;
  const coordinates = points.map((point) => point[axis]!);
  switch (what) {
    case "topology":
      return describeTopology(found.polygons);
    case "slope":
      return slopeOf(found.polygons[0]!.outer);
    case "low-x":
    case "low-y":
      return Math.min(...coordinates);
    case "high-x":
    case "high-y":
      return Math.max(...coordinates);
  }
}

/** e.g. `1 open`, `2 open`, `1 closed, 1 hole`. */
function describeTopology(polygons: RegionResult["regions"][number]["polygons"]): string {
  const open = polygons.filter((polygon) => polygon.open).length;
  const closed = polygons.length - open;
  const holes = polygons.reduce((sum, polygon) => sum + polygon.holes.length, 0);
  const parts = [
    ...(open > 0 ? [`${open} open`] : []),
    ...(closed > 0 ? [`${closed} closed`] : []),
    ...(holes > 0 ? [`${holes} hole${holes > 1 ? "s" : ""}`] : []),
  ];
  return parts.join(", ");
}

/** Border points on either side that the slope of a band is fitted through. */
const NEIGHBOURS = 10;

/** Slope of a band's border where it crosses the first axis, on the side of larger values: least squares. */
function slopeOf(outer: readonly (readonly [number, number])[]): number {
  const at = (k: number): readonly [number, number] => outer[(k + outer.length) % outer.length]!;
  let crossing = -1;
  for (let k = 0; k < outer.length; k++) {
    if (at(k)[1] > 0 !== at(k + 1)[1] > 0 && (crossing < 0 || at(k)[0] > at(crossing)[0])) crossing = k;
  }
  const near = Array.from({ length: 2 * NEIGHBOURS }, (_, k) => at(crossing - NEIGHBOURS + 1 + k));
  const mean = (axis: 0 | 1): number => near.reduce((sum, point) => sum + point[axis], 0) / near.length;
  const [x, y] = [mean(0), mean(1)];
  const sxx = near.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return near.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / sxx;
}
