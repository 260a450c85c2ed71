/** What an experiment is and which numbers it rests on; what may be set is set here. */

import type { FactInput, Facts } from "../desk/facts.ts";
import { quantityText, settingIn } from "../state/change-experiments.ts";
import { NumberField } from "./number-field.tsx";
import { shortNumber } from "./scale.ts";

interface ExperimentFactsProps {
  /** As released. */
  readonly facts: Facts;
  readonly set: Readonly<Record<string, string>>;
  /** `null`: as released. */
  readonly onSet: (name: string, text: string | null) => void;
  readonly onReset: () => void;
}

export function ExperimentFacts({ facts, set, onSet, onReset }: ExperimentFactsProps) {
  const { description, axes, events, choices, inputs, sources } = facts;
  const used = [...new Set(inputs.map(({ source }) => source))];
  return (
    <div class="facts">
      <p>{description}</p>
      <dl class="facts-list">
        {!facts.projection && (
          <div>
            <dt>Axes</dt>
            <dd>
              {axes
                .map(({ name, unit, bins }) => `${name}${unit === "1" ? "" : ` (${unit})`}, ${bins} bins`)
                .join("; ")}
            </dd>
          </div>
        )}
        {events !== null && (
          <div>
            <dt>Events</dt>
            <dd>{events}</dd>
          </div>
        )}
      </dl>
      {choices.map(({ name, values }) => (
        <label key={name} class="facts-choice">
          <span>{readable(name)}</span>
          <select
            value={set[name] ?? values[0]}
            onChange={({ currentTarget }) =>
              onSet(name, currentTarget.value === values[0] ? null : currentTarget.value)
            }
          >
            {values.map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        </label>
      ))}
      <div class="facts-head">
        <h3>Inputs</h3>
        <button type="button" class="small" disabled={Object.keys(set).length === 0} onClick={onReset}>
          All as released
        </button>
      </div>
      <ul class="facts-inputs">
        {inputs.map((input) => (
          <InputRow
            key={input.name}
            input={input}
            text={set[input.name]}
            index={used.indexOf(input.source)}
            onSet={onSet}
          />
        ))}
      </ul>
      <ol class="facts-sources small">
        {used.map((name) => {
          const source = sources[name];
          return (
            <li key={name}>
              {source?.url === undefined || source.url === null ? (
                (source?.title ?? name)
              ) : (
                <a href={source.url} target="_blank" rel="noreferrer">
                  {source.title}
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface InputRowProps {
  readonly input: FactInput;
  readonly text: string | undefined;
  /** Of its source in the list below. */
  readonly index: number;
  readonly onSet: (name: string, text: string | null) => void;
}

function InputRow({ input, text, index, onSet }: InputRowProps) {
  const { name, value, unit, sigma, note } = input;
  const released = `${shortNumber(value)}${sigma === null ? "" : ` ± ${shortNumber(sigma)}`}${unit === "1" ? "" : ` ${unit}`}`;
  const current = settingIn(text, unit);
  return (
    <li data-input={name}>
      <span class="facts-name" title={note ?? undefined}>
        {readable(name)} <sup>{index + 1}</sup>
      </span>
      {text !== undefined && current === undefined ? (
        // Set by a link in a unit of its own.
        <span class="number-unit">{text}</span>
      ) : (
        <NumberField
          label={readable(name)}
          value={current ?? value}
          unit={unit}
          onValue={(next) => onSet(name, next === value ? null : quantityText(next, unit))}
        />
      )}
      {text === undefined ? (
        <span class="facts-sigma quiet">{sigma === null ? "" : `± ${shortNumber(sigma)}`}</span>
      ) : (
        <button
          type="button"
          class="small facts-sigma"
          aria-label={`reset ${readable(name)} to ${released}`}
          title={`As released: ${released}`}
          onClick={() => onSet(name, null)}
        >
          reset
        </button>
      )}
    </li>
  );
}

/** `live-time` as it is read. */
export function readable(name: string): string {
  return name.replaceAll("-", " ");
}
