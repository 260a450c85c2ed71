/** Places in a plane: from the pointer to data and back, windows that are zoomed, moved and kept within reason. */

export type Range = readonly [number, number];
/** What a plane shows. */
export interface Window {
  readonly x: Range;
  readonly y: Range;
}
/** How far regions reach; null: without end. */
export interface Extent {
  readonly x: Range | null;
  readonly y: Range | null;
}
/** Data, or pixels, or shares of a frame counted from its left and its top. */
export type Place = readonly [number, number];
export interface Size {
  readonly width: number;
  readonly height: number;
}
/** A frame inside its drawing, in percent. */
export interface Percent extends Size {
  readonly left: number;
  readonly top: number;
}

/** Data at a share of the frame. */
export function dataAt({ x, y }: Window, [u, v]: Place): Place {
  return [x[0] + u * (x[1] - x[0]), y[1] - v * (y[1] - y[0])];
}

/** Share of the frame where data are; outside [0, 1] they are not shown. */
export function shareOf({ x, y }: Window, [a, b]: Place): Place {
  return [(a - x[0]) / (x[1] - x[0]), (y[1] - b) / (y[1] - y[0])];
}

/** Where a frame lies in its drawing, in percent of it. */
export function percentOf(box: Size & { readonly x: number; readonly y: number }, drawing: Size): Percent {
  return {
    left: (100 * box.x) / drawing.width,
    top: (100 * box.y) / drawing.height,
    width: (100 * box.width) / drawing.width,
    height: (100 * box.height) / drawing.height,
  };
}

/** @param factor below 1 brings nearer @param at share of the frame that stays where it is */
export function zoomed(window: Window, factor: number, at: Place = [0.5, 0.5]): Window {
  const [a, b] = dataAt(window, at);
  const about = (range: Range, fixed: number): Range => [
    fixed + factor * (range[0] - fixed),
    fixed + factor * (range[1] - fixed),
  ];
  return { x: about(window.x, a), y: about(window.y, b) };
}

/** The plane drawn along by a share of the frame: what was under the pointer stays under it. */
export function panned({ x, y }: Window, [du, dv]: Place): Window {
  const [dx, dy] = [du * (x[1] - x[0]), dv * (y[1] - y[0])];
  return { x: [x[0] - dx, x[1] - dx], y: [y[0] + dy, y[1] + dy] };
}

/**
 * The window under two fingers that have moved: the plane follows their middle and grows with their distance.
 * @param from, to pixels from the corner of the frame @param size of the frame, pixels
 */
export function pinched(
  window: Window,
  { width, height }: Size,
  from: readonly [Place, Place],
  to: readonly [Place, Place],
): Window {
  const apart = ([a, b]: readonly [Place, Place]): number => Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1]));
  const middle = ([a, b]: readonly [Place, Place]): Place => [
    (a[0] + b[0]) / (2 * width),
    (a[1] + b[1]) / (2 * height),
  ];
  const [m, n] = [middle(from), middle(to)];
  const moved = panned(window, [n[0] - m[0], n[1] - m[1]]);
  return zoomed(moved, apart(from) / apart(to), n);
}

/** Least and most that is shown, in units of the window before any zoom. */
const NEAREST = 1e-3;
const FARTHEST = 30;

/** A window not too near, not too far and not out of sight of home. */
export function limited(window: Window, home: Window): Window {
  const axis = (range: Range, whole: Range): Range => {
    const span = whole[1] - whole[0];
    const middle = (whole[0] + whole[1]) / 2;
    const next = clamped(range[1] - range[0], NEAREST * span, FARTHEST * span);
    const reach = (FARTHEST / 2) * span;
    const centre = clamped((range[0] + range[1]) / 2, middle - reach, middle + reach);
    return [centre - next / 2, centre + next / 2];
  };
  return { x: axis(window.x, home.x), y: axis(window.y, home.y) };
}

/** All windows that `limited` lets pass. */
export function reachable(home: Window): { readonly x: Reach; readonly y: Reach } {
  const axis = ([low, high]: Range): Reach => {
    const [middle, span] = [(low + high) / 2, high - low];
    // In few digits a window can be a little narrower, or wider.
    const reach = 1.001 * (FARTHEST / 2) * span;
    const [nearest, farthest] = [0.999 * NEAREST * span, 1.001 * FARTHEST * span];
    return { middles: [middle - reach, middle + reach], nearest, farthest };
  };
  return { x: axis(home.x), y: axis(home.y) };
}

