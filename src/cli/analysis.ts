/** From arguments, flags and a spec file to an analysis. Flags win over the file. */

import { readFileSync, readSync } from "node:fs";
import { basename, resolve } from "node:path";
import { searchedNames } from "../analysis/checks.ts";
import { type AnalysisSpec, dataKinds, type ExperimentChoice, parseSpec, pullTreatments } from "../analysis/spec.ts";
import { NurecoilError, suggestion } from "../errors.ts";
import { readJson } from "../experiments/json.ts";
import { conventions } from "../interactions/generalized.ts";
import { recoils } from "../interactions/structures.ts";
import { formFactors } from "../nuclei/form-factors/index.ts";
import type { Options } from "./command.ts";
import { type FlagReader, flagReader } from "./flag-values.ts";

/**
 * The spec of a command line.
 * @param experiments arguments `id`, `id@likelihood` or the path of an experiment's folder; they replace the file's
 * @param also what else a command has to say about its flags and the file
 * @throws NurecoilError (usage) listing every flag that cannot be read; (file) when the spec file is wrong
 */
export function readAnalysis(
  experiments: readonly string[],
  options: Options,
  also?: (flags: FlagReader, written: AnalysisSpec) => void,
): AnalysisSpec {
  const written = options.spec === undefined ? parseSpec({}) : readSpecFile(options.spec);
  const flags = flagReader();
  const choices = withSettings(
    withData(chooseExperiments(experiments, options, written), flags, options),
    flags,
    options,
  );
  const set = flags.assignments("set", options.set ?? []);
  const lists = readLists(flags, options);
  const spec = { ...written, ...readChoices(flags, options), ...readLevels(flags, options) };
  const ranges = flags.ranges("range", options.range ?? []);
  const truth = flags.assignments("truth", options.truth ?? []);
  const toys = readToys(flags, options);
  const seed =
    options.seed === undefined ? written.seed : flags.integer("seed", options.seed, 0, Number.MAX_SAFE_INTEGER, "seed");
  also?.(flags, written);
  if (flags.issues.length > 0) throw new NurecoilError("usage", flags.issues);

  // What a flag frees the file no longer fixes, and the other way round.
  const freed = new Set([
    ...(lists.free ?? []),
    ...(lists.profile ?? []),
    ...(lists.plane ?? []),
    ...(lists.grid ?? []).map((axis) => axis.name),
    ...(toys.parameter === undefined ? [] : [toys.parameter]),
  ]);
  const kept = Object.entries(written.parameters).filter(([name]) => !freed.has(name));
  const unset = (names: readonly string[]): string[] => names.filter((name) => !Object.hasOwn(set, name));
  const merged = {
    ...spec,
    experiments: choices,
    truth: { ...written.truth, ...truth },
    parameters: { ...Object.fromEntries(kept), ...set },
    free: lists.free ?? unset(written.free),
    profile: lists.profile ?? unset(written.profile),
    grid: lists.grid ?? written.grid.filter((axis) => !Object.hasOwn(set, axis.name)),
    // A parameter and a plane are never tested together: the one that a flag names wins.
    plane: lists.plane ?? (toys.parameter === undefined ? written.plane : null),
    seed,
    ...withToys(written, toys, lists.plane !== undefined || Object.hasOwn(set, written.toys?.parameter ?? "")),
  };
  // Ranges of the file go with what it searches: a flag that ends the search of a parameter ends its range.
  const dropped = searchedNames(written).filter((name) => !searchedNames(merged).includes(name));
  return { ...merged, ranges: { ...withoutNames(written.ranges, dropped), ...ranges } };
}

function withoutNames<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** A spec file, or standard input for `-`. @throws NurecoilError (file) listing every issue */
export function readSpecFile(path: string): AnalysisSpec {
  return readSpec(path).spec;
}

/** A spec file with the keys that stand in it: what is absent there has its default in the spec. */
export function readSpec(path: string): { readonly spec: AnalysisSpec; readonly written: readonly string[] } {
  const file = path === "-" ? "standard input" : path;
  let text: string;
  try {
    text = path === "-" ? readStandardInput() : readFileSync(path, "utf8");
  } catch (error) {
    throw new NurecoilError("file", [{ file, message: `cannot be read: ${(error as Error).message}` }]);
  }
  const { value, issues } = readJson(text, file);
  if (issues.length > 0) throw new NurecoilError("file", issues);
  const spec = parseSpec(value, file);
  return { spec, written: Object.keys(value as object) };
}

