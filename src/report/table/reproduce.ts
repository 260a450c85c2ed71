/** A reproduction as tables for the terminal: the paper's tables in full, figures by what is not met. */

import { groupsOf, rowsOf, summary } from "../../reproductions/rows.ts";
import type { ReproductionOutcome } from "../../reproductions/run.ts";
import { blocks, columns } from "../columns.ts";

/** Tables of the paper line by line; of figures, how many claims are met and every one that is not. */
export function reproduceTable(outcome: ReproductionOutcome): string {
  const { paper, outcomes } = outcome;
  const sections = groupsOf(outcomes).map(({ id, title }) => {
    const rows = rowsOf(outcomes, id);
    const isTable = id.startsWith("table");
    const shown = isTable ? rows : rows.filter((row) => row.status !== "met" || row.published !== "-");
    const hidden = rows.length - shown.length;
    const shifted = shown.some((row) => row.shifted !== "");
    const header = ["", "published", "ours", ...(shifted ? ["inputs moved"] : []), "status"];
    const body = shown.map((row) => [
      row.claim,
      row.published,
      row.ours,
      ...(shifted ? [row.shifted] : []),
      row.status,
    ]);
    const rest =
      hidden === 0 ? [] : [[`and ${hidden} more without a published number`, "", "", ...(shifted ? [""] : []), "met"]];
    return `${title}\n${columns([header, ...body, ...rest], "<", "  ")}`;
  });
  const offset =
    paper.offset === null
      ? ""
      : `offset: ${paper.offset.text}\n  inputs moved: ${Object.entries(paper.offset.parameters)
          .map(([name, value]) => `${name} = ${value}`)
          .join(", ")}`;
  return blocks(
    `${paper.title}\n${paper.experiments.join(", ")}, convention ${paper.convention}; levels: 1 dof in the tables`,
    ...sections,
    offset,
    summary(outcomes),
  );
}
