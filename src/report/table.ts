/** Results as tables for people in a terminal: one function per kind of result. */

export { chi2Table } from "./table/chi2.ts";
export { fcTable } from "./table/fc.ts";
export { fitTable } from "./table/fit.ts";
export { predictTable } from "./table/predict.ts";
export { regionTable } from "./table/region.ts";
export { scanTable } from "./table/scan.ts";
export { spectrumTable } from "./table/spectrum.ts";
export { toysTable } from "./table/toys.ts";