/** Windows by where their middles lie and how wide they are. */
interface Reach {
  readonly middles: Range;
  readonly nearest: number;
  readonly farthest: number;
}

/** A window in few digits, less than a tenth of a pixel from what it was: addresses stay short. */
export function tidied({ x, y }: Window): Window {
  const axis = ([low, high]: Range): Range => {
    const step = (high - low) / 2e4;
    return [tidy(low, step), tidy(high, step)];
  };
  return { x: axis(x), y: axis(y) };
}

/** The number of fewest digits within a step. @param step positive */
export function tidy(value: number, step: number): number {
  const digits = -Math.floor(Math.log10(step));
  if (!Number.isFinite(digits)) return value;
  if (digits > 15) return value;
  if (digits >= 0) return Number(value.toFixed(digits)) + 0;
  const unit = 10 ** -digits;
  return Math.round(value / unit) * unit + 0;
}

/** How a turn of the wheel zooms. @param mode of the event: pixels, lines or pages */
export function wheelFactor(delta: number, mode: number): number {
  const pixels = delta * ([1, 16, 160][mode] ?? 1);
  return Math.exp(0.0018 * clamped(pixels, -240, 240));
}

/** Where the border has an arrow to a point outside; null: the point is shown. @returns share, and angle from the right clockwise in degrees */
export function arrowTo(window: Window, point: Place, { width, height }: Size): { place: Place; angle: number } | null {
  const [u, v] = shareOf(window, point);
  if (u >= 0 && u <= 1 && v >= 0 && v <= 1) return null;
  const place: Place = [clamped(u, 0, 1), clamped(v, 0, 1)];
  // Far away the angle is that of a corner or an edge; the product would overflow.
  const far = (share: number): number => clamped(share, -1e6, 1e6);
  const angle = Math.atan2((far(v) - place[1]) * height, (far(u) - place[0]) * width);
  return { place, angle: (angle * 180) / Math.PI };
}

/**
 * What is shown before any zoom: the combination, and of the others what lies within its own width around it.
 * @param others null along an axis where one has no ends
 */
export function homeOf(combined: Window, others: readonly Extent[]): Window {
  const axis = (name: "x" | "y"): Range => {
    const [low, high] = combined[name];
    const span = high - low;
    const known = others.map((one) => one[name]).filter((one) => one !== null);
    return [
      Math.max(low - span, Math.min(low, ...known.map((one) => one[0]))),
      Math.min(high + span, Math.max(high, ...known.map((one) => one[1]))),
    ];
  };
  return { x: axis("x"), y: axis("y") };
}

/** A window, but null along an axis that every island crosses from end to end: a band says nothing of how far to look. */
export function endsOf(
  window: Window,
  islands: readonly { readonly outer: readonly Place[]; readonly open: boolean }[],
): Extent {
  const axis = (k: 0 | 1, [low, high]: Range): Range | null => {
    const near = 1e-6 * (high - low);
    const meets = (ring: readonly Place[], side: number): boolean =>
      ring.some((point) => Math.abs(point[k] - side) < near);
    const crossed = islands.every(({ outer, open }) => open && meets(outer, low) && meets(outer, high));
    return islands.length > 0 && crossed ? null : [low, high];
  };
  return { x: axis(0, window.x), y: axis(1, window.y) };
}

/** Whether all that `inner` shows lies in `outer`, but for rounding. */
export function covers(outer: Window, inner: Window): boolean {
  const axis = (a: Range, b: Range): boolean => {
    const slack = 1e-4 * (b[1] - b[0]);
    return a[0] <= b[0] + slack && a[1] >= b[1] - slack;
  };
  return axis(outer.x, inner.x) && axis(outer.y, inner.y);
}

/** A number with the digits that matter where this much is shown. */
export function written(value: number, span: number): string {
  const decimals = Math.ceil(-Math.log10(span / 500));
  const far = Math.abs(value) >= 1e5 || decimals > 7 || !Number.isFinite(decimals);
  if (far && value === 0) return "0";
  const text = far ? value.toExponential(3).replace("e+", "e") : value.toFixed(Math.max(0, decimals));
  // A zero has no sign.
  return (Number(text) === 0 ? text.replace("-", "") : text).replaceAll("-", "−");
}

export function clamped(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
