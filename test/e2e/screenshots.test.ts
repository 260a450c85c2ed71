/**
 * What the page shows for eight named states, compared with committed pictures. Only figures are compared: their
 * letters are outlines of their own, so that they look the same whatever fonts a machine has.
 * UPDATE_SCREENSHOTS=1 writes them.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { combination, csi2017, csi2021, hashOf } from "./analyses.ts";
import { note } from "./timings.ts";
import { inBrowser, type OpenOptions } from "./workbench.ts";

const folder = fileURLToPath(new URL("screenshots/", import.meta.url));
const different = fileURLToPath(new URL("../../node_modules/.cache/nurecoil/screenshots/", import.meta.url));

/** Share of pixels that may differ: edges of lines are smoothed differently by other versions of the browser. */
const TOLERANCE = 0.005;

interface NamedState {
  readonly name: string;
  readonly hash: string;
  /** Selector of the place whose figure is compared. */
  readonly place: string;
  readonly options?: OpenOptions;
}

const spectrum = '[data-testid="spectrum"]';
const plane = '[data-testid="plane"]';
const zoomed = { window: { x: [-0.6, 0.6], y: [-0.6, 0.4] } };

const states: readonly NamedState[] = [
  { name: "csi-2017-spectrum", hash: hashOf(csi2017, { xi_S: 0.6, xi_V: 0.2 }), place: spectrum },
  { name: "csi-2017-plane", hash: hashOf(csi2017, { xi_S: 0.6, xi_V: 0.2 }), place: plane },
  { name: "csi-2017-plane-zoomed", hash: hashOf(csi2017, {}, zoomed), place: plane },
  {
    name: "csi-2017-profile-dark",
    hash: hashOf(csi2017),
    place: '[data-testid="profile-xi_S"]',
    options: { colorScheme: "dark" },
  },
  { name: "csi-2021-spectrum-dark", hash: hashOf(csi2021), place: spectrum, options: { colorScheme: "dark" } },
  { name: "csi-2021-plane", hash: hashOf(csi2021), place: plane },
  {
    name: "combination-lar-spectrum",
    hash: hashOf({ ...combination, free: [], plane: null }, {}, { spectrum: "coherent-lar-2020" }),
    place: spectrum,
  },
  {
    name: "csi-2017-spectrum-phone",
    hash: hashOf(csi2017),
    place: spectrum,
    options: { viewport: { width: 390, height: 844 } },
  },
];

inBrowser("screenshots", (workbench) => {
  it.each(states)("$name looks as before", async ({ name, hash, place, options = {} }) => {
    const page = await workbench.open(hash, { reducedMotion: "reduce", deviceScaleFactor: 1, ...options });
    const file = `${folder}${name}.png`;
    // Text over the figure is the machine's own; what floats over it is not part of it.
    await page.addStyleTag({ content: `${place} .picture > :not(.drawing) { visibility: hidden !important }` });
    const shot = await page.locator(`${place} svg[viewBox]`).first().screenshot({ animations: "disabled" });
    if (process.env["UPDATE_SCREENSHOTS"] === "1") {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, shot);
      return;
    }
    expect(existsSync(file), `${name}.png is not there: UPDATE_SCREENSHOTS=1 writes it`).toBe(true);
    const now = PNG.sync.read(shot);
    const before = PNG.sync.read(readFileSync(file));
    expect([now.width, now.height]).toEqual([before.width, before.height]);
    const difference = new PNG({ width: now.width, height: now.height });
    const count = pixelmatch(before.data, now.data, difference.data, now.width, now.height, { threshold: 0.15 });
    const share = count / (now.width * now.height);
    note(`screenshot ${name}`, `${(100 * share).toFixed(3)} % of pixels differ`);
    if (share > TOLERANCE) {
      mkdirSync(different, { recursive: true });
      writeFileSync(`${different}${name}.png`, shot);
      writeFileSync(`${different}${name}.difference.png`, PNG.sync.write(difference));
    }
    expect(share, `see ${different}`).toBeLessThanOrEqual(TOLERANCE);
  });
});
