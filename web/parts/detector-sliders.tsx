/** A detector that is to be built: how large, how near, how long, how sensitive, how clean. */

import type { FactInput, Facts } from "../desk/facts.ts";
import { quantityText, settingIn } from "../state/change-experiments.ts";
import { readable } from "./experiment-facts.tsx";
import { NumberField } from "./number-field.tsx";
import { type Scale, shortNumber, stepped } from "./scale.ts";
import { Slider } from "./slider.tsx";

/** Inputs that get a slider, with how far it reaches: factors below and above the released value. */
const reaches: readonly { readonly name: string; readonly below: number; readonly above: number }[] = [
  { name: "threshold", below: 10, above: 10 },
  { name: "mass", below: 10, above: 100 },
  { name: "distance", below: 3, above: 10 },
  { name: "live-time", below: 12, above: 10 },
  { name: "background", below: 100, above: 100 },
];

interface DetectorSlidersProps {
  /** The detector's name, read aloud with each of its sliders. */
  readonly of: string;
  /** As released. */
  readonly facts: Facts;
  readonly set: Readonly<Record<string, string>>;
  readonly onSlide: (name: string, text: string | null) => void;
  /** A number that was typed may be anything. */
  readonly onSet: (name: string, text: string | null) => void;
}

export function DetectorSliders({ facts, set, of, onSlide, onSet }: DetectorSlidersProps) {
  const inputs = reaches.flatMap((reach) => {
    const input = facts.inputs.find(({ name }) => name === reach.name);
    return input === undefined ? [] : [{ input, reach }];
  });
  return (
    <ul class="detector">
      {inputs.map(({ input, reach }) => (
        <DetectorRow
          of={of}
          key={input.name}
          input={input}
          scale={scaleOf(input, reach)}
          text={set[input.name]}
          onSlide={onSlide}
          onSet={onSet}
        />
      ))}
    </ul>
  );
}

function scaleOf({ value }: FactInput, { below, above }: (typeof reaches)[number]): Scale {
  // Nothing to multiply: a release without this background gets a plain scale.
  if (!(value > 0)) return { kind: "linear", low: 0, high: 1, home: value };
  return { kind: "log", low: value / below, high: value * above, home: value };
}

interface DetectorRowProps extends Pick<DetectorSlidersProps, "of" | "onSlide" | "onSet"> {
  readonly input: FactInput;
  readonly scale: Scale;
  readonly text: string | undefined;
}

function DetectorRow({ input: { name, value: released, unit }, scale, text, of, onSlide, onSet }: DetectorRowProps) {
  const current = settingIn(text, unit);
  const value = current ?? released;
  const textOf = (next: number): string | null => (next === released ? null : quantityText(next, unit));
  const isSet = text !== undefined;
  return (
    <li data-input={name}>
      <span class="detector-name">{readable(name)}</span>
      <Slider
        label={`${readable(name)} of ${of}`}
        value={value}
        scale={scale}
        unit={unit}
        onValue={(next) => onSlide(name, textOf(next))}
      />
      <NumberField
        label={`${readable(name)} of ${of}`}
        value={value}
        unit={unit}
        onValue={(next) => onSet(name, textOf(next))}
        step={(steps) => stepped(scale, value, steps)}
      />
      <button
        type="button"
        class="icon small"
        disabled={!isSet}
        aria-label={`${readable(name)} of ${of} back to ${shortNumber(released)} ${unit}`}
        title={`Back to ${shortNumber(released)} ${unit}`}
        onClick={() => onSet(name, null)}
      >
        ↺
      </button>
    </li>
  );
}
