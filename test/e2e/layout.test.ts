/** Where things stand: panels side by side end at one line, and nothing moves while answers are on their way. */

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { combination, csi2017, csi2021, hashOf } from "./analyses.ts";
import { settled, stateOf } from "./page-answers.ts";
import { drag } from "./sliders.ts";
import { note } from "./timings.ts";
import { inBrowser } from "./workbench.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page`);
  return box;
}

const bottom = ({ y, height }: Box): number => y + height;

const analyses = [
  ["CsI 2017", csi2017],
  ["CsI 2021", csi2021],
  ["combination", combination],
] as const;
const screens = [
  [1280, 800],
  [1440, 900],
  [1920, 1080],
] as const;
const cases = analyses.flatMap(([name, spec]) => screens.map(([width, height]) => ({ name, spec, width, height })));

inBrowser("layout", (workbench) => {
  it.each(cases)(
    "$name, $width x $height: spectrum and plane end at one line, no ground is left empty",
    async (one) => {
      const { name, spec, width, height } = one;
      const page = await workbench.open(hashOf(spec), { viewport: { width, height } });
      const [spectrum, plane] = [await boxOf(page, ".spectrum"), await boxOf(page, ".plane")];
      expect(spectrum.y).toBe(plane.y);
      expect(bottom(spectrum)).toBeCloseTo(bottom(plane), 0);
      // Padding and the rounding of what is drawn.
      const pulls = await boxOf(page, ".pulls");
      expect(bottom(spectrum) - bottom(pulls)).toBeLessThan(20);
      const { y } = await boxOf(page, ".profile-row .picture >> nth=0");
      note(`${name}, ${width} x ${height}: height of the profiles seen`, `${Math.round(height - y)} px`);
      expect(height - y).toBeGreaterThan(50);
    },
  );

  it("nothing moves while a slider does, nor while regions become sharp", async () => {
    const page = await workbench.open(hashOf(csi2021), { settle: false });
    const panels = [".spectrum", ".plane", ".profiles", ".couplings", ".experiments", ".plane-foot", ".plane-zoom"];
    const places = (): Promise<readonly Box[]> => Promise.all(panels.map((selector) => boxOf(page, selector)));
    await page.getByTestId("plane").locator(".drawing svg").waitFor();
    const before = await places();
    await settled(page);
    expect(await places()).toEqual(before);
    await drag(page, "xi_V_e", { steps: 20 });
    expect(await places()).toEqual(before);
    await settled(page);
    expect(await places()).toEqual(before);
  });

  it("the axes of the plane are menus with names, seen as symbols", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const menu = page.getByRole("combobox", { name: "Coupling along x" });
    expect(await menu.locator("option").allInnerTexts()).toEqual(["scalar ξ", "vector ξ", "tensor ξ"]);
    expect(await page.locator(".symbol-select-shown .math").first().innerText()).toMatch(/ξ\s*S/);
    await menu.selectOption({ label: "tensor ξ" });
    await settled(page);
    expect((await stateOf(page)).spec["plane"]).toEqual(["xi_T", "xi_V"]);
    expect(await page.locator(".symbol-select-shown .math").first().innerText()).toMatch(/ξ\s*T/);
    await menu.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    const outline = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('.symbol-select:has(:focus)')).outlineStyle",
    );
    expect(outline).toBe("solid");
  });
});
