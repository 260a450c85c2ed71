/** After the first visit the page works without a network, isolated as before, below any path. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openServer } from "../../web/serve.mjs";
import { combination, hashOf } from "./analyses.ts";
import { chi2ByCommand, expectSamePoint } from "./command.ts";
import type { InPage } from "./in-page.ts";
import { pointOf, settled, stateOf, valuesOf } from "./page-answers.ts";
import { inBrowser } from "./workbench.ts";

const built = fileURLToPath(new URL("../../dist/web", import.meta.url));

/** Until everything is kept: the service worker is the page's own. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction("navigator.serviceWorker.controller !== null", undefined, { timeout: 60_000 });
}

/** In the page: whether a version has everything and answers. */
async function ruling(version: string): Promise<boolean> {
  const { caches, navigator } = globalThis as unknown as InPage;
  const { installing, waiting, active } = await navigator.serviceWorker.ready;
  const names = await caches.keys();
  const rules = installing === null && waiting === null && active?.state === "activated";
  return rules && names.some((name) => name.endsWith(` ${version}`));
}

function cacheNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as InPage).caches.keys());
}

inBrowser(
  "offline",
  (workbench) => {
    it("opens another analysis, the gallery and files without a network", async () => {
      const page = await workbench.open();
      await kept(page);
      const sent = workbench.answers.length;
      await page.context().setOffline(true);
      // Away first: another hash alone loads nothing.
      await page.goto("about:blank");
      await page.goto(`${workbench.address}${hashOf(combination, { xi_V_e: 0.1, xi_V_mu: 0 })}`);
      await settled(page);
      expect(await page.evaluate(() => (globalThis as unknown as InPage).crossOriginIsolated)).toBe(true);
      expectSamePoint(await pointOf(page), chi2ByCommand(await stateOf(page), await valuesOf(page)));
      await page.getByRole("button", { name: "Gallery" }).click();
      await page.locator(".gallery-load button").first().waitFor();
      // Browsers look for a newer service worker by themselves, past the switch that takes pages offline.
      const asked = workbench.answers.slice(sent).filter(({ path }) => !path.endsWith("/service-worker.js"));
      expect(asked).toEqual([]);
    });
  },
  { base: "/below/a/path" },
);

inBrowser("a new version", (workbench) => {
  it("takes over at the next visit, the one before is removed with the next", async () => {
    const folder = mkdtempSync(join(tmpdir(), "nurecoil-versions-"));
    cpSync(built, folder, { recursive: true });
    const server = await openServer({ folder, port: 0 });
    const publish = (version: string): void => {
      for (const name of ["index.html", "service-worker.js"]) {
        const text = readFileSync(join(built, name), "utf8");
        rmSync(join(folder, `${name}.gz`), { force: true });
        writeFileSync(
          join(folder, name),
          name === "index.html"
            ? text.replace(/<title>.*<\/title>/, `<title>${version} ${" ".repeat(80)}</title>`)
            : text.replace(/VERSION = "\w+"/, `VERSION = "${version}"`),
        );
      }
    };
    const page = await workbench.open();
    const visit = async (): Promise<string> => {
      await page.goto("about:blank");
      await page.goto(server.address);
      await settled(page);
      return (await page.title()).trim();
    };
    const rules = async (version: string): Promise<void> => {
      while (!(await page.evaluate(ruling, version))) await page.waitForTimeout(100);
    };
    try {
      publish("one");
      expect(await visit()).toBe("one");
      await kept(page);
      for (const [version, before] of [
        ["two", "one"],
        ["three", "two"],
      ] as const) {
        publish(version);
        expect(await visit()).toBe(before);
        await page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())");
        await rules(version);
        expect(await visit()).toBe(version);
      }
      const names = await cacheNames(page);
      expect(names.map((name) => name.split(" ").at(-1))).toEqual(["two", "three"]);
    } finally {
      await page.goto("about:blank");
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
