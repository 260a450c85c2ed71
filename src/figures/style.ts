/** Measures of the page, fit to print in a two-column journal. Lengths in pt (1/72 in). */

export const POINTS_PER_INCH = 72;

/** Widths of a column and of the page's text block (86 mm and 178 mm). */
export const WIDTH_IN = { single: 3.4, double: 7 } as const;

/** Type sizes in pt. */
export const SIZE = { tick: 8, label: 9, legend: 8, title: 9, note: 8, source: 7 } as const;

/** Line widths in pt; nothing under 0.5 survives print. */
export const LINE = { frame: 0.6, tick: 0.5, data: 1.1, outline: 0.8, error: 0.8, rule: 0.7 } as const;

/** Lengths of ticks, pointing inwards. */
export const TICK = { major: 4.5, minor: 2.4 } as const;

/** Radius of a data point. */
export const POINT_RADIUS = 1.9;

export const INK = "#000000";
export const SOURCE_INK = "#444444";
