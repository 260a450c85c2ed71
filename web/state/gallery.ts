/** Cards of the papers and the state that a card stands for. */

import { signal } from "@preact/signals";
import type { Gallery, GalleryCard, StatusCounts } from "nurecoil/reproductions";
import { addressOf } from "./address.ts";
import { choicesOf } from "./analysis-spec.ts";
import { papersWith } from "./claims.ts";
import { type PageState, plainView } from "./page-state.ts";
import type { Store } from "./store.ts";

export { fetchGallery, gallery, loadGallery } from "./gallery-file.ts";

export type Paper = Gallery["papers"][number];
export type Panel = GalleryCard["panels"][number];
export type Status = keyof StatusCounts;

/** What became of a case; in the order they are counted. */
export const statuses: readonly Status[] = ["met", "offset", "missed", "notComparable"];

/**
 * The state of the page that a panel of a card stands for.
 * @param paper whose card it is: what it publishes of these couplings is drawn
 */
export function stateOfPanel({ state: { spec, at, view } }: Panel, paper?: string): PageState {
  const claiming = papersWith(spec.free ?? [], spec.plane ?? null, spec).some((one) => one.paper === paper);
  const several = choicesOf(spec).length > 1;
  const [x, y] = view.window ?? [];
  return {
    spec,
    at,
    view: {
      ...plainView,
      claims: paper !== undefined && claiming ? [paper] : plainView.claims,
      each: several ? (view.parts ?? false) : plainView.each,
      window: x === undefined || y === undefined ? null : { x: [...x], y: [...y] },
    },
  };
}

/** A card that was loaded, while the analysis is still its own. */
export interface LoadedCard {
  readonly card: GalleryCard;
  readonly paper: Paper;
  /** The spec as text: another one is no longer of this card. */
  readonly spec: string;
}

export const loadedCard = signal<LoadedCard | null>(null);

/** Id of a card on the page. */
export function cardId({ paper }: Paper, { id }: GalleryCard): string {
  return `card-${paper}-${id}`;
}

/** Where the panel of a view is on the page. */
const places = { spectrum: "section.spectrum", profile: "section.profiles", region: "section.plane" } as const;

/** Show what a panel of a card stands for; the way back leads to the gallery. */
export function loadPanel(store: Store, paper: Paper, card: GalleryCard, panel: Panel): void {
  const next = stateOfPanel(panel, paper.paper);
  // The address follows the state with a delay: what is left now must be there when somebody comes back.
  history.replaceState(null, "", addressOf(store.state.peek()));
  history.pushState(null, "", addressOf(next));
  loadedCard.value = { card, paper, spec: JSON.stringify(next.spec) };
  store.change(() => next);
  const place = places[panel.state.view.tab];
  focusSoon("nearest", () => document.querySelector<HTMLElement>(place) ?? document.getElementById("main"));
}

/** Back to the card in the gallery. */
export function backToCard(store: Store, { paper, card }: LoadedCard): void {
  store.look({ tab: "gallery" });
  focusSoon("center", () => document.getElementById(cardId(paper, card)) ?? document.getElementById("main"));
}

/** Focus what is drawn next, on a page seen from its beginning. */
function focusSoon(block: ScrollLogicalPosition, find: () => HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const element = find();
      if (element === null) return;
      if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
      scrollTo(0, 0);
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block });
    }),
  );
}

/** Cases of a card with a status. */
export function matches(card: GalleryCard, status: Status | null): boolean {
  return status === null || card.status[status] > 0;
}

/** Whether every word of a search is somewhere in the card or its paper. */
export function found(paper: Paper, card: GalleryCard, search: string): boolean {
  const { title, citation, urlText } = paper;
  const labels = card.panels.map(({ label }) => label);
  const text = [card.title, card.text, card.place, title, citation, urlText, ...labels].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
