import { describe, expect, it } from "vitest";
import { parseSpec, prepare } from "../../src/analysis/index.ts";
import { shippedLibrary } from "../../src/node/library.ts";
import { notesOf } from "../../web/state/notes.ts";

describe("notes", () => {
  it("are said once, in the order of the answers, those of one experiment with its name", () => {
    const { others } = notesOf([
      { notes: ["a", "b"] },
      { notes: ["b", "c"] },
      { notes: ["a", "d"], of: "CsI 2017 alone" },
    ]);
    expect(others).toEqual(["a", "b", "c", "CsI 2017 alone: d"]);
  });

  it("warn of events that count twice, and leave out what the page says elsewhere", () => {
    const spec = parseSpec({
      experiments: ["coherent-csi-2017", "coherent-csi-2021@energy"],
      allowOverlap: true,
      parameters: { xi_T: 0.1 },
    });
    const { warnings, others } = notesOf([
      { notes: prepare(spec, shippedLibrary()).notes },
      { notes: ["draft: few points"] },
    ]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^coherent-csi-2017 and coherent-csi-2021 hold some of the same events/);
    expect(others).toHaveLength(1);
    expect(others[0]).toMatch(/^the coherent tensor term/);
  });
});
