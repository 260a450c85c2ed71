/** Case files of the papers that come with the package. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NurecoilError, suggestion } from "../errors.ts";
import { parseReproduction, type Reproduction } from "../reproductions/format.ts";

const shippedFolder = fileURLToPath(new URL("../../reproductions/", import.meta.url));

/** Papers that can be reproduced, sorted. */
export function listReproductions(): string[] {
  return readdirSync(shippedFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * @param paper one of `listReproductions()`
 * @throws NurecoilError (usage) with the nearest name for an unknown paper, (file) for a wrong file
 */
export function readReproduction(paper: string): Reproduction {
  const papers = listReproductions();
  if (!papers.includes(paper)) {
    throw new NurecoilError("usage", [
      { message: `no reproduction of "${paper}"`, hint: suggestion(paper, [...papers, "all"]) },
    ]);
  }
  const file = join(shippedFolder, paper, "cases.json");
  return parseReproduction(JSON.parse(readFileSync(file, "utf8")), file);
}
