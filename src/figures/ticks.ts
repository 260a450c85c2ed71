/** Where an axis is marked, and what stands there. */
import { format, precisionFixed } from "d3-format";
import { scaleLinear } from "d3-scale";
import type { AxisSpec, Windows } from "./spec.ts";
import { SIZE } from "./style.ts";
import { type Label, typeset } from "./typeset.ts";

interface Tick {
  readonly value: number;
  /** Absent where a tick stays bare. */
  readonly label?: Label;
}

export interface Ticks {
  readonly major: readonly Tick[];
  readonly minor: readonly number[];
  /** Names of categories stand without tick marks. */
  readonly marked: boolean;
  /** Common power of ten, printed once at the end of the axis. */
  readonly factor?: Label;
}

/** Parts a step is divided into by its leading digits, so that minor ticks fall on round numbers. */
const SUBDIVISIONS: ReadonlyMap<number, number> = new Map([
  [1, 5],
  [1.5, 3],
  [2, 4],
  [2.5, 5],
  [3, 3],
  [4, 4],
  [5, 5],
  [6, 3],
  [8, 4],
]);
/** Minor ticks closer than this merge in print, pt. */
const MINOR_DISTANCE = 2.8;
/** Room between neighbouring labels along x, pt. */
const LABEL_GAP = 5;

/**
 * Ticks of an axis that fit its length.
 * @param domain low < high
 * @param length of the axis, pt
 * @param axis labels stand side by side along x, one above the other along y
 */
export function ticksOf(spec: AxisSpec, domain: readonly [number, number], length: number, axis: "x" | "y"): Ticks {
  if (spec.categories !== undefined) return categoryTicks(spec.categories);
  const chosen = spec.ticks?.filter((value) => value >= domain[0] && value <= domain[1]);
  if (spec.scale === "log" && chosen === undefined) return logTicks(domain, length, axis);
  const isSteady = spec.steady !== undefined;
  if (chosen !== undefined) return linearTicks(chosen, domain, length, isSteady);
  let wanted = wantedTicks(length, axis);
  let ticks = linearTicks(scaleLinear().domain(domain).ticks(wanted), domain, length, isSteady);
  while (axis === "x" && wanted > 2 && crowded(ticks, domain, length)) {
    wanted--;
    ticks = linearTicks(scaleLinear().domain(domain).ticks(wanted), domain, length, isSteady);
  }
  return ticks;
}

/** What numbers need at most, pt. */
export interface NumbersRoom {
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  /** Width of one digit. */
  readonly digit: number;
  /** As tall as any common power of ten; absent where no window has one. */
  readonly factor?: Pick<Label, "ascent" | "descent">;
}

/**
 * Room for the numbers of a linear axis in any of some windows: a sign, the digits before the point of the value farthest
 * from zero, those after it of the smallest step.
 * @param length of the axis, pt
 */
export function roomOf({ middles, nearest, farthest }: Windows, length: number, axis: "x" | "y"): NumbersRoom {
  const digit = [...DIGITS].reduce((a, b) => (widthOf(b) > widthOf(a) ? b : a));
  const off = Math.max(...middles.map(Math.abs));
  let width = 0;
  // The wider a window, the larger are its numbers and the fewer their decimals.
  for (let span = nearest; span <= farthest; span *= 10) {
    const [first = 0, second = span] = scaleLinear().domain([0, span]).ticks(wantedTicks(length, axis));
    const largest = off + Math.min(10 * span, farthest) / 2;
    const before = Math.max(0, Math.floor(Math.log10(largest) + 1e-9)) + 1;
    const after = precisionFixed(Math.max(Number((second - first).toPrecision(9)), 1e-9));
    // A common power of ten moves the point; the digits stay as many.
    const [head, tail] = largest >= LARGE ? [1, before - 1 + after] : [before, after];
    width = Math.max(width, widthOf(`−${digit.repeat(head)}${tail > 0 ? `.${digit.repeat(tail)}` : ""}`));
  }
  const { ascent, descent } = typeset(DIGITS, SIZE.tick);
  const room = { width, ascent, descent, digit: widthOf(digit) };
  const least = middles[0] <= 0 && middles[1] >= 0 ? 0 : Math.min(...middles.map(Math.abs));
  if (off + farthest / 2 < LARGE && least + nearest / 2 >= SMALL) return room;
  return { ...room, factor: typeset(`$\\times 10^{-${DIGITS}}$`, SIZE.tick) };
}

const DIGITS = "0123456789";

function widthOf(text: string): number {
  return typeset(text, SIZE.tick).width;
}

/** Numbers from here on, or all of them below the other, have a common power of ten. */
const LARGE = 1e5;
const SMALL = 1e-2;

function wantedTicks(length: number, axis: "x" | "y"): number {
  return Math.max(2, Math.round(length / (axis === "x" ? 36 : 26)));
}

