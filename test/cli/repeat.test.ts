/**
 * The same command gives the same bytes at every start: engines optimise functions while they run, each time at another
 * moment, and none of that may show.
 */

import { expect, it } from "vitest";
import { nurecoil } from "./run.ts";

/** As many as a few seconds allow: what differs at one start in ten is seen nine times in ten. */
const STARTS = 20;

it.each([
  ["coherent-csi-2021@poisson", "xi_V_e=0.1"],
  ["coherent-lar-2020@poisson", "xi_V_mu=0.1"],
])("chi2 of %s at %s", (experiment, coupling) => {
  const outputs = Array.from({ length: STARTS }, () => nurecoil(["chi2", experiment, "--set", coupling, "--json"]));
  expect(new Set(outputs.map(({ stdout, stderr }) => stdout + stderr)).size).toBe(1);
  expect(outputs[0]!.status).toBe(0);
});
