/** Inputs by name in internal units, as a likelihood of an experiment uses them. */

import { toInternal } from "../units.ts";
import type { ParsedExperiment } from "./parse.ts";

/** Value of an input in its internal unit. */
export type InputReader = (name: string) => number;

export function inputReader(parsed: ParsedExperiment): InputReader {
  return (name) => {
    const { value, unit } = parsed.file.inputs[name]!;
    return toInternal(value, unit);
  };
}

/** The same inputs with some called by other names. */
export function withReplaced(input: InputReader, replaced: Readonly<Record<string, string>>): InputReader {
  return (name) => input(Object.hasOwn(replaced, name) ? replaced[name]! : name);
}

/** The same inputs with one scaled. */
export function withScaled(input: InputReader, scaled: string, factor: number): InputReader {
  return (name) => input(name) * (name === scaled ? factor : 1);
}
