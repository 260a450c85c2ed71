/** The size an element has, as signals. */

import { batch, type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Widths are rounded to this many pixels, so that a scroll bar redraws nothing. */
const STEP = 8;

/** @returns the element's ref, its width and height; 0 before it is on the page */
export function useSize<E extends HTMLElement>(): {
  readonly ref: RefObject<E | null>;
  readonly width: Signal<number>;
  readonly height: Signal<number>;
} {
  const ref = useRef<E>(null);
  const width = useSignal(0);
  const height = useSignal(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      const [across, down] = [element.clientWidth, element.clientHeight].map((one) => STEP * Math.floor(one / STEP));
      if (across === undefined || down === undefined || across === 0) return;
      batch(() => {
        width.value = across;
        height.value = down;
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [width, height]);
  return { ref, width, height };
}

/** Whether a media query fits. */
export function useMatch(query: MediaQueryList): ReadonlySignal<boolean> {
  const fits = useSignal(query.matches);
  useEffect(() => {
    const hear = (): void => {
      fits.value = query.matches;
    };
    hear();
    query.addEventListener("change", hear);
    return () => query.removeEventListener("change", hear);
  }, [query, fits]);
  return fits;
}
