/**
 * Cards of a paper: a card for each of its figures and tables, and for figures of our own, with the state that shows it.
 * A state names an analysis of the case file and adds its question: it cannot differ from what the cases judge.
 */

import { z } from "zod";
import { parseSpec, type SpecInput } from "../analysis/spec.ts";
import { type Issue, NurecoilError, suggestion } from "../errors.ts";
import type { Reproduction } from "./format.ts";
import { specOf } from "./paper-spec.ts";

const pair = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, "must go upwards");

const viewSchema = z.strictObject({
  tab: z.enum(["spectrum", "profile", "region"]),
  parameter: z.exactOptional(z.string()).describe("Of the profile, where several are free"),
  parts: z.exactOptional(z.boolean()).describe("Whether each experiment is shown beside all together"),
  window: z.exactOptional(z.tuple([pair, pair])).describe("Part of the plane that is shown, first axis first"),
});
/** What is looked at. */
export type CardView = z.infer<typeof viewSchema>;

const stateSchema = z.strictObject({
  analysis: z.exactOptional(z.string()).describe("One of `analyses` of the case file; default: the paper's own"),
  spec: z.record(z.string(), z.unknown()).describe("What the question adds to the analysis: part of a spec"),
  at: z.record(z.string(), z.number()).describe("Values of the free parameters"),
  view: viewSchema,
});

const cardSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  title: z.string(),
  text: z.string().describe("What is shown there"),
  place: z.string().describe("e.g. Table 1; of our own figures: that they are"),
  groups: z.array(z.string()).describe("Groups of cases that judge it"),
  figure: z.string().nullable().describe("Our figure"),
  nearest: z
    .exactOptional(z.string())
    .describe("Where no state shows it: why, and what the nearest one shows; default: the state shows it"),
  panels: z
    .array(z.strictObject({ label: z.string(), state: stateSchema }))
    .min(1)
    .describe("The first is what the card opens"),
});

const cardsSchema = z.strictObject({
  format: z.literal("nurecoil/cards/1"),
  paper: z.string(),
  link: z.strictObject({ text: z.string(), url: z.url() }),
  cards: z.array(cardSchema),
});
type CardsFile = z.infer<typeof cardsSchema>;

/** An analysis, a point in it, and what is looked at. */
export interface CardState {
  /** Complete: what the analysis of the paper chooses and the question on top. */
  readonly spec: SpecInput;
  readonly at: Readonly<Record<string, number>>;
  readonly view: CardView;
}

export interface Card extends Omit<z.infer<typeof cardSchema>, "nearest" | "panels"> {
  /** null: the state shows what the card is about. */
  readonly nearest: string | null;
  /** One or more; the first is the card's own. */
  readonly panels: readonly { readonly label: string; readonly state: CardState }[];
}

/** Cards of one paper. */
export interface Cards {
  readonly link: CardsFile["link"];
  readonly cards: readonly Card[];
}

/**
 * @param paper whose analyses and groups the cards name
 * @param figures ids of our figures of the paper
 * @throws NurecoilError (file) listing every issue with its path: unknown groups, figures, analyses, wrong specs, points
 *   that do not name the free parameters
 */
export function parseCards(data: unknown, file: string, paper: Reproduction, figures: readonly string[]): Cards {
  const result = cardsSchema.safeParse(data);
  const found: Issue[] = result.success
    ? [...wrongReferences(result.data, paper, figures), ...wrongStates(result.data, paper)]
    : result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  if (!result.success || found.length > 0) {
    throw new NurecoilError(
      "file",
      found.map((issue) => ({ file, ...issue })),
    );
  }
  const { link, cards } = result.data;
  return {
    link,
    cards: cards.map(({ nearest = null, panels, ...card }) => ({
      ...card,
      nearest,
      panels: panels.map(({ label, state: { analysis, spec, at, view } }) => ({
        label,
        state: { spec: specOf(paper, analysis ?? null, spec), at, view },
      })),
    })),
  };
}

