/** The menus' rules say of every pair of couplings what the library says. */

import { expect, test } from "vitest";
import { checkNames } from "../../src/analysis/parameters.ts";
import { couplingNames } from "../../src/interactions/index.ts";
import { allFlavours, levels, obstacle, perFlavour } from "../../web/state/coupling-rules.ts";

test("every pair of couplings is refused by the menu where the library refuses it, and nowhere else", () => {
  const differing: string[] = [];
  let refused = 0;
  for (const a of couplingNames) {
    for (const b of couplingNames) {
      if (a === b) continue;
      const menu = obstacle(a, [b]) !== undefined;
      const library = checkNames([a, b], []).length > 0;
      if (menu !== library) differing.push(`${a} ${b}`);
      if (library) refused++;
    }
  }
  expect(differing).toEqual([]);
  // Both answers occur, or nothing was compared.
  expect(refused).toBeGreaterThan(100);
  expect(refused).toBeLessThan(couplingNames.length * (couplingNames.length - 1));
});

test("what is there already, and what does not exist, cannot be added", () => {
  expect(obstacle("xi_V", ["xi_S", "xi_V"])).toMatch(/already/);
  expect(obstacle("xi_X", [])).toMatch(/no coupling/);
});

test("forms for flavours are names of the registry and lead back", () => {
  const split = couplingNames.filter((name) => perFlavour(name).length > 0);
  expect(split).toContain("xi_V");
  expect(split).not.toContain("eps_V_ee");
  for (const name of split) {
    for (const one of perFlavour(name)) {
      expect(couplingNames).toContain(one);
      expect(allFlavours(one)).toBe(name);
    }
  }
  expect(levels).toEqual(["nucleus", "quark", "nsi", "standard-model"]);
});
