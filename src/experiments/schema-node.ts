/** JSON Schemas of our zod schemas, to be walked beside the data. */
import { z } from "zod";
import type { SchemaNode } from "./schema-walk.ts";

// Schemas are constants of their modules: what is remembered can never be anything else.
const known = new WeakMap<z.ZodType, SchemaNode>();

/**
 * JSON Schema (draft 2020-12) of a zod schema. It is derived when it is first asked for, and once: that takes as long as
 * reading an experiment, and a start must not pay for it.
 * @param schema a schema that JSON Schema can express
 */
export function schemaNode(schema: z.ZodType): SchemaNode {
  const found = known.get(schema) ?? (z.toJSONSchema(schema) as SchemaNode);
  known.set(schema, found);
  return found;
}
