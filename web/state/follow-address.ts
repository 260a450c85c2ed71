/** Address and state follow each other; what cannot be read is said and not applied. */

import { effect, type Signal, signal } from "@preact/signals";
import { type AddressProblem, addressOf, type ReadAddress, readAddress } from "./address.ts";
import { firstState } from "./page-state.ts";
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
  // A damaged address stays until something is changed: it can be looked at and mended.
  let written = read?.problem === undefined ? "" : addressOf(store.state.peek());
  const write = (): void => {
    timer = undefined;
    const next = addressOf(store.state.peek());
    if (next === written) return;
    written = next;
    history.replaceState(null, "", next === addressOf(firstState) ? location.pathname + location.search : next);
  };
  effect(() => {
    addressOf(store.state.value);
    if (timer === undefined) timer = setTimeout(write, WRITE_EVERY_MS);
  });
  addEventListener("hashchange", () => {
    const next = readAddress(location.hash);
    if (next?.problem !== undefined) notice.value = told(next.problem);
    else {
      notice.value = null;
      const state = next?.state ?? firstState;
      written = addressOf(state);
      store.change(() => state);
    }
  });
  return notice;
}

function told({ message, hint }: AddressProblem): Notice {
  return { message, hint };
}
