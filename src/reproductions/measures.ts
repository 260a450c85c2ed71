/** How each kind of measure is taken from the answers of a session. */

import type { FitResult } from "../analysis/results.ts";
import { clOfSigma } from "../statistics/levels.ts";
import type { Reproduction } from "./format.ts";
import type { Measure } from "./measure-schema.ts";
import { profileQuestion } from "./questions.ts";
import { insideRegion, islandIn, ofRegion, sizeOf } from "./region-measures.ts";
import type { Session } from "./session.ts";

/**
 * Take a measure.
 * @returns a number or a text; null when it does not exist, e.g. an interval that is not closed
 */
export function take(measure: Measure, asked: Session, paper: Reproduction): number | string | null {
  const session = asked.of(measure.analysis ?? null);
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
      const segment = segmentsOf(session, measure)[measure.segment];
      return segment?.[measure.end === "low" ? 0 : 1] ?? null;
    }
    case "segments":
      return segmentsOf(session, measure).length;
    case "feldman-cousins-end":
      return acceptedSegments(session, measure)[measure.segment]?.[measure.end === "low" ? 0 : 1] ?? null;
    case "feldman-cousins-segments":
      return acceptedSegments(session, measure).length;
    case "feldman-cousins-level": {
      const tested = session.feldmanCousins().points.find(({ at }) => Math.abs(at[0]! - measure.at) < 1e-9);
      return tested === undefined || tested.p === null ? null : 100 * (1 - tested.p);
    }
    case "events": {
      // A spectrum without new couplings is drawn with the paper's own kinematics.
      const { components } = session.predict({}, paper.spectrumRecoil);
      return components
        .filter(
          (one) => one.name === measure.component && (measure.flavour === null || one.flavour === measure.flavour),
        )
        .reduce((sum, one) => sum + (measure.bin === undefined ? total(one.counts) : one.counts[measure.bin]!), 0);
    }
    case "component":
      return ofComponent(session, measure, paper);
    case "pull":
      return session.fit(measure.free).minima[0]?.pulls[measure.nuisance] ?? null;
    case "cross-section":
      return ofCrossSection(session, measure);
    case "flavour-order":
      return session
        .predict({}, paper.spectrumRecoil)
        .components.filter((one) => one.flavour !== null)
        .sort((a, b) => total(a.counts) - total(b.counts))
        .map((one) => one.flavour)
        .join(" < ");
    case "helicity":
      return session.helicity(measure.parameters);
    case "chi2":
      return session.chi2(measure.parameters);
    case "best-chi2":
      return session.fit(measure.free).minima[0]?.chi2 ?? null;
    case "profile": {
      const best = session.fit([measure.parameter, ...measure.profile]).minima[0]?.chi2;
      const { parameter, low, high, n, profile } = profileQuestion(measure);
      const at = session.scan(parameter, low, high, n, profile).chi2[0];
      return best === undefined || at === null || at === undefined ? null : at - best;
    }
    case "profile-minima": {
      const { parameter, low, high, n, profile } = profileQuestion(measure);
      const { chi2: curve } = session.scan(parameter, low, high, n, profile);
      return localMinima(curve.map((value) => value ?? Number.POSITIVE_INFINITY));
    }
    case "region":
      return ofRegion(session.region(measure.plane, measure.dof), measure);
    case "island":
      return islandIn(session.region(measure.plane, measure.dof), measure);
    case "inside":
      return insideRegion(session.region(measure.plane, measure.dof), measure);
    case "region-ratio": {
      const above = sizeOf(session.region(measure.plane, measure.dof), measure);
      const below = sizeOf(asked.of(measure.to).region(measure.toPlane ?? measure.plane, measure.dof), measure);
      return above === null || below === null ? null : above / below;
    }
    case "endpoints":
      // Judged over the other cases, in the runner.
      return null;
  }
}

type Interval = Pick<Extract<Measure, { kind: "segments" }>, "free" | "parameter" | "cl" | "sigma">;

function segmentsOf(session: Session, { free, parameter, cl, sigma }: Interval) {
  const level = cl ?? clOfSigma(sigma!);
  const found = session
    .fit(free)
    .intervals.find((one) => one.parameter === parameter && Math.abs(one.cl - level) < 1e-12);
  return found?.segments ?? [];
}

/** What a level of a Feldman-Cousins interval holds. */
function acceptedSegments(session: Session, { cl }: { readonly cl: number }) {
  return session.feldmanCousins().intervals?.find((one) => Math.abs(one.cl - cl) < 1e-12)?.segments ?? [];
}

type ComponentMeasure = Extract<Measure, { kind: "component" }>;

/** What a fit says of a component; its normalisation, a factor, has the same name. */
function ofComponent(session: Session, measure: ComponentMeasure, paper: Reproduction): number | null {
  const { free, component, what } = measure;
  if (what === "events") return session.fit(free).minima[0]?.components[component] ?? null;
  if (what === "significance") {
    return session.fit(free).significances?.find((one) => one.parameter === component)?.significance ?? null;
  }
  const factor = what === "error" ? errorOf(session, measure) : endOf(session, measure);
  return factor === null
    ? null
    : factor * nominalEvents(session, component.slice(component.lastIndexOf(".") + 1), paper);
}

/** Standard deviation of a normalisation: freed ones from the fit, the others from their own curvature at it. */
function errorOf(session: Session, { free, component }: ComponentMeasure): number | null {
  if (free.includes(component)) return session.fit(free).minima[0]?.uncertainties[component] ?? null;
  return session.impacts(free).find(({ nuisance }) => nuisance === component)?.fitted.sigma ?? null;
}

/** End of the interval of a freed normalisation at one standard deviation. */
function endOf(session: Session, { free, component, what }: ComponentMeasure): number | null {
  const segment = segmentsOf(session, { free, parameter: component, sigma: 1 })[0];
  return segment?.[what === "low" ? 0 : 1] ?? null;
}

function nominalEvents(session: Session, component: string, paper: Reproduction): number {
  return session
    .predict({}, paper.spectrumRecoil)
    .components.filter(({ name }) => name === component)
    .reduce((sum, { counts }) => sum + total(counts), 0);
}

/** Flux-averaged cross section in 1e-40 cm^2: every flavour has the same fluence at a stopped-pion source. */
function ofCrossSection(
  session: Session,
  { scaledBy, what }: Extract<Measure, { kind: "cross-section" }>,
): number | null {
  const { flavours } = session.spectrum();
  const mean = flavours.reduce((sum, one) => sum + one.crossSectionCm2, 0) / flavours.length / 1e-40;
  if (scaledBy === undefined) return mean;
  const best = session.fit(scaledBy.free).minima[0];
  const factor = (what === "mean" ? best?.parameters : best?.uncertainties)?.[scaledBy.component] ?? null;
  return factor === null ? null : factor * mean;
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
