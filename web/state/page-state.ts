/** The state of the page: an analysis, where its point is, and what is looked at. */

import type { SpecInput } from "nurecoil/analysis";

export type Tab = "analysis" | "gallery";

/** What is looked at: nothing here changes a number. */
export interface View {
  readonly tab: Tab;
  /** Experiment whose spectrum is shown; null: the first. */
  readonly spectrum: string | null;
  /** Axis of the spectrum by experiment: index among its axes. */
  readonly axes: Readonly<Record<string, number>>;
  /** Whether the plane shows each experiment beside the combination. */
  readonly each: boolean;
  /** Published claims drawn over profiles and planes, by the id of their paper. */
  readonly claims: readonly string[];
  /** Window of the plane where the user has zoomed; null: the region's own. */
  readonly window: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null;
}

export interface PageState {
  /** As a file of the command's `--spec`. */
  readonly spec: SpecInput;
  /** Where the free couplings are: what the sliders show. */
  readonly at: Readonly<Record<string, number>>;
  readonly view: View;
}

export const plainView: View = {
  tab: "analysis",
  spectrum: null,
  axes: {},
  each: true,
  claims: [],
  window: null,
};

/** What a visitor sees who comes without an address: the first observation, two universal couplings. */
export const firstState: PageState = {
  spec: {
    experiments: ["coherent-csi-2017"],
    free: ["xi_S", "xi_V"],
    parameters: { xi_T: 0 },
    plane: ["xi_S", "xi_V"],
    cl: [0.68, 0.9, 0.95, 0.99],
  },
  at: { xi_S: 0, xi_V: 0 },
  view: plainView,
};
