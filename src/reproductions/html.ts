/** Report as one HTML page: everything inline, no script, no clock. */

import { escapedHtml } from "../figures/tex-html.ts";
import { analysesOf, columnsOf, groupsOf, type Row, rowsOf, standards, summary, type Verdict } from "./rows.ts";
import type { ReproductionOutcome } from "./run.ts";
import { withSymbols } from "./symbols-html.ts";

const style = `
:root { color-scheme: light; --ink: #1a1a1a; --soft: #5a5f66; --line: #d9dce0; --wash: #f6f7f8; }
body { font: 16px/1.5 Georgia, "STIX Two Text", "Times New Roman", serif; color: var(--ink); max-width: 62rem; margin: 2.5rem auto; padding: 0 1.25rem; background: #fff; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
p { margin: .5rem 0; } .lead, .foot { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .86rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; border-bottom: 1.5px solid var(--ink); padding: .3rem .6rem .3rem 0; }
td { border-bottom: 1px solid var(--line); padding: .32rem .6rem .32rem 0; vertical-align: top; }
td.n { white-space: nowrap; } .note { color: var(--soft); font-size: .8rem; }
.status { white-space: nowrap; } .status::before { content: ""; display: inline-block; width: .62em; height: .62em; margin-right: .4em; border-radius: 50%; background: #009e73; }
.offset::before { background: #e69f00; border-radius: 2px; } .missed::before { background: #d55e00; border-radius: 0; transform: rotate(45deg); } .not-comparable::before { background: none; border: 1.5px solid #777; box-sizing: border-box; }
figure { margin: 1.2rem 0; } figure svg { max-width: 100%; height: auto; display: block; margin: 0 auto; } figcaption { color: var(--soft); font-size: .86rem; text-align: center; }
.bar { text-decoration: overline; } .held { color: var(--soft); font-size: .8rem; margin: .4rem 0 0; padding-left: 1.4rem; } .held code { overflow-wrap: anywhere; } sub, sup { font-size: .72em; line-height: 0; } .wide { overflow-x: auto; } @media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`.trim();

export interface ReportFigure {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** SVG text. */
  readonly svg: string;
}

/** One page for one paper. */
export function htmlOf(
  { paper, outcomes }: ReproductionOutcome,
  figures: readonly ReportFigure[],
  version: string,
): string {
  const groups = groupsOf(outcomes, paper.groups);
  // What belongs to no group of cases speaks for all of them.
  const leading = figures.filter(({ id }) => !groups.some((group) => group.id === id)).map(drawingOf);
  const sections = groups.map(({ id, title }) => {
    const rows = rowsOf(outcomes, id);
    const figure = figures.find((one) => one.id === id);
    const columns = columnsOf(rows);
    const { texts, mark } = standards(rows);
    const held = `<ol class="held">${texts.map((one) => `<li>${withSymbols(one)}</li>`).join("")}</ol>`;
    const head = ["Claim", ...columns.map((one) => capital(one.title)), "Status"];
    const body = rows.map((row) => {
      const note = row.note === "" ? "" : `<div class="note">${withSymbols(row.note)}</div>`;
      const cells = columns.map(({ of }) => `<td class="n">${withSymbols(of(row))}</td>`).join("");
      return `<tr><td>${withSymbols(row.claim)}${note}</td>${cells}<td>${verdictsOf(row, mark)}</td></tr>`;
    });
    const drawing = figure === undefined ? "" : drawingOf(figure);
    return `<section id="${id}"><h2>${withSymbols(title)}${figure === undefined ? "" : `: ${withSymbols(figure.title)}`}</h2>${drawing}<div class="wide"><table><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>${held}</section>`;
  });
  const study =
    paper.study.length === 0
      ? ""
      : `<section id="study"><h2>What each change of input does</h2><p class="lead">${withSymbols(paper.studySource)}</p><div class="wide"><table><thead><tr><th>Change</th><th>SM events</th><th>Centre of the vector pairs</th><th>Rate that fits best</th><th>Largest deviation left</th></tr></thead><tbody>${paper.study
          .map(
            (row) =>
              `<tr><td>${withSymbols(row.change)}</td><td class="n">${row.events.toFixed(1)}</td><td class="n">${row.centre.toFixed(4)}</td><td class="n">${row.rate.toFixed(3)}</td><td class="n">${(100 * row.left).toFixed(1)} %</td></tr>`,
          )
          .join("\n")}</tbody></table></div></section>`;
  const analyses = analysesOf(paper);
  const list =
    analyses.length === 0
      ? ""
      : `<section id="analyses"><h2>Analyses</h2><p class="lead">Each spec is what <code>nurecoil fit --spec</code> reads, with <code>--free</code> for what is fitted; other edges are set by the case file alone.</p><ul class="held">${analyses
          .map(({ title, spec }) => `<li>${withSymbols(title)}: <code>${escapedHtml(spec)}</code></li>`)
          .join("")}</ul></section>`;
  const offset = paper.offset === null ? "" : `<p>${withSymbols(paper.offset.text)}.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedHtml(paper.title)} · nurecoil</title>
<style>${style}</style>
</head>
<body>
<h1>${withSymbols(paper.title)}</h1>
<p class="lead">${withSymbols(paper.citation)}. ${withSymbols(paper.experiments.join(", "))}, convention ${paper.convention}.</p>
<p><strong>${summary(outcomes)}</strong></p>
${offset}
${leading.join("\n")}
${sections.join("\n")}
${study}
${list}
<p class="foot">nurecoil ${version}. Every number here is computed by <code>nurecoil reproduce ${withSymbols(paper.paper)}</code>.</p>
</body>
</html>
`;
}

function drawingOf({ id, svg, description }: ReportFigure): string {
  const links = ["pdf", "svg", "png"].map((type) => `<a href="figures/${id}.${type}">${type.toUpperCase()}</a>`);
  return `<figure>${svg.replace(/^<\?xml[^>]*\?>\s*/, "")}<figcaption>${withSymbols(description)} ${links.join(" ")}</figcaption></figure>`;
}

/** Statuses of a row, a line each, with the number of what they are held against. */
function verdictsOf({ verdicts }: Row, mark: (verdict: Verdict) => number): string {
  return verdicts
    .map((one) => `<div class="status ${one.status}">${one.status.replace("-", " ")} <sup>${mark(one)}</sup></div>`)
    .join("");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
