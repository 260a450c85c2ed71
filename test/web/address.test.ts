import { parseSpec } from "nurecoil/analysis";
import { describe, expect, it } from "vitest";
import { addressOf, readAddress } from "../../web/state/address.ts";
import { firstState, type PageState, plainView } from "../../web/state/page-state.ts";

const states: readonly PageState[] = [
  firstState,
  {
    spec: {
      experiments: [{ id: "sbc-lar10-inin", set: { threshold: "0.2 keVnr", "live-time": "1 yr & more #?=" } }],
      free: ["xi_V_e", "coherent-csi-2021.onset"],
      ranges: { xi_V_e: [-1e-3, 2.5e300] },
    },
    at: { xi_V_e: -0.125 },
    view: { ...plainView, tab: "gallery", claims: ["1806.07424"], window: { x: [-1, 1], y: [0, 2] } },
  },
];

describe("an address", () => {
  it.each(states)("holds the whole state", (state) => {
    const hash = addressOf(state);
    expect(readAddress(hash)).toEqual({ state });
    // As browsers and mail programs pass it on.
    expect(readAddress(new URL(`https://example.org/${hash}`).hash)).toEqual({ state });
  });

  it("is the spec of the command: v1 alone is enough, written by hand too", () => {
    const spec = { experiments: ["coherent-csi-2017"], free: ["xi_V"] };
    const read = readAddress(`#v1=${JSON.stringify(spec)}`);
    expect(read?.state).toEqual({ spec, at: {}, view: plainView });
    expect(parseSpec(read?.state?.spec).free).toEqual(["xi_V"]);
  });

  it("without a state is none", () => expect(readAddress("")).toBeNull());

  it.each([
    ["cut off", "#v1=%7B%22experiments", /damaged/],
    ["half an escape", "#v1=%7B%2", /damaged/],
    ["no object", "#v1=3", /damaged/],
    ["newer", "#v2=%7B%7D", /newer version/],
    ["older", "#v0=%7B%7D", /no longer read/],
    ["something else", "#results", /no analysis/],
    ["a point that is no number", '#v1={"free":["xi_V"]}&at={"xi_V":"1"}', /no number for xi_V/],
    ["a view of a later page", '#v1={}&view={"colour":"red"}', /damaged/],
    ["free of the wrong kind", '#v1={"free":5}', /"free"/],
    ["experiments of the wrong kind", '#v1={"experiments":[{"name":"x"}]}', /"experiments"/],
    ["a plane of one", '#v1={"plane":["xi_V"]}', /"plane"/],
    ["a value that is text", '#v1={"parameters":{"xi_V":"0"}}', /"parameters"/],
    ["a point nowhere", '#v1={"free":["xi_V"]}&at={"xi_Q":1}', /xi_Q/],
    ["with an unknown part", "#v1={}&foo=1", /"foo"/],
    ["with a part twice", "#v1={}&v1={}", /"v1"/],
    ["a window upside down", '#v1={}&view={"window":{"x":[1,0],"y":[0,1]}}', /damaged/],
  ])("that is %s is explained and not applied", (_, hash, message) => {
    const read = readAddress(hash);
    expect(read?.state).toBeUndefined();
    expect(read?.problem?.message).toMatch(message);
    expect(read?.problem?.hint).not.toBe("");
  });
});
