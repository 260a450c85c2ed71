/** Everything that is taken away opens where it is meant to. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { violations } from "../cli/json-schema.ts";
import { nurecoil } from "../cli/run.ts";
import { csi2017, hashOf } from "./analyses.ts";
import { chi2ByCommand, expectSame, expectSamePoint } from "./command.ts";
import { pointOf, stateOf, valuesOf } from "./page-answers.ts";
import { inBrowser } from "./workbench.ts";

const at = { xi_S: 0.25, xi_V: -0.125 };

interface Taken {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
}

async function take(page: Page, label: string): Promise<Taken> {
  const coming = page.waitForEvent("download", { timeout: 60_000 });
  await page.getByRole("group", { name: "Take away" }).getByRole("button", { name: label, exact: true }).click();
  const download = await coming;
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: readFileSync(path) };
}

async function opened(page: Page): Promise<Page> {
  await page.getByRole("button", { name: "Take away", exact: true }).click();
  return page;
}

/** Well-formed as the browser's parser of XML sees it. */
function rootOf(page: Page, xml: string): Promise<string> {
  return page.evaluate<string>(
    `(() => { const d = new DOMParser().parseFromString(${JSON.stringify(xml)}, "image/svg+xml"); return d.querySelector("parsererror") ? "damaged" : d.documentElement.nodeName; })()`,
  );
}

inBrowser("taking away", (workbench) => {
  it("figures open as SVG, PDF and PNG", async () => {
    const page = await opened(await workbench.open(hashOf(csi2017, at)));
    for (const figure of ["spectrum", "pulls", "plane", "profile of xi_S"]) {
      const svg = await take(page, `Download ${figure} as SVG`);
      expect(svg.name).toMatch(/^nurecoil-.*\.svg$/);
      expect(await rootOf(page, svg.bytes.toString("utf8")), figure).toBe("svg");

      const png = PNG.sync.read((await take(page, `Download ${figure} as PNG`)).bytes);
      const [, width, height] = /<svg[^>]* width="([\d.]+)[^"]*" height="([\d.]+)/.exec(svg.bytes.toString("utf8"))!;
      expect(png.width / png.height).toBeCloseTo(Number(width) / Number(height), 1);
      expect(png.width).toBeGreaterThan(600);

      const pdf = await take(page, `Download ${figure} as PDF`);
      expect(pdf.bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
      const read = spawnSync("pdftoppm", ["-r", "20", "-png", pdf.path], { encoding: "latin1" });
      if (read.error === undefined) expect([read.status, read.stderr, read.stdout.slice(1, 4)]).toEqual([0, "", "PNG"]);
    }
  });

  it("numbers open as CSV, JSON after the command's schema, and YAML", async () => {
    const page = await opened(await workbench.open(hashOf(csi2017, at)));
    for (const [what, format] of [
      ["plane", "region"],
      ["fit", "fit"],
    ] as const) {
      const json = JSON.parse((await take(page, `Download ${what} as JSON`)).bytes.toString("utf8"));
      expect(json.format).toBe(`nurecoil/${format}/1`);
      const schema = JSON.parse(nurecoil(["schema", format]).stdout);
      expect(violations(schema, json)).toEqual([]);
    }
    for (const what of ["spectrum", "plane", "profile of xi_S", "fit"]) {
      const csv = (await take(page, `Download ${what} as CSV`)).bytes.toString("utf8");
      const lines = csv
        .trim()
        .split(/\r?\n/)
        .filter((line) => !line.startsWith("#"));
      expect(lines.length, what).toBeGreaterThan(1);
      expect(new Set(lines.map((line) => line.split(",").length)).size, `columns of ${what}`).toBe(1);
      const { name, bytes } = await take(page, `Download ${what} as HEPData`);
      expect(name).toMatch(/\.(yaml|zip)$/);
      if (name.endsWith(".zip")) expect(bytes.subarray(0, 2).toString("latin1")).toBe("PK");
      else expect(parse(bytes.toString("utf8"))).toMatchObject({ independent_variables: expect.any(Array) });
    }
  });

  it("the point, the spec and the sources", async () => {
    const page = await opened(await workbench.open(hashOf(csi2017, at)));
    const point = JSON.parse((await take(page, "Download point as JSON")).bytes.toString("utf8"));
    expectSamePoint(point, await pointOf(page));
    const spec = JSON.parse((await take(page, "Download spec as JSON")).bytes.toString("utf8"));
    const state = await stateOf(page);
    const told = chi2ByCommand({ ...state, spec }, await valuesOf(page));
    expectSame(point.chi2, told.chi2, "chi2");
    const bibtex = (await take(page, "Download BibTeX")).bytes.toString("utf8");
    expect(bibtex).toMatch(/@\w+\{\S+,/);
    expect(bibtex).toContain("Akimov");
  });

  it("the command that is copied gives the numbers of the page", async () => {
    const page = await workbench.open(hashOf(csi2017, at), { permissions: ["clipboard-read", "clipboard-write"] });
    await opened(page);
    await page.getByRole("button", { name: "Copy as command" }).click();
    await page.getByText(/copied/i).waitFor();
    const command = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(command).toMatch(/^npx nurecoil chi2 /);
    const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
    const ran = nurecoil([...words.slice(2), "--json"]);
    expect(ran.status, ran.stderr).toBe(0);
    expectSame((await pointOf(page)).chi2, JSON.parse(ran.stdout).chi2, "chi2");
  });
});
