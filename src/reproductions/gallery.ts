/** The gallery: cards of all papers with what a run gave, and what was published, as one plain object. */

import type { CardState, Cards } from "./cards.ts";
import { type PublishedClaim, publishedClaims } from "./claims.ts";
import type { Reproduction } from "./format.ts";
import { groupsOf, type Row, rowsOf, standards, statusOf, summary } from "./rows.ts";
import type { CaseOutcome, CaseStatus } from "./run.ts";

/** One paper: its case file, its cards, and the outcomes of its cases. */
export interface GallerySource {
  readonly paper: Reproduction;
  readonly cards: Cards;
  readonly outcomes: readonly CaseOutcome[];
}

/** How many cases came out how. */
export interface StatusCounts {
  readonly met: number;
  readonly offset: number;
  readonly missed: number;
  readonly notComparable: number;
}

export interface GalleryRow extends Omit<Row, "verdicts"> {
  readonly status: CaseStatus;
  /** What it is held against: indices into `standards` of its table. */
  readonly held: readonly number[];
}

export interface GalleryCard {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  /** null: the state shows what the card is about; else why none does, and what it shows instead. */
  readonly nearest: string | null;
  /** Path of the small picture beside the index, or null. */
  readonly picture: string | null;
  readonly panels: readonly { readonly label: string; readonly state: CardState }[];
  /** Of every case: what is printed, and checks of our own. */
  readonly status: StatusCounts;
  /** Of what the paper prints. */
  readonly printed: StatusCounts;
  readonly cases: readonly {
    readonly group: string;
    readonly title: string;
    readonly standards: readonly string[];
    readonly rows: readonly GalleryRow[];
  }[];
}

export interface Gallery {
  readonly format: "nurecoil/gallery/1";
  readonly papers: readonly {
    readonly paper: string;
    readonly title: string;
    readonly citation: string;
    /** Where the paper is. */
    readonly url: string;
    readonly urlText: string;
    readonly summary: string;
    readonly cards: readonly GalleryCard[];
  }[];
  readonly claims: readonly PublishedClaim[];
}

/** Path of a small picture inside the gallery. */
export function picturePath(paper: string, figure: string): string {
  return `gallery/${paper}/${figure}.png`;
}

/** Cards with statuses and rows, and claims: everything a page shows of the papers, without an analysis being run. */
export function galleryIndex(sources: readonly GallerySource[]): Gallery {
  return {
    format: "nurecoil/gallery/1",
    papers: sources.map(({ paper, cards: { link, cards }, outcomes }) => ({
      paper: paper.paper,
      title: paper.title,
      citation: paper.citation,
      url: link.url,
      urlText: link.text,
      summary: summary(outcomes),
      cards: cards.map(({ groups, figure, ...card }) => {
        const own = outcomes.filter((one) => groups.includes(one.case.group));
        return {
          ...card,
          picture: figure === null ? null : picturePath(paper.paper, figure),
          status: counted(own),
          printed: counted(own.filter((one) => one.case.published !== null)),
          cases: groupsOf(own, paper.groups).map(({ id, title }) => tableOf(own, id, title)),
        };
      }),
    })),
    claims: publishedClaims(sources.map(({ paper }) => paper)),
  };
}

function counted(outcomes: readonly CaseOutcome[]): StatusCounts {
  const count = (status: CaseStatus): number => outcomes.filter((one) => one.status === status).length;
  return {
    met: count("met"),
    offset: count("offset"),
    missed: count("missed"),
    notComparable: count("not-comparable"),
  };
}

function tableOf(outcomes: readonly CaseOutcome[], group: string, title: string): GalleryCard["cases"][number] {
  const rows = rowsOf(outcomes, group);
  const { texts, mark } = standards(rows);
  return {
    group,
    title,
    standards: texts,
    rows: rows.map(({ verdicts, ...row }) => ({
      ...row,
      status: statusOf({ verdicts }),
      held: [...new Set(verdicts.map((one) => mark(one) - 1))],
    })),
  };
}
