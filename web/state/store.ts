/** The one state of the page, what follows from it, and what changes it. */

import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NamedMinimum, PointResult, ProfileResult, RegionResult, SpecInput } from "nurecoil/analysis";
import { type Desk, GivenUp, POINTER } from "../desk/client.ts";
import type { Drawing, Look } from "../desk/pictures.ts";
import type { Opened } from "../desk/questions.ts";
import { aloneSpec, atRest, choicesOf, couplingsOf, planeSpec, profileSpec, valuesOf } from "./analysis-spec.ts";
import type { PageState, View } from "./page-state.ts";
import { createResource, fill, type Resource } from "./resource.ts";

export interface PointAnswer {
  readonly result: PointResult;
  readonly spectrum: Drawing | null;
  readonly pulls: Drawing | null;
}

/** How a region was asked for. */
export interface RegionAsk {
  readonly spec: SpecInput;
  readonly window: Readonly<Record<string, [number, number]>> | null;
  readonly draft: boolean;
}

/** A point that has not moved for this long is worked out to the last digit. */
const POINT_REST_MS = 120;

/** Regions of a new window are asked for when it has not moved for this long. */
const WINDOW_REST_MS = 150;

/** Regions of the combination and of each experiment, by id; "" is the combination. */
export type Layers = ReadonlyMap<string, Resource<RegionResult>>;

export interface Store {
  readonly desk: Desk;
  readonly state: Signal<PageState>;
  readonly couplings: ReadonlySignal<readonly string[]>;
  readonly values: ReadonlySignal<Readonly<Record<string, number>>>;
  /** What the current analysis is, once its data are there; its failure is that of the whole analysis. */
  readonly opened: Resource<Opened>;
  readonly point: Resource<PointAnswer>;
  /** By free coupling. */
  readonly profiles: ReadonlySignal<ReadonlyMap<string, Resource<ProfileResult>>>;
  /** Of the free couplings, best first. */
  readonly minima: Resource<readonly NamedMinimum[]>;
  readonly layers: ReadonlySignal<Layers>;
  /** chi^2 of the best fit of the free couplings; null while it is worked out. */
  readonly best: ReadonlySignal<number | null>;
  /** Whether the region shown of a layer answers the present question, as a draft or sharp, in whatever window. */
  readonly isFresh: (layer: string) => boolean;
  /** What a region answers. */
  readonly askOf: (region: RegionResult) => RegionAsk | undefined;
  /** Ask again for regions that were cancelled. */
  readonly sharpen: () => void;
  /** Ask for everything that failed once more, as when the network is back. */
  readonly again: () => void;
  /** How the two pictures of the point are to look; null while they are not on the page. */
  readonly looks: { readonly spectrum: Signal<Look | null>; readonly pulls: Signal<Look | null> };
  readonly change: (next: (state: PageState) => PageState) => void;
  readonly look: (view: Partial<View>) => void;
  readonly close: () => void;
}

