/**
 * What every part of the experiment format is made of: names, numbers, units, and strings that name something declared
 * elsewhere in the file. Such a string carries `x-reference` in the schema, so one pass over schema and data finds
 * every name that leads nowhere, in this part of the format and in every part added later.
 */
import { z } from "zod";
import { unitNames } from "../units.ts";

/** What an input must be where it is used: any finite number, at least 0, above 0, or an efficiency in [0, 1]. */
export type InputRange = "any" | "non-negative" | "positive" | "efficiency";

/** The `x-reference` annotation of a string in the schema: what it names. */
export interface Reference {
  readonly to: "sources" | "inputs" | "tables" | "columns" | "axes" | "components";
  /** Required dimension of an input, as `dimensionOf` calls it. */
  readonly dimension?: string;
  readonly range?: InputRange;
}

/** Names and ids: lower-case words joined by hyphens. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower-case letters and digits, words joined by single hyphens");

export const textSchema = z.string().min(1);

export const unitSchema = z.enum(unitNames as [string, ...string[]]).describe("Unit, exactly as the project writes it");

/** A string that names something declared elsewhere in the file. */
export function referenceTo(to: Reference["to"], description: string) {
  return z.string().meta({ description, "x-reference": { to } satisfies Reference });
}

/** The name of an input that must have this dimension and range. */
export function inputReference(dimension: string, range: InputRange, description: string) {
  return z.string().meta({ description, "x-reference": { to: "inputs", dimension, range } satisfies Reference });
}

/** The name of an input of any dimension: a factor of the number of events. */
export function factorReference(range: InputRange, description: string) {
  return z.string().meta({ description, "x-reference": { to: "inputs", range } satisfies Reference });
}

export const sourceReference = referenceTo("sources", "Where it comes from: a key of `sources`");

/** A list whose entries differ in one field, by which the rest of the project calls them. */
export function listUniqueBy<T extends z.ZodType>(key: string, entry: T) {
  return z.array(entry).meta({ "x-unique": key });
}
