/** Reads the state of the page and its answers. */

import type { Page } from "playwright-core";
import type { InPage, PageState, PageStatistics, PointNumbers, ProfileNumbers, RegionNumbers } from "./in-page.ts";

/** Between two looks at the page, in milliseconds. */
const LOOK_EVERY = 100;

/** Waits until no answer is on its way and nothing was asked or answered in three looks. */
export async function settled(page: Page, patience = 90_000): Promise<void> {
  const end = Date.now() + patience;
  for (let before = "", same = 0; ; ) {
    const now = await page.evaluate(countsWhenIdle);
    same = now !== "" && now === before ? same + 1 : 0;
    if (same === 2) return;
    if (Date.now() > end) throw new Error(`the page is still at work after ${patience} ms`);
    before = now;
    await page.waitForTimeout(LOOK_EVERY);
  }
}

/** In the page: how many questions were asked and answered; empty while something is busy. */
function countsWhenIdle(): string {
  const { nurecoil, document } = globalThis as unknown as InPage;
  if (nurecoil === undefined) return "";
  const { store, statistics } = nurecoil;
  const resources = [store.opened, store.point, ...store.profiles.value.values(), ...store.layers.value.values()];
  const busy = resources.some((one) => one.busy.value) || document.querySelector('[data-busy="true"]') !== null;
  return busy ? "" : `${statistics.asked} ${statistics.answered} ${statistics.dropped}`;
}

export function stateOf(page: Page): Promise<PageState> {
  return page.evaluate(() => (globalThis as unknown as InPage).nurecoil!.store.state.value);
}

/** Where every coupling is. */
export function valuesOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => ({ ...(globalThis as unknown as InPage).nurecoil!.store.values.value }));
}

/** Without the times. */
export async function statisticsOf(page: Page): Promise<PageStatistics> {
  return page.evaluate(() => ({ ...(globalThis as unknown as InPage).nurecoil!.statistics }));
}

/** What the page shows of the current point. @throws Error while there is none */
export function pointOf(page: Page): Promise<PointNumbers> {
  return page.evaluate(() => (globalThis as unknown as InPage).nurecoil!.store.point.value.value!.result);
}

/** The spectrum as it stands on the page, and as its drawing reads when it is set at once. */
export function spectrumOf(page: Page): Promise<{ readonly shown: string; readonly drawn: string }> {
  return page.evaluate(() => {
    const { nurecoil, document } = globalThis as unknown as InPage;
    const fresh = document.createElement("template");
    fresh.innerHTML = nurecoil!.store.point.value.value!.spectrum!.svg;
    const shown = document.querySelector('[data-testid="spectrum"] .drawing')!;
    return { shown: shown.innerHTML, drawn: fresh.innerHTML };
  });
}

/** Region of the combination. */
export function regionOf(page: Page): Promise<RegionNumbers> {
  return page.evaluate(() => (globalThis as unknown as InPage).nurecoil!.store.layers.value.get("")!.value.value!);
}

export function profileOf(page: Page, name: string): Promise<ProfileNumbers> {
  return page.evaluate(
    (of) => (globalThis as unknown as InPage).nurecoil!.store.profiles.value.get(of)!.value.value!,
    name,
  );
}

/** chi^2 as it is written on the page. */
export async function shownChi2(page: Page): Promise<string> {
  return (await page.getByTestId("chi2").innerText()).trim();
}
