/** What cannot be had or meant: said, with a way out, the rest kept. */

import { expect, it } from "vitest";
import { csi2017, csi2021, hashOf } from "./analyses.ts";
import { chi2ByCommand, expectSamePoint } from "./command.ts";
import { pointOf, settled, stateOf, valuesOf } from "./page-answers.ts";
import { inBrowser } from "./workbench.ts";

const NEW_EXPERIMENT = "COHERENT CsI";

inBrowser("bad input", (workbench) => {
  it("a truncated data file is named, the second try succeeds", async () => {
    let cut = true;
    const page = await workbench.open(hashOf(csi2021, { xi_V_e: 0.1, xi_V_mu: 0 }), {
      prepare: (_, context) =>
        context.route("**/experiments/coherent-csi-2021.json", async (route) => {
          const response = await route.fetch();
          const body = await response.text();
          await route.fulfill({ response, body: cut ? body.slice(0, body.length / 2) : body });
        }),
    });
    const alert = page.getByRole("alert").first();
    expect(await alert.innerText()).toMatch(/coherent-csi-2021\.json.*(cut off|damaged)/s);
    const state = await stateOf(page);
    expect(state.at).toEqual({ xi_V_e: 0.1, xi_V_mu: 0 });
    cut = false;
    await page
      .getByRole("button", { name: /try again|reload/i })
      .first()
      .click();
    await settled(page);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await stateOf(page)).toEqual(state);
    expectSamePoint(await pointOf(page), chi2ByCommand(state, await valuesOf(page)));
  });

  it("a coupling of 1e300 is refused with words, the rest stays and comes back", async () => {
    const page = await workbench.open(hashOf(csi2017, { xi_S: 0.25, xi_V: 0.125 }));
    const before = await stateOf(page);
    const field = page.locator('li[data-coupling="xi_S"]').getByRole("textbox");
    await field.fill("1e300");
    await field.press("Enter");
    await settled(page);
    const row = page.locator('li[data-coupling="xi_S"]');
    expect(await row.innerText()).toMatch(/1e\+?300|finite|too large/i);
    expect((await valuesOf(page))["xi_V"]).toBe(0.125);
    await field.fill("0.25");
    await field.press("Enter");
    await settled(page);
    expect((await stateOf(page)).at).toEqual(before.at);
    expectSamePoint(await pointOf(page), chi2ByCommand(before, await valuesOf(page)));
    expect(await row.innerText()).not.toMatch(/finite|too large/i);
  });

  it("text in a number field is refused with words, the value stays", async () => {
    const page = await workbench.open(hashOf(csi2017, { xi_S: 0.25, xi_V: 0 }));
    const field = page.locator('li[data-coupling="xi_S"]').getByRole("textbox");
    await field.fill("a lot");
    await field.press("Enter");
    expect(await page.getByRole("alert").first().innerText()).toContain("a lot");
    expect((await valuesOf(page))["xi_S"]).toBe(0.25);
    await field.press("Escape");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("a coupling that nothing depends on is shown with the reason and not added", async () => {
    const page = await workbench.open(hashOf({ ...csi2017, free: ["xi_V"], parameters: {}, plane: null }));
    const before = await stateOf(page);
    await page.getByText("Add a coupling").click();
    await page.getByRole("button", { name: "Quarks" }).click();
    const one = page.locator('[data-coupling="C_P_u"]');
    expect(await one.getAttribute("aria-disabled")).toBe("true");
    // As a finger does it, which asks nobody whether it may.
    await one.click({ force: true });
    expect(await page.locator(".chooser-about").innerText()).toMatch(/spin of nuclei/);
    await settled(page);
    expect(await stateOf(page)).toEqual(before);
    const other = page.locator('[data-coupling="C_S_u"]');
    expect(await other.getAttribute("aria-disabled")).toBe("false");
    await other.click();
    await page.locator('li[data-coupling="C_S_u"]').waitFor();
  });

  it("experiments that share events are refused with the reason, and can be exchanged", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const card = page.locator('[data-experiment="coherent-csi-2021"]');
    expect(await card.getByRole("checkbox").isDisabled()).toBe(true);
    expect(await card.innerText()).toMatch(new RegExp(`Shares events with .*${NEW_EXPERIMENT}`));
    await card.getByRole("button", { name: /^Use .*instead/ }).click();
    await page.waitForFunction("JSON.stringify(nurecoil.store.state.value.spec.experiments).includes('csi-2021')");
    await settled(page);
    expectSamePoint(await pointOf(page), chi2ByCommand(await stateOf(page), await valuesOf(page)));
  });
});
