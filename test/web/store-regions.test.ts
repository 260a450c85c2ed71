/** When the store asks for regions: not while the point moves, not while the window does. */

import type { RegionResult } from "nurecoil/analysis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Desk, GivenUp } from "../../web/desk/client.ts";
import { moveTo } from "../../web/state/change-couplings.ts";
import { firstState, type PageState } from "../../web/state/page-state.ts";
import { createStore, type Store } from "../../web/state/store.ts";

interface RegionQuestion {
  readonly channel: string;
  readonly draft: boolean;
  readonly window: unknown;
  readonly answer: (result: RegionResult) => void;
  readonly giveUp: () => void;
}

/** A desk that answers the point at once and leaves regions open. */
function standIn(): { readonly desk: Desk; readonly regions: RegionQuestion[]; readonly cancelled: string[] } {
  const regions: RegionQuestion[] = [];
  const cancelled: string[] = [];
  const ask = (question: string, asked: { draft: boolean; window: unknown }, options: { channel: string }) => {
    if (question === "point") return Promise.resolve({ result: {}, spectrum: null, pulls: null });
    if (question !== "region") return new Promise(() => {});
    return new Promise((resolve, reject) => {
      const { draft, window } = asked;
      const giveUp = (): void => reject(new GivenUp("cancelled"));
      regions.push({ channel: options.channel, draft, window, answer: resolve, giveUp });
    });
  };
  const cancel = (channel: string): void => {
    cancelled.push(channel);
    regions
      .filter((one) => one.channel === channel)
      .at(-1)
      ?.giveUp();
  };
  return { desk: { ask, cancel } as unknown as Desk, regions, cancelled };
}

/** The store does not look into a region; two must only be different objects. */
const region = (): RegionResult => ({}) as RegionResult;
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

let store: Store;
let regions: RegionQuestion[];
async function begin(first: PageState): Promise<void> {
  const made = standIn();
  regions = made.regions;
  store = createStore(made.desk, first);
  await settle();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  store.close();
  vi.useRealTimers();
});

const combination: PageState = {
  ...firstState,
  spec: { ...firstState.spec, experiments: ["coherent-csi-2017", "coherent-lar-2020"] },
};

describe("regions", () => {
  it("are asked once per layer, draft first", async () => {
    await begin(combination);
    expect(regions.map(({ channel }) => channel)).toEqual([
      "region ",
      "region coherent-csi-2017",
      "region coherent-lar-2020",
    ]);
    expect(regions.every(({ draft }) => draft)).toBe(true);
    const [draft, sharp] = [region(), region()];
    regions[0]!.answer(draft);
    await settle();
    const layer = store.layers.value.get("")!;
    expect(layer.value.value).toBe(draft);
    expect(store.askOf(draft)).toMatchObject({ draft: true, window: null });
    expect(regions).toHaveLength(4);
    expect(regions[3]).toMatchObject({ channel: "region ", draft: false });
    regions[3]!.answer(sharp);
    await settle();
    expect(layer.value.value).toBe(sharp);
    expect(layer.busy.value).toBe(false);
    expect(store.askOf(sharp)?.draft).toBe(false);
  });

  it("stay while the point moves, and so do the layers", async () => {
    await begin(combination);
    const { layers } = store;
    const before = layers.value;
    for (let step = 1; step <= 60; step++) {
      store.change((state) => moveTo(state, { xi_S: step / 100, xi_V: -step / 100 }));
      await settle();
    }
    expect(store.values.value).toMatchObject({ xi_S: 0.6, xi_V: -0.6 });
    expect(regions).toHaveLength(3);
    expect(layers.value).toBe(before);
  });

  it("are asked anew when a coupling off the plane moves", async () => {
    await begin(firstState);
    store.change((state) => moveTo(state, { xi_T: 0.1 }));
    await settle();
    expect(regions).toHaveLength(2);
  });

  it("wait until the window rests", async () => {
    await begin(firstState);
    for (let step = 1; step <= 20; step++) {
      store.look({ window: { x: [-step, step], y: [0, step] } });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(regions).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60);
    expect(regions).toHaveLength(2);
    expect(regions[1]!.window).toEqual({ xi_S: [-20, 20], xi_V: [0, 20] });
    // The whole is wanted at once.
    store.look({ window: null });
    await settle();
    expect(regions).toHaveLength(3);
    expect(regions[2]!.window).toBeNull();
  });

  it("that were cancelled stay coarse until they are wanted", async () => {
    await begin(firstState);
    const draft = region();
    regions[0]!.answer(draft);
    await settle();
    store.desk.cancel("region ");
    await settle();
    const layer = store.layers.value.get("")!;
    expect(layer.busy.value).toBe(false);
    store.change((state) => moveTo(state, { xi_S: 0.3 }));
    await settle();
    expect(regions).toHaveLength(2);
    expect(layer.value.value).toBe(draft);
    store.sharpen();
    await settle();
    expect(regions).toHaveLength(3);
    expect(layer.busy.value).toBe(true);
  });
});
