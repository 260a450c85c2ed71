/** A slider over a range, linear or logarithmic: pointer, keys, double click to where it belongs. */

import { useRef } from "preact/hooks";
import { endsOf, positionOf, type Scale, shareOf, valueAt, valueOfKey, writtenNumber } from "./scale.ts";

interface SliderProps {
  /** Read aloud. */
  readonly label: string;
  readonly value: number;
  readonly scale: Scale;
  readonly unit?: string;
  readonly onValue: (value: number) => void;
}

export function Slider({ label, value, scale: offered, unit, onValue }: SliderProps) {
  // What the slider reaches may change with every answer, but not under the pointer that holds it.
  const held = useRef<{ readonly scale: Scale; readonly from: number } | null>(null);
  /** The browser took the finger to scroll the page: what still comes of it is not meant. */
  const taken = useRef(false);
  const scale = held.current?.scale ?? offered;
  const release = (): void => {
    held.current = null;
    taken.current = false;
  };
  const [low, high] = endsOf(scale);
  const at = shareOf(scale, value);
  const home = shareOf(scale, scale.home);
  const style = `--from:${Math.min(at, home)};--to:${Math.max(at, home)};--home:${home}`;
  return (
    <span class="slider" style={style} title="Double click or Delete: back to the mark">
      <input
        type="range"
        min={low}
        max={high}
        step="any"
        value={positionOf(scale, value)}
        aria-label={label}
        aria-valuetext={`${writtenNumber(value)}${unit === undefined ? "" : ` ${unit}`}`}
        onPointerDown={() => {
          held.current = { scale, from: value };
          taken.current = false;
        }}
        onPointerUp={release}
        onPointerCancel={(event) => {
          if (held.current === null) return;
          const { from } = held.current;
          held.current = null;
          taken.current = true;
          event.currentTarget.valueAsNumber = positionOf(scale, from);
          onValue(from);
        }}
        onTouchEnd={release}
        onTouchCancel={release}
        onBlur={release}
        onInput={(event) => {
          if (taken.current) event.currentTarget.valueAsNumber = positionOf(scale, value);
          else onValue(valueAt(scale, event.currentTarget.valueAsNumber));
        }}
        onDblClick={() => onValue(scale.home)}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const home = event.key === "Delete" || event.key === "0" ? scale.home : undefined;
          const next = home ?? valueOfKey(scale, value, event.key, event.shiftKey);
          if (next === undefined) return;
          event.preventDefault();
          onValue(next);
        }}
      />
    </span>
  );
}
