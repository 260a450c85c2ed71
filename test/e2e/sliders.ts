/** Sliders of couplings, moved as a hand does, and how soon the spectrum follows. */

import type { Locator, Page } from "playwright-core";
import type { InPage } from "./in-page.ts";

/** Half the width of a slider's thumb, in pixels: the ends of its way are this far inside. */
const THUMB = 8;

/** The slider of a coupling. */
function sliderOf(page: Page, name: string): Locator {
  return page.locator(`li[data-coupling="${name}"]`).getByRole("slider");
}

export interface DragOptions {
  /** Mouse steps. */
  readonly steps: number;
  /** Shares of the slider's way. */
  readonly from?: number;
  readonly to?: number;
  /** Milliseconds between two steps (default: 16, a hand at 60 frames a second). */
  readonly every?: number;
}

/** Press on a slider, move in steps, let go. */
export async function drag(page: Page, name: string, options: DragOptions): Promise<void> {
  const { steps, from = 0.3, to = 0.7, every = 16 } = options;
  const slider = sliderOf(page, name);
  // Waits until it stands still as well.
  await slider.hover();
  const box = await slider.boundingBox();
  if (box === null) throw new Error(`the slider of ${name} is not on the page`);
  const at = (share: number): number => box.x + THUMB + share * (box.width - 2 * THUMB);
  const y = box.y + box.height / 2;
  const ends = async (): Promise<string> =>
    `${await slider.getAttribute("min")} to ${await slider.getAttribute("max")}`;
  const before = await ends();
  await page.mouse.move(at(from), y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step++) {
    await page.mouse.move(at(from + ((to - from) * step) / steps), y);
    await page.waitForTimeout(every);
  }
  const after = await ends();
  await page.mouse.up();
  // The same place of the pointer would mean another value.
  if (after !== before) throw new Error(`the ends of ${name} moved under the pointer: ${before}, then ${after}`);
}

interface Watched {
  readonly inputs: number;
  /** Milliseconds from a slider's input to the page showing the spectrum of that very value. */
  readonly times: readonly number[];
}

/** Begin to note inputs of sliders and redrawn spectra. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const here = globalThis as unknown as InPage & { watched: { inputs: number; times: number[] } };
    const { store } = here.nurecoil!;
    const watched = { inputs: 0, times: [] as number[] };
    const since = new Map<string, number>();
    const keyOf = (values: Readonly<Record<string, number>>): string =>
      Object.keys(store.values.value)
        .map((name) => values[name])
        .join();
    here.watched = watched;
    // Values of one frame are taken together: its first input is the one that has waited longest.
    let first: number | undefined;
    here.addEventListener("input", () => {
      watched.inputs++;
      if (first !== undefined) return;
      first = performance.now();
      here.requestAnimationFrame(() => {
        since.set(keyOf(store.values.value), first!);
        first = undefined;
      });
    });
    new here.MutationObserver(() => {
      const result = store.point.value.value?.result;
      const key = result === undefined ? "" : keyOf(result.parameters);
      const begun = since.get(key);
      if (begun === undefined) return;
      since.delete(key);
      watched.times.push(performance.now() - begun);
    }).observe(here.document.querySelector('[data-testid="spectrum"]')!, { childList: true, subtree: true });
  });
}

export function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => (globalThis as unknown as { readonly watched: Watched }).watched);
}
