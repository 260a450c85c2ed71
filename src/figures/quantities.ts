/** Names of what is drawn - axes, components, experiments, pulls - as people read them. */

import { symbolOf } from "./symbols.ts";

/** Axis label and unit, TeX between dollars. */
export interface AxisName {
  readonly label: string;
  /** The label where nothing is typeset: buttons, lists, descriptions. */
  readonly plain: string;
  /** Absent for a pure number. */
  readonly unit?: string;
}

const AXES: Readonly<Record<string, string>> = {
  pe: "Photoelectrons",
  time: "Arrival time",
  f90: "$F_{90}$",
  energy: "Energy",
  count: "Events above threshold",
};

/** Labels whose TeX reads badly as plain text. */
const PLAIN: Readonly<Record<string, string>> = { f90: "F90" };

const UNITS: Readonly<Record<string, string>> = {
  us: "$\\mu$s",
  keVee: "keV$_\\mathrm{ee}$",
  keVnr: "keV$_\\mathrm{nr}$",
};

/**
 * How an axis of an experiment is printed.
 * @param axis of a prediction, e.g. `{name: "pe", unit: "PE"}`
 * @example axisName({ name: "f90", unit: "1" }) // { label: "$F_{90}$", plain: "F90" }
 */
export function axisName({ name, unit }: { readonly name: string; readonly unit: string }): AxisName {
  const label = AXES[name] ?? capital(name.replaceAll(/[-_]/g, " "));
  const plain = PLAIN[name] ?? label;
  return unit === "1" ? { label, plain } : { label, plain, unit: unitName(unit) };
}

/** How a unit is printed, TeX between dollars. @param unit as experiment files write it, e.g. `us`, `keVee` */
export function unitName(unit: string): string {
  return UNITS[unit] ?? unit;
}

const BACKGROUNDS: Readonly<Record<string, string>> = {
  brn: "beam neutrons",
  "brn-delayed": "delayed beam neutrons",
  nin: "neutrino-induced neutrons",
  "steady-state": "steady state",
};

/** How a component is printed: a flavour of the signal as its neutrino, a background by what it is. */
export function componentName(name: string, flavour: string | null): string {
  if (flavour !== null) return `$${symbolOf(flavour)}$`;
  return BACKGROUNDS[name] ?? name.replaceAll(/[-_]/g, " ");
}

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    coherent: "",
    csi: "CsI",
    lar: "LAr",
    sbc: "SBC",
    sns: "SNS",
    brn: "beam neutrons",
    nin: "induced neutrons",
    cevns: "CEvNS",
    f90: "$F_{90}$",
    inin: "ININ",
  }),
);

/** How an experiment is printed for want of a name of its own. @example experimentName("coherent-csi-2021") === "CsI 2021" */
export function experimentName(id: string): string {
  return worded(id);
}

/**
 * How a pull is printed: the experiment, then what it moves.
 * @example pullName("coherent-csi-2021.quenching-0") === "CsI 2021 quenching 0"
 */
export function pullName(name: string): string {
  return name
    .split(".")
    .map(worded)
    .filter((part) => part !== "")
    .join(" ");
}

function worded(id: string): string {
  return id
    .split(/[-_]/)
    .map((word) => WORDS.get(word) ?? word.replace(/^lar(\d+)$/, "LAr$1"))
    .filter((word) => word !== "")
    .join(" ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
