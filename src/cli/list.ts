/** nurecoil list: what there is. */

import type { Command } from "commander";
import { suggestion, usageError } from "../errors.ts";
import { blocks, columns } from "../report/columns.ts";
import { version } from "../version.ts";
import { sections } from "./catalogue/index.ts";
import type { ExitCode, Options } from "./command.ts";
import { addOutputFlags } from "./flags.ts";
import { openOutput } from "./output.ts";

const names = sections.map((section) => section.name);

export function define(command: Command): void {
  command.argument("[section]", `${names.join(", ")}; all of them by default`);
  addOutputFlags(command, "write the list: file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const wanted = args[0];
  if (wanted !== undefined && !names.includes(wanted))
    throw usageError(`there is no section "${wanted}"`, suggestion(wanted, names));
  const deliver = openOutput(options);
  const chosen = sections
    .filter((section) => wanted === undefined || section.name === wanted)
    .map((section) => ({ name: section.name, entries: section.entries() }));
  deliver({
    result: {
      format: "nurecoil/list/1",
      version,
      sections: Object.fromEntries(
        chosen.map(({ name, entries }) => [name, entries.map(({ id, summary }) => ({ id, summary }))]),
      ),
    },
    table: () =>
      blocks(
        ...chosen.map(({ name, entries }) => {
          const rows = entries.map(({ id, summary }) => [id, summary]);
          return `${name}\n${rows.length === 0 ? "  none" : columns(rows, "<<", "  ")}`;
        }),
      ),
  });
  return 0;
}
