/** A panel's frame: axes with ticks inwards on all four sides, their numbers and labels. */
import { rectangle, segment } from "./path.ts";
import { domainOf, type Scale, scaleOf } from "./scale.ts";
import { labelAt, type Rect, type SceneNode } from "./scene.ts";
import type { AxisSpec, PanelSpec } from "./spec.ts";
import { INK, LINE, SIZE, TICK } from "./style.ts";
import { type NumbersRoom, roomOf, type Ticks, ticksOf } from "./ticks.ts";
import { type Label, typeset } from "./typeset.ts";

/** One axis, chosen for a length but not yet placed. */
interface Axis {
  readonly spec: AxisSpec;
  readonly domain: readonly [number, number];
  readonly ticks: Ticks;
  readonly label: Label;
  /** Of a steady axis. */
  readonly room?: NumbersRoom;
}

export interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

/** Room for numbers and labels outside a frame; neighbours share the largest, so that their labels line up. */
export interface Sides {
  /** Width of the numbers along y and height of those along x. */
  readonly numbersX: number;
  readonly numbersY: number;
  /** The axis labels, above and below their baselines. */
  readonly labelX: { readonly ascent: number; readonly descent: number };
  readonly labelY: { readonly ascent: number; readonly descent: number };
  /** Whether nothing stands below the frame. */
  readonly bareX: boolean;
  /** What numbers need above the frame and to its right. */
  readonly over: number;
  readonly right: number;
}

/** Distance from the frame to the numbers beside and below it, pt: below more, or the first numbers of both would touch. */
const NUMBER_GAP = 3.5;
const NUMBER_GAP_BELOW = 5;
/** Distance from the numbers to the label, pt. */
const LABEL_GAP = 4;

/**
 * Axes of a panel for a frame of a given size.
 * @param headroom see domainOf()
 */
export function axesOf(panel: PanelSpec, width: number, height: number, headroom: number): Axes {
  const axis = (name: "x" | "y", length: number): Axis => {
    const spec = panel[name];
    const domain = domainOf(name, spec, panel.marks, name === "y" ? headroom : 0);
    const text = spec.unit === undefined ? spec.label : `${spec.label} (${spec.unit})`;
    const ticks = ticksOf(spec, domain, length, name);
    if (spec.bare === true) return { spec, domain, ticks: unlabelled(ticks), label: typeset("", SIZE.label) };
    const room = spec.steady === undefined ? {} : { room: roomOf(spec.steady, length, name) };
    return { spec, domain, ticks, label: typeset(text, SIZE.label), ...room };
  };
  return { x: axis("x", width), y: axis("y", height) };
}

function unlabelled({ major, minor, marked }: Ticks): Ticks {
  return { major: major.map(({ value }) => ({ value })), minor, marked };
}

export function sidesOf({ x, y }: Axes, width: number): Sides {
  const numbers = (axis: Axis): Label[] => axis.ticks.major.flatMap((tick) => tick.label ?? []);
  const scale = scaleOf(x.spec.scale ?? "linear", x.domain, [0, width]);
  const overhang = x.ticks.major.map((tick) => scale.at(tick.value) + (tick.label?.width ?? 0) / 2 - width);
  const topmost = Math.max(0, ...numbers(y).map((label) => label.ascent / 2));
  const kept = { x: x.room ?? NONE, y: y.room ?? NONE };
  const factor = kept.y.factor ?? y.ticks.factor;
  return {
    numbersX: Math.max(kept.x.ascent + kept.x.descent, ...numbers(x).map((label) => label.ascent + label.descent)),
    numbersY: Math.max(kept.y.width, ...numbers(y).map((label) => label.width)),
    labelX: x.label,
    labelY: y.label,
    bareX: x.spec.bare === true,
    over: factor === undefined ? Math.max(topmost, kept.y.ascent / 2) : factor.ascent + factor.descent + LABEL_GAP,
    right: x.room === undefined ? Math.max(1, ...overhang) : x.room.digit / 2,
  };
}

const NONE: NumbersRoom = { width: 0, ascent: 0, descent: 0, digit: 0 };

/** Distance from the frame to the outer edge of the y label, and of the x label. */
export function leftOf(sides: Sides): number {
  return NUMBER_GAP + sides.numbersY + LABEL_GAP + sides.labelY.ascent + sides.labelY.descent;
}