/** Names that lead nowhere, ids given twice, groups on no card. */
function wrongReferences(
  { paper: id, cards }: CardsFile,
  { paper, cases }: Reproduction,
  figures: readonly string[],
): Issue[] {
  const groups = [...new Set(cases.map(({ group }) => group))];
  const shown = new Set(cards.flatMap((card) => card.groups));
  const unknown = (path: string, kind: string, name: string, known: readonly string[]): Issue[] =>
    known.includes(name) ? [] : [{ path, message: `there is no ${kind} "${name}"`, hint: suggestion(name, known) }];
  return [
    ...(id === paper ? [] : [{ path: "paper", message: `is of ${id}, not of ${paper}` }]),
    ...cards.flatMap((card, k): Issue[] => [
      ...card.groups.flatMap((group) => unknown(`cards.${k}.groups`, "group", group, groups)),
      ...(card.figure === null ? [] : unknown(`cards.${k}.figure`, "figure", card.figure, figures)),
      ...(cards.findIndex((other) => other.id === card.id) === k
        ? []
        : [{ path: `cards.${k}.id`, message: `the id "${card.id}" is given twice` }]),
    ]),
    ...groups
      .filter((group) => !shown.has(group))
      .map((group) => ({ path: "cards", message: `the group "${group}" is on no card` })),
  ];
}

function wrongStates({ cards }: CardsFile, paper: Reproduction): Issue[] {
  return cards.flatMap((card, k) =>
    card.panels.flatMap(({ state }, panel): Issue[] =>
      stateIssues(state, paper).map(({ path, ...issue }) => ({
        ...issue,
        path: `cards.${k}.panels.${panel}.state${path === undefined || path === "" ? "" : `.${path}`}`,
      })),
    ),
  );
}

/** What is wrong with one state; what only the experiments know is left to `prepare`. */
function stateIssues(
  { spec: question, at, view, ...state }: z.infer<typeof stateSchema>,
  paper: Reproduction,
): readonly Issue[] {
  const analysis = state.analysis ?? null;
  const chosen = analysis === null ? undefined : paper.analyses[analysis];
  if (analysis !== null && chosen === undefined) {
    const hint = suggestion(analysis, Object.keys(paper.analyses));
    return [{ path: "analysis", message: `there is no analysis "${analysis}"`, hint }];
  }
  if (chosen?.edges !== undefined) {
    return [{ path: "analysis", message: `"${analysis}" has edges of its own, which no spec holds` }];
  }
  try {
    const { free, plane } = parseSpec(specOf(paper, analysis, question));
    const searched = [...new Set([...(plane ?? []), ...free])];
    const { tab, parameter } = view;
    return [
      ...searched
        .filter((name) => !Object.hasOwn(at, name))
        .map((name) => ({ path: "at", message: `says nothing of "${name}", which is free` })),
      ...Object.keys(at)
        .filter((name) => !searched.includes(name))
        .map((name) => ({ path: "at", message: `"${name}" is not free`, hint: suggestion(name, searched) })),
      ...(parameter === undefined || (tab === "profile" && free.includes(parameter))
        ? []
        : [
            {
              path: "view.parameter",
              message: `"${parameter}" has no profile here`,
              hint: suggestion(parameter, free),
            },
          ]),
      ...(tab === "region" && plane === null ? [{ path: "view.tab", message: "a region needs a plane" }] : []),
      ...(tab === "profile" && free.length === 0
        ? [{ path: "view.tab", message: "a profile needs a free parameter" }]
        : []),
      ...(tab !== "region" && view.window !== undefined
        ? [{ path: "view.window", message: "is of regions only" }]
        : []),
    ];
  } catch (error) {
    if (error instanceof NurecoilError) return error.issues.map((issue) => ({ ...issue, path: issue.path ?? "spec" }));
    throw error;
  }
}
