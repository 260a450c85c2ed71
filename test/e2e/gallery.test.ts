/** The papers' figures and tables: a card leads to its state. */

import { expect, it } from "vitest";
import { chi2ByCommand, expectSamePoint } from "./command.ts";
import { pointOf, settled, stateOf, valuesOf } from "./page-answers.ts";
import { inBrowser } from "./workbench.ts";

inBrowser("gallery", (workbench) => {
  it("shows a card for figures and tables of both papers, with what was reproduced", async () => {
    const page = await workbench.open();
    await page.getByRole("button", { name: "Gallery", exact: true }).click();
    await page.locator(".gallery-load button").first().waitFor();
    // Cards far below are not laid out: their text is there, not drawn.
    const text = await page.locator("main").textContent();
    for (const paper of ["1806.07424", "2008.06062"]) expect(text).toContain(paper);
    expect(await page.locator(".gallery-card").count()).toBeGreaterThan(10);
    for (const image of await page.locator(".gallery-card img").all()) {
      await image.scrollIntoViewIfNeeded();
      await page.waitForFunction(
        "[...document.querySelectorAll('.gallery-card img')].some((one) => one.naturalWidth > 0)",
      );
    }
  });

  it("a card leads to its figure, and back to the card", async () => {
    const page = await workbench.open();
    await page.getByRole("button", { name: "Gallery", exact: true }).click();
    const card = page.locator(".gallery-card", { hasText: /Figure 7/ }).first();
    await card
      .getByRole("button", { name: /^Load / })
      .first()
      .click();
    await settled(page);
    expect(await page.locator(".plane .drawing svg, .profiles .drawing svg").count()).toBeGreaterThanOrEqual(1);
    expect(await page.getByTestId("from-gallery").innerText()).toContain("7");
    const state = await stateOf(page);
    expectSamePoint(await pointOf(page), chi2ByCommand(state, await valuesOf(page)));
    const other = await workbench.openBeside(page, new URL(page.url()).hash);
    expect(await stateOf(other)).toEqual(state);
    await page.getByRole("button", { name: "Back to the gallery" }).click();
    await page.locator(".gallery-load button").first().waitFor();
  });

  it("every card and panel opens an analysis without an error", async () => {
    const page = await workbench.open();
    await page.getByRole("button", { name: "Gallery", exact: true }).click();
    await page.locator(".gallery-load button").first().waitFor();
    const count = await page.locator(".gallery-load button").count();
    expect(count).toBeGreaterThan(10);
    const wrong: string[] = [];
    for (let index = 0; index < count; index++) {
      const button = page.locator(".gallery-load button").nth(index);
      const name = await button.getAttribute("aria-label");
      // Without scrolling there: cards far below are not laid out.
      await button.dispatchEvent("click");
      // The rest of the analysis is on its way: only what is told at once matters here.
      await page.waitForFunction("!nurecoil.store.opened.busy.value && !nurecoil.store.point.busy.value");
      const failures = await page.evaluate<string>(
        "JSON.stringify([nurecoil.store.opened.failure.value, nurecoil.store.point.failure.value])",
      );
      if (failures !== "[null,null]") wrong.push(`${name}: ${failures}`);
      await page.getByRole("button", { name: "Gallery", exact: true }).click();
      await page.locator(".gallery-load button").first().waitFor();
    }
    expect(wrong).toEqual([]);
  });
});
