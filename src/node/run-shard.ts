/**
 * Shards: Parquet files whose key-value metadata say to which run they belong. The same values make the same bytes: no
 * clock, host or process number is inside.
 *
 * Parquet does not notice a changed value, and a reader may fill all memory with a damaged file. So a shard holds the
 * SHA-256 of its own bytes (those of the hash itself taken as zeros), which is checked before anything is parsed.
 */

import { type ColumnData, parquetMetadata, parquetRead } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { type Column, sha256 } from "./run-spec.ts";

/** Values by column name. */
export type ShardColumns = Readonly<Record<string, Float64Array | Int32Array>>;

/** What a shard says about itself. */
export interface ShardLabel {
  readonly kind: string;
  /** Of the run's spec. */
  readonly hash: string;
  readonly version: string;
  readonly seed: number | null;
  readonly shard: number;
  readonly rows: number;
}

/** A shard that was read: whole, cut or damaged, or part of something else. */
export type ShardReading =
  | { readonly state: "whole"; readonly columns: ShardColumns }
  | { readonly state: "broken"; readonly reason: string }
  | { readonly state: "foreign"; readonly reason: string };

/**
 * A shard as the bytes of a Parquet file: one row group, no nulls, plain encoding.
 * @throws Error when a column is missing or has another type or length than declared
 */
export function shardBytes(columns: readonly Column[], values: ShardColumns, label: ShardLabel): Uint8Array {
  for (const { name, type } of columns) {
    const data = values[name];
    const fits = type === "int32" ? data instanceof Int32Array : data instanceof Float64Array;
    if (!fits || data?.length !== label.rows) throw new Error(`column ${name} is not ${label.rows} x ${type}`);
  }
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, type }) => ({
        name,
        data: values[name]!,
        type: type === "int32" ? "INT32" : "DOUBLE",
        nullable: false,
        // A dictionary would take -0 for 0.
        encoding: "PLAIN",
      })),
      rowGroupSize: Math.max(1, label.rows),
      kvMetadata: [
        ...Object.entries(labelTexts(label)).map(([key, value]) => ({ key, value })),
        { key: HASH, value: BLANK },
      ],
      createdBy: `nurecoil version ${label.version}`,
    }),
  );
  const place = hashPlace(bytes);
  if (place === undefined) throw new Error("the metadata are not where they should be");
  bytes.set(textEncoder.encode(sha256(bytes)), place);
  return bytes;
}

/**
 * Read a shard and check it against what it should be: whole file, label, columns, number of rows.
 */
export async function readShard(
  bytes: Uint8Array,
  columns: readonly Column[],
  label: ShardLabel,
): Promise<ShardReading> {
  if (!isParquet(bytes)) return { state: "broken", reason: "it does not begin and end as Parquet does" };
  const place = hashPlace(bytes);
  if (place === undefined) return { state: "foreign", reason: `it has no ${HASH}` };
  // A copy: a small Buffer is a view of a larger one.
  const blank = new Uint8Array(bytes);
  blank.fill(BLANK.charCodeAt(0), place, place + BLANK.length);
  if (sha256(blank) !== textDecoder.decode(bytes.subarray(place, place + BLANK.length)))
    return { state: "broken", reason: "its bytes are not those that were written" };

  const file = blank.buffer;
  const metadata = parquetMetadata(file);
  const found = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
  const other = Object.entries(labelTexts(label)).find(([key, value]) => found[key] !== value);
  if (other !== undefined) {
    const [key, value] = other;
    return { state: "foreign", reason: `its ${key} is ${found[key] ?? "absent"}, not ${value}` };
  }
  const chunks: ColumnData[] = [];
  await parquetRead({ file, metadata, onChunk: (chunk) => chunks.push(chunk) });
  return {
    state: "whole",
    columns: Object.fromEntries(columns.map(({ name, type }) => [name, columnOf(name, type, chunks, label.rows)])),
  };
}

const MAGIC = "PAR1";
const HASH = "nurecoil.sha256";
const BLANK = "0".repeat(64);
const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder("latin1");

function isParquet(bytes: Uint8Array): boolean {
  const ends = [bytes.subarray(0, MAGIC.length), bytes.subarray(-MAGIC.length)];
  return bytes.length > 2 * MAGIC.length && ends.every((end) => textDecoder.decode(end) === MAGIC);
}

/** Where the hash stands: after its key, the type of a text field (compact Thrift: 0x18) and the length of the text. */
function hashPlace(bytes: Uint8Array): number | undefined {
  const before = Buffer.from([...textEncoder.encode(HASH), 0x18, BLANK.length]);
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(before);
  return at < 0 ? undefined : at + before.length;
}

function labelTexts({ kind, hash, version, seed, shard, rows }: ShardLabel): Record<string, string> {
  return {
    "nurecoil.format": "nurecoil/shard/1",
    "nurecoil.kind": kind,
    "nurecoil.version": version,
    "nurecoil.seed": seed === null ? "none" : String(seed),
    "nurecoil.hash": hash,
    "nurecoil.shard": String(shard),
    "nurecoil.rows": String(rows),
  };
}

function columnOf(
  name: string,
  type: Column["type"],
  chunks: readonly ColumnData[],
  rows: number,
): Float64Array | Int32Array {
  const parts = chunks.filter(({ columnName }) => columnName === name);
  const found = parts.reduce((sum, { columnData }) => sum + columnData.length, 0);
  if (found !== rows) throw new Error(`column ${name} has ${found} rows, not ${rows}`);
  const column = type === "int32" ? new Int32Array(rows) : new Float64Array(rows);
  for (const { columnData, rowStart } of parts) column.set(columnData as Float64Array, rowStart);
  return column;
}
