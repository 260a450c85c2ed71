import type { ScanResult } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { heading } from "../heading.ts";
import { commonDecimals, fixed, significant } from "../numbers.ts";
import { scanPoints } from "../scan-points.ts";

/**
 * The lowest point and what was scanned; the points themselves when they are not in a file.
 * @param points whether to list every point
 */
export function scanTable(result: ScanResult, points: boolean): string {
  const { grid, spec, minimum, failed } = result;
  const profiled = Object.keys(result.profiled);
  const total = grid.reduce((product, axis) => product * axis.values.length, 1);
  const at = Object.entries(minimum?.parameters ?? {}).map(([name, value]) => `${name} = ${significant(value)}`);
  const axes = grid.map(({ name, values }) => [
    `${name}`,
    `${values.length} points from ${values[0]!} to ${values.at(-1)!}`,
  ]);
  return blocks(
    heading(`scan of ${grid.map((axis) => axis.name).join(", ")}`, spec),
    columns([...axes, ...(profiled.length === 0 ? [] : [["profiled", profiled.join(", ")]])], "<<"),
    minimum === null
      ? "no point has a converged answer"
      : `lowest point: ${at.join(", ")}, chi2 = ${fixed(minimum.chi2, 3)} for ${result.dof} degrees of freedom`,
    failed.length === 0 ? "" : `${failed.length} of ${total} points without a converged answer`,
    points ? pointTable(result) : "",
    notes(result.notes),
  );
}

function pointTable(result: ScanResult): string {
  const names = [...result.grid.map((axis) => axis.name), "chi2", "Delta chi2", ...Object.keys(result.profiled)];
  // Decimals of a column as its largest number needs them: what is zero up to rounding then reads as zero.
  const columnText = (values: readonly (number | null)[]): ((value: number | null) => string) => {
    const decimals = commonDecimals(
      values.filter((value) => value !== null),
      5,
    );
    return (value) => (value === null ? "-" : fixed(value, decimals));
  };
  const gridTexts = result.grid.map((axis) => columnText(axis.values));
  const profiledTexts = Object.values(result.profiled).map(columnText);
  const rows = scanPoints(result).map((point) => [
    ...point.at.map((value, i) => gridTexts[i]!(value)),
    point.chi2 === null ? "failed" : fixed(point.chi2, 4),
    point.deltaChi2 === null ? "-" : fixed(point.deltaChi2, 4),
    ...point.profiled.map((value, i) => profiledTexts[i]!(value)),
  ]);
  return columns([names, ...rows], ">");
}
