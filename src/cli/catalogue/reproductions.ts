/** Papers whose results are reproduced. */

import { readShipped } from "../../node/experiment-folder.ts";
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

/** Experiments with their likelihoods, of the paper and of all its analyses. */
function experimentsOf({ experiments, analyses }: Reproduction): readonly string[] {
  const chosen = Object.values(analyses).flatMap(({ spec }) => spec.experiments ?? []);
  const named = chosen.map((one) =>
    typeof one === "string" ? one : one.likelihood === undefined ? one.id : `${one.id}@${one.likelihood}`,
  );
  return [...new Set([...experiments, ...named])];
}

function entryOf(reproduction: Reproduction): Entry {
  const { paper, title, citation, convention, cases } = reproduction;
  const experiments = experimentsOf(reproduction);
  const groups = [...new Set(cases.map((one) => one.group))];
  const data = [...new Set(experiments.map((one) => one.split("@")[0]!))].flatMap((id) =>
    Object.values(readShipped(id).file.sources),
  );
  const sources = [...formulaSources.filter((source) => source.arxiv === paper), ...data];
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
