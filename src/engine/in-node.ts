/** Where this code runs. */

/** Whether this is Node, by its version: bundlers give browsers a `process` without one. */
export function inNode(): boolean {
  return typeof globalThis.process?.versions?.node === "string";
}
