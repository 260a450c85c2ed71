/** Scales of sliders: how far a key goes, where the pointer comes to rest, how a number is written. */

export interface Scale {
  readonly kind: "linear" | "log";
  readonly low: number;
  readonly high: number;
  /** Where a double click leads and the pointer is held for a moment. */
  readonly home: number;
}

/** Steps of the pointer and of arrow keys, of a whole range. */
const POINTER_STEPS = 1000;
const KEY_STEPS = 200;
/** Nearer to home than this share of the range the pointer is at home. */
const HOME_REACH = 0.006;
/** Digits of what a slider on a logarithmic scale gives. */
const LOG_DIGITS = 3;

/** 1, 2 or 5 times a power of ten, the nearest from below. */
function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const share = size / power;
  return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

/** Position of a value on a slider's track, in its own units; values outside are at the ends. */
export function positionOf({ kind, low, high }: Scale, value: number): number {
  const held = Math.min(high, Math.max(low, value));
  return kind === "log" ? Math.log10(held) : held;
}

/** Share of the track left of a value. */
export function shareOf(scale: Scale, value: number): number {
  const [low, high] = endsOf(scale);
  return (positionOf(scale, value) - low) / (high - low);
}

export function endsOf(scale: Scale): readonly [number, number] {
  return [positionOf(scale, scale.low), positionOf(scale, scale.high)];
}

/** The value that a position of the pointer means: round, and home when it is near. */
export function valueAt(scale: Scale, position: number): number {
  const { kind, low, high, home } = scale;
  if (Math.abs((position - positionOf(scale, home)) / (positionOf(scale, high) - positionOf(scale, low))) < HOME_REACH)
    return home;
  if (kind === "log") return clamp(scale, Number((10 ** position).toPrecision(LOG_DIGITS)));
  return clamp(scale, onGrid(position, niceStep((high - low) / POINTER_STEPS)));
}

/**
 * Where a key leads.
 * @param steps of arrow keys; parts of one for small steps
 */
export function stepped(scale: Scale, value: number, steps: number): number {
  const { kind, low, high } = scale;
  const from = Math.min(high, Math.max(low, value));
  if (kind === "log") {
    const factor = (high / low) ** (steps / KEY_STEPS);
    return clamp(scale, Number((from * factor).toPrecision(LOG_DIGITS + 1)));
  }
  const step = niceStep((high - low) / KEY_STEPS);
  const grid = Math.abs(steps) < 1 ? step * Math.abs(steps) : step;
  return clamp(scale, onGrid(from + steps * step, grid));
}

/** Where a key of a slider leads; undefined for other keys. */
export function valueOfKey(scale: Scale, value: number, key: string, fine: boolean): number | undefined {
  const one = fine ? 0.1 : 1;
  const ways: Readonly<Record<string, () => number>> = {
    ArrowRight: () => stepped(scale, value, one),
    ArrowUp: () => stepped(scale, value, one),
    ArrowLeft: () => stepped(scale, value, -one),
    ArrowDown: () => stepped(scale, value, -one),
    PageUp: () => stepped(scale, value, 10 * one),
    PageDown: () => stepped(scale, value, -10 * one),
    Home: () => scale.low,
    End: () => scale.high,
  };
  return Object.hasOwn(ways, key) ? ways[key]!() : undefined;
}

function clamp({ low, high }: Scale, value: number): number {
  return Math.min(high, Math.max(low, value));
}

function onGrid(value: number, step: number): number {
  const rounded = Math.round(value / step) * step;
  // Products of decimal steps end in 0000000002; a value of a link does not.
  return Number(rounded.toPrecision(12)) + 0;
}

/** A number to five digits, in few characters. */
export function shortNumber(value: number): string {
  const text = String(Number(value.toPrecision(5)));
  return text.replace("e+", "e");
}

/** A number as it is read: with a minus that is as wide as the digits. */
export function writtenNumber(value: number): string {
  return shortNumber(value).replaceAll("-", "−");
}

/** A number as people type it; undefined where it is none, or not finite. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace(/^[−–]/, "-").replace(/e[−–]/i, "e-");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
