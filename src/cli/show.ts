/** nurecoil show: everything about one thing. */

import type { Command } from "commander";
import { version } from "../version.ts";
import { findEntries } from "./catalogue/index.ts";
import type { ExitCode, Options } from "./command.ts";
import { addOutputFlags } from "./flags.ts";
import { openOutput } from "./output.ts";

export function define(command: Command): void {
  command.argument("<id>", "experiment, isotope, element, formula, form factor, parameter, interaction, flux, ...");
  addOutputFlags(command, "write it: file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const found = findEntries(args[0]!);
  const deliver = openOutput(options);
  deliver({
    result: {
      format: "nurecoil/show/1",
      version,
      found: found.map(({ section, entry }) => ({
        section,
        id: entry.id,
        summary: entry.summary,
        data: entry.data(),
        ...(entry.settings === undefined ? {} : { settings: entry.settings() }),
        sources: entry.sources(),
      })),
    },
    table: () => found.map(({ entry }) => entry.text()).join("\n\n\n"),
  });
  return 0;
}