export function createStore(desk: Desk, first: PageState): Store {
  const state = signal(first);
  const couplings = computed(() => couplingsOf(state.value));
  const values = computed(() => valuesOf(state.value));
  const spec = computed(() => state.value.spec);
  const view = computed(() => state.value.view);
  const opened = createResource<Opened>();
  const point = createResource<PointAnswer>();
  const minima = createResource<readonly NamedMinimum[]>();
  const looks = { spectrum: signal<Look | null>(null), pulls: signal<Look | null>(null) };
  const profiles = keyed<ProfileResult>(
    computed(() => spec.value.free ?? []),
    (name) => desk.cancel(`profile ${name}`),
  );
  // Regions do not depend on the point: nothing of theirs changes while only it moves.
  const layerKey = computed(() => JSON.stringify(layerNames(state.value)));
  const layers = keyed<RegionResult>(
    computed(() => JSON.parse(layerKey.value) as readonly string[]),
    (name) => desk.cancel(`region ${name}`),
  );
  const started = computed(() => view.value.tab === "analysis" && point.value.value !== null);
  const window = computed(() => view.value.window);
  const rested = signal(first.view.window);
  const regionAsks = new WeakMap<RegionResult, RegionAsk>();
  const regionRounds = signal(0);
  const rounds = signal(0);

  const stops = [
    effect(() => {
      rounds.value;
      const ask = { spec: atRest(spec.value), couplings: couplings.value };
      void fill(opened, JSON.stringify(ask), () => desk.ask("open", ask, { channel: "open", at: "live" }));
    }),
    effect(() => {
      rounds.value;
      const chosen = choicesOf(spec.value).map(({ id }) => id);
      const shown = view.value.spectrum;
      const experiment = shown !== null && chosen.includes(shown) ? shown : chosen[0];
      const spectrum =
        looks.spectrum.value === null || experiment === undefined
          ? null
          : { experiment, axis: view.value.axes[experiment] ?? 0, look: looks.spectrum.value };
      const pulls = looks.pulls.value === null ? null : { look: looks.pulls.value };
      const ask = { spec: spec.value, couplings: couplings.value, at: values.value, spectrum, pulls };
      if (view.value.tab !== "analysis" || chosen.length === 0) return;
      void fill(point, JSON.stringify(ask), async (tell, _, isCurrent) => {
        const options = { channel: POINTER, at: "live" } as const;
        const quick = await desk.ask("point", { ...ask, quick: true }, options);
        tell(quick);
        await rest(POINT_REST_MS);
        // Who moved on asks anew: the last digits are for where the point stays.
        return isCurrent() ? await desk.ask("point", { ...ask, quick: false }, options) : quick;
      });
    }),
    effect(() => {
      if (view.value.tab !== "analysis" || point.value.value === null) return;
      const ask = profileSpec(state.value);
      for (const [parameter, resource] of profiles.value) {
        void fill(resource, JSON.stringify([ask, parameter]), (onPartial) =>
          desk.ask(
            "profile",
            { spec: ask, parameter },
            { channel: `profile ${parameter}`, at: "long", waits: true, onPartial },
          ),
        );
      }
    }),
    effect(() => {
      const ask = profileSpec(state.value);
      if (!started.value) return;
      if ((ask.free ?? []).length === 0) {
        minima.key.value = "";
        minima.value.value = null;
      } else
        void fill(minima, JSON.stringify(ask), () =>
          desk.ask("minima", { spec: ask }, { channel: "minima", at: "long" }),
        );
    }),
    effect(() => {
      const next = window.value;
      if (next === null) rested.value = null;
      const timer = next === null ? undefined : setTimeout(() => (rested.value = next), WINDOW_REST_MS);
      return () => clearTimeout(timer);
    }),
    effect(() => {
      const plane = planeSpec({ ...state.peek(), spec: spec.value });
      regionRounds.value;
      if (!started.value || plane === null) return;
      const shown = windowOf(plane, rested.value);
      for (const [layer, resource] of layers.value) {
        const ask = { spec: layer === "" ? plane : aloneSpec(plane, layer), window: shown };
        const alone = layer !== "";
        const options = { channel: `region ${layer}`, at: "long" } as const;
        void fill(resource, JSON.stringify(ask), async (tell, onShare, isCurrent) => {
          const draft = await desk.ask("region", { ...ask, alone, draft: true }, { ...options, waits: true });
          regionAsks.set(draft, { ...ask, draft: true });
          tell(draft);
          if (!isCurrent()) throw new GivenUp("a newer request took its place");
          const sharp = await desk.ask("region", { ...ask, alone, draft: false }, { ...options, onShare });
          regionAsks.set(sharp, { ...ask, draft: false });
          return sharp;
        });
      }
    }),
  ];

  return {
    desk,
    state,
    couplings,
    values,
    opened,
    point,
    profiles,
    minima,
    layers,
    best: computed(() => {
      const found = [...profiles.value.values()].find(({ busy, value }) => !busy.value && value.value !== null);
      return found?.value.value?.minimum.chi2 ?? null;
    }),
    isFresh: (layer) => {
      const region = layers.value.get(layer)?.value.value;
      const plane = planeSpec(state.value);
      const ask = region ? regionAsks.get(region) : undefined;
      if (ask === undefined || plane === null) return false;
      return JSON.stringify(ask.spec) === JSON.stringify(layer === "" ? plane : aloneSpec(plane, layer));
    },
    askOf: (region) => regionAsks.get(region),
    sharpen: () => {
      regionRounds.value++;
    },
    again: () => {
      rounds.value++;
      regionRounds.value++;
    },
    looks,
    change: (next) => {
      state.value = next(state.peek());
    },
    look: (part) => {
      state.value = { ...state.peek(), view: { ...state.peek().view, ...part } };
    },
    close: () =>
      batch(() => {
        for (const stop of stops) stop();
      }),
  };
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** One resource per name, kept while the name stays. @param onGone called with a name that is there no more */
function keyed<T>(
  names: ReadonlySignal<readonly string[]>,
  onGone: (name: string) => void,
): ReadonlySignal<ReadonlyMap<string, Resource<T>>> {
  const kept = new Map<string, Resource<T>>();
  return computed(() => {
    for (const name of [...kept.keys()]) {
      if (names.value.includes(name)) continue;
      kept.delete(name);
      // What nobody waits for any more would keep a desk from what is.
      onGone(name);
    }
    for (const name of names.value) if (!kept.has(name)) kept.set(name, createResource<T>());
    return new Map(names.value.map((name) => [name, kept.get(name)!]));
  });
}

function layerNames({ spec, view }: PageState): readonly string[] {
  if (spec.plane === undefined || spec.plane === null) return [];
  const ids = choicesOf(spec).map(({ id }) => id);
  return ids.length > 1 && view.each ? ["", ...ids] : [""];
}

function windowOf({ plane }: SpecInput, shown: View["window"]): Record<string, [number, number]> | null {
  if (shown === null || plane === undefined || plane === null) return null;
  return { [plane[0]]: [...shown.x], [plane[1]]: [...shown.y] };
}
