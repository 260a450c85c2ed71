/** The page begins: desks are set up, the address is read, the first analysis is drawn. */

import { Component, render } from "preact";
import { App } from "./app.tsx";
import { createDesk } from "./desk/client.ts";
import { openHere, openWorker, workersStart } from "./desk/places.ts";
import { keepForLater } from "./offline.ts";
import { readAddress } from "./state/address.ts";
import { experiments } from "./state/catalogue.ts";
import { followAddress } from "./state/follow-address.ts";
import { firstState } from "./state/page-state.ts";
import { createStore } from "./state/store.ts";

/** At most this many desks for long work: a plane has few layers. */
const MOST_DESKS = 4;

// Signals let a component skip its turn when its parent renders, and Preact then leaves its children pointing at the tree
// before (preactjs/preact#4909): trees of all steps of a slider would hang together. Without skipping none is kept.
Component.prototype.shouldComponentUpdate = undefined as never;

async function begin(): Promise<void> {
  const place = { base: new URL(".", document.baseURI).href, experiments: experiments.map(({ id }) => id) };
  const workers = await workersStart();
  const long = workers ? Math.min(MOST_DESKS, Math.max(1, navigator.hardwareConcurrency ?? 2)) : 0;
  const desk = createDesk(workers ? openWorker : openHere, long, place);
  const read = readAddress(location.hash);
  const store = createStore(desk, read?.state ?? firstState);
  const notice = followAddress(store, read);
  render(<App store={store} notice={notice} workers={workers} />, document.getElementById("page")!);
  // For tests and for the curious: how many questions were asked, dropped, how long they took.
  Object.assign(globalThis, { nurecoil: { statistics: desk.statistics, store } });
  keepForLater(store);
}

void begin();
