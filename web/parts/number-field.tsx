/** A number that is typed: taken with Enter or when the field is left, refused with words when it is none. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { readNumber, shortNumber } from "./scale.ts";

interface NumberFieldProps {
  /** Read aloud. */
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly disabled?: boolean;
  /** Marked as the place of something wrong that is told elsewhere. */
  readonly wrong?: boolean;
  readonly onValue: (value: number) => void;
  /** Where arrow keys lead. */
  readonly step?: (steps: number) => number;
}

export function NumberField({ label, value, unit, disabled = false, wrong = false, onValue, step }: NumberFieldProps) {
  const typed = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  const id = useId();
  const drop = (): void => {
    typed.value = null;
    problem.value = null;
  };
  const take = (): void => {
    const text = typed.peek();
    if (text === null) return;
    const next = readNumber(text);
    if (next === undefined) {
      problem.value = `“${text.trim()}” is no finite number: write e.g. −0.25 or 3e−2`;
      return;
    }
    drop();
    onValue(next);
  };
  return (
    <>
      <span class="number">
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          spellcheck={false}
          disabled={disabled}
          value={typed.value ?? shortNumber(value)}
          aria-label={unit === undefined ? label : `${label}, in ${unit}`}
          aria-invalid={problem.value !== null || wrong}
          aria-describedby={problem.value === null ? undefined : id}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
            else if (event.key === "Escape") drop();
            else if (step !== undefined && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
              event.preventDefault();
              drop();
              onValue(step((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 0.1 : 1)));
            }
          }}
        />
        {unit !== undefined && unit !== "1" && <span class="number-unit">{unit}</span>}
      </span>
      {problem.value !== null && (
        <p class="control-issue" id={id} role="alert">
          {problem.value}
        </p>
      )}
    </>
  );
}
