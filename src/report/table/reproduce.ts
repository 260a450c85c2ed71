/** A reproduction as tables for the terminal: the paper's tables in full, figures by what is not met. */

import { columnsOf, groupsOf, type Row, rowsOf, statusOf, summary } from "../../reproductions/rows.ts";
import type { ReproductionOutcome } from "../../reproductions/run.ts";
import { blocks, columns } from "../columns.ts";

/** Tables of the paper line by line; of figures, how many claims are met and every one that is not. */
export function reproduceTable(outcome: ReproductionOutcome): string {
  const { paper, outcomes } = outcome;
  const sections = groupsOf(outcomes, paper.groups).map(({ id, title }) => {
    const rows = rowsOf(outcomes, id);
    const isFigure = id.startsWith("figure");
    const shown = isFigure ? rows.filter((row) => statusOf(row) !== "met" || row.published !== "-") : rows;
    const hidden = rows.length - shown.length;
    const between = columnsOf(shown);
    const header = ["", ...between.map((one) => one.title), "status"];
    const body = shown.map((row) => [row.claim, ...between.map(({ of }) => of(row)), statuses(row)]);
    const rest =
      hidden === 0 ? [] : [[`and ${hidden} more without a published number`, ...between.map(() => ""), "met"]];
    return `${title}\n${columns([header, ...body, ...rest], "<", "  ")}`;
  });
  const offset =
    paper.offset === null
      ? ""
      : `offset: ${paper.offset.text}\n  inputs moved: ${Object.entries(paper.offset.parameters)
          .map(([name, value]) => `${name} = ${value}`)
          .join(", ")}`;
  return blocks(
    `${paper.title}\n${paper.experiments.join(", ")}, convention ${paper.convention}`,
    ...sections,
    offset,
    summary(outcomes),
  );
}

/** Statuses of a row: first against the paper, then against a script. */
function statuses({ verdicts }: Row): string {
  return [...new Set(verdicts.map((one) => one.status))].join(", ");
}
