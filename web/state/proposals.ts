/**
 * Changes of what an analysis is: the library is asked first, and what it refuses is not done but told. Values that
 * follow the pointer go to the store directly.
 */

import { type Signal, signal } from "@preact/signals";
import { GivenUp } from "../desk/client.ts";
import type { Failure } from "../desk/messages.ts";
import { atRest, couplingsOf } from "./analysis-spec.ts";
import type { Change } from "./change-couplings.ts";
import type { PageState } from "./page-state.ts";
import { failureOf } from "./resource.ts";
import type { Store } from "./store.ts";

export interface Proposals {
  /**
   * @param place the control that wants it: where a refusal is shown
   * @returns whether it was done
   */
  readonly make: (place: string, change: Change) => Promise<boolean>;
  /** The control whose change is being looked at. */
  readonly waiting: Signal<string | null>;
  readonly refusal: Signal<{ readonly place: string; readonly failure: Failure } | null>;
}

type Asking = Pick<Store, "desk" | "state" | "change" | "opened">;

export function createProposals({ desk, state, change: apply, opened }: Asking): Proposals {
  const waiting = signal<string | null>(null);
  const refusal = signal<{ readonly place: string; readonly failure: Failure } | null>(null);
  let last: Promise<unknown> = Promise.resolve();

  const refuse = (place: string, failure: Failure): false => {
    refusal.value = { place, failure };
    return false;
  };
  const decide = async (place: string, change: Change): Promise<boolean> => {
    refusal.value = null;
    let checked = "";
    for (;;) {
      const next = change(state.peek());
      if (typeof next === "string") return refuse(place, { kind: "usage", issues: [{ message: next }] });
      const ask = { spec: atRest(next.spec), couplings: couplingsOf(next) };
      const key = JSON.stringify(ask);
      // An analysis that cannot be done is mended step by step; what moves alone needs no second look.
      const known = key === checked || opened.failure.peek() !== null || key === keyOf(state.peek());
      if (known) {
        apply(() => next);
        return true;
      }
      try {
        await desk.ask("open", ask, { channel: `change of ${place}`, at: "live" });
      } catch (error) {
        return error instanceof GivenUp ? false : refuse(place, failureOf(error));
      }
      checked = key;
    }
  };

  return {
    waiting,
    refusal,
    make: (place, change) => {
      const mine = last.then(async () => {
        waiting.value = place;
        try {
          return await decide(place, change);
        } finally {
          waiting.value = null;
        }
      });
      last = mine;
      return mine;
    },
  };
}

function keyOf(state: PageState): string {
  return JSON.stringify({ spec: atRest(state.spec), couplings: couplingsOf(state) });
}
