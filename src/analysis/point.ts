/** An analysis at one point, as often as somebody moves it: chi^2, pulls and expected counts without new integrals. */

import { z } from "zod";
import { suggestion, usageError } from "../errors.ts";
import type { ComponentCounts } from "../statistics/account.ts";
import { chi2Survival } from "../statistics/levels.ts";
import { searchedNames } from "./checks.ts";
import { checkFinite, NEGATIVE_COUNTS } from "./finite.ts";
import type { PreparedAnalysis } from "./prepare.ts";
import { costing, envelope, pullsOf, standardDetail, standardValue, unitsOf } from "./ready.ts";
import { chi2Schema, common, predictSchema, STANDARD_MODEL } from "./results.ts";

const { experiment, likelihood, axes, components, total, observed, errors } = predictSchema.shape;

const pointPredictionSchema = z.strictObject({
  experiment,
  likelihood,
  axes,
  components: components.describe("At the best values of the nuisances"),
  total,
  observed,
  errors,
  smTotal: total.describe(`Of the standard model: ${STANDARD_MODEL}`),
});
/** Expected and observed counts of one experiment at a point. */
export type PointPrediction = z.infer<typeof pointPredictionSchema>;

const { dof, chi2, pValue, pulls, contributions, constraints, clipped, units } = chi2Schema.shape;

export const pointSchema = z.strictObject({
  format: z.literal("nurecoil/point/1"),
  ...common,
  parameters: z.record(z.string(), z.number()).describe("Couplings and nuisances that are set"),
  dof,
  chi2,
  pValue,
  pulls,
  contributions,
  constraints,
  clipped,
  units,
  sm: z.strictObject({ chi2 }).describe(`The standard model: ${STANDARD_MODEL}`),
  predictions: z.array(pointPredictionSchema).describe("In the order of the experiments"),
});
export type PointResult = z.infer<typeof pointSchema>;

/**
 * An analysis with some parameters to be moved: integrals are done, the likelihood is built once.
 * @param prepared from `prepare`, whose spec sets or frees every parameter named
 * @param couplings parameters that move: couplings, sin2_theta_w, radii, nuisances
 * @returns chi^2, pulls and expected counts at values of these parameters; one that is left out is where the spec sets
 *   it, else a coupling where the standard model has it, a radius or nuisance nominal; all nuisances that are not named are
 *   at their best values, as of `chi2`. The standard model beside it is that of `fit` and `region` and does not move.
 *   `quick` searches for those from the last point, some ten times faster: chi^2 is the same to 1e-12, pulls and counts
 *   are to 1e-6, and of two dips of chi^2 in the nuisances it stays in the one it comes from
 * @throws NurecoilError (usage) for a name that the spec neither sets nor frees; the function returned throws one for a
 *   value of a name that is not among `couplings`, and where the counts are no finite numbers
 */
export function openPoint(
  prepared: PreparedAnalysis,
  couplings: readonly string[],
): (values: Readonly<Record<string, number>>, options?: { readonly quick?: boolean }) => PointResult {
  const { spec } = prepared;
  const known = [...new Set([...Object.keys(spec.parameters), ...searchedNames(spec)])];
  const strange = couplings.find((name) => !known.includes(name));
  if (strange !== undefined) {
    const hint = known.length === 0 ? "name it in `free` or `parameters`" : suggestion(strange, known);
    throw usageError(`"${strange}" is no parameter of this analysis`, hint);
  }
  const movable = prepared.likelihood([...new Set(couplings)]);
  const nominal = Object.fromEntries(
    movable.parameters.map((name) => [name, spec.parameters[name] ?? standardValue(prepared, name)]),
  );
  const nowhere = movable.parameters.map(() => Number.NaN);
  const standard = once(() => {
    const detail = standardDetail(prepared);
    const totals = prepared.experiments.map((one) => totalOf(rowsOf(detail.components, one.id), one.cells));
    return { chi2: detail.chi2, totals };
  });

  return (values, { quick = false } = {}) => {
    const unknown = Object.keys(values).find((name) => !movable.parameters.includes(name));
    if (unknown !== undefined) {
      throw usageError(`"${unknown}" does not move here`, suggestion(unknown, movable.parameters));
    }
    const parameters = { ...spec.parameters, ...nominal, ...values };
    // After a point that is no number the search begins afresh.
    if (!quick) movable.evaluate(nowhere);
    const detail = movable.detail(movable.parameters.map((name) => parameters[name]!));
    checkFinite(detail.chi2, parameters);
    const sm = standard();
    const degrees = movable.cells - costing({ ...prepared, spec: { ...spec, parameters } }, []);
    const predictions = prepared.experiments.map((one, e): PointPrediction => {
      const counts = rowsOf(detail.components, one.id);
      const data = prepared.data[e]!;
      return {
        experiment: one.id,
        likelihood: one.likelihood,
        axes: one.axes.map(({ name, unit, edges }) => ({ name, unit, edges: [...edges] })),
        components: counts,
        total: totalOf(counts, one.cells),
        // A detector to be built has observed nothing; its Asimov count is the total.
        observed: one.statistics === "projection" ? null : [...data.observed],
        errors: one.statistics === "gaussian" ? [...data.sigma] : null,
        smTotal: [...sm.totals[e]!],
      };
    });
    const negative = predictions.some((one) => one.components.some(({ counts }) => counts.some((count) => count < 0)));
    const { notes, ...head } = envelope(prepared);
    return {
      format: "nurecoil/point/1",
      ...head,
      notes: negative ? [...notes, NEGATIVE_COUNTS] : notes,
      parameters,
      dof: degrees,
      chi2: detail.chi2,
      pValue: chi2Survival(detail.chi2, degrees),
      pulls: pullsOf(prepared, detail),
      contributions: { ...detail.contributions },
      constraints: detail.constraints,
      clipped: detail.clipped,
      units: unitsOf(prepared),
      sm: { chi2: sm.chi2 },
      predictions,
    };
  };
}

type Rows = PointPrediction["components"];

/** Components of one experiment by name and flavour: rows of a background that are fitted on their own are one background. */
function rowsOf(parts: readonly ComponentCounts[], id: string): Rows {
  const rows = new Map<string, Rows[number]>();
  for (const { block, name, flavour, counts } of parts) {
    if (block !== id) continue;
    const known = rows.get(`${name} ${flavour}`);
    if (known !== undefined) for (let i = 0; i < counts.length; i++) known.counts[i]! += counts[i]!;
    else rows.set(`${name} ${flavour}`, { name, flavour: flavour as Rows[number]["flavour"], counts: [...counts] });
  }
  return [...rows.values()];
}

function totalOf(rows: Rows, cells: number): number[] {
  const sums = new Array<number>(cells).fill(0);
  for (const { counts } of rows) for (let i = 0; i < cells; i++) sums[i]! += counts[i]!;
  return sums;
}

/** A value that is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
