import type { Chi2Result } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading, pullTable } from "../heading.ts";
import { fixed, significant } from "../numbers.ts";

/** chi^2, where it comes from, and the pulls. */
export function chi2Table(result: Chi2Result): string {
  const parts = [
    ...Object.entries(result.contributions).map(([name, value]) => [name, fixed(value, 3)]),
    ["constraints", fixed(result.constraints, 3)],
    ["total", fixed(result.chi2, 3)],
  ];
  return blocks(
    heading("chi2", result.spec),
    `chi2 = ${fixed(result.chi2, 3)} for ${result.dof} degrees of freedom, p-value ${significant(result.pValue, 3)}`,
    `contributions\n${columns(parts, "<>", "  ")}`,
    pullTable(result.pulls, result.units),
    notes(result.notes),
  );
}
