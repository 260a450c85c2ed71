/** Allowed regions in a plane of two couplings, the point in it to be dragged. */

import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { experimentName, plainText } from "nurecoil/figures";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Downloads } from "../parts/downloads.tsx";
import { FailureText } from "../parts/failure.tsx";
import { Picture } from "../parts/picture.tsx";
import { PlaneFoot } from "../parts/plane-foot.tsx";
import { limited, type Percent, type Place, percentOf, tidied, type Window, zoomed } from "../parts/plane-geometry.ts";
import { followGestures } from "../parts/plane-gestures.ts";
import { openPlanePicture, type PlanePicture } from "../parts/plane-picture.ts";
import { PlanePoint } from "../parts/plane-point.tsx";
import { advanceOf, deltaOf, PlaneStatus, saysNothing } from "../parts/plane-status.tsx";
import { PlaneAxes, PlaneTools, PlaneZoom } from "../parts/plane-tools.tsx";
import { useSize } from "../parts/size.ts";
import { spoken, WithSymbols } from "../parts/symbol.tsx";
import type { Resource } from "../state/resource.ts";
import type { Store } from "../state/store.ts";

interface PlaneProps {
  readonly store: Store;
}

type Names = readonly [string, string];

export function Plane({ store }: PlaneProps) {
  const key = useComputed(() => (store.state.value.spec.plane ?? []).join(","));
  return (
    <section class="panel plane" aria-labelledby="plane-title">
      {key.value === "" ? (
        <>
          <PlaneHead store={store} plane={null} />
          <p class="quiet">A region is drawn in a plane of two couplings: add couplings, then choose two of them.</p>
        </>
      ) : (
        <PlaneBody store={store} plane={key.value.split(",") as unknown as Names} />
      )}
    </section>
  );
}

interface HeadProps extends PlaneProps {
  readonly plane: Names | null;
}

function PlaneHead({ store, plane }: HeadProps) {
  return (
    <div class="panel-head">
      <h2 id="plane-title">Region</h2>
      <PlaneAxes store={store} plane={plane} />
      {plane !== null && (
        <div class="panel-tools">
          <PlaneTools store={store} />
          <Downloads store={store} figure="plane" />
        </div>
      )}
    </div>
  );
}

function PlaneBody({ store, plane }: PlaneProps & { readonly plane: Names }) {
  const { ref, width } = useSize<HTMLDivElement>();
  const picture = useMemo(() => openPlanePicture(store, width), [store, width]);
  useEffect(() => picture.close, [picture]);
  const hover = useSignal<Place | null>(null);
  const moved = useSignal(0);
  const busy = useComputed(() => [...store.layers.value.values()].some((one) => one.busy.value));
  const failure = useComputed(
    () =>
      picture.failure.value ??
      [...store.layers.value]
        .filter(([name, layer]) => !saysNothing(name, layer))
        .map(([, one]) => one.failure.value)
        .find((one) => one !== null) ??
      null,
  );
  // Contours of other data under the names of these would mislead.
  const isStale = useComputed(() => {
    const shown = store.layers.value.get("")?.value.value;
    const ask = shown ? store.askOf(shown) : undefined;
    return (
      ask !== undefined && JSON.stringify(ask.spec.experiments) !== JSON.stringify(store.state.value.spec.experiments)
    );
  });
  const isZoomed = useComputed(() => store.state.value.view.window !== null);
  const show = (window: Window): void => {
    const home = picture.home.peek();
    store.look({ window: tidied(home === null ? window : limited(window, home)) });
  };
  const reset = (): void => store.look({ window: null });
  const zoom = (factor: number): void => {
    const window = picture.window.peek();
    if (window !== null) show(zoomed(window, factor));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(1 / 1.5);
    else if (event.key === "-") zoom(1.5);
    else if (event.key === "0") reset();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <PlaneHead store={store} plane={plane} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the point in it, which has the focus */}
      <div class="plane-stage" ref={ref} data-testid="plane" data-stale={isStale.value} onKeyDown={onKey}>
        <Picture drawing={picture.shown.value?.drawing ?? null} height={picture.height.value} busy={busy.value}>
          <Over
            store={store}
            plane={plane}
            picture={picture}
            show={show}
            reset={reset}
            hover={(at) => (hover.value = at)}
            onMoved={() => moved.value++}
          />
        </Picture>
      </div>
      <PlaneStatus store={store} plane={plane} window={picture.window.value} hover={hover} />
      <Announcements store={store} moved={moved} />
      {failure.value !== null && <FailureText failure={failure.value} />}
      <Silent store={store} />
      <PlaneFoot store={store} plane={plane}>
        <PlaneZoom zoom={zoom} reset={reset} isZoomed={isZoomed.value} />
      </PlaneFoot>
    </>
  );
}

