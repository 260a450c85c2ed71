/** Numbers with units as people type them. */
import { nearest } from "../errors.ts";
import { dimensionOf, toInternal, unitNames } from "../units.ts";
import { numberOf } from "./csv.ts";

export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

type Report = (message: string, hint: string) => void;

/**
 * Read `VALUE UNIT`, e.g. `20 kg` or `14 GW h`.
 * @param text value and unit with a space between; a quantity without dimension needs no unit
 * @param released a quantity of the same kind: its dimension must be met, and it serves as the example
 * @param report called once with what is wrong and what to do
 * @returns value and unit as given, finite in internal units too; undefined after a report
 */
export function readQuantity(text: string, released: Quantity, report: Report): Quantity | undefined {
  const pure = released.unit === "1";
  const example = `write e.g. ${released.value}${pure ? "" : ` ${released.unit}`}`;
  const [, number = "", rest = ""] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(text) ?? [];
  const value = numberOf(number);
  const unit = rest === "" && pure ? "1" : rest.replaceAll(/\s+/g, " ");
  if (number === "") report("no value", example);
  else if (Number.isNaN(value)) report(`"${number}" is not a finite number`, parted(number) ?? example);
  else if (unit === "") report(`"${number}" has no unit`, `write e.g. ${number} ${released.unit}`);
  else if (checkUnit(unit, released.unit, report)) {
    if (Number.isFinite(toInternal(value, unit))) return { value, unit };
    report(`"${number} ${unit}" is too large a number`, example);
  }
  return undefined;
}

/** The way out when number and unit run together, as in `20kg`. */
function parted(text: string): string | undefined {
  const [, digits = "", letters = ""] = /^([-+]?[\d.]+(?:[eE][-+]?\d+)?)([A-Za-z%].*)$/.exec(text) ?? [];
  return digits === "" || Number.isNaN(numberOf(digits)) ? undefined : `write ${digits} ${letters}, with a space`;
}

function checkUnit(unit: string, releasedUnit: string, report: Report): boolean {
  const dimension = dimensionOf(releasedUnit);
  const given = dimensionOf(unit);
  if (given === dimension) return true;
  const pure = releasedUnit === "1";
  const valid = unitNames.filter((name) => dimensionOf(name) === dimension);
  const near = pure || given !== undefined ? undefined : nearest(unit, valid);
  const list = pure ? "write the number alone" : `valid: ${valid.join(", ")}`;
  report(
    given === undefined
      ? `unknown unit "${unit}"`
      : `"${unit}" is a unit of ${given}, but this is ${pure ? "a pure number" : dimension}`,
    near === undefined ? list : `did you mean "${near}"?`,
  );
  return false;
}
