/** An automatic audit of what is on the page, in both themes and on a phone. */

import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { csi2017, hashOf } from "./analyses.ts";
import type { InPage } from "./in-page.ts";
import { note } from "./timings.ts";
import { inBrowser, type OpenOptions } from "./workbench.ts";

const axe = fileURLToPath(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url));

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

async function audit(page: Page, title: string): Promise<void> {
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate<{ readonly violations: readonly Finding[] }>("axe.run(document)");
  const lighter = violations.filter(({ impact }) => impact !== "serious" && impact !== "critical");
  note(`audit of ${title}, lighter findings`, lighter.map(({ id }) => id).join(", ") || "none");
  const told = violations
    .filter((one) => !lighter.includes(one))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  expect(told).toEqual([]);
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const views: readonly (readonly [string, OpenOptions])[] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["on a phone", { colorScheme: "light", ...PHONE }],
];

inBrowser("accessibility", (workbench) => {
  it.each(views)("the analysis, %s, has no serious finding", async (name, options) => {
    const page = await workbench.open(hashOf(csi2017), options);
    for (const summary of await page.locator("details > summary").all()) await summary.click();
    await page.getByRole("button", { name: "Numbers", exact: true }).click();
    await audit(page, `the analysis, ${name}`);
    await page.getByRole("button", { name: "Keys", exact: true }).click();
    await page.getByRole("button", { name: "Take away", exact: true }).click();
    await audit(page, `the menu, ${name}`);
  });

  it.each(views)("the gallery, %s, has no serious finding", async (name, options) => {
    const page = await workbench.open(hashOf(csi2017, {}, { tab: "gallery" }), options);
    await page.locator(".gallery-load button").first().waitFor();
    await audit(page, `the gallery, ${name}`);
  });

  it.each([1280, 820, 390])("nothing is wider than a page of %i pixels", async (width) => {
    const page = await workbench.open(hashOf(csi2017), { viewport: { width, height: 800 } });
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = (globalThis as unknown as InPage).document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
});
