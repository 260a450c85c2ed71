/** Below the plane: where the pointer and the point are, what the levels mean, and how far the regions are. */

import type { ReadonlySignal } from "@preact/signals";
import type { RegionResult } from "nurecoil/analysis";
import { useEffect, useRef } from "preact/hooks";
import type { Resource } from "../state/resource.ts";
import type { Layers, Store } from "../state/store.ts";
import { dataAt, type Place, type Window, written } from "./plane-geometry.ts";
import { levelsText } from "./plane-levels.ts";
import { CouplingSymbol } from "./symbol.tsx";

interface StatusProps {
  readonly store: Store;
  readonly plane: readonly [string, string];
  readonly window: Window | null;
  readonly hover: ReadonlySignal<Place | null>;
}

export function PlaneStatus({ store, plane, window, hover }: StatusProps) {
  return (
    <div class="plane-status">
      <Readout store={store} plane={plane} window={window} hover={hover} />
      <Levels store={store} plane={plane} />
    </div>
  );
}

function Readout({ store, plane, window, hover }: StatusProps) {
  const share = hover.value;
  const [a, b] = plane;
  const values = store.values.value;
  const at: Place = share === null || window === null ? [values[a] ?? 0, values[b] ?? 0] : dataAt(window, share);
  const spans = window === null ? [1, 1] : [window.x[1] - window.x[0], window.y[1] - window.y[0]];
  const distance = deltaOf(store);
  return (
    <p class="plane-readout">
      <span class="plane-which quiet">{share === null ? "point" : "pointer"}</span>
      {plane.map((name, axis) => (
        <span key={name} class="plane-value">
          <CouplingSymbol name={name} /> {written(at[axis]!, spans[axis]!)}
        </span>
      ))}
      <span class="plane-value" title="Of the point, above the best fit; all other couplings where their sliders are">
        <span class="quiet">point </span>
        <span class="math">
          Δ<i>χ</i>
          <sup>2</sup>
        </span>{" "}
        {distance === null ? "–" : written(distance, distance < 100 ? 5 : 500)}
      </span>
    </p>
  );
}

/** What the levels drawn mean. */
function Levels({ store, plane }: Pick<StatusProps, "store" | "plane">) {
  const region = store.layers.value.get("")?.value.value ?? null;
  const shown = region !== null && region.plane.join() === plane.join() ? region : null;
  return (
    <p
      class="plane-levels quiet"
      data-testid="plane-levels"
      title={shown === null ? undefined : `Levels for ${levelsText(shown)}`}
    >
      {shown === null ? "" : levelsText(shown, true)}
    </p>
  );
}

/** chi^2 of the point above that of the best fit; null where one of them is missing. */
export function deltaOf(store: Store): number | null {
  const point = store.point.failure.value === null ? store.point.value.value : null;
  // A region of the question before has another best fit.
  const best = store.isFresh("") ? store.layers.value.get("")?.value.value : null;
  return point === null || best === null || best === undefined ? null : point.result.chi2 - best.best.chi2;
}

/** How far the layers are. */
export interface Advance {
  readonly stage: "none" | "draft" | "sharp" | "first";
  readonly busy: boolean;
  /** Share of the sharp regions done. */
  readonly share: number;
}

export function advanceOf(layers: Layers, askOf: Store["askOf"]): Advance {
  const all = [...layers].filter(([name, layer]) => !saysNothing(name, layer)).map(([, layer]) => layer);
  const isSharp = (region: RegionResult | null): boolean => region !== null && askOf(region)?.draft === false;
  const busy = all.some((one) => one.busy.value);
  const share =
    all.reduce((sum, one) => sum + (one.busy.value ? (one.share.value ?? 0) : 1), 0) / Math.max(1, all.length);
  if (all.length === 0 || all.every(({ value }) => value.value === null)) {
    return { stage: busy ? "first" : "none", busy, share };
  }
  const sharp = !busy && all.every(({ value }) => isSharp(value.value));
  return { stage: sharp ? "sharp" : "draft", busy, share };
}

/** Whether an experiment alone has no region because nothing of it depends on the plane. */
export function saysNothing(name: string, { failure, busy }: Resource<RegionResult>): boolean {
  return name !== "" && !busy.value && failure.value?.kind === "usage";
}

/** One line of the same height whatever there is to say. */
export function PlaneProgress({ store }: { readonly store: Store }) {
  const layers = store.layers.value;
  const { stage, busy, share } = advanceOf(layers, store.askOf);
  // Who cancels by key has the button to go on under the focus.
  const cancelled = useRef(false);
  const again = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!cancelled.current || busy) return;
    cancelled.current = false;
    again.current?.focus();
  }, [busy]);
  const texts = {
    none: "",
    first: "drawing a draft …",
    draft: busy ? `sharpening ${Math.floor(100 * share)} %` : "a draft",
    sharp: "regions sharp",
  };
  return (
    <div class="plane-progress" data-testid="plane-progress" data-stage={stage} data-busy={busy}>
      <span class="plane-stage-text quiet">{texts[stage]}</span>
      {busy && <progress class="visually-hidden" value={share} max={1} aria-label="Regions" />}
      {busy && (
        <button
          type="button"
          onClick={() => {
            cancelled.current = true;
            for (const name of layers.keys()) store.desk.cancel(`region ${name}`);
          }}
        >
          Cancel
        </button>
      )}
      {stage === "draft" && !busy && (
        <button type="button" ref={again} onClick={store.sharpen}>
          Sharpen
        </button>
      )}
    </div>
  );
}
