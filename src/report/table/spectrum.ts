import type { SpectrumResult } from "../../analysis/results.ts";
import { blocks, columns, notes } from "../columns.ts";
import { choices, fixedParameters, formFactorText } from "../heading.ts";
import { fixed, significant } from "../numbers.ts";

/** Recoil energies shown to people; a file has them all. */
const SHOWN = 20;

/** Flux-averaged cross sections and dR/dE_r per flavour. */
export function spectrumTable(result: SpectrumResult): string {
  const perNucleus = result.rateUnit.startsWith("cm2");
  const totals = result.flavours.map((one) => [
    one.flavour,
    (one.crossSectionCm2 * 1e40).toFixed(2),
    ...(perNucleus ? [] : [fixed(one.events, 2)]),
  ]);
  const every = Math.max(1, Math.floor(result.recoilKeV.length / SHOWN));
  const indices = result.recoilKeV.flatMap((_, k) => (k % every === Math.floor(every / 2) ? [k] : []));
  const rows = indices.map((k) => [
    fixed(result.recoilKeV[k]!, 3),
    ...result.flavours.map((one) => (one.rate[k]! === 0 ? "0" : significant(one.rate[k]!))),
  ]);
  return blocks(
    [
      `spectrum: ${result.target}, flux ${result.flux}`,
      choices(result.convention, result.recoil, formFactorText(result.formFactor)),
      ...fixedParameters(result.parameters),
    ].join("\n"),
    columns([["flavour", "<sigma> [1e-40 cm2]", ...(perNucleus ? [] : ["events"])], ...totals]),
    `dR/dE_r [${result.rateUnit}]\n${columns([["E_r [keVnr]", ...result.flavours.map((one) => one.flavour)], ...rows], ">", "  ")}`,
    indices.length < result.recoilKeV.length
      ? `${indices.length} of ${result.recoilKeV.length} recoil energies; -o file.csv writes all`
      : "",
    notes(result.notes),
  );
}
