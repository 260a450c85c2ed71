/** A finger that scrolls and a wheel that scrolls: what lies below them is not moved. */

import { expect, it } from "vitest";
import { csi2017, hashOf } from "./analyses.ts";
import { settled, valuesOf } from "./page-answers.ts";
import { inBrowser } from "./workbench.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

inBrowser("scrolling over controls", (workbench) => {
  it("a vertical swipe from a slider scrolls and leaves the coupling, a horizontal one moves it", async () => {
    const page = await workbench.open(hashOf(csi2017), PHONE);
    const before = await valuesOf(page);
    const finger = await page.context().newCDPSession(page);
    const scrolled = (): Promise<number> => page.evaluate<number>("scrollY");
    const swipe = async (dx: number, dy: number): Promise<void> => {
      const box = await page.locator('li[data-coupling="xi_S"]').getByRole("slider").boundingBox();
      const [x, y] = [box!.x + 30, box!.y + box!.height / 2];
      await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
      for (let step = 1; step <= 12; step++) {
        const touchPoints = [{ x: x + (dx * step) / 12, y: y + (dy * step) / 12 }];
        await finger.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
      }
      await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    await swipe(4, -120);
    await expect.poll(scrolled).toBeGreaterThan(50);
    await settled(page);
    expect(await valuesOf(page)).toEqual(before);
    await page.evaluate("scrollTo(0, 0)");
    await swipe(60, 2);
    await settled(page);
    expect((await valuesOf(page))["xi_S"]).not.toBe(before["xi_S"]);
    // A finger is never quite level.
    expect(await scrolled()).toBeLessThan(20);
  });

  it("the wheel over the plane scrolls the page until the plane has the focus", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const frame = await page.getByTestId("plane-frame").boundingBox();
    const address = await page.evaluate<string>("location.hash");
    await page.mouse.move(frame!.x + 20, frame!.y + 20);
    await page.mouse.wheel(0, 100);
    await expect.poll(() => page.evaluate<number>("scrollY")).toBeGreaterThan(50);
    expect(await page.evaluate<string>("location.hash")).toBe(address);
    await page.evaluate("scrollTo(0, 0)");
    await page.mouse.click(frame!.x + 20, frame!.y + 20);
    await page.mouse.wheel(0, -100);
    await expect.poll(() => page.evaluate<string>("decodeURIComponent(location.hash)")).toMatch(/"window":\{/);
    expect(await page.evaluate<number>("scrollY")).toBe(0);
  });

  it("a row that is removed leaves the focus to the next one", async () => {
    const page = await workbench.open(hashOf(csi2017));
    const remove = page.locator('li[data-coupling="xi_S"]').getByRole("button", { name: /^Remove/ });
    await remove.focus();
    await page.keyboard.press("Enter");
    await remove.waitFor({ state: "detached" });
    const row = await page.evaluate<string>("document.activeElement.closest('li')?.dataset.coupling ?? ''");
    expect(row).toBe("xi_V");
  });
});
