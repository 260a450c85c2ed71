/** Address and state follow each other; what cannot be read is said and not applied. */

import { effect, type Signal, signal } from "@preact/signals";
import { type AddressProblem, addressOf, type ReadAddress, readAddress } from "./address.ts";
import { atRest } from "./analysis-spec.ts";
import { firstState, type PageState } from "./page-state.ts";
import type { Store } from "./store.ts";

/** Something the reader must know, until it is closed. */
export interface Notice {
  readonly message: string;
  readonly hint: string;
}

/** The address is written at most this often: browsers slow pages down that write it at every step. */
const WRITE_EVERY_MS = 300;

/**
 * @param read what the page began with
 * @returns what is to be said of the address; the page shows it
 */
export function followAddress(store: Store, read: ReadAddress): Signal<Notice | null> {
  const notice = signal<Notice | null>(read?.problem === undefined ? null : told(read.problem));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = store.state.peek();
  // A damaged address stays until something is changed: it can be looked at and mended.
  let written = read?.problem === undefined ? "" : addressOf(last);
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const next = addressOf(last);
    if (next === written) return;
    written = next;
    history.replaceState(null, "", next === addressOf(firstState) ? location.pathname + location.search : next);
  };
  effect(() => {
    const next = store.state.value;
    if (next === last) return;
    // What is more than a value that moves can be taken back by the browser's own button.
    if (shapeOf(next) !== shapeOf(last)) {
      write();
      written = addressOf(next);
      if (location.hash !== written) history.pushState(null, "", written);
    }
    last = next;
    if (timer === undefined) timer = setTimeout(write, WRITE_EVERY_MS);
  });
  addEventListener("hashchange", () => {
    const hash = location.hash;
    // A link inside the page, such as the one that skips to the figures.
    if (document.getElementById(hash.slice(1)) !== null) return;
    const next = readAddress(hash);
    if (next?.problem !== undefined) {
      notice.value = told(next.problem);
      return;
    }
    notice.value = null;
    const state = next?.state ?? firstState;
    if (addressOf(state) === addressOf(last)) return;
    last = state;
    written = addressOf(state);
    store.change(() => state);
  });
  return notice;
}

/** A state without what follows the pointer: values of couplings and the window of the plane. */
function shapeOf({ spec, view }: PageState): string {
  return JSON.stringify([atRest(spec), { ...view, window: null }]);
}

function told({ message, hint }: AddressProblem): Notice {
  return { message, hint };
}
