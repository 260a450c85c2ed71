/** The last line of the plane: how far its regions are, what opens below it, nearer and farther. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Store } from "../state/store.ts";
import { PlaneNumbers } from "./plane-numbers.tsx";
import { PlaneProgress } from "./plane-status.tsx";

interface FootProps {
  readonly store: Store;
  readonly plane: readonly [string, string];
  readonly children: ComponentChildren;
}

/** How far the regions are, what opens below, nearer and farther. */
export function PlaneFoot({ store, plane, children }: FootProps) {
  const id = useId();
  const open = useSignal<"numbers" | "keys" | null>(null);
  const opener = (name: "numbers" | "keys", text: string, full: string) => (
    <button
      type="button"
      class="plane-opener"
      aria-expanded={open.value === name}
      aria-controls={`${id}-${name}`}
      title={full}
      onClick={() => (open.value = open.peek() === name ? null : name)}
    >
      {text}
    </button>
  );
  return (
    <>
      <div class="plane-foot">
        <PlaneProgress store={store} />
        {opener("numbers", "Numbers", "Areas, islands, best fits")}
        {opener("keys", "Keys", "Keys and gestures")}
        {children}
      </div>
      <div id={`${id}-numbers`} class="plane-more plane-numbers" hidden={open.value !== "numbers"}>
        {open.value === "numbers" && <PlaneNumbers store={store} plane={plane} />}
      </div>
      <div id={`${id}-keys`} class="plane-more plane-keys" hidden={open.value !== "keys"}>
        <Keys />
      </div>
    </>
  );
}

function Keys() {
  return (
    <dl>
      <dt>
        <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd>
      </dt>
      <dd>move the point by 1/100 of the window; with Shift by 1/10</dd>
      <dt>
        <kbd>Esc</kbd>
      </dt>
      <dd>back to where the last move began</dd>
      <dt>
        <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd>
      </dt>
      <dd>nearer, farther, the whole region</dd>
      <dt>Ctrl and wheel, two fingers</dt>
      <dd>zoom; the wheel alone after a click on the plane; double click: the whole region</dd>
      <dt>Drag</dt>
      <dd>the ring moves the point, the ground moves the window</dd>
    </dl>
  );
}