/** All of standard input; a pipe that has nothing yet is waited for. */
function readStandardInput(): string {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65536);
  for (;;) {
    try {
      const length = readSync(0, chunk);
      if (length === 0) return Buffer.concat(chunks).toString("utf8");
      chunks.push(Buffer.from(chunk.subarray(0, length)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return Buffer.concat(chunks).toString("utf8");
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** `id`, `id@likelihood`, or a path; what follows an @ with a slash belongs to a path. */
export function readExperimentArgument(text: string): ExperimentChoice {
  const at = text.lastIndexOf("@");
  const tail = text.slice(at + 1);
  const split = at > 0 && !/[/\\]/.test(tail);
  return { id: split ? text.slice(0, at) : text, likelihood: split ? tail : null, data: "observed", set: {} };
}

function chooseExperiments(
  args: readonly string[],
  { likelihood }: Options,
  written: AnalysisSpec,
): readonly ExperimentChoice[] {
  const chosen = args.map(readExperimentArgument);
  const clashes = chosen.filter((one) => likelihood !== undefined && ![null, likelihood].includes(one.likelihood));
  if (clashes.length > 0) {
    throw new NurecoilError(
      "usage",
      clashes.map((one) => ({
        message: `${one.id}@${one.likelihood} and --likelihood ${likelihood} contradict each other`,
        hint: "--likelihood is for all experiments",
      })),
    );
  }
  const experiments = chosen.length > 0 ? chosen : written.experiments;
  return likelihood === undefined ? experiments : experiments.map((one) => ({ ...one, likelihood }));
}

/** `--data` is for all experiments. */
function withData(
  choices: readonly ExperimentChoice[],
  flags: FlagReader,
  { data }: Options,
): readonly ExperimentChoice[] {
  if (data === undefined) return choices;
  const chosen = flags.choice("data", data, dataKinds) as ExperimentChoice["data"];
  return choices.map((one) => ({ ...one, data: chosen }));
}

/** Inputs and choices by flags, which win over the file name by name. What they mean only the experiment knows. */
function withSettings(
  choices: readonly ExperimentChoice[],
  flags: FlagReader,
  { experimentSet }: Options,
): readonly ExperimentChoice[] {
  const set = choices.map((): Record<string, string> => ({}));
  for (const { experiment, name, value } of flags.settings("experiment-set", experimentSet ?? [])) {
    const meant = set.filter((_, i) => isCalled(choices[i]!, experiment));
    if (meant.length === 0) {
      const hint = choices.length === 0 ? "no experiment is given" : suggestion(experiment, choices.map(idOf));
      flags.report(`--experiment-set: "${experiment}" is no experiment of this analysis`, hint);
    } else if (meant.some((settings) => Object.hasOwn(settings, name)))
      flags.report(`--experiment-set: "${name}" of ${experiment} is given twice`, "give it once");
    for (const settings of meant) settings[name] = value;
  }
  return choices.map((one, i) => ({ ...one, set: { ...one.set, ...set[i]! } }));
}

/** An experiment is called by its id or as it was given. */
function isCalled(choice: ExperimentChoice, name: string): boolean {
  return name === choice.id || name === idOf(choice);
}

/** The folder of an experiment is named after its id. */
function idOf({ id }: ExperimentChoice): string {
  return /[/\\]/.test(id) || /^\.{1,2}$/.test(id) ? basename(resolve(id)) : id;
}

function readLists(flags: FlagReader, options: Options) {
  return {
    free: options.free && flags.names("free", options.free),
    profile: options.profile && flags.names("profile", options.profile),
    plane: options.plane === undefined ? undefined : flags.pair("plane", options.plane),
    grid: options.grid && flags.grids("grid", options.grid),
  };
}

function readChoices(flags: FlagReader, options: Options): Partial<AnalysisSpec> {
  const { convention, recoil, formFactor, dof, uncorrelated, allowOverlap } = options;
  return {
    ...(convention !== undefined && { convention: flags.choice("convention", convention, conventions) as "A" | "B" }),
    ...(recoil !== undefined && { recoil: flags.choice("recoil", recoil, recoils) as AnalysisSpec["recoil"] }),
    ...(formFactor !== undefined && { formFactor: flags.choice("form-factor", formFactor, Object.keys(formFactors)) }),
    ...(uncorrelated !== undefined && { uncorrelated }),
    ...(allowOverlap !== undefined && { allowOverlap }),
    ...(dof !== undefined && { dof: Number(flags.choice("dof", dof, ["1", "2"])) }),
  };
}

type Toys = NonNullable<AnalysisSpec["toys"]>;

/** Numbers of toys and points that stand for "any": what an analysis can hold is checked there. */
const ANY = Number.MAX_SAFE_INTEGER;

function readToys(flags: FlagReader, { toys, pulls, parameter, points }: Options): Partial<Toys> {
  return {
    ...(toys !== undefined && { count: flags.integer("toys", toys, 1, ANY, "number of toys") }),
    ...(pulls !== undefined && { pulls: flags.choice("pulls", pulls, pullTreatments) as Toys["pulls"] }),
    ...(parameter !== undefined && {
      parameter: flags.name("parameter", parameter, "one parameter; two: --plane a,b"),
    }),
    ...(points !== undefined && { points: flags.integer("points", points, 2, ANY, "number of points") }),
  };
}

/** The file's toys with what flags say; `freed`: its tested parameter is not tested any more. */
function withToys({ toys: written }: AnalysisSpec, flags: Partial<Toys>, freed: boolean): Pick<AnalysisSpec, "toys"> {
  if (written === undefined && Object.keys(flags).length === 0) return {};
  const { parameter, ...rest } = written ?? { pulls: "profiled" as const };
  return { toys: { ...rest, ...(parameter !== undefined && !freed && { parameter }), ...flags } };
}

/** A level flag replaces both ways in which the file may give levels. */
function readLevels(flags: FlagReader, { cl, sigma }: Options): Partial<AnalysisSpec> {
  if (cl === undefined && sigma === undefined) return {};
  return {
    cl: cl === undefined ? null : flags.numbers("cl", cl, 0, 1, "0.90,0.99"),
    sigma: sigma === undefined ? null : flags.numbers("sigma", sigma, 0, Number.POSITIVE_INFINITY, "1,2,3"),
  };
}
