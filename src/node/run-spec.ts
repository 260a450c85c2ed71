/** What a run is: the answer to whether a folder holds this calculation or another one. */

import { createHash } from "node:crypto";

/** A column of the shards. */
export interface Column {
  readonly name: string;
  readonly type: "float64" | "int32";
}

/** Everything that the numbers of a run depend on; plain JSON. */
export interface RunSpec {
  readonly kind: "scan" | "toys" | "fc";
  /** Of nurecoil. */
  readonly version: string;
  /** Of the random streams; null: none are drawn. */
  readonly seed: number | null;
  /** The analysis. */
  readonly spec: object;
  /** What else the numbers depend on, such as the number of toys and the contents of data files. */
  readonly settings: object;
  readonly shards: number;
  readonly columns: readonly Column[];
}

/** SHA-256 of the canonical JSON of a run's spec, in hexadecimal. */
export function runHash({ kind, version, seed, spec, settings, shards, columns }: RunSpec): string {
  return sha256(canonicalJson({ kind, version, seed, spec, settings, shards, columns }));
}

/** SHA-256 in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * JSON with one form only: keys sorted, no white space, keys with undefined left out.
 * @throws Error for a number that is not finite
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${value} has no JSON`);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  // By code units, as `<` compares: no locale has a say.
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/**
 * Where two plain values differ, depth first, in the order of the first one's keys.
 * @param there the value on disk
 * @param now the value of this call
 * @returns lines such as `spec.grid[0].n is 40 there, 50 now`
 */
export function differences(there: unknown, now: unknown, path = ""): string[] {
  if (isBranch(there) && isBranch(now) && Array.isArray(there) === Array.isArray(now)) {
    const keys = new Set([...Object.keys(there), ...Object.keys(now)]);
    const name = (key: string): string =>
      Array.isArray(there) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    return [...keys].flatMap((key) => differences(there[key], now[key], name(key)));
  }
  const [before, after] = [there, now].map((value) => (value === undefined ? "absent" : canonicalJson(value)));
  return before === after ? [] : [`${path} is ${before} there, ${after} now`];
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
