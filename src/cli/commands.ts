/** The command table. The code of a command is loaded when it is called, so that a start costs nothing. */

import type { CommandModule } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

export const commands: readonly CommandEntry[] = [
  { name: "list", summary: "what there is: experiments, nuclei, parameters, ...", load: () => import("./list.ts") },
  { name: "show", summary: "everything about one of them, with sources", load: () => import("./show.ts") },
  { name: "cite", summary: "BibTeX of data and formulas", load: () => import("./cite.ts") },
  {
    name: "schema",
    summary: "JSON Schema of a result, a spec or an experiment file",
    load: () => import("./schema.ts"),
  },
  {
    name: "spectrum",
    summary: "recoil spectrum and cross section, before the detector",
    load: () => import("./spectrum.ts"),
  },
  { name: "predict", summary: "events per bin of every component", load: () => import("./predict.ts") },
  { name: "chi2", summary: "chi^2 at given couplings", load: () => import("./chi2.ts") },
  { name: "fit", summary: "best fits (all of them) and confidence intervals", load: () => import("./fit.ts") },
  { name: "scan", summary: "chi^2 on a grid of one or two parameters", load: () => import("./scan.ts") },
  { name: "region", summary: "confidence regions of two parameters", load: () => import("./region.ts") },
  { name: "toys", summary: "goodness of fit and coverage by toys", load: () => import("./toys.ts") },
  {
    name: "fc",
    summary: "Feldman-Cousins interval or region: exact coverage by toys",
    load: () => import("./fc.ts"),
  },
  {
    name: "reproduce",
    summary: "the results of a paper beside ours, with figures and report",
    load: () => import("./reproduce.ts"),
  },
  { name: "import", summary: "an official data release as an experiment folder", load: () => import("./import.ts") },
];
