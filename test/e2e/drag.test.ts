/** Sliders dragged by mouse: the last state drawn is the command's, what came between is given up in time. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { combination, csi2017, csi2021, hashOf } from "./analyses.ts";
import {
  chi2ByCommand,
  countsByCommand,
  expectSame,
  expectSameCounts,
  expectSamePoint,
  expectSameRegion,
  regionByCommand,
} from "./command.ts";
import {
  pointOf,
  profileOf,
  regionOf,
  settled,
  shownChi2,
  spectrumOf,
  stateOf,
  statisticsOf,
  valuesOf,
} from "./page-answers.ts";
import { drag, watch, watched } from "./sliders.ts";
import { noteTimes } from "./timings.ts";
import { inBrowser } from "./workbench.ts";

const STEPS = 60;

/** Drags a coupling, waits until all is drawn, compares with the command. */
async function dragged(page: Page, title: string, coupling: string): Promise<void> {
  const before = await valuesOf(page);
  await watch(page);
  await drag(page, coupling, { steps: STEPS });
  await settled(page);
  const values = await valuesOf(page);
  expect(values[coupling]).not.toBe(before[coupling]);
  const point = await pointOf(page);
  expect(point.parameters).toMatchObject(values);
  const state = await stateOf(page);
  const told = chi2ByCommand(state, values);
  expectSamePoint(point, told);
  expectSameCounts(point.predictions, countsByCommand(state, values, told));
  expect(await shownChi2(page)).toBe(told.chi2.toFixed(2));
  // Of each drawing only what differed was put on the page.
  const { shown, drawn } = await spectrumOf(page);
  expect(shown.length).toBeGreaterThan(1000);
  expect(shown === drawn, "the spectrum on the page is its last drawing").toBe(true);
  const { inputs, times } = await watched(page);
  // A browser may join moves of the mouse that come within one frame.
  expect(inputs).toBeGreaterThan(STEPS / 4);
  noteTimes(`${title}: slider of ${coupling} to redrawn spectrum`, times);
}

inBrowser("dragging", (workbench) => {
  it("CsI 2017: 60 steps of a free and of a set coupling", async () => {
    const page = await workbench.open(hashOf(csi2017));
    await dragged(page, "CsI 2017", "xi_S");
    // Where a coupling that is set moves, profiles and plane follow; what nobody waits for is given up.
    await dragged(page, "CsI 2017", "xi_T");
    const { lost, replaced, dropped, milliseconds } = await statisticsOf(page);
    expect(lost).toBe(0);
    expect(replaced + dropped).toBeGreaterThan(0);
    noteTimes("CsI 2017: point, in the worker", milliseconds["point"] ?? []);
    noteTimes("CsI 2017: profile, in the worker", milliseconds["profile"] ?? []);
    noteTimes("CsI 2017: region, in the worker", milliseconds["region"] ?? []);
    expectSameRegion(await regionOf(page), regionByCommand(await stateOf(page)));
  });

  it("CsI 2021, Poisson: 60 steps", async () => {
    const page = await workbench.open(hashOf(csi2021));
    await dragged(page, "CsI 2021", "xi_V_e");
    await dragged(page, "CsI 2021", "xi_V_mu");
    const { lost, milliseconds } = await statisticsOf(page);
    expect(lost).toBe(0);
    noteTimes("CsI 2021: point, in the worker", milliseconds["point"] ?? []);
    expectSameRegion(await regionOf(page), regionByCommand(await stateOf(page)));
  });

  it("full combination, Poisson: 60 steps while plane and profiles are on their way", async () => {
    const page = await workbench.open(hashOf(combination), { settle: false });
    await page.getByTestId("spectrum").locator("svg").first().waitFor();
    await dragged(page, "combination", "xi_V_mu");
    const { lost, milliseconds } = await statisticsOf(page);
    expect(lost).toBe(0);
    noteTimes("combination: point, in the worker", milliseconds["point"] ?? []);
    noteTimes("combination: profile, in the worker", milliseconds["profile"] ?? []);
    noteTimes("combination: region, in the worker", milliseconds["region"] ?? []);
    const region = await regionOf(page);
    expectSameRegion(region, regionByCommand(await stateOf(page)));
    const profile = await profileOf(page, "xi_V_e");
    // A profile begins at the minima of which the region's best is one.
    expectSame(profile.minimum.chi2, region.best.chi2, "lowest chi2 of profile and plane");
  });
});
