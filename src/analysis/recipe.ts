/** What was done with toys, in words: printed with every result. */

import { CERTAIN, CONFIDENCE, EQUAL, LOOK } from "../statistics/feldman-cousins.ts";
import type { ToyModel } from "./toy-model.ts";

/** Tested points that chi^2 alone excludes are thrown every so many, each way. */
export const COARSE = 4;

interface Treatment {
  readonly toys: ToyModel;
  readonly pulls: "profiled" | "nominal" | "fixed";
}

interface TestedTreatment extends Treatment {
  readonly tested: readonly string[];
  readonly cls: readonly number[];
  readonly count: number;
}

/** How a toy is drawn and fitted. */
function drawing({ toys: { parameters, nuisances, window }, pulls }: Treatment): readonly string[] {
  const box = parameters.map((name) => `${name} in [${window[name]!.map((x) => Number(x.toPrecision(6))).join(", ")}]`);
  const over =
    box.length === 0
      ? ""
      : ` over ${box.join(", ")}: every dip of a lattice is tried, nuisances from one place in each`;
  const fitted =
    pulls === "fixed" || nuisances.length === 0
      ? "nuisances not fitted"
      : `nuisances profiled (${nuisances.join(", ")})`;
  return [
    "a toy draws every Poisson cell from its expected count and every Gaussian cell from a normal distribution with its own sigma",
    pulls === "fixed"
      ? "no measured centre of a nuisance is drawn: nuisances are fixed"
      : "the measured centre of every constrained nuisance is drawn from a normal distribution around its true value and used in the toy's constraint; flat nuisances have nothing to draw",
    `lowest chi2: ${fitted}${over}`,
  ];
}

/** Feldman-Cousins. */
export function fcRecipe(treatment: TestedTreatment): readonly string[] {
  const { toys, pulls, tested, cls, count } = treatment;
  const others = toys.parameters.filter((name) => !tested.includes(name));
  const and = others.length === 0 ? "" : `, and ${others.join(", ")} at their best`;
  const thrown = {
    profiled: "at a tested point nuisances are profiled on the data; toys are thrown there",
    nominal: "toys are thrown at the tested point with nominal nuisances",
    fixed: "toys are thrown at the tested point; nuisances stay where they are set, nominal by default",
  };
  const degrees = `${tested.length} ${tested.length === 1 ? "degree" : "degrees"} of freedom`;
  const levels = cls.map((cl) => Number((1 - cl).toPrecision(6))).join(", ");
  return [
    `${thrown[pulls]}${and}`,
    ...drawing(treatment),
    `t = chi2 at the tested point (${pulls === "fixed" ? "nuisances not fitted" : "nuisances profiled"}${and}) less the lowest chi2, not below 0`,
    `p = share of toys with t at least that of the data, equal within ${EQUAL} included; where t = 0, p is 1 without toys; a level holds p > 1 - CL`,
    `between points t of the data is computed and p = S(t) exp(c), S being the probability that chi2 with ${degrees} exceeds t: c = ln(p/S) of the points around is taken as straight, and as going to 0 with t; where no toy fits worse, c is that of neighbours and p at most 1/toys and 1 - CL`,
    `a point stops when the Clopper-Pearson interval of p at ${100 * CONFIDENCE} %, looked at every ${LOOK} toys, excludes ${levels}, else at ${count} toys: it is undecided then`,
    `points to which a chi2 distribution with ${degrees} gives less than ${CERTAIN} (1 - CL) are thrown every ${COARSE} points each way and up to ${COARSE - 1} points around every point that a level holds; the others have that probability as p, and 0 toys`,
    "a toy whose fit fails counts as one with t at least that of the data",
    "random numbers: Philox4x32-10, keyed by seed, index of the point, index of the toy",
  ];
}

/** Goodness of fit and coverage. */
export function toysRecipe(treatment: Treatment): readonly string[] {
  const { pulls } = treatment;
  const nuisances = {
    profiled: "nuisances without a truth profiled on the data there",
    nominal: "nuisances nominal",
    fixed: "nuisances where they are set, nominal by default",
  };
  return [
    `toys are thrown at the truth given, parameters without one at their best for the data, ${nuisances[pulls]}`,
    ...drawing(treatment),
    "goodness of fit: share of toys with a lowest chi2 at least that of the data",
    "coverage: share of toys in which chi2 with the parameter at its truth, all others at their best, lies at most the nominal Delta chi2 of one degree of freedom above the lowest chi2",
    "errors: half the Clopper-Pearson interval at 68.27 %",
    "a toy whose fit fails counts as fitting no better than the data and as not covered",
    "random numbers: Philox4x32-10, keyed by seed, 0, index of the toy",
  ];
}
