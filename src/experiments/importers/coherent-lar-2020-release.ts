/**
 * Files of the COHERENT argon release (arXiv:2006.12659) as text: where its layout differs from the other releases'
 * and where a number stands in words. Line numbers in messages are those of the release.
 */
import type { Issue } from "../../errors.ts";
import { numberOf } from "../csv.ts";
import type { LarValues } from "./coherent-lar-2020-values.ts";
import { expectUnits, parameterNumber, readReleaseParameters } from "./release-parameters.ts";
import { type ReleaseRow, readReleaseTable } from "./release-table.ts";

const exposurePattern = /represents (\S+) GWhr of integrated beam power/;

/**
 * Read a table whose numbers are separated by blanks.
 * @param text the file's text
 * @param file its name, for messages
 * @param width cells per row
 * @param issues receives an issue for each row of another length and each cell that is no finite number
 * @returns every row, broken ones included
 */
export function readLarTable(text: string, file: string, width: number, issues: Issue[]): ReleaseRow[] {
  const withCommas = text.split(/\r?\n/).map((line) => line.trim().replace(/[ \t]+/g, ","));
  return readReleaseTable(withCommas.join("\n"), file, width, issues);
}

/**
 * Read the parameter file.
 * @param text the file's text
 * @param file its name, for messages
 * @param issues receives an issue for each parameter that is missing, in another unit, or no number
 * @returns values in the units of the experiment file; NaN where there was an issue
 */
export function readLarValues(text: string, file: string, issues: Issue[]): LarValues {
  const fields = readReleaseParameters(usualLayout(text), file, issues);
  const number = (name: string): number => parameterNumber(fields, name, file, issues);
  const value = (name: string, units: string) => {
    expectUnits(fields, name, units, file, issues);
    return { value: number(`${name}.value`) };
  };
  const measured = (name: string, units: string) => ({ ...value(name, units), sigma: number(`${name}.uncertainty`) });
  const pulseMean = measured("snsPOTTraceTiming.a", "ns");
  return {
    mass: measured("fiducialMass", "kg"),
    distance: value("distanceToTarget", "m"),
    exposure: { value: readExposure(text, file, issues) },
    protonsOnTarget: { value: timesTenTo(22, value("beamExposure", "E22 POT").value) },
    neutrinosPerProton: measured("neutrinosPerProton", "nu/flavor/proton"),
    quenchingConstant: measured("larQF.a", "none"),
    quenchingSlope: measured("larQF.b", "(keVnr)^-1"),
    energyResolution: value("energyResolution.a", "(keVee)^(1/2)"),
    pulseMean: { value: timesTenTo(-3, pulseMean.value), sigma: timesTenTo(-3, pulseMean.sigma) },
    pulseWidth: { value: timesTenTo(-3, value("snsPOTTraceTiming.b", "ns").value) },
    cevns: measured("cevnsPredictionNormalization", "none"),
    brn: measured("promptBeamRelatedNeutronPredictionNormalization", "none"),
    delayedBrn: measured("delayedBeamRelatedNeutronPredictionNormalization", "none"),
    steadyState: measured("ssBackgroundPredictionNormalization", "none"),
  };
}

/** List entries four spaces deep and texts marked as blocks, as in the other releases. */
function usualLayout(text: string): string {
  return text.replace(/^(?: {3}- | {5}(?=\w))/gm, " $&").replace(/^( {2}comment:)[ \t]*(?=\r?$)/gm, "$1 |");
}

/** Exact in decimal, where a product would end in ...0001. */
function timesTenTo(power: number, value: number): number {
  return Number(`${value}e${power}`);
}

/** The exposure stands in words, in the comment of `beamExposure`. */
function readExposure(text: string, file: string, issues: Issue[]): number {
  const line = text.split("\n").findIndex((content) => exposurePattern.test(content));
  const [, found] = exposurePattern.exec(text) ?? [];
  const value = found === undefined ? Number.NaN : numberOf(found);
  if (found === undefined)
    issues.push({
      file,
      path: "beamExposure.comment",
      message: "no text `represents ... GWhr of integrated beam power`",
    });
  else if (Number.isNaN(value))
    issues.push({ file, path: `line ${line + 1}`, message: `"${found}" (beamExposure, GW h) is not a finite number` });
  return value;
}
