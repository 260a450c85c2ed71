/** The first view: what it shows, what it costs. */

import { expect, it } from "vitest";
import { chi2ByCommand, expectSamePoint, expectSameRegion, regionByCommand } from "./command.ts";
import type { InPage } from "./in-page.ts";
import { pointOf, regionOf, stateOf, statisticsOf, valuesOf } from "./page-answers.ts";
import { note } from "./timings.ts";
import { inBrowser } from "./workbench.ts";

/** Bodies as the server sends them, gzip where the browser takes it. */
const FIRST_VIEW_BYTES = 300_000;

inBrowser("first view", (workbench) => {
  it("shows spectrum, plane and profiles of the first analysis", async () => {
    const page = await workbench.open();
    for (const name of ["Spectrum", /Profiles/]) {
      expect(await page.getByRole("heading", { name }).isVisible()).toBe(true);
    }
    expect(await page.getByTestId("spectrum").locator("svg").count()).toBeGreaterThanOrEqual(1);
    for (const name of ["xi_S", "xi_V"]) await page.getByTestId(`profile-${name}`).locator(".drawing svg").waitFor();
    expect(await page.getByTestId("plane").locator("svg").count()).toBeGreaterThanOrEqual(1);
    expect((await statisticsOf(page)).lost).toBe(0);
  });

  it("shows the numbers of the command", async () => {
    const page = await workbench.open();
    const state = await stateOf(page);
    expectSamePoint(await pointOf(page), chi2ByCommand(state, await valuesOf(page)));
    expectSameRegion(await regionOf(page), regionByCommand(state));
  });

  it("asks for at most 300 kB until it is drawn", async () => {
    const before = workbench.answers.length;
    await workbench.open();
    const since = workbench.answers.slice(before);
    // The page of the test before may still have asked for something to keep.
    const asked = since.slice(since.findIndex(({ path }) => path.endsWith("/")));
    // What is kept for later visits is asked for once all is drawn.
    const later = asked.findIndex(({ path }) => path.endsWith("/service-worker.js"));
    const sent = later < 0 ? asked : asked.slice(0, later);
    const total = sent.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, bytes } of sent) note(`first view ${path}`, `${(bytes / 1000).toFixed(1)} kB gzip`);
    note("first view, all", `${(total / 1000).toFixed(1)} kB gzip`);
    // The page itself, its program, its worker and an experiment at least, or nothing was measured.
    expect(sent.length).toBeGreaterThan(4);
    expect(total).toBeLessThanOrEqual(FIRST_VIEW_BYTES);
  });

  it("is isolated, so that desks see at once what is given up", async () => {
    const page = await workbench.open("", { settle: false });
    expect(await page.evaluate(() => (globalThis as unknown as InPage).crossOriginIsolated)).toBe(true);
  });
});

inBrowser(
  "first view below a path, without shared memory",
  (workbench) => {
    it("is drawn with the same numbers", async () => {
      expect(workbench.address).toMatch(/\/some\/where\/$/);
      const page = await workbench.open();
      expect(await page.evaluate(() => (globalThis as unknown as InPage).crossOriginIsolated)).toBe(false);
      expectSamePoint(await pointOf(page), chi2ByCommand(await stateOf(page), await valuesOf(page)));
      const outside = workbench.answers.filter(({ path }) => !path.startsWith("/some/where/"));
      expect(outside).toEqual([]);
    });
  },
  { base: "/some/where", isolation: false },
);
