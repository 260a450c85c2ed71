/** Values of flags: text to numbers, names, ranges and grids, with an issue for each that cannot be read. */

import type { Issue } from "../errors.ts";
import { numberOf } from "../experiments/csv.ts";

interface GridAxis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** `id.name=VALUE UNIT`: an input or choice of an experiment. */
interface Setting {
  /** As typed: an id, or the path of an experiment's folder. */
  readonly experiment: string;
  readonly name: string;
  readonly value: string;
}

/** Reads the values of flags and keeps the issues it finds: they are thrown together. */
export interface FlagReader {
  readonly issues: readonly Issue[];
  /** Keep an issue that someone else found. */
  readonly report: (message: string, hint: string) => void;
  /** `--flag name=value`, each name once. */
  readonly assignments: (flag: string, texts: readonly string[]) => Record<string, number>;
  /** `--flag "id.name=VALUE UNIT"`. */
  readonly settings: (flag: string, texts: readonly string[]) => Setting[];
  /** `--flag name=lo:hi`, each name once. */
  readonly ranges: (flag: string, texts: readonly string[]) => Record<string, [number, number]>;
  /** `--flag name=lo:hi:n` with n >= 2, each name once. */
  readonly grids: (flag: string, texts: readonly string[]) => GridAxis[];
  /** `--flag a,b`, repeated flags joined. */
  readonly names: (flag: string, texts: readonly string[]) => string[];
  /** `--flag a`: exactly one. */
  readonly name: (flag: string, text: string, hint: string) => string;
  /** `--flag a,b`: exactly two. */
  readonly pair: (flag: string, text: string) => [string, string];
  /** `--flag 0.9,0.99` with every number inside (low, high), each once. */
  readonly numbers: (flag: string, text: string, low: number, high: number, example: string) => number[];
  /** `--flag 12`: a whole number in [low, high]. */
  readonly integer: (flag: string, text: string, low: number, high: number, what: string) => number;
  /** One of the values that exist. */
  readonly choice: (flag: string, text: string, valid: readonly string[]) => string;
}

export function flagReader(): FlagReader {
  const issues: Issue[] = [];
  const report = (message: string, hint: string): void => {
    issues.push({ message, hint });
  };
  const number = (flag: string, text: string): number => {
    const value = numberOf(text.trim());
    if (Number.isNaN(value)) report(`--${flag}: "${text}" is not a finite number`, "e.g. -0.25 or 1e-3");
    return value;
  };
  /** Split `name=rest`, refusing a second one of the same name. */
  const namedTexts = (flag: string, texts: readonly string[], form: string): [name: string, rest: string][] => {
    const seen = new Set<string>();
    return texts.flatMap((text): [string, string][] => {
      const [, name, rest] = /^\s*([^=\s]+)\s*=(.*)$/.exec(text) ?? [];
      if (name === undefined || rest === undefined) {
        report(`--${flag}: cannot read "${text}"`, `write --${flag} ${form}`);
        return [];
      }
      if (seen.has(name)) report(`--${flag}: "${name}" is given twice`, "give it once");
      seen.add(name);
      return [[name, rest]];
    });
  };
  const upwards = (flag: string, name: string, low: number, high: number): void => {
    if (low >= high) report(`--${flag} ${name}: ${low} is not below ${high}`, "write the lower end first");
  };
  const parts = (flag: string, name: string, rest: string, count: number, form: string): string[] | undefined => {
    const found = rest.split(":");
    if (found.length === count) return found;
    report(`--${flag}: cannot read "${name}=${rest}"`, `write --${flag} ${form}`);
    return undefined;
  };
  const namesOf = (flag: string, texts: readonly string[]): string[] =>
    texts.flatMap((text) => {
      const names = text.split(",").map((name) => name.trim());
      if (names.includes("")) report(`--${flag}: empty name in "${text}"`, `write --${flag} a,b`);
      return names.filter((name) => name !== "");
    });
  return {
    issues,
    report,
    assignments: (flag, texts) =>
      Object.fromEntries(namedTexts(flag, texts, "name=value").map(([name, rest]) => [name, number(flag, rest)])),
    settings: (flag, texts) =>
      texts.flatMap((text): Setting[] => {
        // Names have no dots, paths of folders may.
        const [, experiment, name, value] = /^\s*([^=]*[^=\s])\.([^=.\s]+)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
        if (experiment !== undefined && name !== undefined && value !== undefined) return [{ experiment, name, value }];
        report(`--${flag}: cannot read "${text}"`, `write --${flag} "id.name=VALUE UNIT"`);
        return [];
      }),
    ranges: (flag, texts) =>
      Object.fromEntries(
        namedTexts(flag, texts, "name=lo:hi").flatMap(([name, rest]): [string, [number, number]][] => {
          const found = parts(flag, name, rest, 2, "name=lo:hi");
          if (found === undefined) return [];
          const [low, high] = found.map((text) => number(flag, text)) as [number, number];
          upwards(flag, name, low, high);
          return [[name, [low, high]]];
        }),
      ),
    grids: (flag, texts) =>
      namedTexts(flag, texts, "name=lo:hi:n").flatMap(([name, rest]) => {
        const found = parts(flag, name, rest, 3, "name=lo:hi:n");
        if (found === undefined) return [];
        const [low, high] = found.slice(0, 2).map((text) => number(flag, text)) as [number, number];
        upwards(flag, name, low, high);
        const n = /^\s*\d+\s*$/.test(found[2]!) ? Number(found[2]) : Number.NaN;
        if (!(n >= 2)) report(`--${flag} ${name}: "${found[2]}" is no number of points`, "an integer from 2 on");
        return [{ name, low, high, n }];
      }),
    names: namesOf,
    name: (flag, text, hint) => {
      const name = text.trim();
      if (name === "" || name.includes(",")) report(`--${flag}: "${text}" is not one name`, hint);
      return name;
    },
    pair: (flag, text) => {
      const names = namesOf(flag, [text]);
      if (names.length !== 2) report(`--${flag}: "${text}" is not two names`, `write --${flag} a,b`);
      return names as [string, string];
    },
    numbers: (flag, text, low, high, example) => {
      const values = text.split(",").map((part) => {
        const value = number(flag, part);
        if (value <= low || value >= high) {
          const limits = high === Number.POSITIVE_INFINITY ? `above ${low}` : `between ${low} and ${high}`;
          report(`--${flag}: ${part.trim()} is not ${limits}`, `e.g. --${flag} ${example}`);
        }
        return value;
      });
      return [...new Set(values)];
    },
    integer: (flag, text, low, high, what) => {
      const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= low && value <= high)) {
        const limits = high === Number.MAX_SAFE_INTEGER ? `from ${low} on` : `from ${low} to ${high}`;
        report(`--${flag}: "${text}" is no ${what}`, `a whole number ${limits}`);
      }
      return value;
    },
    choice: (flag, text, valid) => {
      if (!valid.includes(text)) report(`--${flag}: unknown "${text}"`, `valid: ${valid.join(", ")}`);
      return text;
    },
  };
}
