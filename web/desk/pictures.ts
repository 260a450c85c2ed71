/** Figures of the page: the library's own, drawn here so that the page's thread only shows them. */

import type { PointResult, ProfileResult, RegionResult } from "nurecoil/analysis";
import {
  type DrawnRegion,
  type FigureSpec,
  type Frame,
  figure,
  type PublishedInterval,
  type PublishedRegion,
  profileFigure,
  pullsFigure,
  type RegionOptions as RegionFigureOptions,
  regionFigure,
  spectrumFigure,
  toSvg,
} from "nurecoil/figures";
import { readCouplingName } from "nurecoil/interactions";

/** How a figure is to look on the page. */
export interface Look {
  readonly theme: "light" | "dark";
  /** Width in CSS pixels; figures are drawn for it, not stretched. */
  readonly width: number;
  /** In CSS pixels; null: what the figure needs. */
  readonly height: number | null;
}

export type Picture =
  | {
      readonly kind: "spectrum";
      readonly prediction: PointResult["predictions"][number];
      readonly axis: number;
      /** Whether its data are Asimov data. */
      readonly asimov: boolean;
    }
  | { readonly kind: "pulls"; readonly pulls: PointResult["pulls"]; readonly units: PointResult["units"] }
  | {
      readonly kind: "profile";
      readonly curves: readonly { readonly label: string; readonly profile: ProfileResult }[];
      readonly value: number | null;
      readonly published: readonly PublishedInterval[];
    }
  | {
      readonly kind: "region";
      readonly layers: readonly {
        readonly label: string;
        readonly result: RegionResult;
        readonly combined: boolean;
        readonly draft: boolean;
      }[];
      readonly window: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null;
      /** Windows that may come next, where the frame must not move. */
      readonly steady?: RegionFigureOptions["steady"];
      readonly published: readonly PublishedRegion[];
    };

export interface PictureAsk {
  readonly picture: Picture;
  readonly look: Look;
}

export interface Drawing {
  readonly svg: string;
  /** Where each panel is and what it shows: pointer to data and back. In the units of the drawing's viewBox. */
  readonly frames: readonly Frame[];
  readonly width: number;
  readonly height: number;
}

/** Points of a figure in a CSS pixel: 72 and 96 to the inch. */
const POINTS_PER_PIXEL = 0.75;

export function draw(picture: Picture, look: Look): Drawing {
  const drawn = figure(specOf(picture, look));
  const svg = toSvg(drawn, { theme: look.theme, background: false, responsive: true });
  return { svg, frames: drawn.frames, width: drawn.width, height: drawn.height };
}

/** The figure of a picture, as it is also taken away. */
export function specOf(picture: Picture, look: Look): FigureSpec {
  const size = {
    width: look.width * POINTS_PER_PIXEL,
    ...(look.height !== null && { heightPt: look.height * POINTS_PER_PIXEL }),
  };
  switch (picture.kind) {
    case "spectrum":
      return spectrumFigure(picture.prediction, {
        ...size,
        id: "spectrum",
        axis: picture.axis,
        ...(picture.asimov && { data: "Asimov data" }),
      });
    case "pulls":
      return pullsFigure(picture.pulls, { ...size, id: "pulls", units: picture.units });
    case "profile":
      return profileOf(picture, size);
    case "region":
      return regionFigure(picture.layers.map(layerOf), {
        ...size,
        id: "plane",
        published: picture.published,
        // Where another coupling is set, no point of the plane is the standard model.
        ...(picture.layers.some(({ result }) => isElsewhere(result)) && { standardModel: null }),
        ...(picture.window !== null && { window: picture.window }),
        ...(picture.steady !== undefined && { steady: picture.steady }),
      });
  }
}

/** Whether a new coupling besides those of the plane is set to more than nothing. */
function isElsewhere({ spec, plane }: RegionResult): boolean {
  return Object.entries(spec.parameters).some(([name, value]) => {
    const level = readCouplingName(name)?.coupling.level;
    return value !== 0 && level !== undefined && level !== "standard-model" && !plane.includes(name);
  });
}

function layerOf({
  label,
  result,
  combined,
  draft,
}: Extract<Picture, { kind: "region" }>["layers"][number]): DrawnRegion {
  return { label, result, draft, ...(combined ? {} : { style: { fill: "none" as const } }) };
}

function profileOf({ curves, value, published }: Extract<Picture, { kind: "profile" }>, size: object): FigureSpec {
  const { parameter, levels } = curves[0]!.profile;
  return profileFigure(
    curves.map(({ label, profile }) => ({
      label,
      values: profile.values,
      deltaChi2: profile.chi2.map((chi2) => (chi2 === null ? null : Math.max(0, chi2 - profile.minimum.chi2))),
      intervals: profile.levels,
    })),
    {
      ...size,
      // Names of nuisances have dots, which an id may not.
      id: `profile-${parameter.replaceAll(".", "-")}`,
      parameter,
      levels: levels.map(({ cl, deltaChi2 }) => ({ value: deltaChi2, text: `${Number((100 * cl).toPrecision(4))} %` })),
      marked: levels.map(({ deltaChi2 }) => deltaChi2),
      ...(value !== null && { at: value }),
      published,
    },
  );
}
