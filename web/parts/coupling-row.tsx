/** One coupling: its symbol, where it is, whether it is fitted, which axis of the plane it runs along. */

import { plainText, pullName } from "nurecoil/figures";
import type { Failure } from "../desk/messages.ts";
import { isCoupling, standardValue } from "../state/analysis-spec.ts";
import {
  closePlane,
  flavourForm,
  joinFlavours,
  type PlaneAxis,
  removeCoupling,
  setFree,
  setPlane,
  setValue,
  splitFlavours,
} from "../state/change-couplings.ts";
import type { Proposals } from "../state/proposals.ts";
import type { Store } from "../state/store.ts";
import { FailureText } from "./failure.tsx";
import { hasSymbol } from "./issue-text.ts";
import { NumberField } from "./number-field.tsx";
import { type Scale, stepped, writtenNumber } from "./scale.ts";
import { Slider } from "./slider.tsx";
import { CouplingSymbol, spoken } from "./symbol.tsx";

/** Until the analysis has said its own. */
const FALLBACK: readonly [number, number] = [-2, 2];

interface CouplingRowProps {
  readonly store: Store;
  readonly proposals: Proposals;
  readonly name: string;
  readonly value: number;
  readonly free: boolean;
  readonly axis: PlaneAxis | null;
  readonly range: readonly [number, number] | undefined;
  /** What the library says of this coupling. */
  readonly issues: Failure["issues"];
}

export function CouplingRow({ store, proposals, name, value, free, axis, range, issues }: CouplingRowProps) {
  const [low, high] = range ?? FALLBACK;
  const home = store.opened.value.value?.standard[name] ?? standardValue(name);
  const scale: Scale = { kind: "linear", low, high, home };
  const said = isCoupling(name) ? spoken(name) : readable(name);
  const propose = (change: Parameters<Proposals["make"]>[1]): void => void proposals.make(`coupling ${name}`, change);
  const move = (next: number): void => store.change((state) => setValue(state, name, next));
  return (
    <li class="coupling" data-coupling={name} aria-busy={proposals.waiting.value === `coupling ${name}`}>
      <div class="coupling-line">
        {hasSymbol(name) ? (
          <span class="coupling-symbol">
            <CouplingSymbol name={name} />
          </span>
        ) : (
          <span class="coupling-symbol coupling-words">{readable(name)}</span>
        )}
        <NumberField
          label={said}
          value={value}
          wrong={issues.length > 0}
          onValue={move}
          step={(steps) => stepped(scale, value, steps)}
        />
        <button
          type="button"
          class="coupling-free"
          data-free={free}
          aria-label={`${said} ${free ? "fitted" : "fixed"}`}
          title={free ? "Fitted. Press to hold it where it is" : "Held where it is. Press to fit it"}
          onClick={() => propose((state) => setFree(state, name, !free))}
        >
          {free ? "fitted" : "fixed"}
        </button>
        <fieldset class="coupling-axes" aria-label={`Axis of ${said} in the plane`}>
          {(["x", "y"] as const).map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={axis === one}
              aria-label={`${said} along ${one}`}
              title={axis === one ? `Along ${one} of the plane; press to close the plane` : `Along ${one} of the plane`}
              onClick={() => propose((state) => (axis === one ? closePlane(state) : setPlane(state, one, name)))}
            >
              {one}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="icon coupling-remove"
          aria-label={`Remove ${said}`}
          title="Remove"
          onClick={() => propose((state) => removeCoupling(state, name))}
        >
          ×
        </button>
      </div>
      <div class="coupling-line">
        <span class="coupling-end">{writtenNumber(Number(low.toPrecision(3)))}</span>
        <Slider label={said} value={value} scale={scale} onValue={move} />
        <span class="coupling-end">{writtenNumber(Number(high.toPrecision(3)))}</span>
        <FlavourButton name={name} onPropose={propose} />
      </div>
      {issues.length > 0 && <FailureText failure={{ kind: "usage", issues }} />}
    </li>
  );
}

function readable(name: string): string {
  return plainText(pullName(name));
}

interface FlavourButtonProps {
  readonly name: string;
  readonly onPropose: (change: Parameters<Proposals["make"]>[1]) => void;
}

/** One for each flavour, or one for all. */
function FlavourButton({ name, onPropose }: FlavourButtonProps) {
  const form = flavourForm(name);
  if (form === "none") return null;
  const split = form === "all";
  return (
    <button
      type="button"
      class="small coupling-flavours"
      aria-label={`${split ? "Split" : "Join"} flavours of ${spoken(name)}`}
      title={
        split
          ? "One coupling for each flavour, all at this value"
          : "One coupling for all flavours, at this value; what the other flavours have is given up"
      }
      onClick={() => onPropose((state) => (split ? splitFlavours(state, name) : joinFlavours(state, name)))}
    >
      {split ? "split flavours" : "join flavours"}
    </button>
  );
}
