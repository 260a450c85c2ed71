/** The experiments of the page: files beside it, fetched when first asked for, parsed by the library's own door. */

import { NurecoilError } from "nurecoil";
import type { ExperimentLibrary } from "nurecoil/analysis";
import { type ParsedExperiment, parseExperiment } from "nurecoil/experiments";

export interface WebLibrary {
  /** Fetch and parse what is not there yet. @throws NurecoilError (file) for data that cannot be had or read */
  readonly need: (ids: readonly string[]) => Promise<void>;
  /** What analyses read; only what was needed before is there. */
  readonly library: ExperimentLibrary;
}

/** One experiment in one file: the texts of its folder. */
interface Bundle {
  readonly files: Readonly<Record<string, string>>;
}

/** @param base address of the page's folder */
export function webLibrary(base: string, ids: readonly string[]): WebLibrary {
  const parsed = new Map<string, ParsedExperiment>();
  const coming = new Map<string, Promise<void>>();
  const fetchOne = async (id: string): Promise<void> => {
    const bundle = await readBundle(new URL(`experiments/${id}.json`, base), `experiments/${id}.json`);
    parsed.set(id, parseExperiment(bundle.files, id));
  };
  return {
    need: async (wanted) => {
      for (const id of wanted) {
        // What is unknown is left to the analysis, which knows the nearest name.
        if (parsed.has(id) || !ids.includes(id)) continue;
        const fetching = coming.get(id) ?? fetchOne(id).finally(() => coming.delete(id));
        coming.set(id, fetching);
        await fetching;
      }
    },
    library: {
      ids,
      load: (id) => {
        const one = parsed.get(id);
        if (one === undefined)
          throw new NurecoilError("usage", [
            { message: `unknown experiment "${id}"`, hint: `valid: ${ids.join(", ")}` },
          ]);
        return one;
      },
    },
  };
}

async function readBundle(address: URL, file: string): Promise<Bundle> {
  const broken = (message: string, hint: string): NurecoilError => new NurecoilError("file", [{ file, message, hint }]);
  let text: string;
  try {
    const response = await fetch(address);
    if (!response.ok) throw broken(`the server answers ${response.status}`, "reload the page, or tell its host");
    text = await response.text();
  } catch (error) {
    if (error instanceof NurecoilError) throw error;
    throw broken("cannot be fetched", "is the network there? Try again");
  }
  try {
    const bundle = JSON.parse(text) as Partial<Bundle>;
    if (typeof bundle.files === "object" && bundle.files !== null) return bundle as Bundle;
  } catch {
    // Told below: what is cut off is no JSON.
  }
  throw broken(`is cut off or damaged (${text.length} characters arrived)`, "reload the page; try again");
}
