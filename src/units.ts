/**
 * Units: converted once, at the door, into MeV, cm, s, kg. keVnr (nuclear recoil) and keVee (electron equivalent) are
 * different quantities and never convert into each other here: that is what a quenching factor does.
 */

interface Unit {
  readonly dimension: string;
  /** Multiply by this to get the internal unit. */
  readonly factor: number;
}

const HOUR = 3600;
const units: Readonly<Record<string, Unit>> = {
  "1": { dimension: "number", factor: 1 },
  "%": { dimension: "number", factor: 0.01 },
  PE: { dimension: "photoelectrons", factor: 1 },
  kg: { dimension: "mass", factor: 1 },
  g: { dimension: "mass", factor: 1e-3 },
  t: { dimension: "mass", factor: 1e3 },
  cm: { dimension: "length", factor: 1 },
  m: { dimension: "length", factor: 100 },
  fm: { dimension: "nuclear length", factor: 1 },
  s: { dimension: "time", factor: 1 },
  ns: { dimension: "time", factor: 1e-9 },
  us: { dimension: "time", factor: 1e-6 },
  h: { dimension: "time", factor: HOUR },
  d: { dimension: "time", factor: 24 * HOUR },
  MeV: { dimension: "energy", factor: 1 },
  GeV: { dimension: "energy", factor: 1e3 },
  eVnr: { dimension: "recoil energy", factor: 1e-6 },
  keVnr: { dimension: "recoil energy", factor: 1e-3 },
  MeVnr: { dimension: "recoil energy", factor: 1 },
  keVee: { dimension: "electron-equivalent energy", factor: 1e-3 },
  MeVee: { dimension: "electron-equivalent energy", factor: 1 },
  "PE/keVnr": { dimension: "photoelectrons per recoil energy", factor: 1e3 },
  "PE/keVee": { dimension: "photoelectrons per electron-equivalent energy", factor: 1e3 },
  "1/PE": { dimension: "inverse photoelectrons", factor: 1 },
  MW: { dimension: "power", factor: 1 },
  GW: { dimension: "power", factor: 1e3 },
  "GW h": { dimension: "beam energy", factor: 1 },
  "1/(GW h)": { dimension: "inverse beam energy", factor: 1 },
  "1/us": { dimension: "inverse time", factor: 1e6 },
  "1/d": { dimension: "inverse time", factor: 1 / (24 * HOUR) },
  "1/MeV": { dimension: "inverse energy", factor: 1 },
  "MeVee/MeVnr": { dimension: "electron-equivalent energy per recoil energy", factor: 1 },
  "MeVee/MeVnr^2": { dimension: "electron-equivalent energy per recoil energy squared", factor: 1 },
  "MeVee/MeVnr^3": { dimension: "electron-equivalent energy per recoil energy cubed", factor: 1 },
  "MeVee/MeVnr^4": { dimension: "electron-equivalent energy per fourth power of recoil energy", factor: 1 },
  "1/keVnr": { dimension: "inverse recoil energy", factor: 1e3 },
  "1/keVee": { dimension: "inverse electron-equivalent energy", factor: 1e3 },
  "keVee/PE": { dimension: "electron-equivalent energy per photoelectron", factor: 1e-3 },
  // A width of 0.58 sqrt(E/keVee) keVee is 0.58 sqrt(keVee) sqrt(E).
  "sqrt(keVee)": { dimension: "root of electron-equivalent energy", factor: Math.sqrt(1e-3) },
};

/** All unit strings the project reads, for messages and schemas. */
export const unitNames: readonly string[] = Object.keys(units);

/** Dimension of a unit string, e.g. `dimensionOf("keVnr")` is `"recoil energy"`; undefined for an unknown unit. */
export function dimensionOf(unit: string): string | undefined {
  return Object.hasOwn(units, unit) ? units[unit]?.dimension : undefined;
}

/**
 * Convert a value into the internal unit of its dimension.
 * @param value number in `unit`
 * @param unit one of `unitNames`
 * @returns the value in MeV, cm, s, kg or the dimension's base; NaN for an unknown unit (doors check with `dimensionOf`)
 * @example toInternal(14.6, "kg") === 14.6
 */
export function toInternal(value: number, unit: string): number {
  return value * (Object.hasOwn(units, unit) ? (units[unit]?.factor ?? Number.NaN) : Number.NaN);
}
