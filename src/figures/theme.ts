/**
 * Colours of a figure on another ground. A colour of print is a mixture of white paper, black ink and its pure hue
 * (whiteness, blackness and hue of A. R. Smith and E. R. Lyons, J. Graphics Tools 1, 3 (1996)); on a dark ground the
 * paper is dark, the ink is light, and the hue stays.
 */

export type Theme = "light" | "dark";

type Rgb = readonly [number, number, number];

/** Ground and ink of figures on a dark page. */
const GROUND = rgbOf("#16181d");
const INK = rgbOf("#eceef2");
/** What lines and text must have against their ground (WCAG 2.2, 1.4.11). */
const LEAST_CONTRAST = 3;

/**
 * A colour of print on the ground of a theme.
 * @param color #rrggbb as it is on white
 * @param thin for lines and text, which need a contrast of 3 against the ground; areas keep the contrast they have on
 *   white up to that
 * @returns #rrggbb
 */
export function themed(color: string, theme: Theme, thin: boolean): string {
  if (theme === "light") return color;
  const own = rgbOf(color);
  const white = Math.min(...own);
  const black = 1 - Math.max(...own);
  const mixed = own.map((value, i) => value - white + white * GROUND[i]! + black * INK[i]!) as unknown as Rgb;
  const wanted = thin ? LEAST_CONTRAST : Math.min(LEAST_CONTRAST, contrast(own, [1, 1, 1]));
  for (let share = 0; share < 1; share += 0.02) {
    const lighter = mixed.map((value, i) => value + share * (INK[i]! - value)) as unknown as Rgb;
    if (contrast(lighter, GROUND) >= wanted) return hexOf(lighter);
  }
  return hexOf(INK);
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of sRGB (IEC 61966-2-1). */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function rgbOf(color: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255) as unknown as Rgb;
}

function hexOf(color: Rgb): string {
  const channel = (value: number): string =>
    Math.round(255 * Math.min(1, Math.max(0, value)))
      .toString(16)
      .padStart(2, "0");
  return `#${color.map(channel).join("")}`;
}
