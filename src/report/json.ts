/** Results as JSON text. */

import { formatJson } from "../experiments/json.ts";

/**
 * A result as JSON with a final newline.
 * @throws Error for a number that is not finite: JSON would turn it into null, which means something else here
 */
export function toJson(result: object): string {
  checkFinite(result, "");
  return formatJson(result);
}

function checkFinite(value: unknown, path: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${path} of the result is ${value}`);
  if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) checkFinite(item, `${path}/${key}`);
}
