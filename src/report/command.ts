/** The command line that asks the question of a spec. */

import { searchedNames } from "../analysis/checks.ts";
import { type AnalysisSpec, parseSpec, type SpecInput } from "../analysis/spec.ts";

/** Commands that answer a question of a spec. */
export type Question = "chi2" | "predict" | "fit" | "region" | "scan";

export interface CommandLine {
  /** For a POSIX shell. */
  readonly command: string;
  /** The file `spec.json` that the command reads, as JSON; null: flags say everything. */
  readonly spec: string | null;
}

/** Name of the file of what flags cannot say. */
const SPEC_FILE = "spec.json";

/**
 * The command line that asks a question of a spec: flags for what differs from the defaults. What no flag can say (radii
 * of a form factor, spin responses, data that differ between experiments) goes into a spec file with all the rest.
 * @param input the spec; what the question does not read is left out
 * @param at values at the point asked about: for `chi2` and `predict`, in place of what the spec searches
 * @throws NurecoilError (usage) for what is no spec
 * @example commandOf("fit", { experiments: ["coherent-csi-2017"], free: ["xi_V"], cl: [0.9] }).command ===
 * "nurecoil fit coherent-csi-2017 --free xi_V --cl 0.9"
 */
export function commandOf(
  question: Question,
  input: SpecInput,
  at: Readonly<Record<string, number>> = {},
): CommandLine {
  const spec = questionSpec(question, input, at);
  const words = flagsOf(spec);
  if (words === undefined)
    return { command: `nurecoil ${question} --spec ${SPEC_FILE}`, spec: `${JSON.stringify(written(spec), null, 2)}\n` };
  return { command: ["nurecoil", question, ...words].map(quoted).join(" "), spec: null };
}

/**
 * What a question reads of a spec. Free parameters of a region are profiled at every point, as it treats them.
 * @param at values at the point asked about: for `chi2` and `predict`
 * @throws NurecoilError (usage) for what is no spec
 */
export function questionSpec(
  question: Question,
  input: SpecInput,
  at: Readonly<Record<string, number>> = {},
): AnalysisSpec {
  const point = question === "chi2" || question === "predict";
  const { toys: _, ...spec } = parseSpec(point ? { ...input, parameters: { ...input.parameters, ...at } } : input);
  const plane = question === "region" ? spec.plane : null;
  const searched = {
    free: question === "fit" ? spec.free : [],
    plane,
    profile:
      question === "scan"
        ? spec.profile
        : question === "region"
          ? [...new Set([...spec.profile, ...spec.free])].filter((name) => !plane?.includes(name))
          : [],
    grid: question === "scan" ? spec.grid : [],
  };
  const names = searchedNames(searched);
  const levels = question === "fit" || question === "region";
  return {
    ...spec,
    ...searched,
    ranges: Object.fromEntries(Object.entries(spec.ranges).filter(([name]) => names.includes(name))),
    cl: levels ? spec.cl : null,
    sigma: levels ? spec.sigma : null,
    dof: question === "region" ? spec.dof : null,
    seed: null,
  };
}

/** A name that stands in lists and before `=`. */
const NAME = /^[A-Za-z_][\w.+-]*$/;
/** An experiment as an argument: no flag, no second meaning of `@`, `=` or a dot. */
const EXPERIMENT = /^[^\s@=-][^\s@=]*$/;

/** Arguments and flags; undefined for what they cannot say. */
function flagsOf(spec: AnalysisSpec): readonly string[] | undefined {
  const { experiments, parameters, truth, ranges, grid, cl, sigma, formFactor } = spec;
  const kinds = [...new Set(experiments.map(({ data }) => data))];
  const ids = experiments.map(({ id }) => id);
  const names = [...searchedNames(spec), ...Object.keys(parameters), ...Object.keys(truth)];
  const sayable =
    ids.every((id) => EXPERIMENT.test(id)) &&
    new Set(ids).size === ids.length &&
    kinds.length <= 1 &&
    experiments.every(({ likelihood }) => likelihood === null || NAME.test(likelihood)) &&
    experiments.every(({ set }) =>
      Object.entries(set).every(([name, value]) => /^[\w-]+$/.test(name) && value.trim() === value && value !== ""),
    ) &&
    names.every((name) => NAME.test(name)) &&
    Object.values(ranges).every(([low, high]) => low < high) &&
    grid.every(({ low, high }) => low < high) &&
    new Set(grid.map(({ name }) => name)).size === grid.length &&
    isList(cl, 1) &&
    isList(sigma, Number.POSITIVE_INFINITY) &&
    (formFactor === null || typeof formFactor === "string") &&
    Object.keys(spec.spinResponse).length === 0;
  if (!sayable) return undefined;
  const list = (flag: string, values: readonly (string | number)[] | null): string[] =>
    values === null || values.length === 0 ? [] : [flag, values.join(",")];
  const each = (flag: string, values: readonly string[]): string[] => values.flatMap((value) => [flag, value]);
  return [
    ...experiments.map(({ id, likelihood }) => (likelihood === null ? id : `${id}@${likelihood}`)),
    ...list("--free", spec.free),
    ...list("--plane", spec.plane),
    ...each(
      "--grid",
      grid.map(({ name, low, high, n }) => `${name}=${low}:${high}:${n}`),
    ),
    ...list("--profile", spec.profile),
    ...each(
      "--set",
      Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    ),
    ...each(
      "--range",
      Object.entries(ranges).map(([name, [low, high]]) => `${name}=${low}:${high}`),
    ),
    ...list("--cl", cl),
    ...list("--sigma", sigma),
    ...(spec.dof === null ? [] : ["--dof", String(spec.dof)]),
    ...(kinds[0] === "asimov" ? ["--data", "asimov"] : []),
    ...each(
      "--truth",
      Object.entries(truth).map(([name, value]) => `${name}=${value}`),
    ),
    ...each(
      "--experiment-set",
      experiments.flatMap(({ id, set }) => Object.entries(set).map(([name, value]) => `${id}.${name}=${value}`)),
    ),
    ...(spec.convention === defaults.convention ? [] : ["--convention", spec.convention]),
    ...(spec.recoil === defaults.recoil ? [] : ["--recoil", spec.recoil]),
    ...(typeof formFactor === "string" ? ["--form-factor", formFactor] : []),
    ...(spec.uncorrelated ? ["--uncorrelated"] : []),
    ...(spec.allowOverlap ? ["--allow-overlap"] : []),
  ];
}

const defaults = parseSpec({});

/** Levels as a flag takes them: inside (0, high), each once, at least one. */
function isList(levels: readonly number[] | null, high: number): boolean {
  if (levels === null) return true;
  return levels.length > 0 && new Set(levels).size === levels.length && levels.every((one) => one > 0 && one < high);
}

/** What differs from the defaults. */
function written(spec: AnalysisSpec): object {
  const entries = Object.entries(spec).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key as keyof AnalysisSpec]),
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === "experiments" ? spec.experiments.map(writtenChoice) : value]),
  );
}

function writtenChoice({ id, likelihood, data, set }: AnalysisSpec["experiments"][number]): object {
  return {
    id,
    ...(likelihood !== null && { likelihood }),
    ...(data !== "observed" && { data }),
    ...(Object.keys(set).length > 0 && { set }),
  };
}

/** A word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
