import type { ToysResult } from "../../analysis/toy-results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading } from "../heading.ts";
import { fixed, percent, withError } from "../numbers.ts";

/** Truth, goodness of fit, coverage of every parameter and level, and the recipe. */
export function toysTable(result: ToysResult): string {
  const { spec, toys, seed, truth, units, goodnessOfFit: fit, coverage, failed } = result;
  const title = spec.free.length === 0 ? "toys" : `toys of ${spec.free.join(", ")}`;
  const covered = coverage.map((one) => [
    one.parameter,
    percent(one.cl),
    share(one.nominal, one.error),
    `${share(one.actual, one.error)} ± ${share(one.error, one.error)}`,
  ]);
  return blocks(
    heading(title, spec),
    `${toys} toys, seed ${seed}`,
    `truth\n${columns(
      Object.entries(truth).map(([name, value]) => [name, valueIn(value, units[name]), units[name] ?? ""]),
      "<><",
      "  ",
    )}`,
    `goodness of fit: chi2 ${fixed(fit.chi2, 3)}, p-value ${share(fit.pValue, fit.error)} ± ${share(fit.error, fit.error)}`,
    covered.length === 0 ? "" : columns([["coverage of", "level", "nominal", "actual"], ...covered], "<>"),
    failedToys(failed, toys),
    recipeList(result.recipe),
    notes(result.notes),
  );
}

/** Three decimals of a sigma: what is below a thousandth is zero to any reader. */
function valueIn(value: number, unit: string | undefined): string {
  return unit === "sigma" || unit === "factor" ? fixed(value, 3) : withError(value, null);
}

/** A share with as many digits as its error has a say in. */
export function share(value: number, error: number): string {
  return fixed(value, Math.min(Math.max(1 - Math.floor(Math.log10(error)), 2), 6));
}

/** Nothing when no fit failed. */
export function failedToys(failed: number, toys: number): string {
  return failed === 0 ? "" : `${failed} of ${toys} toys without a converged fit: counted as the recipe says`;
}

/** What was done with toys, one line per step. */
export function recipeList(recipe: readonly string[]): string {
  return ["recipe", ...recipe.map((step, k) => `  ${k + 1}. ${step}`)].join("\n");
}
