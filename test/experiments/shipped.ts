import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Issue, NurecoilError } from "../../src/errors.ts";
import type { ExperimentFile } from "../../src/experiments/schema.ts";

const folder = fileURLToPath(new URL("../../experiments/coherent-csi-2017/", import.meta.url));

/** Files of the shipped data set and their texts. */
export function shippedTexts(): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}${name}`, "utf8")]));
}

/** The shipped folder with its experiment.json changed. */
export function mutated(change: (file: ExperimentFile) => void): Record<string, string> {
  const texts = shippedTexts();
  const file = JSON.parse(texts["experiment.json"] as string) as ExperimentFile;
  change(file);
  return { ...texts, "experiment.json": JSON.stringify(file) };
}

/** The issues a call throws; fails when it throws anything else or nothing. */
export function issuesOf(call: () => unknown): readonly Issue[] {
  try {
    call();
  } catch (error) {
    if (error instanceof NurecoilError) return error.issues;
    throw error;
  }
  throw new Error("nothing was thrown");
}
