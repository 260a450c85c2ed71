/** p along eps_ee^V (u = d) of CsI 2017: from our toys, from the chi^2 distribution, and as published. */

import type { FigureSpec } from "../figures/spec.ts";
import { symbolOf } from "../figures/symbols.ts";
import { chi2Survival } from "../statistics/levels.ts";
import { clopperPearson } from "../statistics/proportion.ts";
import { version } from "../version.ts";
import type { Session } from "./session.ts";

/** What is drawn: beyond, p is 0. */
const DRAWN = [-0.15, 0.34] as const;
const CL = 0.9;
/** Points of the curve: every 0.002. */
const CURVE = 246;
/** Error bars: one standard deviation. */
const ONE_SIGMA = 0.6827;

/**
 * The figure as plain data.
 * @param session analyses of the paper, already done for its cases
 */
export function figuresOf200806062(session: Session): readonly FigureSpec[] {
  const { points, spec } = session.of("toys").feldmanCousins();
  const thrown = points.flatMap(({ at, p, toys }) => {
    const x = at[0]!;
    if (p === null || toys === 0 || x < DRAWN[0] || x > DRAWN[1]) return [];
    const [low, high] = clopperPearson(Math.round(p * toys), toys, ONE_SIGMA);
    return [{ x, p, error: [p - low, high - p] as const }];
  });
  const wilks = wilksCurve(session);
  const published = publishedLevels(session);
  const symbol = symbolOf("eps_V_ee");
  return [
    {
      id: "p-along-eps",
      title: "p along eps_V_ee",
      description: `Share of toys (up to ${spec.toys!.count} at a point, seed ${spec.seed}) that fit worse than the data at each value of eps_V_ee (u = d), the measured one being where it is largest: ours with errors of one standard deviation from the number of toys, the probability of Delta chi^2 with one degree of freedom (Wilks) and the published levels, mirrored at 0.095 as they were released. Where p lies above 0.1 is the interval at 90 %; grey: the published one. From 0.05 to 0.07 p falls from what Wilks says to half of it: half of the toys show less signal than they are thrown with, and so near to the least signal that any coupling gives (at 0.094) they fit best there, with t below that of the data.`,
      width: "single",
      aspect: 0.78,
      panels: [
        {
          x: { label: `$${symbol}$ ($u = d$)`, domain: [...DRAWN] },
          y: { label: "$p$", domain: [0, 1.05] },
          marks: [
            {
              type: "band",
              x: publishedInterval(session),
              lower: [0, 0],
              upper: [1.05, 1.05],
              fill: "grey",
              opacity: 0.18,
              label: "90 %, published",
            },
            {
              type: "rule",
              axis: "y",
              value: 1 - CL,
              line: { color: "grey", dash: "dashed", width: 0.8 },
              text: "$1 - \\mathrm{CL}$",
            },
            {
              type: "line",
              x: wilks.map(({ x }) => x),
              y: wilks.map(({ p }) => p),
              line: { color: "blue" },
              label: "$\\Delta\\chi^2$ (Wilks)",
            },
            {
              type: "points",
              x: thrown.map(({ x }) => x),
              y: thrown.map(({ p }) => p),
              yErr: thrown.map(({ error }) => error),
              color: "vermillion",
              label: "toys",
            },
            {
              type: "points",
              x: published.map(({ x }) => x),
              y: published.map(({ p }) => p),
              shape: "diamond",
              color: "black",
              filled: false,
              label: "published",
            },
          ],
          legend: "auto",
        },
      ],
      source: `nurecoil ${version} · data: COHERENT CsI (arXiv:1804.09459) · likelihood release, Helm · after arXiv:2008.06062`,
    },
  ];
}

/** Probability of Delta chi^2 along the figure, its peaks at the minima included. */
function wilksCurve(session: Session): readonly { readonly x: number; readonly p: number | null }[] {
  const { grid, chi2 } = session.scan("eps_V_ee", DRAWN[0], DRAWN[1], CURVE, []);
  const { minima } = session.fit(["eps_V_ee"]);
  const p = (value: number): number => chi2Survival(value - minima[0]!.chi2, 1);
  return [
    ...grid[0]!.values.map((x, k) => ({ x, p: chi2[k] === null ? null : p(chi2[k]!) })),
    ...minima.map((one) => ({ x: one.parameters["eps_V_ee"]!, p: p(one.chi2) })),
  ].sort((a, b) => a.x - b.x);
}

/** Ends of the published interval. */
function publishedInterval({ paper }: Session): number[] {
  return paper.cases.flatMap(({ measure, published }) =>
    measure.kind === "feldman-cousins-end" && typeof published === "number" ? [published] : [],
  );
}

/** Published p at the values of cases, and mirrored. */
function publishedLevels({ paper }: Session): readonly { readonly x: number; readonly p: number }[] {
  const below = paper.cases.flatMap(({ measure, published }) =>
    measure.kind === "feldman-cousins-level" && typeof published === "number"
      ? [{ x: measure.at, p: 1 - published / 100 }]
      : [],
  );
  return [...below, ...below.map(({ x, p }) => ({ x: MIRROR - x, p })).reverse()];
}

/** Twice the value about which the released points are mirrored. */
const MIRROR = 0.19;
