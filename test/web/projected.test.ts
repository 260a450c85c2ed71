import { describe, expect, it } from "vitest";
import { openPoint, parseSpec, prepare } from "../../src/analysis/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { factsOf } from "../../web/desk/facts.ts";
import { aloneBecause } from "../../web/state/common-flux.ts";
import { eventsText } from "../../web/state/expected-events.ts";

const prepared = (...experiments: string[]) => prepare(parseSpec({ experiments }), shippedLibrary());
const facts = (...experiments: string[]) => prepared(...experiments).experiments.map(factsOf);

describe("events of a projected detector", () => {
  const cevns = (...counts: number[]) => ({ name: "cevns", flavour: "nu_e" as const, counts });
  const components = [cevns(300, 20), cevns(45), { name: "background", flavour: null, counts: [1825] }];
  const year = { value: 365, unit: "d" };

  it("are those of the signal alone, in its live time and each day", () => {
    expect(eventsText({ components }, year, undefined)).toBe("CEvNS events at this point: 365 in 365 d, 1 a day");
    expect(eventsText({ components }, year, "100 d")).toBe("CEvNS events at this point: 365 in 100 d, 3.65 a day");
  });

  it("are given in the live time as it is set where its unit is another one", () => {
    expect(eventsText({ components }, year, "0.5 yr")).toBe("CEvNS events at this point: 365 in 0.5 yr");
  });

  it("of SBC at ININ: the point and the file have what is needed", () => {
    const analysis = prepared("sbc-lar10-inin");
    const [prediction] = openPoint(analysis, [])({}).predictions;
    const released = factsOf(analysis.experiments[0]!).inputs.find(({ name }) => name === "live-time")!;
    const [, rate] = /, (\S+) a day$/.exec(eventsText(prediction!, released, undefined))!;
    // scripts/reference/reactor.py, an independent sum over the same flux: all 40Ar there, natural argon here, and the
    // text has three digits.
    expect(Math.abs(Number(rate) / 7.947 - 1)).toBeLessThan(0.005);
  });
});

describe("a flux in common", () => {
  it("have experiments at one source whose likelihoods both move it", () => {
    const ids = ["coherent-csi-2021", "coherent-lar-2020"];
    expect(aloneBecause(ids, facts("coherent-csi-2021@poisson", "coherent-lar-2020@poisson"))).toBeNull();
    expect(aloneBecause(ids, facts("coherent-csi-2021@poisson", "coherent-lar-2020@energy"))).toMatch(/no flux/);
  });

  it("does not depend on whether it is used", () => {
    const spec = parseSpec({ experiments: ["coherent-csi-2021", "coherent-lar-2020"], uncorrelated: true });
    const apart = prepare(spec, shippedLibrary()).experiments.map(factsOf);
    expect(apart.map(({ shared }) => shared)).toEqual([["sns.flux"], ["sns.flux"]]);
  });

  it("has nobody alone, nor a reactor with the SNS", () => {
    expect(aloneBecause(["coherent-csi-2021"], facts("coherent-csi-2021"))).toMatch(/alone/);
    const ids = ["coherent-csi-2021", "sbc-lar10-inin"];
    expect(aloneBecause(ids, facts("coherent-csi-2021", "sbc-lar10-inin"))).toMatch(/no flux/);
  });
});
