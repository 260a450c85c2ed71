/** The best fit that a point is held against is one of the same question, or none. */

import type { ProfileResult } from "nurecoil/analysis";
import { expect, it } from "vitest";
import type { Desk } from "../../web/desk/client.ts";
import { firstState } from "../../web/state/page-state.ts";
import { createStore } from "../../web/state/store.ts";

/** A desk that answers the point at once and profiles when told to. */
function standIn() {
  const cancelled: string[] = [];
  const profiles = new Map<string, (result: ProfileResult) => void>();
  const ask = (question: string, _: unknown, { channel }: { channel: string }) => {
    if (question === "point") return Promise.resolve({ result: {}, spectrum: null, pulls: null });
    return new Promise((resolve) => {
      if (question === "profile") profiles.set(channel, resolve);
    });
  };
  return {
    desk: { ask, cancel: (channel: string) => cancelled.push(channel) } as unknown as Desk,
    profiles,
    cancelled,
  };
}

const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));
const profile = (chi2: number): ProfileResult => ({ minimum: { chi2, parameters: {} } }) as ProfileResult;

it("is none while profiles of a new question are under way, and one that is gone keeps no desk busy", async () => {
  const { desk, profiles, cancelled } = standIn();
  const store = createStore(desk, firstState);
  await settle();
  expect(store.best.value).toBeNull();
  profiles.get("profile xi_S")!(profile(2.5));
  await settle();
  expect(store.best.value).toBe(2.5);
  store.change((state) => ({ ...state, spec: { ...state.spec, free: ["xi_S"], parameters: { xi_T: 1 } } }));
  await settle();
  expect(store.best.value).toBeNull();
  expect(cancelled).toContain("profile xi_V");
  profiles.get("profile xi_S")!(profile(3.5));
  await settle();
  expect(store.best.value).toBe(3.5);
  store.close();
});
