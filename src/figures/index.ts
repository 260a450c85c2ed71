/**
 * Figures for print: plain data in, SVG out (PDF and PNG in src/node). Nothing here needs a font, a page or a clock.
 *
 * figure(spec)      FigureSpec -> Figure: panels with axes, marks, legends; see spec.ts for the marks
 * toSvg(figure)     Figure -> SVG text
 * stackedSteps      histograms one upon the other
 * levelTints, tint  solid tints for confidence levels
 * symbolOf(name)    TeX of a parameter or flavour
 * typeset, plainText  a label as outlines, and as plain Unicode
 */
export { type CountsSeries, countsPanel, type ProfileCurve, planePanel, profilePanel } from "./charts.ts";
export { type Figure, figure } from "./figure.ts";
export { type ImpactsOptions, impactsFigure } from "./impacts.ts";
export { type StackLayer, stackedSteps } from "./marks/steps.ts";
export { type Color, DASHES, type Dash, levelTints, PALETTE, type PaletteColor, SERIES, tint } from "./palette.ts";
export type { Shape } from "./path.ts";
export { plainText } from "./plain-text.ts";
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
export { toSvg } from "./svg.ts";
export { symbolOf } from "./symbols.ts";
export { type Label, typeset } from "./typeset.ts";
