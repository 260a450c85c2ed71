/** The drawing of the plane: which regions, in which window, asked for whenever one of them changes. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { RegionResult } from "nurecoil/analysis";
import { experimentName } from "nurecoil/figures";
import { GivenUp } from "../desk/client.ts";
import type { Failure } from "../desk/messages.ts";
import type { Drawing, Picture } from "../desk/pictures.ts";
import { choicesOf } from "../state/analysis-spec.ts";
import { planeClaims } from "../state/claims.ts";
import { failureOf } from "../state/resource.ts";
import type { Store } from "../state/store.ts";
import { covers, type Extent, endsOf, homeOf, reachable, type Window } from "./plane-geometry.ts";
import { theme } from "./theme.tsx";

export interface Shown {
  readonly drawing: Drawing;
  /** As "x,y"; what is drawn may be a step behind. */
  readonly plane: string;
}

export interface PlanePicture {
  readonly shown: ReadonlySignal<Shown | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** The window before any zoom; null before the first region. */
  readonly home: ReadonlySignal<Window | null>;
  readonly window: ReadonlySignal<Window | null>;
  /** Height of the picture, in CSS pixels. */
  readonly height: ReadonlySignal<number>;
  readonly close: () => void;
}

/** Of the whole picture, by its width in pixels; every layer and claim needs a line in the legend. */
const HEIGHT = { share: 0.86, least: 300, most: 460, layer: 13 } as const;

type Results = ReadonlyMap<string, RegionResult>;

/** @param width of the picture in CSS pixels, 0 before it is on the page */
export function openPlanePicture(store: Store, width: ReadonlySignal<number>): PlanePicture {
  const plane = computed(() => (store.state.value.spec.plane ?? []).join(","));
  const zoom = computed(() => store.state.value.view.window);
  const papers = computed(() => store.state.value.view.claims);
  const spec = computed(() => store.state.value.spec);
  /** What is there for this plane, layer by layer. */
  const results = computed<Results>(() => {
    const found = new Map<string, RegionResult>();
    for (const [name, { value }] of store.layers.value) {
      if (value.value !== null && value.value.plane.join(",") === plane.value) found.set(name, value.value);
    }
    return found;
  });
  // Regions of the whole plane stay when one looks nearer: they fill in while the window moves, and when one comes back.
  const wholes = signal<Results>(new Map());
  const home = computed<Window | null>(() => {
    const known = new Map([...results.value, ...wholes.value]);
    const combined = known.get("");
    if (combined === undefined || combined.plane.join(",") !== plane.value) return null;
    const others = [...known].filter(([name]) => name !== "" && store.layers.value.has(name));
    return homeOf(
      windowOf(combined),
      others.map(([, one]) => extentOf(one)),
    );
  });
  const window = computed(() => zoom.value ?? home.value);
  const height = computed(() => {
    const { share, least, most, layer } = HEIGHT;
    const [a, b] = plane.value.split(",") as [string, string];
    const lines = store.layers.value.size - 1 + planeClaims([a, b], papers.value, spec.value).length;
    return Math.round(Math.min(most, Math.max(least, share * width.value)) + layer * lines);
  });
  const shown = signal<Shown | null>(null);
  const failure = signal<Failure | null>(null);

  const stops = [
    effect(() => {
      const before = wholes.peek();
      const next = new Map([...before].filter(([, one]) => one.plane.join(",") === plane.value));
      for (const [name, one] of results.value) if (store.askOf(one)?.window === null) next.set(name, one);
      if (next.size !== before.size || [...next].some(([name, one]) => before.get(name) !== one)) wholes.value = next;
    }),
    effect(() => {
      const asked = plane.value;
      const frame = window.value;
      if (width.value === 0 || frame === null || !results.value.has("")) return;
      const layers = [...results.value].map(([name, one]) => {
        const result = bestFor(frame, one, wholes.value.get(name), store);
        return {
          label: name === "" ? combinedName(store) : experimentName(name),
          result,
          combined: name === "",
          draft: store.askOf(result)?.draft ?? false,
        };
      });
      // Areas last: they are those of the combination.
      layers.reverse();
      const picture: Picture = {
        kind: "region",
        layers,
        window: { x: frame.x, y: frame.y },
        steady: reachable(home.value ?? frame),
        published: planeClaims(asked.split(",") as [string, string], papers.value, spec.value),
      };
      const look = { theme: theme.value, width: width.value, height: height.value };
      store.desk.ask("picture", { picture, look }, { channel: "picture plane", at: "live" }).then(
        (drawing) => {
          shown.value = { drawing, plane: asked };
          failure.value = null;
        },
        (error: unknown) => {
          if (!(error instanceof GivenUp)) failure.value = failureOf(error);
        },
      );
    }),
  ];
  return {
    shown,
    failure,
    home,
    window,
    height,
    close: () => {
      for (const stop of stops) stop();
      store.desk.cancel("picture plane");
    },
  };
}

/** What a region's result shows. */
export function windowOf({ plane: [a, b], window }: RegionResult): Window {
  return { x: window[a]!, y: window[b]! };
}

/** How far a region's result reaches. */
export function extentOf(result: RegionResult): Extent {
  return endsOf(
    windowOf(result),
    result.regions.flatMap(({ polygons }) => polygons),
  );
}

/** How the area of all experiments together is called. */
export function combinedName(store: Store): string {
  const chosen = choicesOf(store.state.peek().spec);
  return chosen.length === 1 ? experimentName(chosen[0]!.id) : "combined";
}

/** The newest result, unless it ends inside the window and one of the same analysis does not. */
function bestFor(
  window: Window,
  newest: RegionResult,
  whole: RegionResult | undefined,
  { askOf }: Store,
): RegionResult {
  const ask = askOf(newest);
  if (whole === undefined || ask === undefined || ask.window === null || covers(windowOf(newest), window))
    return newest;
  return JSON.stringify(askOf(whole)?.spec) === JSON.stringify(ask.spec) ? whole : newest;
}
