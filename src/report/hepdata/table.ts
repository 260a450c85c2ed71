/** A table of HEPData: columns of the same length, each row a point. */

/** Header of a column. */
export interface Header {
  readonly name: string;
  /** Absent: dimensionless. */
  readonly units?: string;
}

/** A value of an independent variable, or a bin. */
type Bin = { readonly value: number | string } | { readonly low: number; readonly high: number };

/** An uncertainty, one standard deviation unless the label says otherwise. */
type CellError =
  | { readonly symerror: number; readonly label: string }
  /** `minus` is negative or zero. */
  | { readonly asymerror: { readonly minus: number; readonly plus: number }; readonly label: string };

export interface Cell {
  readonly value: number | string;
  readonly errors?: readonly CellError[];
}

/** What a column holds for: name and value, e.g. `CL` and 90. */
export interface Qualifier {
  readonly name: string;
  readonly value: number | string;
  readonly units?: string;
}

export interface HepdataTable {
  /** At most 64 characters, each once in a submission. */
  readonly name: string;
  readonly description: string;
  /** What is observed, for searches. */
  readonly observables: readonly string[];
  readonly independent: readonly { readonly header: Header; readonly values: readonly Bin[] }[];
  readonly dependent: readonly {
    readonly header: Header;
    readonly qualifiers: readonly Qualifier[];
    readonly values: readonly Cell[];
  }[];
}

/** How HEPData writes what is not there. */
const ABSENT = "-";

/** Cells of numbers, null where there is none. */
export function cells(values: readonly (number | null)[]): readonly Cell[] {
  return values.map((value) => ({ value: value ?? ABSENT }));
}

/** A value with a symmetric error; HEPData refuses errors of zero. */
export function cellWithError(value: number, error: number | null | undefined, label: string): Cell {
  return error === null || error === undefined || !(error > 0)
    ? { value }
    : { value, errors: [{ symerror: error, label }] };
}

/** Header of a parameter: neutron radii are in fm, pulls in the unit given, all others are dimensionless. */
export function parameterHeader(name: string, units: Readonly<Record<string, string>> = {}): Header {
  const unit = /^R_n_/.test(name) ? "fm" : units[name];
  return unit === undefined ? { name } : { name, units: unit };
}
