import { describe, expect, it } from "vitest";
import { experimentLibrary } from "../../src/cli/experiment-library.ts";
import { shippedLibrary } from "../../src/node/library.ts";

describe.each([
  ["shipped experiments", shippedLibrary],
  ["experiments of the command line", experimentLibrary],
])("library of %s", (_, open) => {
  it("reads an experiment once", () => {
    const library = open();
    const first = library.load("coherent-csi-2017");
    library.load("sbc-lar10-inin");
    expect(library.load("coherent-csi-2017")).toBe(first);
    expect(first.file.id).toBe("coherent-csi-2017");
  });
});