function categoryTicks(names: readonly string[]): Ticks {
  const major = names.flatMap((name, i) => (name === "" ? [] : [{ value: i + 1, label: typeset(name, SIZE.tick) }]));
  return { major, minor: [], marked: false };
}

function crowded(ticks: Ticks, [low, high]: readonly [number, number], length: number): boolean {
  return ticks.major.some((tick, i) => {
    const next = ticks.major[i + 1];
    if (tick.label === undefined || next?.label === undefined) return false;
    const distance = ((next.value - tick.value) / (high - low)) * length;
    return distance < (tick.label.width + next.label.width) / 2 + LABEL_GAP;
  });
}

function linearTicks(
  values: readonly number[],
  domain: readonly [number, number],
  length: number,
  isSteady: boolean,
): Ticks {
  const steps = values.slice(1).map((value, i) => value - values[i]!);
  const step = Math.min(...steps, Infinity);
  const largest = Math.max(...values.map(Math.abs), 0);
  const power = largest >= LARGE || (largest > 0 && largest < SMALL) ? Math.floor(Math.log10(largest) + 1e-9) : 0;
  const unit = 10 ** power;
  // A tick alone says its own digits.
  // Differences of rounded numbers are a little off: 0.0999... asks for a digit more than 0.1, which a steady axis has no room for.
  const finest = isSteady ? Number((step / unit).toPrecision(9)) : step / unit;
  const decimals = Number.isFinite(step) ? precisionFixed(Math.max(finest, 1e-9)) : undefined;
  const digits = format(
    decimals === undefined
      ? ".6~g"
      : `.${Math.max(decimals, ...values.map((value) => places(value / unit, decimals)))}f`,
  );
  const major = values.map((value) => ({ value, label: typeset(digits(value / unit), SIZE.tick) }));
  const minor =
    Number.isFinite(step) && steps.every((s) => Math.abs(s - step) < 1e-6 * step)
      ? between(values[0]!, step, domain, length)
      : [];
  const ticks = { major, minor, marked: true };
  return power === 0 ? ticks : { ...ticks, factor: typeset(`$\\times 10^{${power}}$`, SIZE.tick) };
}

/** Decimals a value needs, at most two more than the step's: ticks chosen by hand may be finer than their distance. */
function places(value: number, decimals: number): number {
  for (let n = decimals; n < decimals + 2; n++)
    if (Math.abs(Number(value.toFixed(n)) - value) <= 1e-9 * Math.abs(value)) return n;
  return decimals + 2;
}

function between(first: number, step: number, [low, high]: readonly [number, number], length: number): number[] {
  const mantissa = Number((step / 10 ** Math.floor(Math.log10(step) + 1e-9)).toPrecision(3));
  let parts = SUBDIVISIONS.get(mantissa) ?? 1;
  const points = (step / (high - low)) * length;
  if (points / parts < MINOR_DISTANCE) parts = parts === 4 || points / 2 >= MINOR_DISTANCE ? 2 : 1;
  const small = step / parts;
  const from = Math.ceil((low - first) / small - 1e-9);
  const to = Math.floor((high - first) / small + 1e-9);
  const minor: number[] = [];
  for (let i = from; i <= to; i++) if (i % parts !== 0) minor.push(first + i * small);
  return minor;
}

function logTicks(domain: readonly [number, number], length: number, axis: "x" | "y"): Ticks {
  const [low, high] = domain.map(Math.log10) as [number, number];
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(2, length / (axis === "x" ? 30 : 16))));
  const minor: number[] = [];
  const major: Tick[] = [];
  for (let decade = first - 1; decade <= last; decade++) {
    const labelled = (decade - first) % every === 0;
    if (decade >= first)
      major.push(labelled ? { value: 10 ** decade, label: powerLabel(decade) } : { value: 10 ** decade });
    if (every > 1 || length / (high - low) < 22) continue;
    for (let digit = 2; digit <= 9; digit++) {
      const value = digit * 10 ** decade;
      if (value < domain[0] * (1 - 1e-9) || value > domain[1] * (1 + 1e-9)) continue;
      // Within less than two decades the powers alone would leave the reader without a scale.
      if (last - first < 1 && (digit === 2 || digit === 5)) major.push({ value, label: digitLabel(digit, decade) });
      else minor.push(value);
    }
  }
  return { major, minor, marked: true };
}

function powerLabel(decade: number): Label {
  return typeset(decade === 0 ? "1" : decade === 1 ? "10" : `$10^{${decade}}$`, SIZE.tick);
}

function digitLabel(digit: number, decade: number): Label {
  if (Math.abs(decade) > 3) return typeset(`$${digit}\\times 10^{${decade}}$`, SIZE.tick);
  return typeset(format(`.${Math.max(0, -decade)}f`)(digit * 10 ** decade), SIZE.tick);
}
