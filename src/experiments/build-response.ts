/** The detector response that a likelihood declares. */

import type { ResponseElement as DetectorElement, Response } from "../detector/elements.ts";
import { buildResponse as responseOf } from "../detector/response.ts";
import { toInternal } from "../units.ts";
import type { InputReader } from "./build-input.ts";
import type { Axis } from "./cells.ts";
import type { ParsedExperiment } from "./parse.ts";
import type { ResponseElement } from "./schema.ts";

/**
 * @param axis the measured axis; undefined where all recoils above a threshold fall into one cell
 */
export function buildResponse(
  elements: readonly ResponseElement[],
  axis: Axis | undefined,
  parsed: ParsedExperiment,
  input: InputReader,
): Response {
  return responseOf(
    elements.map((element) => buildElement(element, parsed, input)),
    axis === undefined ? [0, 1] : axis.edges.map((edge) => toInternal(edge, axis.unit)),
  );
}

function buildElement(element: ResponseElement, parsed: ParsedExperiment, input: InputReader): DetectorElement {
  switch (element.type) {
    case "linear-light-yield":
    case "electron-light-yield":
      return { type: element.type, photoelectronsPerMeV: input(element.yield) };
    case "linear-quenching":
      return { type: element.type, factor: input(element.factor) };
    case "polynomial-quenching": {
      const [c1, c2, c3, c4] = element.coefficients;
      return { type: element.type, coefficients: [input(c1), input(c2), input(c3), input(c4)] };
    }
    case "rising-quenching":
      return { type: element.type, constant: input(element.constant), slopePerMeV: input(element.slope) };
    case "poisson-photoelectrons":
      return { type: element.type };
    case "gamma-photoelectrons":
      return {
        type: element.type,
        energyPerPhotoelectron: input(element.energyPerPhotoelectron),
        shapePerMeV: input(element.shape),
      };
    case "gaussian-resolution":
      return { type: element.type, width: input(element.width) };
    case "recoil-threshold":
      return { type: element.type, energy: input(element.energy) };
    case "logistic-acceptance":
      return {
        type: element.type,
        amplitude: input(element.amplitude),
        slope: input(element.slope),
        midpoint: input(element.midpoint),
        threshold: element.threshold,
        halfStep: element.halfStep ?? false,
      };
    case "shifted-logistic-acceptance":
      return {
        type: element.type,
        amplitude: input(element.amplitude),
        slope: input(element.slope),
        midpoint: input(element.midpoint),
        offset: input(element.offset),
      };
    case "tabulated-acceptance": {
      const { columns } = parsed.tables[element.table]!;
      const unit = parsed.file.tables[element.table]!.columns.find(({ name }) => name === element.centre)!.unit;
      const centres = [...columns[element.centre]!].map((value) => toInternal(value, unit));
      const width = (centres.at(-1)! - centres[0]!) / (centres.length - 1);
      return {
        type: element.type,
        edges: [...centres.map((centre) => centre - width / 2), centres.at(-1)! + width / 2],
        values: [...columns[element.column]!],
      };
    }
  }
}
