/** Files of one figure: the drawing, and its numbers. */

import { useId, useMemo } from "preact/hooks";
import { addressOf } from "../state/address.ts";
import type { Store } from "../state/store.ts";
import { useDisclosure } from "./disclosure.ts";
import { type FigureName, isReady, titleOf } from "./taken.ts";
import { createTaking, type FigureForm, type NumberForm, type NumbersName, type Taking } from "./taking.ts";
import { TakingStatus } from "./taking-status.tsx";

/** How each form is called. */
const figureForms: readonly (readonly [FigureForm, string])[] = [
  ["svg", "SVG"],
  ["pdf", "PDF"],
  ["png", "PNG"],
];
const numberForms: readonly (readonly [NumberForm, string])[] = [
  ["csv", "CSV"],
  ["json", "JSON"],
  ["hepdata", "HEPData"],
];

/** The whole address of the present state. */
export function linkOf(store: Store): string {
  return new URL(addressOf(store.state.peek()), location.href).href;
}

interface DownloadsProps {
  readonly store: Store;
  readonly figure: FigureName;
}

/** A small button for the head of a panel, with a menu of files. */
export function Downloads({ store, figure }: DownloadsProps) {
  const id = useId();
  const taking = useMemo(() => createTaking(store, () => linkOf(store)), [store]);
  const { open, whole, button, toggle } = useDisclosure(taking.forget);
  return (
    <div class="downloads" ref={whole}>
      <button
        type="button"
        ref={button}
        class="icon small"
        aria-label={`Download ${titleOf(figure)}`}
        title="Download"
        aria-expanded={open.value}
        aria-controls={id}
        onClick={toggle}
      >
        <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
          <path d="M7 1.5V9M3.8 6 7 9.2 10.2 6M2 12.5H12" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of forms */}
      <div
        id={id}
        class="menu downloads-menu"
        role="group"
        aria-label={`Files of the ${titleOf(figure)}`}
        hidden={!open.value}
      >
        {open.value && (
          <>
            <FigureButtons store={store} taking={taking} figure={figure} />
            {figure !== "pulls" && <NumberButtons taking={taking} what={figure} />}
            <TakingStatus taking={taking} />
          </>
        )}
      </div>
    </div>
  );
}

/** Buttons of a figure's drawing; they wait until it is there. */
export function FigureButtons({ store, taking, figure }: DownloadsProps & { readonly taking: Taking }) {
  const ready = isReady(store, figure);
  return (
    <span class="take-away-forms">
      {figureForms.map(([form, name]) => (
        <button
          type="button"
          key={form}
          class="small"
          disabled={!ready}
          aria-label={`Download ${titleOf(figure)} as ${name}`}
          onClick={() => void taking.saveFigure(figure, form)}
        >
          {name}
        </button>
      ))}
    </span>
  );
}

interface NumberProps {
  readonly taking: Taking;
  readonly what: NumbersName;
}

/** Buttons of numbers; what is not there yet is computed. */
export function NumberButtons({ taking, what }: NumberProps) {
  const title = what === "fit" || what === "point" ? what : titleOf(what);
  return (
    <span class="take-away-forms">
      {(what === "point" ? numberForms.filter(([form]) => form === "json") : numberForms).map(([form, name]) => (
        <button
          type="button"
          key={form}
          class="small"
          aria-label={`Download ${title} as ${name}`}
          onClick={() => void taking.saveNumbers(what, form)}
        >
          {name}
        </button>
      ))}
    </span>
  );
}
