/** The width an element has, as a signal. */

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Widths are rounded to this many pixels, so that a scroll bar redraws nothing. */
const STEP = 8;

/** @returns the element's ref and its width; 0 before it is on the page */
export function useWidth<E extends HTMLElement>(): {
  readonly ref: RefObject<E | null>;
  readonly width: Signal<number>;
} {
  const ref = useRef<E>(null);
  const width = useSignal(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      const next = STEP * Math.floor(element.clientWidth / STEP);
      if (next > 0) width.value = next;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [width]);
  return { ref, width };
}