/** Experiments that alone say nothing of this plane, and why: a reactor knows no muon neutrinos. */
function Silent({ store }: PlaneProps) {
  const silent = [...store.layers.value].filter(([name, layer]) => saysNothing(name, layer));
  if (silent.length === 0) return null;
  const reasons = new Map<string, string[]>();
  for (const [name, layer] of silent) {
    const reason = reasonOf(layer);
    reasons.set(reason, [...(reasons.get(reason) ?? []), plainText(experimentName(name))]);
  }
  const said = [...reasons].map(([reason, names]) => `${names.join(", ")} alone: ${reason}`).join("; ");
  return (
    <p class="plane-silent quiet">
      <WithSymbols text={said} />
    </p>
  );
}

function reasonOf({ failure }: Resource<unknown>): string {
  return (failure.value?.issues ?? []).map(({ message }) => message).join(", ");
}

interface OverProps extends PlaneProps {
  readonly plane: Names;
  readonly picture: PlanePicture;
  readonly show: (window: Window) => void;
  readonly reset: () => void;
  readonly hover: (share: Place | null) => void;
  readonly onMoved: () => void;
}

/** What lies over the frame of the figure: it hears the pointer and holds the point. */
function Over({ store, plane, picture, show, reset, hover, onMoved }: OverProps) {
  const frame = useRef<HTMLDivElement>(null);
  const acts = useRef({ show, reset, hover });
  acts.current = { show, reset, hover };
  const shown = picture.shown.value;
  // What is drawn may still be another plane.
  const drawn = shown !== null && shown.plane === plane.join(",") ? shown.drawing : null;
  const isThere = drawn !== null;
  useEffect(() => {
    if (frame.current === null) return;
    return followGestures(frame.current, {
      window: () => picture.window.peek(),
      show: (window) => acts.current.show(window),
      reset: () => acts.current.reset(),
      hover: (share) => acts.current.hover(share),
    });
  }, [picture, isThere]);
  if (drawn === null) return null;
  const { box, x, y } = drawn.frames[0]!;
  const place = percentOf(box, drawn);
  const pixels = { width: box.width / POINTS, height: box.height / POINTS };
  return (
    <div class="plane-over" style={{ aspectRatio: `${drawn.width} / ${drawn.height}` }}>
      <div class="plane-frame" ref={frame} data-testid="plane-frame" style={inPercent(place)}>
        <PlanePoint
          store={store}
          plane={plane}
          window={{ x: x.domain, y: y.domain }}
          size={pixels}
          frame={() => frame.current}
          onMoved={onMoved}
        />
      </div>
    </div>
  );
}

/** Points of the figure in a CSS pixel. */
const POINTS = 0.75;

function inPercent({ left, top, width, height }: Percent): Record<string, string> {
  return { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` };
}

/** What is read aloud: rarely, and only what has come to rest. */
const REST_MS = 900;

function Announcements({ store, moved }: PlaneProps & { readonly moved: ReadonlySignal<number> }) {
  const said = useSignal("");
  const isSharp = useComputed(() => advanceOf(store.layers.value, store.askOf).stage === "sharp");
  useSaid(said, moved.value, () => placeOf(store));
  useSaid(said, isSharp.value ? 1 : 0, () => "The regions are sharp.");
  return (
    <p class="visually-hidden" aria-live="polite">
      {said.value}
    </p>
  );
}

/** Say something when a count has changed and come to rest; nothing while it is 0. */
function useSaid(said: Signal<string>, count: number, text: () => string): void {
  useEffect(() => {
    if (count === 0) return;
    const timer = setTimeout(() => (said.value = text()), REST_MS);
    return () => clearTimeout(timer);
  }, [said, count]);
}

function placeOf(store: Store): string {
  const values = store.values.peek();
  const place = (store.state.peek().spec.plane ?? []).map((name) => `${spoken(name)} ${values[name]?.toPrecision(3)}`);
  const distance = deltaOf(store);
  return [...place, ...(distance === null ? [] : [`delta chi squared ${distance.toFixed(2)}`])].join(", ");
}
