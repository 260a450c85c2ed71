/** Path data for scenes: SVG syntax, absolute, rounded to 0.01 pt (4 micrometres in print). */
import type { Point, Rect } from "./scene.ts";

/** Symbols of points and markers. */
export type Shape = "circle" | "square" | "diamond" | "triangle" | "star" | "cross" | "plus" | "dot";

/**
 * A number as SVG and PDF read it, without trailing zeros and without -0.
 * @param digits decimals kept
 */
export function decimal(value: number, digits = 2): string {
  // The shortest form of a rounded number is what is left of toFixed() without zeros, but where a tie decides.
  const shifted = value * POWERS[digits]!;
  const whole = Math.round(shifted);
  if (Math.abs(whole) < 1e12 && Math.abs(shifted - whole) < 0.4999)
    return String(whole === 0 ? 0 : whole / POWERS[digits]!);
  const text = value.toFixed(digits);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6] as const;

/** Straight lines through the points; fewer than two points give an empty path. */
export function polyline(points: readonly Point[], closed = false): string {
  if (points.length < 2) return "";
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${decimal(x)} ${decimal(y)}`).join("");
  return closed ? `${path}Z` : path;
}

export function rectangle({ x, y, width, height }: Rect): string {
  return `M${decimal(x)} ${decimal(y)}H${decimal(x + width)}V${decimal(y + height)}H${decimal(x)}Z`;
}

export function segment(from: Point, to: Point): string {
  return polyline([from, to]);
}

/** True for symbols that are only strokes. */
export function isOpenShape(shape: Shape): boolean {
  return shape === "cross" || shape === "plus";
}

/**
 * Outline of a symbol around a centre.
 * @param radius that of the circle; the others are scaled to look as large
 */
export function symbolPath(shape: Shape, [x, y]: Point, radius: number): string {
  const around = (corners: readonly Point[]): string =>
    polyline(
      corners.map(([dx, dy]) => [x + radius * dx, y + radius * dy] as const),
      true,
    );
  switch (shape) {
    case "circle":
      return circle(x, y, radius);
    case "dot":
      return circle(x, y, 0.6 * radius);
    case "square":
      return around([
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ]);
    case "diamond":
      return around([
        [0, -1.3],
        [1.3, 0],
        [0, 1.3],
        [-1.3, 0],
      ]);
    case "triangle":
      return around([
        [0, -1.25],
        [1.15, 0.85],
        [-1.15, 0.85],
      ]);
    case "star":
      return around(
        Array.from({ length: 10 }, (_, i) => {
          const r = i % 2 === 0 ? 1.6 : 0.64;
          return [r * Math.sin((Math.PI * i) / 5), -r * Math.cos((Math.PI * i) / 5)] as const;
        }),
      );
    case "cross":
      return (
        segment([x - radius, y - radius], [x + radius, y + radius]) +
        segment([x - radius, y + radius], [x + radius, y - radius])
      );
    case "plus":
      return (
        segment([x - 1.3 * radius, y], [x + 1.3 * radius, y]) + segment([x, y - 1.3 * radius], [x, y + 1.3 * radius])
      );
  }
}

/** Circle of four cubic arcs, which PDF has and elliptic arcs are turned into anyway. */
function circle(x: number, y: number, r: number): string {
  // Control points at 4/3 (sqrt 2 - 1) r: the radius is kept within 0.03 %.
  const c = (4 / 3) * (Math.SQRT2 - 1) * r;
  const curve = (...numbers: number[]): string => `C${numbers.map((n) => decimal(n)).join(" ")}`;
  return (
    `M${decimal(x + r)} ${decimal(y)}` +
    curve(x + r, y + c, x + c, y + r, x, y + r) +
    curve(x - c, y + r, x - r, y + c, x - r, y) +
    curve(x - r, y - c, x - c, y - r, x, y - r) +
    `${curve(x + c, y - r, x + r, y - c, x + r, y)}Z`
  );
}
