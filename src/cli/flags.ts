/** Flags that several commands share. Registries give the choices, so a new one needs no change here. */

import { type Command, InvalidArgumentError } from "commander";
import { dataKinds, pullTreatments } from "../analysis/spec.ts";
import { conventions } from "../interactions/generalized.ts";
import { recoils } from "../interactions/structures.ts";
import { formFactors } from "../nuclei/form-factors/index.ts";

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A name of a file or folder; an empty one comes from a shell variable that is not set. */
function path(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It names no file.");
  return value;
}

/**
 * Flags of every command.
 * @param content what `--output` writes
 */
export function addOutputFlags(command: Command, content: string): Command {
  return command
    .option("--json", "one JSON object on stdout and nothing else")
    .option("-o, --output <path>", content, path)
    .option("--force", "replace what exists")
    .option("--quiet", "no progress and no messages; with --output no table either");
}

/** Flags of every analysis. */
export function addAnalysisFlags(command: Command): Command {
  return command
    .option("--spec <file>", "analysis as JSON (- for stdin); flags win over it")
    .option("--set <name=value>", "fix a coupling or a nuisance (repeatable)", collect)
    .option(
      "--experiment-set <id.name=VALUE UNIT>",
      'input or choice of an experiment, e.g. "coherent-csi-2017.mass=20 kg" (repeatable)',
      collect,
    )
    .option("--range <name=lo:hi>", "search range, or side of the window (repeatable)", collect)
    .option("--likelihood <name>", "likelihood of all experiments")
    .option("--convention <letter>", `coupling convention: ${conventions.join(", ")} (default: B)`)
    .option("--recoil <terms>", `recoil terms: ${recoils.join(", ")} (default: full)`)
    .option("--form-factor <model>", `${Object.keys(formFactors).join(", ")} (default: the experiment's)`);
}

/**
 * Flags of every analysis of data: which data, and how experiments go together.
 * @param truth what `--truth` is
 */
export function addDataFlags(
  command: Command,
  truth = "coupling or nuisance that Asimov data are made with (repeatable)",
): Command {
  return command
    .option(
      "--data <kind>",
      `${dataKinds.join(" or ")}: data of all experiments (default: observed, where there are any)`,
    )
    .option("--truth <name=value>", truth, collect)
    .option("--uncorrelated", "every experiment has a flux pull of its own")
    .option("--allow-overlap", "combine experiments that contain the same events; results say so");
}

/**
 * Flags that choose confidence levels.
 * @param standard the default ones
 */
export function addLevelFlags(command: Command, standard = "0.90,0.99"): Command {
  return command
    .option("--cl <list>", `confidence levels, e.g. 0.68,0.95 (default: ${standard})`)
    .option("--sigma <list>", "levels in Gaussian standard deviations, e.g. 1,2");
}

/** A flag with names separated by commas, repeatable. */
export function addNamesFlag(command: Command, flag: string, description: string): Command {
  return command.option(`--${flag} <names>`, description, collect);
}

export function addGridFlag(command: Command): Command {
  return command.option("--grid <name=lo:hi:n>", "n points from lo to hi, ends included (once or twice)", collect);
}

/** Flags of every calculation that may go into a run folder. */
export function addRunFlags(command: Command): Command {
  return command.option("--take-over", "go on in a run folder although another process has locked it");
}

/**
 * Flags of every calculation with toys.
 * @param count what `--toys` counts
 */
export function addToyFlags(command: Command, count: string): Command {
  return command
    .option("--toys <n>", count)
    .option("--seed <n>", "seed of the random numbers (default: 1)")
    .option("--pulls <treatment>", `nuisances of toys: ${pullTreatments.join(", ")} (default: profiled)`)
    .option("--workers <n>", "workers side by side; the result is the same for any number (default: all cores)");
}
