/**
 * Figures for print: plain data in, SVG or PDF out (PNG in src/node). Nothing here needs a font, a page or a clock.
 *
 * figure(spec)      FigureSpec -> Figure: panels with axes, marks, legends; see spec.ts for the marks
 * toSvg(figure)     Figure -> SVG text
 * toPdf(figure)     Figure -> bytes of a vector PDF
 * stackedSteps      histograms one upon the other
 * spectrumFigure, pullsFigure, profileFigure, regionFigure  results -> FigureSpec
 * levelTints, tint  solid tints for confidence levels
 * symbolOf(name)    TeX of a parameter or flavour
 * typeset, plainText  a label as outlines, and as plain Unicode
 */
export { type CountsSeries, countsPanel, type ProfileCurve, planePanel, profilePanel } from "./charts.ts";
export { type Figure, type Frame, type FrameAxis, figure } from "./figure.ts";
export { type ImpactsOptions, impactsFigure } from "./impacts.ts";
export { type StackLayer, stackedSteps } from "./marks/steps.ts";
export type { FigureOptions } from "./options.ts";
export { type Color, DASHES, type Dash, levelTints, PALETTE, type PaletteColor, SERIES, tint } from "./palette.ts";
export type { Shape } from "./path.ts";
export { toPdf } from "./pdf.ts";
export { plainText } from "./plain-text.ts";
export {
  type DeltaCurve,
  deltaCurve,
  type ProfileOptions,
  type PublishedInterval,
  profileFigure,
  type Segments,
} from "./profile.ts";
export { type Projection, projected } from "./projection.ts";
export { type PullsOptions, pullsFigure } from "./pulls.ts";
export { type AxisName, axisName, componentName, experimentName, pullName, unitName } from "./quantities.ts";
export { type DrawnRegion, type PublishedRegion, type RegionOptions, regionFigure } from "./regions.ts";
export type { Paint, Point, Rect, Scene, SceneNode } from "./scene.ts";
export type {
  AxisSpec,
  BandMark,
  Corner,
  ErrorBar,
  FigureSpec,
  LineMark,
  LineStyle,
  Mark,
  MarkerMark,
  PanelSpec,
  PointsMark,
  Polygon,
  RegionMark,
  RuleMark,
  StepsMark,
  TextMark,
} from "./spec.ts";
export { type SpectrumOptions, spectrumFigure } from "./spectrum.ts";
export { type SvgOptions, toSvg } from "./svg.ts";
export { symbolOf } from "./symbols.ts";
export { escapedHtml, htmlOfTex } from "./tex-html.ts";
export type { Theme } from "./theme.ts";
export { type Label, typeset } from "./typeset.ts";
