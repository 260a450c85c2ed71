/** nurecoil import: an official data release becomes a folder of the experiment format. */

import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { suggestion, usageError } from "../errors.ts";
import { importers } from "../experiments/importers/index.ts";
import { importReleaseFolder } from "../node/experiment-folder.ts";
import { writeFolder } from "../node/write-folder.ts";
import { toJson } from "../report/json.ts";
import { version } from "../version.ts";
import type { ExitCode, Options } from "./command.ts";
import { addOutputFlags } from "./flags.ts";
import { print, say } from "./output.ts";

export function define(command: Command): void {
  command.argument("<release>", `data release: ${Object.keys(importers).join(", ")}`);
  command.argument("<folder>", "folder of the release");
  addOutputFlags(command, "folder to write");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const [release, folder] = args as [string, string];
  const { output } = options;
  const importer = Object.hasOwn(importers, release) ? importers[release] : undefined;
  if (importer === undefined)
    throw usageError(`unknown release "${release}"`, suggestion(release, Object.keys(importers)));
  if (output === undefined) throw usageError("import needs a folder to write", `-o ${importer.experiment}`);
  const files = importReleaseFolder(importer, folder);
  writeFolder(output, files, { force: options.force === true });
  const names = Object.keys(files);
  if (basename(resolve(output)) !== importer.experiment)
    say(options, `the folder must be called ${importer.experiment} to be read as an experiment`);
  if (options.json === true)
    print(
      toJson({
        format: "nurecoil/import/1",
        version,
        release,
        experiment: importer.experiment,
        folder: output,
        files: names,
      }),
    );
  else if (options.quiet !== true)
    print([`${importer.title}`, ...names.map((name) => `wrote ${output}/${name}`)].join("\n"));
  return 0;
}
