/** Figures as files: of a fixed size, on white ground, with the line that says what they rest on. */

import { version } from "nurecoil";
import { parseSpec, type SpecInput } from "nurecoil/analysis";
import { type FigureSpec, figure, toPdf, toSvg } from "nurecoil/figures";
import { type Look, type Picture, specOf } from "./pictures.ts";
import type { FigureAsk, TakenAway } from "./take-away.ts";

/** One journal column, 3.4 in, in CSS pixels; a spectrum has more to show. */
const COLUMN = 326;
const WIDE = 480;

export function printed({ form, picture, spec, name }: FigureAsk): TakenAway {
  const drawn = figure(printSpec(picture, spec));
  return form === "svg"
    ? { name: `${name}.svg`, type: "image/svg+xml", content: toSvg(drawn, { theme: "light" }) }
    : { name: `${name}.pdf`, type: "application/pdf", content: toPdf(drawn) };
}

function printSpec(picture: Picture, spec: SpecInput): FigureSpec {
  const look: Look = { theme: "light", width: picture.kind === "spectrum" ? WIDE : COLUMN, height: null };
  return { ...specOf(picture, look), source: sourceOf(picture, spec) };
}

/** Program, experiments, and what was chosen. */
function sourceOf(picture: Picture, input: SpecInput): string {
  const spec = parseSpec(input);
  const shown = picture.kind === "spectrum" ? [picture.prediction.experiment] : spec.experiments.map(({ id }) => id);
  const experiments = spec.experiments.filter(({ id }) => shown.includes(id));
  const names = experiments.map(
    ({ id, likelihood, data }) =>
      `${id}${likelihood === null ? "" : `@${likelihood}`}${data === "asimov" ? " (Asimov data)" : ""}`,
  );
  return [
    `nurecoil ${version}`,
    names.join(" + "),
    `convention ${spec.convention}`,
    ...(spec.uncorrelated ? ["uncorrelated"] : []),
    ...(spec.allowOverlap ? ["experiments with the same events may be combined"] : []),
  ].join(" · ");
}
