/** The project itself as a source: for definitions that no release and no paper gives. */
import type { Source } from "../sources.ts";

/** Cite the project for a choice of its own; the description beside it says what was chosen. */
export const projectSource: Source = {
  key: "nurecoil",
  type: "misc",
  authors: "nurecoil developers",
  title: "nurecoil: coherent elastic neutrino-nucleus scattering from released data to allowed couplings",
  year: 2026,
};
