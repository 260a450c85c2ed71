/** chi^2 at the point in one line; below it what the numbers rest on. */

import type { SpecInput } from "nurecoil/analysis";
import { experimentName, plainText } from "nurecoil/figures";
import { withSymbols } from "nurecoil/reproductions";
import type { ComponentChildren } from "preact";
import { FailureText } from "../parts/failure.tsx";
import { Notes } from "../parts/notes.tsx";
import { choicesOf } from "../state/analysis-spec.ts";
import { experiments } from "../state/catalogue.ts";
import { isProjection } from "../state/change-experiments.ts";
import type { Store } from "../state/store.ts";

/** Reads nothing that follows the pointer: its two parts are drawn each on its own. */
export function Summary({ store }: { readonly store: Store }) {
  return (
    <div class="summary-part">
      <Quantities store={store} />
      <Notes store={store} />
    </div>
  );
}

function Quantities({ store }: { readonly store: Store }) {
  const answer = store.point.value.value;
  const best = store.best.value;
  const result = answer?.result;
  const { spec } = store.state.value;
  const expected = expectedOnes(spec);
  return (
    <div class="summary" data-testid="summary" data-busy={store.point.busy.value}>
      <Quantity
        name="χ²"
        // Of data that are the expectation itself rounding leaves a little less than nothing.
        value={result === undefined ? null : Math.max(0, result.chi2).toFixed(2)}
        title="Lowest chi squared at this point, nuisances at their best"
        testid="chi2"
      />
      <Quantity
        name="dof"
        value={result === undefined ? null : String(result.dof)}
        title="Degrees of freedom of χ² at this point: cells of the data, less nuisances that nothing constrains; couplings are held where they are"
      />
      {expected.length === 0 ? (
        <Quantity
          name="p"
          value={result === undefined ? null : <Probability value={result.pValue} />}
          title="Probability of a chi squared this large or larger"
        />
      ) : (
        <Asimov spec={spec} expected={expected} />
      )}
      <Quantity
        name="χ² − χ²(SM)"
        value={result === undefined ? null : signed(result.chi2 - result.sm.chi2)}
        title="Compared with the standard model"
      />
      <Quantity
        name="Δχ²"
        value={result === undefined || best === null ? null : Math.max(0, result.chi2 - best).toFixed(2)}
        title="Above the best fit of the free couplings"
      />
      {/* What is wrong with the whole analysis stands in the banner. */}
      {store.point.failure.value !== null && store.opened.failure.value === null && (
        <FailureText failure={store.point.failure.value} />
      )}
    </div>
  );
}

/** Experiments of which no data are used, but what is expected of them. */
function expectedOnes(spec: SpecInput): readonly string[] {
  return choicesOf(spec)
    .filter((one) => one.data === "asimov" || isProjection(one, experiments))
    .map(({ id }) => id);
}

/** In the place of a p value, which only what was observed can have. */
function Asimov({ spec, expected }: { readonly spec: SpecInput; readonly expected: readonly string[] }) {
  const truth = Object.entries(spec.truth ?? {}).map(([name, value]) => `${name} = ${value}`);
  const at = truth.length === 0 ? "the standard model" : truth.join(", ");
  const names = expected.map((id) => plainText(experimentName(id))).join(", ");
  const all = expected.length === choicesOf(spec).length;
  return (
    <p
      class="quantity quiet"
      title={`No p value: ${all ? "all data" : `the data of ${names}`} are what is expected, not what was observed`}
    >
      <span dangerouslySetInnerHTML={{ __html: withSymbols(`${all ? "" : "partly "}Asimov data at ${at}`) }} />
    </p>
  );
}

function Quantity({
  name,
  value,
  title,
  testid,
}: {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly title: string;
  readonly testid?: string;
}) {
  return (
    <div class="quantity" title={title}>
      <span class="quantity-name">{name}</span>
      <output class="quantity-value" data-testid={testid}>
        {value ?? "…"}
      </output>
    </div>
  );
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

/** A chi^2 so large that its probability is no number but zero. */
const LEAST = 1e-300;

function Probability({ value }: { readonly value: number }) {
  if (value >= 0.001) return value.toFixed(3);
  if (value < LEAST) return "0";
  const [digits, exponent] = value.toExponential(1).split("e-");
  return (
    <>
      {digits} × 10<sup>−{exponent}</sup>
    </>
  );
}
