/** Papers whose results are reproduced. */

import { listReproductions, readReproduction } from "../../node/reproduction-folder.ts";
import { formulaSources } from "../../report/citations.ts";
import { blocks, columns } from "../../report/columns.ts";
import type { Reproduction } from "../../reproductions/format.ts";
import type { Entry, Section } from "./entry.ts";
import { sourceText } from "./sources.ts";

export const reproductions: Section = {
  name: "reproductions",
  entries: () => listReproductions().map((paper) => entryOf(readReproduction(paper))),
};

function entryOf(reproduction: Reproduction): Entry {
  const { paper, title, citation, experiments, convention, cases } = reproduction;
  const groups = [...new Set(cases.map((one) => one.group))];
  const sources = formulaSources.filter((source) => source.arxiv === paper);
  return {
    id: paper,
    summary: title,
    text: () =>
      blocks(
        `${paper}: ${title}\n${citation}`,
        columns(
          [
            ["experiments", experiments.join(", ")],
            ["convention", convention],
            ...groups.map((group) => [group, `${cases.filter((one) => one.group === group).length} cases`]),
          ],
          "<<",
        ),
        `nurecoil reproduce ${paper}`,
        sourceText(sources),
      ),
    data: () => ({ ...reproduction }),
    sources: () => sources,
  };
}
