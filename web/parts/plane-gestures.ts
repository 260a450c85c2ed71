/** Wheel, drag and pinch on the frame of a plane move its window; the wheel only where that is meant. */

import { type Place, panned, pinched, type Size, type Window, wheelFactor, zoomed } from "./plane-geometry.ts";
import { perFrame } from "./plane-pace.ts";

interface GestureTarget {
  /** What is shown now; null: nothing yet. */
  readonly window: () => Window | null;
  readonly show: (window: Window) => void;
  readonly reset: () => void;
  /** Share of the frame below the pointer; null: it has left. */
  readonly hover: (share: Place | null) => void;
}

/** A press that moves less, in pixels, is a click. */
const CLICK = 4;
/** How long the hint is shown, in milliseconds. */
const HINT_MS = 2500;

interface Hold {
  readonly window: Window;
  readonly size: Size;
  /** Pixels from the frame's corner, by pointer, where they were when this hold began, and are. */
  readonly from: Map<number, Place>;
  readonly now: Map<number, Place>;
  moving: boolean;
}

/** @param frame the element that covers the frame; what lies in it keeps its own presses @returns ends it */
export function followGestures(frame: HTMLElement, { window, show, reset, hover }: GestureTarget): () => void {
  let hold: Hold | undefined;
  const hovering = perFrame(hover);
  const placeOf = ({ clientX, clientY }: MouseEvent): Place => {
    const { left, top } = frame.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const shareAt = (event: MouseEvent): Place => {
    const [x, y] = placeOf(event);
    return [x / frame.clientWidth, y / frame.clientHeight];
  };
  /** Fingers come and go: what they did so far stays. */
  const begin = (places: Map<number, Place>): void => {
    const shown = window();
    hold =
      places.size === 0 || shown === null
        ? undefined
        : {
            window: shown,
            size: { width: frame.clientWidth, height: frame.clientHeight },
            from: new Map(places),
            now: new Map(places),
            moving: places.size > 1,
          };
    frame.toggleAttribute("data-held", hold?.moving === true);
  };
  const moved = (): Window | null => {
    if (hold === undefined) return null;
    const [a, b] = [...hold.from.values()];
    const [c, d] = [...hold.now.values()];
    if (a === undefined || c === undefined) return null;
    if (b !== undefined && d !== undefined) return pinched(hold.window, hold.size, [a, b], [c, d]);
    return panned(hold.window, [(c[0] - a[0]) / hold.size.width, (c[1] - a[1]) / hold.size.height]);
  };
  const apply = (): void => {
    const next = moved();
    if (next !== null) show(next);
  };
  const applying = perFrame<void>(apply);

  const onDown = (event: PointerEvent): void => {
    if (event.target !== frame || event.button !== 0 || (hold?.now.size ?? 0) >= 2) return;
    if (hold?.moving === true) apply();
    frame.setPointerCapture(event.pointerId);
    begin(new Map([...(hold?.now ?? []), [event.pointerId, placeOf(event)]]));
  };
  const onMove = (event: PointerEvent): void => {
    hovering.soon(event.pointerType === "touch" ? null : shareAt(event));
    if (hold === undefined || !hold.from.has(event.pointerId)) return;
    const place = placeOf(event);
    hold.now.set(event.pointerId, place);
    const start = hold.from.get(event.pointerId)!;
    if (!hold.moving && Math.hypot(place[0] - start[0], place[1] - start[1]) > CLICK) {
      hold.moving = true;
      frame.toggleAttribute("data-held", true);
    }
    if (hold.moving) applying.soon();
  };
  const onUp = (event: PointerEvent): void => {
    if (hold === undefined || !hold.from.has(event.pointerId)) return;
    applying.stop();
    // The browser took the finger to scroll the page: nothing was meant for the plane.
    if (event.type === "pointercancel") show(hold.window);
    else if (hold.moving) apply();
    // A press gives the plane the focus: keys and wheel are for it now.
    if (event.pointerType === "mouse") frame.querySelector("input")?.focus({ preventScroll: true });
    const left = new Map(hold.now);
    left.delete(event.pointerId);
    begin(left);
  };
  const onLeave = (): void => hovering.soon(null);
  let hinted = false;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  /** Said once, to who turns the wheel over a plane that does not listen. */
  const hint = (): void => {
    if (hinted) return;
    hinted = true;
    frame.toggleAttribute("data-hint", true);
    hiding = setTimeout(() => frame.toggleAttribute("data-hint", false), HINT_MS);
  };
  const onWheel = (event: WheelEvent): void => {
    const shown = window();
    if (shown === null) return;
    // Else the page could not be scrolled past the plane.
    if (!event.ctrlKey && !event.metaKey && !frame.contains(document.activeElement)) {
      hint();
      return;
    }
    event.preventDefault();
    hinted = true;
    frame.toggleAttribute("data-hint", false);
    // One step at a time: several events may come in a frame.
    show(zoomed(shown, wheelFactor(event.deltaY, event.deltaMode), shareAt(event)));
  };
  const onDouble = (event: MouseEvent): void => {
    if (event.target === frame) reset();
  };
  // Two fingers are for the plane; one that goes up or down scrolls the page.
  const onTouch = (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  };

  const end = new AbortController();
  const { signal } = end;
  frame.addEventListener("pointerdown", onDown, { signal });
  frame.addEventListener("pointermove", onMove, { signal });
  frame.addEventListener("pointerup", onUp, { signal });
  frame.addEventListener("pointercancel", onUp, { signal });
  frame.addEventListener("pointerleave", onLeave, { signal });
  frame.addEventListener("dblclick", onDouble, { signal });
  for (const name of ["touchstart", "touchmove"] as const) {
    frame.addEventListener(name, onTouch, { passive: false, signal });
  }
  frame.addEventListener("wheel", onWheel, { passive: false, signal });
  return () => {
    end.abort();
    clearTimeout(hiding);
    hovering.stop();
    applying.stop();
  };
}
