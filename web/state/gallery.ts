/** Cards of the papers: loaded when first looked at, and the state that a card stands for. */

import { signal } from "@preact/signals";
import type { Gallery, GalleryCard, StatusCounts } from "nurecoil/reproductions";
import { DeskError } from "../desk/client.ts";
import { addressOf } from "./address.ts";
import { choicesOf } from "./analysis-spec.ts";
import { type PageState, plainView } from "./page-state.ts";
import { createResource, fill } from "./resource.ts";
import type { Store } from "./store.ts";

export type Paper = Gallery["papers"][number];
export type Panel = GalleryCard["panels"][number];
export type Status = keyof StatusCounts;

/** What became of a case; in the order they are counted. */
export const statuses: readonly Status[] = ["met", "offset", "missed", "notComparable"];

const FILE = "gallery.json";
const FORMAT = "nurecoil/gallery/1";

/** Everything the papers' cards show; null before it was first wanted. */
export const gallery = createResource<Gallery>();

/** Load the cards, unless they are there or on their way; after a failure it tries again. */
export function loadGallery(): Promise<void> {
  return fill(gallery, FILE, () => fetchGallery(new URL(FILE, document.baseURI)));
}

/** @throws DeskError (data) saying what arrived and what to do */
export async function fetchGallery(address: URL): Promise<Gallery> {
  const broken = (message: string, hint: string): DeskError =>
    new DeskError({ kind: "data", issues: [{ file: FILE, message, hint }] });
  let text: string;
  try {
    const response = await fetch(address);
    if (!response.ok) throw broken(`the server answers ${response.status}`, "try again, or tell its host");
    text = await response.text();
  } catch (error) {
    if (error instanceof DeskError) throw error;
    throw broken("cannot be fetched", "is the network there? Try again");
  }
  try {
    const found = JSON.parse(text) as Partial<Gallery>;
    if (found.format === FORMAT && Array.isArray(found.papers) && Array.isArray(found.claims)) return found as Gallery;
  } catch {
    // Told below: what is cut off is no JSON.
  }
  throw broken(`is cut off or damaged (${text.length} characters arrived)`, "try again, or reload the page");
}

/** The state of the page that a panel of a card stands for. */
export function stateOfPanel({ state: { spec, at, view } }: Panel): PageState {
  const several = choicesOf(spec).length > 1;
  const [x, y] = view.window ?? [];
  return {
    spec,
    at,
    view: {
      ...plainView,
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
  const next = stateOfPanel(panel);
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
