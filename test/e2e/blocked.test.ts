/** Browsers and hosts that forbid workers or WebAssembly: the same numbers, in the page's own thread. */

import { expect, it } from "vitest";
import { csi2017, hashOf } from "./analyses.ts";
import { chi2ByCommand, expectSamePoint, expectSameRegion, regionByCommand } from "./command.ts";
import { pointOf, regionOf, settled, stateOf, valuesOf } from "./page-answers.ts";
import { drag } from "./sliders.ts";
import { inBrowser } from "./workbench.ts";

const at = { xi_S: 0.25, xi_V: -0.125 };

inBrowser("blocked", (workbench) => {
  const ways: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["workers are missing", "delete globalThis.Worker", undefined],
    ["workers are forbidden by the host", undefined, "worker-src 'none'"],
    ["WebAssembly is missing", "delete globalThis.WebAssembly", undefined],
    // 'unsafe-eval' and 'wasm-unsafe-eval' are not among the sources: nothing is compiled from bytes.
    ["WebAssembly is forbidden by the host", undefined, "script-src 'self'"],
  ];
  it.each(ways)("%s: the page gives the numbers of the command", async (name, script, policy) => {
    const page = await workbench.open(hashOf(csi2017, at), {
      // What a browser says when it forbids something.
      allowed: /Content Security Policy|securitypolicyviolation|csp/i,
      prepare: async (fresh, context) => {
        if (script !== undefined) await context.addInitScript(script);
        if (policy === undefined) return;
        await fresh.route("**/*", async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, headers: { ...response.headers(), "Content-Security-Policy": policy } });
        });
      },
    });
    const blocked = name.startsWith("workers");
    expect(await page.getByText(/does not let workers start/).count()).toBe(blocked ? 1 : 0);
    await drag(page, "xi_S", { steps: 10 });
    await settled(page);
    const state = await stateOf(page);
    expectSamePoint(await pointOf(page), chi2ByCommand(state, await valuesOf(page)));
    expectSameRegion(await regionOf(page), regionByCommand(state));
  });
});
