/** Where results go: a table or JSON on stdout, a file on request; messages on stderr. */

import { type Stats, statSync } from "node:fs";
import { dirname, extname } from "node:path";
import { NurecoilError, usageError } from "../errors.ts";
import { writeFileAtomic } from "../node/write-folder.ts";
import { toJson } from "../report/json.ts";
import type { Options } from "./command.ts";
import { figureEndings } from "./figure-output.ts";
import { hepdataEndings } from "./hepdata-output.ts";

/** A result in all its forms. */
interface Report {
  readonly result: object;
  /** For people. */
  readonly table: () => string;
  /** Further forms by the ending of a file name, e.g. `.csv`. */
  readonly forms?: Readonly<Record<string, () => string | Uint8Array>>;
}

export interface OutputChoice {
  /** Endings with a form of their own. */
  readonly forms?: readonly string[];
  /** Form of a file whose ending says nothing; null: such a name is refused. JSON by default. */
  readonly fallback?: string | null;
  /** What else a name may be, for the hint of one that is refused. */
  readonly otherwise?: string;
}

/** Hand a report to the user. */
export type Deliver = (report: Report) => void;

/**
 * Check `--output` before the work starts, and return what delivers the result after it.
 * @throws NurecoilError (usage) when the file exists without `--force`, or its name asks for a form there is not
 */
export function openOutput(options: Options, choice: OutputChoice = {}): Deliver {
  const { output } = options;
  const form = output === undefined ? undefined : formOf(output, choice);
  if (output !== undefined) checkTarget(output, options.force === true);
  return ({ result, table, forms: writers = {} }) => {
    if (output !== undefined && form !== undefined) {
      const data = (writers[form] ?? (() => toJson(result)))();
      writeFileAtomic(output, data, { force: options.force === true });
      say(options, `wrote ${output}`);
    }
    if (options.json === true) print(toJson(result));
    else if (output === undefined || options.quiet !== true) print(table());
  };
}

/** Write to stdout, with a final newline. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** A message for people on stderr, unless they asked for quiet. */
export function say(options: Options, message: string): void {
  if (options.quiet !== true) process.stderr.write(`nurecoil: ${message}\n`);
}

/** Endings that ask for a form: a command without it refuses them. */
const TELLING = [".csv", ".yml", ...hepdataEndings, ...figureEndings];

function formOf(path: string, choice: OutputChoice): string {
  const { fallback = ".json", otherwise } = choice;
  const forms = [".json", ...(choice.forms ?? [])];
  const ending = extname(path).toLowerCase();
  if (forms.includes(ending)) return ending;
  if (fallback === null || TELLING.includes(ending))
    throw usageError(
      `${path}: cannot write this as "${ending}"`,
      [`end the name with ${forms.join(" or ")}`, otherwise].filter((hint) => hint !== undefined).join("; "),
    );
  return fallback;
}

/** The same conditions that writing has, before an hour of work rather than after it. */
function checkTarget(path: string, force: boolean): void {
  const [found, folder] = [path, dirname(path)].map((one) => look(path, one));
  const problem =
    folder?.isDirectory() !== true
      ? { message: "its folder does not exist" }
      : found?.isDirectory() === true
        ? { message: "is a folder" }
        : found !== undefined && !force
          ? { message: "exists already", hint: "--force replaces it" }
          : undefined;
  if (problem !== undefined) throw new NurecoilError("usage", [{ file: path, ...problem }]);
}

function look(path: string, place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch (error) {
    throw new NurecoilError("usage", [{ file: path, message: `cannot be written: ${(error as Error).message}` }]);
  }
}
