/** A slider over a range, linear or logarithmic: pointer, keys, double click to where it belongs. */

import { useRef } from "preact/hooks";
import { endsOf, positionOf, type Scale, shareOf, shortNumber, valueAt, valueOfKey } from "./scale.ts";

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
  const held = useRef<Scale | null>(null);
  const scale = held.current ?? offered;
  const release = (): void => {
    held.current = null;
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
        aria-valuetext={`${shortNumber(value)}${unit === undefined ? "" : ` ${unit}`}`}
        onPointerDown={() => {
          held.current = scale;
        }}
        onPointerUp={release}
        onPointerCancel={release}
        onBlur={release}
        onInput={(event) => onValue(valueAt(scale, event.currentTarget.valueAsNumber))}
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
