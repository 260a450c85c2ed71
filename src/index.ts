/**
 * nurecoil: coherent elastic neutrino-nucleus scattering, from flux, cross section, form factor and detector response
 * to allowed couplings. This door holds what most analyses need; the others are by subject (`nurecoil/nuclei`, ...).
 */

export * from "./analysis/index.ts";
export * as constants from "./constants.ts";
export { formatIssue, type Issue, NurecoilError } from "./errors.ts";
export { toInternal, unitNames } from "./units.ts";
export { version } from "./version.ts";
