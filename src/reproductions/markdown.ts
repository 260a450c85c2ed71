/** Report as Markdown: REPRODUCTIONS.md is made of these sections. */

import { analysesOf, columnsOf, groupsOf, rowsOf, standards, summary } from "./rows.ts";
import type { ReproductionOutcome } from "./run.ts";

const statusWords = {
  met: "met",
  offset: "offset",
  missed: "**missed**",
  "not-comparable": "not comparable",
} as const;

/** One section per paper. */
export function markdownOf({ paper, outcomes }: Pick<ReproductionOutcome, "paper" | "outcomes">): string {
  const lines = [
    `## ${paper.title}`,
    "",
    `${paper.citation}. Experiments: ${paper.experiments.join(", ")}; convention ${paper.convention}.`,
    "",
    summary(outcomes),
    "",
  ];
  if (paper.offset !== null) lines.push(`Offset: ${paper.offset.text} (${inputsText(paper.offset.parameters)}).`, "");
  for (const group of groupsOf(outcomes, paper.groups)) {
    const rows = rowsOf(outcomes, group.id);
    const columns = columnsOf(rows);
    const { texts, mark } = standards(rows);
    const header = ["claim", ...columns.map(({ title }) => title), "status (held against)"];
    lines.push(`### ${group.title}`, "", `| ${header.join(" | ")} |`, `|${header.map(() => "---").join("|")}|`);
    for (const row of rows) {
      const note = row.note === "" ? "" : `<br>${row.note}`;
      const cells = [
        row.claim + note,
        ...columns.map(({ of }) => of(row)),
        row.verdicts.map((one) => `${statusWords[one.status]} (${mark(one)})`).join(", "),
      ];
      lines.push(`| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
    }
    lines.push("", ...texts.map((text, k) => `${k + 1}. ${text}`), "");
  }
  const analyses = analysesOf(paper);
  if (analyses.length > 0) {
    lines.push("### Analyses", "", ...analyses.map(({ title, spec }) => `- ${title}: \`${spec}\``), "");
  }
  if (paper.study.length > 0) {
    lines.push("### What each change of input does", "", `${paper.studySource}`, "");
    lines.push(
      "| change | SM events | centre of the vector pairs | rate that fits best | largest deviation left |",
      "|---|---|---|---|---|",
    );
    for (const row of paper.study) {
      lines.push(
        `| ${row.change} | ${row.events.toFixed(1)} | ${row.centre.toFixed(4)} | ${row.rate.toFixed(3)} | ${(100 * row.left).toFixed(1)} % |`,
      );
    }
    lines.push("");
  }
  return lines.join("\n");
}

/** The whole file from its sections. */
export function reproductionsFile(sections: readonly string[]): string {
  return [
    "# Reproductions",
    "",
    "Made by `npm run reproductions`; do not edit. A case is `met` inside its tolerance of what the last column says it is held",
    "against: the paper, or an independent script where the paper prints no number. `offset`: outside the tolerance, and back",
    "inside when the stated inputs are moved together, which the machine does. `missed`: neither. `not comparable`: shown without",
    "judgement, for the reason in its note.",
    "",
    ...sections,
  ].join("\n");
}

function inputsText(parameters: Readonly<Record<string, number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
}
