/** Fitted CEvNS events of the three COHERENT data sets: published, from an independent script, ours and its variants. */

import type { FigureSpec, Mark, PanelSpec } from "../figures/spec.ts";
import { version } from "../version.ts";
import type { Reproduction } from "./format.ts";
import { take } from "./measures.ts";
import type { Session } from "./session.ts";

/** Rows of a panel from top to bottom: a name, and the case with the fitted events (its error has `-error`). */
interface Panel {
  readonly title: string;
  readonly data: string;
  readonly variants: readonly (readonly [name: string, data: string])[];
}

const panels: readonly Panel[] = [
  { title: "CsI 2017", data: "csi-2017", variants: [] },
  {
    title: "CsI 2021",
    data: "csi-2021",
    variants: [
      ["onset free", "csi-2021-onset"],
      ["shapes free", "csi-2021-shapes"],
      ["joint", "csi-2021-joint"],
      ["4 PE", "csi-2021-4pe"],
      ["0.5 $\\mu$s", "csi-2021-half-us"],
      ["10 PE", "csi-2021-10pe"],
      ["8-60 PE", "csi-2021-from-8pe"],
    ],
  },
  { title: "LAr 2020", data: "lar-2020", variants: [["shapes free", "lar-2020-shapes"]] },
];

/**
 * The figure as plain data: a panel per data set, a row per fit.
 * @param session analyses of the case file, already done for its cases
 */
export function figuresOfCoherentOfficial(session: Session): readonly FigureSpec[] {
  return [
    {
      id: "fitted-events",
      title: "Fitted CEvNS events",
      description:
        "CEvNS events that fit best and their errors: as published, from an independent script with our likelihood, ours, and ours with the onset or the shape pulls free, with the statistics of the steady state (joint) and in other bins. Ours are the fitted factor and its error times the nominal events: with shapes free that is the error of the cross section. Dashed: events of the standard model, Helm; liquid argon is anchored to 128.",
      width: "double",
      columns: panels.length,
      aspect: 1.15,
      panels: panels.map((panel) => panelOf(panel, session)),
      source: `nurecoil ${version} · data: COHERENT CsI (arXiv:1804.09459, 2110.07730), LAr (arXiv:2006.12659) · likelihoods release and poisson, Helm, flux fixed`,
    },
  ];
}

interface Row {
  readonly name: string;
  readonly events: number;
  readonly error: number;
}

function panelOf({ title, data, variants }: Panel, session: Session): PanelSpec {
  const { paper } = session;
  const published = { name: "published", ...held(paper, data, "") };
  const script = { name: "script", ...held(paper, data, ".plain") };
  const ours = [["ours", data] as const, ...variants].map(
    ([name, each]): Row => ({
      name,
      events: measured(session, `${each}.cevns.plain`),
      error: measured(session, `${each}.cevns-error.plain`),
    }),
  );
  const rows = [published, script, ...ours];
  // The first row stands at the top.
  const y = (row: Row): number => rows.length - rows.indexOf(row);
  const points = (list: readonly Row[], color: "black" | "grey" | "vermillion", filled: boolean): Mark => ({
    type: "points",
    x: list.map(({ events }) => events),
    y: list.map(y),
    xErr: list.map(({ error }) => error),
    color,
    filled,
  });
  const expected = session
    .of(data)
    .predict({}, paper.spectrumRecoil)
    .components.filter(({ flavour }) => flavour !== null)
    .reduce((sum, { counts }) => sum + counts.reduce((all, count) => all + count, 0), 0);
  return {
    title,
    x: { label: "CEvNS events" },
    y: { label: "", domain: [0.4, rows.length + 0.6], categories: rows.map(({ name }) => name).reverse() },
    marks: [
      { type: "rule", axis: "x", value: expected, line: { color: "grey", dash: "dashed", width: 0.8 } },
      points([published], "black", true),
      points([script], "black", false),
      points(ours, "vermillion", true),
    ],
    legend: "none",
  };
}

/** What a case is held against: the published number, or that of the script. */
function held(paper: Reproduction, data: string, suffix: string): Omit<Row, "name"> {
  const value = (id: string): number => {
    const expected = paper.cases.find((one) => one.id === id + suffix)?.expected;
    if (expected === null || expected === undefined || !("value" in expected)) throw new Error(`no value in ${id}`);
    return expected.value;
  };
  return { events: value(`${data}.cevns`), error: value(`${data}.cevns-error`) };
}

function measured(session: Session, id: string): number {
  const one = session.paper.cases.find((other) => other.id === id);
  const value = one === undefined ? null : take(one.measure, session, session.paper);
  if (typeof value !== "number") throw new Error(`no number in ${id}`);
  return value;
}
