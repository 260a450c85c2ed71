/** Dragging for long: nothing is kept that nobody needs. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { csi2017, hashOf } from "./analyses.ts";
import type { InPage } from "./in-page.ts";
import { settled, statisticsOf } from "./page-answers.ts";
import { drag } from "./sliders.ts";
import { note } from "./timings.ts";
import { inBrowser } from "./workbench.ts";

const MB = 2 ** 20;

/** Page and workers together, garbage collected: megabytes. */
async function memoryOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  const { bytes } = await page.evaluate(() =>
    (globalThis as unknown as InPage).performance.measureUserAgentSpecificMemory(),
  );
  return bytes / MB;
}

/**
 * Growth allowed between two measurements with some 240 redrawn spectra between them: a spectrum's drawing alone has
 * some 50 kB, so keeping them would cost 12 MB, each state of the plane and profiles 8 MB more; what engines compile and cache late is less than this.
 */
const GROWTH_MB = 8;

inBrowser("memory", (workbench) => {
  it("does not grow while sliders are dragged", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const there = { steps: 30, from: 0.2, to: 0.8, every: 8 };
    const back = { steps: 30, from: 0.8, to: 0.2, every: 8 };
    const round = async (): Promise<void> => {
      await drag(page, "xi_S", there);
      await drag(page, "xi_T", there);
      await drag(page, "xi_S", back);
      await drag(page, "xi_T", back);
    };
    // Caches of fixed size fill first.
    await round();
    await settled(page);
    const before = await memoryOf(page);
    for (let times = 0; times < 2; times++) await round();
    await settled(page);
    const after = await memoryOf(page);
    note("memory of page and workers before and after 240 steps", `${before.toFixed(1)} MB, ${after.toFixed(1)} MB`);
    expect(after - before).toBeLessThan(GROWTH_MB);
    expect((await statisticsOf(page)).lost).toBe(0);
  });
});
