/** The point in the plane: drawn over the figure, moved by mouse, finger, pen and arrow keys. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { moveTo } from "../state/change-couplings.ts";
import type { Store } from "../state/store.ts";
import {
  arrowTo,
  clamped,
  dataAt,
  type Place,
  type Size,
  shareOf,
  tidy,
  type Window,
  written,
} from "./plane-geometry.ts";
import { perFrame } from "./plane-pace.ts";
import { spoken } from "./symbol.tsx";

interface PointProps {
  readonly store: Store;
  readonly plane: readonly [string, string];
  /** What the drawing below shows. */
  readonly window: Window;
  /** Of the frame, in CSS pixels. */
  readonly size: Size;
  /** The element that covers the frame. */
  readonly frame: () => HTMLElement | null;
  /** A move has ended. */
  readonly onMoved: () => void;
}

/** Steps of a key, in shares of the window. */
const STEP = { key: 0.01, shift: 0.1 } as const;
const ARROWS: Readonly<Record<string, readonly [0 | 1, 1 | -1]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowDown: [1, -1],
  ArrowUp: [1, 1],
};

export function PlanePoint({ store, plane, window, size, frame, onMoved }: PointProps) {
  const inputs = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)] as const;
  /** Pointer that holds the point, and where it took hold of it: pixels from its middle. */
  const held = useSignal<{ readonly id: number; readonly off: Place } | null>(null);
  /** Where the last move began: Escape goes back there. */
  const before = useRef<Place | null>(null);
  const pace = useMemo(() => perFrame<Place>((point) => place(store, plane, point)), [store, ...plane]);
  useEffect(() => pace.stop, [pace]);

  const values = store.values.value;
  const point: Place = [values[plane[0]] ?? 0, values[plane[1]] ?? 0];
  const arrow = arrowTo(window, point, size);
  const [u, v] = arrow?.place ?? shareOf(window, point);
  const spans = [window.x[1] - window.x[0], window.y[1] - window.y[0]] as const;
  /** Values no finer than a pixel shows. */
  const round = ([a, b]: Place): Place => [tidy(a, spans[0] / size.width), tidy(b, spans[1] / size.height)];

  const onDown = (event: PointerEvent): void => {
    const box = frame()?.getBoundingClientRect();
    if (box === undefined || event.button !== 0 || held.value !== null) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const off: Place = [event.clientX - box.left - u * box.width, event.clientY - box.top - v * box.height];
    held.value = { id: event.pointerId, off };
    before.current = point;
    inputs[0].current?.focus({ preventScroll: true });
  };
  const onMove = (event: PointerEvent): void => {
    const box = frame()?.getBoundingClientRect();
    if (box === undefined || held.value?.id !== event.pointerId) return;
    const { off } = held.value;
    const share: Place = [
      clamped((event.clientX - box.left - off[0]) / box.width, 0, 1),
      clamped((event.clientY - box.top - off[1]) / box.height, 0, 1),
    ];
    pace.soon(round(dataAt(window, share)));
  };
  const onUp = (event: PointerEvent): void => {
    if (held.value?.id !== event.pointerId) return;
    held.value = null;
    onMoved();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && before.current !== null) {
      pace.stop();
      held.value = null;
      place(store, plane, before.current);
      before.current = null;
      event.preventDefault();
      onMoved();
      return;
    }
    const way = ARROWS[event.key];
    if (way === undefined) return;
    event.preventDefault();
    before.current ??= point;
    const [axis, sign] = way;
    const step = sign * (event.shiftKey ? STEP.shift : STEP.key) * spans[axis];
    const next: [number, number] = [...point];
    next[axis] = tidy(point[axis] + step, Math.abs(step) / 10);
    place(store, plane, next);
    inputs[axis].current?.focus({ preventScroll: true });
    onMoved();
  };
  // Screen readers on phones move a slider themselves.
  const onInput = (axis: 0 | 1, event: Event): void => {
    const value = (event.currentTarget as HTMLInputElement).valueAsNumber;
    if (!Number.isFinite(value)) return;
    before.current ??= point;
    place(store, plane, axis === 0 ? [value, point[1]] : [point[0], value]);
    onMoved();
  };

  const texts = point.map((value, axis) => `${spoken(plane[axis]!)} ${written(value, spans[axis]!)}`);
  return (
    <fieldset
      class="plane-point"
      data-held={held.value !== null}
      data-outside={arrow !== null}
      data-testid="plane-point"
      style={{ left: `${100 * u}%`, top: `${100 * v}%` }}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onUp}
      onKeyDown={onKey}
      onFocusOut={(event) => {
        const next = event.relatedTarget;
        if (!(next instanceof Node && event.currentTarget.contains(next))) before.current = null;
      }}
    >
      <legend class="visually-hidden">Point in the plane</legend>
      {plane.map((name, axis) => {
        const range = axis === 0 ? window.x : window.y;
        return (
          <input
            key={axis}
            ref={inputs[axis]!}
            class="plane-axis"
            type="range"
            tabIndex={axis === 0 ? 0 : -1}
            min={Math.min(range[0], point[axis]!)}
            max={Math.max(range[1], point[axis]!)}
            step="any"
            value={point[axis]!}
            aria-label={spoken(name)}
            aria-roledescription="2D slider"
            aria-orientation={axis === 0 ? "horizontal" : "vertical"}
            aria-valuetext={`${texts[axis]}, ${texts[1 - axis]}${arrow === null ? "" : ", outside of what is shown"}`}
            onInput={(event) => onInput(axis as 0 | 1, event)}
          />
        );
      })}
      <svg class="plane-mark" viewBox="-22 -22 44 44" aria-hidden="true">
        {arrow === null ? (
          <>
            <circle class="plane-halo" r="9" />
            <circle class="plane-ring" r="9" />
            <circle class="plane-dot" r="2.2" />
          </>
        ) : (
          <path class="plane-arrow" d="M0 0 L-16 -8 L-12 0 L-16 8 Z" transform={`rotate(${arrow.angle})`} />
        )}
      </svg>
    </fieldset>
  );
}

/** Both couplings at once: one step of the state. */
function place(store: Store, [a, b]: readonly [string, string], [x, y]: Place): void {
  store.change((state) => moveTo(state, { [a]: x, [b]: y }));
}
