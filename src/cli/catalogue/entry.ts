/** What `list`, `show` and `cite` know about a thing. */

import type { Source } from "../../experiments/sources.ts";

export interface Entry {
  readonly id: string;
  /** One line. */
  readonly summary: string;
  /** Everything about it, for people. */
  readonly text: () => string;
  /** The same as plain data. */
  readonly data: () => Readonly<Record<string, unknown>>;
  /** What the user can set of it, for JSON beside the data. */
  readonly settings?: () => Readonly<Record<string, unknown>>;
  readonly sources: () => readonly Source[];
}

/** Entries of one kind. */
export interface Section {
  /** As `list` takes it, e.g. `form-factors`. */
  readonly name: string;
  readonly entries: () => readonly Entry[];
  /** Entries that exist without being listed: single isotopes, formulas, folders of the user. */
  readonly find?: (id: string) => Entry | undefined;
}