export function belowOf(sides: Sides): number {
  if (sides.bareX) return 0;
  return NUMBER_GAP_BELOW + sides.numbersX + LABEL_GAP + sides.labelX.ascent + sides.labelX.descent;
}

/** Scales of the axes on a frame. */
export function scalesOn({ x, y }: Axes, box: Rect): { readonly x: Scale; readonly y: Scale } {
  return {
    x: scaleOf(x.spec.scale ?? "linear", x.domain, [box.x, box.x + box.width]),
    y: scaleOf(y.spec.scale ?? "linear", y.domain, [box.y + box.height, box.y]),
  };
}

/** Frame, ticks, numbers and labels. @param sides the room shared with the panel's row and column */
export function drawAxes(axes: Axes, box: Rect, sides: Sides): SceneNode[] {
  const scales = scalesOn(axes, box);
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  let ticks = "";
  const tick = (axis: "x" | "y", value: number, length: number): void => {
    if (!axes[axis].ticks.marked) return;
    const at = scales[axis].at(value);
    const [low, high] = axis === "x" ? [box.x, right] : [box.y, bottom];
    // A tick on the frame's corner would only thicken the frame.
    if (at < low + 0.3 || at > high - 0.3) return;
    ticks +=
      axis === "x"
        ? segment([at, bottom], [at, bottom - length]) + segment([at, box.y], [at, box.y + length])
        : segment([box.x, at], [box.x + length, at]) + segment([right, at], [right - length, at]);
  };
  const nodes: SceneNode[] = [];
  for (const name of ["x", "y"] as const) {
    for (const value of axes[name].ticks.minor) tick(name, value, TICK.minor);
    for (const { value, label } of axes[name].ticks.major) {
      tick(name, value, TICK.major);
      if (label === undefined) continue;
      const at = scales[name].at(value);
      // It would come and go with the margin, or be cut.
      if (name === "x" && axes.x.room !== undefined && at + label.width / 2 > right + sides.right + 1e-9) continue;
      nodes.push(
        name === "x"
          ? labelAt(label, at, bottom + NUMBER_GAP_BELOW + tallest(axes.x), "middle", INK)
          : labelAt(label, box.x - NUMBER_GAP, at + DIGIT_HALF, "end", INK),
      );
    }
  }
  nodes.unshift({ type: "path", d: ticks, paint: { stroke: INK, strokeWidth: LINE.tick } });
  nodes.push({ type: "path", d: rectangle(box), paint: { stroke: INK, strokeWidth: LINE.frame } });
  return [...nodes, ...labels(axes, box, sides)];
}

/** Half the height of the digits: numbers are centred on their tick by them, whatever exponent they carry. */
const DIGIT_HALF = 0.33 * SIZE.tick;

function tallest(axis: Axis): number {
  return Math.max(axis.room?.ascent ?? 0, ...axis.ticks.major.map((tick) => tick.label?.ascent ?? 0));
}

function widest(axis: Axis): number {
  return Math.max(0, ...axis.ticks.major.map((tick) => tick.label?.width ?? 0));
}

function labels({ x, y }: Axes, box: Rect, sides: Sides): SceneNode[] {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const baseline = bottom + NUMBER_GAP_BELOW + sides.numbersX + LABEL_GAP + sides.labelX.ascent;
  // A steady frame has room for wider numbers than these: the label goes with the numbers, not with the room.
  const numbers = y.room === undefined ? sides.numbersY : widest(y);
  const column = box.x - NUMBER_GAP - numbers - LABEL_GAP - sides.labelY.descent;
  const nodes: SceneNode[] = [
    labelAt(x.label, box.x + box.width / 2, baseline, "middle", INK),
    {
      type: "group",
      translate: [column, box.y + box.height / 2],
      rotate: -90,
      children: [labelAt(y.label, 0, 0, "middle", INK)],
    },
  ];
  if (x.ticks.factor !== undefined) nodes.push(labelAt(x.ticks.factor, right, baseline, "end", INK));
  if (y.ticks.factor !== undefined)
    nodes.push(labelAt(y.ticks.factor, box.x, box.y - LABEL_GAP + y.ticks.factor.descent, "start", INK));
  return nodes;
}
