/**
 * Colours that people with any colour vision tell apart: M. Okabe and K. Ito, "Color Universal Design" (2002, 2008).
 * Lines differ in their dashes too, so that they survive grey print.
 */

export const PALETTE = {
  black: "#000000",
  orange: "#e69f00",
  sky: "#56b4e9",
  green: "#009e73",
  yellow: "#f0e442",
  blue: "#0072b2",
  vermillion: "#d55e00",
  purple: "#cc79a7",
  grey: "#777777",
  white: "#ffffff",
} as const;

export type PaletteColor = keyof typeof PALETTE;
/** A colour by palette name or as #rrggbb. */
export type Color = PaletteColor | `#${string}`;

/** Dash patterns in pt: on, off, ... */
export const DASHES = {
  solid: [],
  dashed: [4.5, 2.2],
  dotted: [1.1, 1.7],
  dashdot: [5, 1.8, 1.1, 1.8],
  longdash: [8, 2.6],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type Dash = keyof typeof DASHES;

/** Styles that marks without one of their own take in turn. */
export const SERIES: readonly { readonly color: PaletteColor; readonly dash: Dash }[] = [
  { color: "black", dash: "solid" },
  { color: "vermillion", dash: "dashed" },
  { color: "blue", dash: "dotted" },
  { color: "green", dash: "dashdot" },
  { color: "purple", dash: "longdash" },
  { color: "orange", dash: "solid" },
  { color: "sky", dash: "dashed" },
];

/** The colour as #rrggbb. */
export function hex(color: Color): string {
  return color in PALETTE ? PALETTE[color as PaletteColor] : color;
}

/**
 * Solid tint: the colour mixed with white, which prints like transparency but needs none.
 * @param amount 1 is the colour itself, 0 white
 */
export function tint(color: Color, amount: number): `#${string}` {
  const full = hex(color);
  const channel = (at: number): string => {
    const value = Number.parseInt(full.slice(at, at + 2), 16);
    return Math.round(255 + (value - 255) * amount)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/**
 * Tints for nested regions, the innermost (smallest confidence level) darkest.
 * @param color hue of the region
 * @param count number of confidence levels, >= 1
 * @returns one colour per level, darkest first
 */
export function levelTints(color: Color, count: number): `#${string}`[] {
  return Array.from({ length: count }, (_, i) => tint(color, 0.75 - (i * 0.5) / Math.max(1, count - 1)));
}
