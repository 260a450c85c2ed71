/** An experiment alone that does not see a coupling of the plane: its analysis is made, that of the whole is refused. */

import { describe, expect, it } from "vitest";
import { createAnalyses } from "../../web/desk/analyses.ts";
import { specOf } from "../../web/desk/pictures.ts";
import { library } from "../analysis/shipped.ts";

const spec = { experiments: ["sbc-lar10-inin@counts"], plane: ["xi_V_e", "xi_V_mu"] as [string, string] };

describe("analyses", () => {
  it("refuse couplings that nothing depends on, unless they are left", async () => {
    const analyses = createAnalyses({ need: () => Promise.resolve(), library });
    const left = await analyses.of(spec, { unseen: "leave" });
    expect(left.unseen).toEqual(["xi_V_mu"]);
    await expect(analyses.of(spec)).rejects.toThrow(/nothing in this analysis depends on "xi_V_mu"/);
    // Made once.
    expect(await analyses.of(spec, { unseen: "leave" })).toBe(left);
  });
});

describe("the picture of the plane", () => {
  const result = {
    plane: ["xi_V_e", "xi_V_mu"],
    spec: { parameters: {} },
    window: { xi_V_e: [-1, 1], xi_V_mu: [-1, 1] },
    minima: [],
    regions: [],
  };
  const picture = {
    kind: "region" as const,
    layers: [{ label: "combined", result: result as never, combined: true, draft: false }],
    window: null,
    published: [],
  };
  const look = { theme: "light" as const, width: 400, height: null };

  it("has a steady frame on the page alone", () => {
    const steady = {
      x: { middles: [-30, 30], nearest: 1e-3, farthest: 60 },
      y: { middles: [-20, 20], nearest: 1e-4, farthest: 40 },
    } as const;
    const [shown] = specOf({ ...picture, steady }, look).panels;
    expect([shown?.x.steady, shown?.y.steady]).toEqual([steady.x, steady.y]);
    const [taken] = specOf(picture, look).panels;
    expect([taken?.x.steady, taken?.y.steady]).toEqual([undefined, undefined]);
  });
});
