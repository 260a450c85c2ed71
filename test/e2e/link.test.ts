/** The state is in the address: a link is an analysis; an address that cannot be read changes nothing. */

import { expect, it } from "vitest";
import { csi2017, csi2021, hashOf } from "./analyses.ts";
import { expectSamePoint } from "./command.ts";
import { pointOf, settled, stateOf, valuesOf } from "./page-answers.ts";
import { drag } from "./sliders.ts";
import { inBrowser } from "./workbench.ts";

const first = { experiments: ["coherent-csi-2017"], free: ["xi_S", "xi_V"] };

inBrowser("addresses", (workbench) => {
  it("a link opens the same state and the same numbers in a second page", async () => {
    const page = await workbench.open(hashOf(csi2017));
    await drag(page, "xi_V", { steps: 5, from: 0.5, to: 0.62 });
    await page.getByTestId("spectrum").scrollIntoViewIfNeeded();
    await settled(page);
    // The address follows with a delay of some tenths of a second.
    await page.waitForFunction("location.hash.includes('at=')");
    const other = await workbench.openBeside(page, new URL(page.url()).hash);
    expect(await stateOf(other)).toEqual(await stateOf(page));
    expectSamePoint(await pointOf(other), await pointOf(page));
  });

  it("an address typed into an open page changes its state, going back restores it", async () => {
    const page = await workbench.open(hashOf(csi2017, { xi_S: 0.25, xi_V: 0 }));
    await page.evaluate(`location.hash = ${JSON.stringify(hashOf(csi2021, { xi_V_e: 0.125, xi_V_mu: 0 }))}`);
    await page.waitForFunction("nurecoil.store.values.value.xi_V_e === 0.125");
    await settled(page);
    await page.goBack();
    await page.waitForFunction("nurecoil.store.values.value.xi_S === 0.25");
    await settled(page);
  });

  const whole = hashOf({ ...csi2017, free: ["xi_S"] }, { xi_S: 0.3 });
  const unreadable: readonly (readonly [string, string, RegExp])[] = [
    ["mangled", "#v1=%7B%22experiments%22:[%22coherent-c", /damaged/],
    ["truncated", whole.slice(0, whole.indexOf("&at=") - 8), /damaged/],
    ["truncated in its point", whole.slice(0, -5), /damaged/],
    ["newer", whole.replace("#v1", "#v2"), /newer version.*v2/],
    ["outdated", whole.replace("#v1", "#v0"), /v0.*no longer read/],
    ["of something else", "#section-3", /no analysis/],
    ["with a point that is no number", `${hashOf(csi2017)}&at=%7B%22xi_S%22%3A%22big%22%7D`, /no number for xi_S/],
  ];
  it.each(unreadable)("an address that is %s is explained, nothing of it is applied", async (_, hash, message) => {
    const page = await workbench.open(hash);
    expect(await page.getByRole("alert").first().innerText()).toMatch(message);
    expect((await stateOf(page)).spec).toMatchObject(first);
    expect(Object.values(await valuesOf(page)).every((value) => value === 0)).toBe(true);
    expect((await pointOf(page)).chi2).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Close" }).first().click();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  const refused: readonly (readonly [string, object, RegExp])[] = [
    ["an unknown coupling", { ...csi2017, free: ["xi_S", "xi_Q"], plane: null }, /xi_Q/],
    ["an unknown experiment", { ...csi2017, experiments: ["coherent-csi-2077"] }, /coherent-csi-2077/],
    [
      "overlapping experiments",
      { ...csi2017, experiments: ["coherent-csi-2017", "coherent-csi-2021"] },
      /same events|overlap/i,
    ],
  ];
  it.each(refused)("an analysis with %s says so and leads back", async (_, spec, message) => {
    const page = await workbench.open(hashOf(spec));
    expect(await page.getByRole("alert").first().innerText()).toMatch(message);
    await page.getByRole("button", { name: /Start from the first analysis/ }).click();
    await settled(page);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect((await stateOf(page)).spec).toMatchObject(first);
    expect((await pointOf(page)).chi2).toBeGreaterThan(0);
  });
});
