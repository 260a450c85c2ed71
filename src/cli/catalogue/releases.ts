/** Official data releases that `import` reads. */

import { importers } from "../../experiments/importers/index.ts";
import { blocks } from "../../report/columns.ts";
import type { Section } from "./entry.ts";

export const releases: Section = {
  name: "releases",
  entries: () =>
    Object.values(importers).map((one) => ({
      id: one.release,
      summary: one.title,
      text: () =>
        blocks(
          `${one.release}: ${one.title}`,
          `becomes the experiment ${one.experiment}:\n  nurecoil import ${one.release} <folder> -o ${one.experiment}`,
          ["files that are read", ...one.requiredFiles.map((file) => `  ${file}`)].join("\n"),
        ),
      data: () => ({ title: one.title, experiment: one.experiment, requiredFiles: one.requiredFiles }),
      sources: () => [],
    })),
};
