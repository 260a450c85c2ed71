/** Without a mouse: everything is reached by Tab and moved by keys. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { csi2017, hashOf } from "./analyses.ts";
import { chi2ByCommand, expectSamePoint } from "./command.ts";
import { pointOf, settled, shownChi2, stateOf, valuesOf } from "./page-answers.ts";
import { inBrowser } from "./workbench.ts";

/** More than there are controls. */
const PATIENCE = 300;

/** What has the focus: its role as it is written, and its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    `(() => { const e = document.activeElement; return [e.type || e.tagName.toLowerCase(), e.getAttribute("aria-label") || e.textContent.trim()].join(" "); })()`,
  );
}

/** Presses Tab until the focus is on what is wanted. @returns what was passed */
async function tabTo(page: Page, wanted: RegExp): Promise<readonly string[]> {
  const passed: string[] = [];
  while (passed.length < PATIENCE) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (wanted.test(now)) return passed;
    passed.push(now);
  }
  throw new Error(`Tab does not lead to ${wanted}; it leads to: ${[...new Set(passed)].join("; ")}`);
}

inBrowser("keyboard", (workbench) => {
  it("leads from the top past the tabs to a slider, and an arrow moves it", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const passed = await tabTo(page, /^range xi S$/);
    expect(passed[0]).toMatch(/Skip to the figures/);
    expect(passed.some((one) => one.endsWith("Gallery"))).toBe(true);
    const before = { chi2: await shownChi2(page), values: await valuesOf(page) };
    for (let times = 0; times < 4; times++) await page.keyboard.press("ArrowRight");
    await settled(page);
    const values = await valuesOf(page);
    expect(values["xi_S"]).toBeGreaterThan(before.values["xi_S"]!);
    expect(await shownChi2(page)).not.toBe(before.chi2);
    expectSamePoint(await pointOf(page), chi2ByCommand(await stateOf(page), values));
  });

  it("shows where it is: whatever has the focus has an outline or a shadow", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const bare: string[] = [];
    for (let times = 0; times < 40; times++) {
      await page.keyboard.press("Tab");
      const marked = await page.evaluate<boolean>(
        `(() => { for (let e = document.activeElement, i = 0; e && i < 4; e = e.parentElement, i++) { const s = getComputedStyle(e); if ((s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none") return true; } return false; })()`,
      );
      if (!marked) bare.push(await focused(page));
    }
    expect(bare).toEqual([]);
  });

  it("reaches the point of the plane, the gallery and back, and the menu closes with Escape", async () => {
    const page = await workbench.open(hashOf(csi2017));
    await page.getByTestId("plane-point").getByRole("slider").first().focus();
    const before = await valuesOf(page);
    await page.keyboard.press("ArrowRight");
    await settled(page);
    expect(await valuesOf(page)).not.toEqual(before);

    const button = page.getByRole("button", { name: "Take away", exact: true });
    await button.focus();
    const menu = page.getByRole("group", { name: "Take away" });
    await page.keyboard.press("Enter");
    await menu.waitFor({ state: "visible" });
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    expect(await focused(page)).toMatch(/Take away/);
  });
});
