/** nurecoil schema: JSON Schema (draft 2020-12) of everything that is read or written as JSON. */

import type { Command } from "commander";
import { z } from "zod";
import {
  chi2Schema,
  fitSchema,
  predictSchema,
  regionSchema,
  reproduceSchema,
  scanSchema,
  spectrumSchema,
} from "../analysis/results.ts";
import { specInputSchema } from "../analysis/spec.ts";
import { fcSchema, toysSchema } from "../analysis/toy-results.ts";
import { suggestion, usageError } from "../errors.ts";
import { experimentJsonSchema } from "../experiments/schema.ts";
import { toJson } from "../report/json.ts";
import type { ExitCode, Options } from "./command.ts";
import { addOutputFlags } from "./flags.ts";
import { openOutput } from "./output.ts";

const results = {
  predict: predictSchema,
  chi2: chi2Schema,
  fit: fitSchema,
  scan: scanSchema,
  region: regionSchema,
  toys: toysSchema,
  fc: fcSchema,
  spectrum: spectrumSchema,
  reproduce: reproduceSchema,
} as const;

const schemas: Readonly<Record<string, () => Record<string, unknown>>> = {
  experiment: experimentJsonSchema,
  // What people write: fields with a default may be left out.
  spec: () => ({ ...z.toJSONSchema(specInputSchema, { io: "input" }), title: "nurecoil/spec" }),
  ...Object.fromEntries(
    Object.entries(results).map(([name, schema]) => [
      name,
      () => ({ ...z.toJSONSchema(schema), title: `nurecoil/${name}/1` }),
    ]),
  ),
};

export function define(command: Command): void {
  command.argument("<format>", Object.keys(schemas).join(", "));
  addOutputFlags(command, "write the schema: file.json");
}

export function run(args: readonly string[], options: Options): ExitCode {
  const format = args[0]!;
  const schema = Object.hasOwn(schemas, format) ? schemas[format] : undefined;
  if (schema === undefined) throw usageError(`unknown format "${format}"`, suggestion(format, Object.keys(schemas)));
  const deliver = openOutput(options);
  const result = schema();
  deliver({ result, table: () => toJson(result) });
  return 0;
}
