#!/usr/bin/env node
/** The command `nurecoil`: finds the command, loads its code, turns errors into messages and exit codes. */

import { Command, CommanderError } from "commander";
import { formatIssue, NurecoilError } from "../errors.ts";
import { version } from "../version.ts";
import type { Options } from "./command.ts";
import { commands } from "./commands.ts";

const exitCodes = { done: 0, incomplete: 1, usage: 2, file: 3, bug: 70 } as const;

const help = `
Exit codes:
  0  done
  1  done but incomplete: a point, toy, minimum or case without a converged answer, a point that toys left undecided,
     a region left open
  2  wrong command line
  3  a file is wrong, or cannot be written
  130  interrupted; in a run folder the same command goes on

Examples:
  nurecoil predict coherent-csi-2017
  nurecoil fit coherent-csi-2017 --free xi_V --cl 0.90,0.99
  nurecoil region coherent-csi-2017 --plane C_V_u,C_V_d --dof 1 --json -o region.json
  nurecoil help fit`;

function complain(text: string): void {
  process.stderr.write(`nurecoil: ${text}\n`);
}

async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command("nurecoil")
    .description("Coherent elastic neutrino-nucleus scattering: from data to allowed couplings")
    .version(version)
    .addHelpText("after", help)
    .exitOverride()
    .configureOutput({
      // One line: a suggestion follows the message, not the next line.
      outputError: (text) =>
        complain(
          text
            .replace(/^error: /, "")
            .trim()
            .replaceAll("\n", " "),
        ),
    });
  const words = argv.filter((word) => !word.startsWith("-"));
  const wanted = words[0] === "help" ? words[1] : words[0];
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary);
    if (name !== wanted) continue;
    const loaded = await load();
    loaded.define(command);
    command.action(async () => {
      exitCode = await loaded.run(command.args, command.opts<Options>());
    });
  }
  await program.parseAsync(argv, { from: "user" });
  return exitCode;
}

/** Message on stderr and exit code of whatever was thrown. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof NurecoilError) {
    for (const issue of error.issues) complain(formatIssue(issue));
    return exitCodes[error.kind];
  }
  complain(`unexpected error: ${error instanceof Error ? error.message : String(error)}`);
  complain("this is a bug; please report it with the command line and this message");
  return exitCodes.bug;
}

// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong then.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}
// No handler for SIGINT here: the calculations are synchronous and would not let it run. The default ends the process at
// once, which shells report as 130. Run folders, which have something to leave in order, stop between two steps; toys
// without one say that nothing is kept.
process.exitCode = await main(process.argv.slice(2)).catch(report);
