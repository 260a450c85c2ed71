/** Counts of one experiment at the point, with data and residuals; pulls at their best values beside it. */

import { batch } from "@preact/signals";
import { axisName, experimentName, plainText } from "nurecoil/figures";
import { useEffect } from "preact/hooks";
import { Downloads } from "../parts/downloads.tsx";
import { Picture } from "../parts/picture.tsx";
import { useMatch, useSize } from "../parts/size.ts";
import { theme } from "../parts/theme.tsx";
import { choicesOf } from "../state/analysis-spec.ts";
import type { Store } from "../state/store.ts";

/** Least heights in pixels: on its own, and beside a plane, whose height it takes. */
const HEIGHT = 292;
const LEAST = 224;

/** Of as many pulls as an experiment has at least. */
const PULLS_LEAST = 98;

/** Pulls stand beside the spectrum where there is room for both, in pixels. */
const PULLS_BESIDE = 620;
const PULLS_WIDTH = 200;

/** From here on spectrum and plane stand side by side (style/page.css). */
const SIDE_BY_SIDE = matchMedia("(min-width: 1101px)");

export function Spectrum({ store }: { readonly store: Store }) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { view, spec } = store.state.value;
  const isWide = useMatch(SIDE_BY_SIDE).value;
  const isPaired = isWide && spec.plane != null;
  const ids = choicesOf(spec).map(({ id }) => id);
  const shown = view.spectrum !== null && ids.includes(view.spectrum) ? view.spectrum : ids[0];
  const whole = useSize<HTMLDivElement>();
  const beside = !isPaired && whole.width.value >= PULLS_BESIDE;
  useEffect(() => {
    if (width.value === 0 || whole.width.value === 0) return;
    batch(() => {
      store.looks.spectrum.value = { theme: theme.value, width: width.value, height: height.value };
      const across = beside ? PULLS_WIDTH : whole.width.value;
      store.looks.pulls.value = { theme: theme.value, width: across, height: null };
    });
  }, [store, width.value, height.value, whole.width.value, beside, theme.value]);
  useEffect(
    () => () => {
      store.looks.spectrum.value = null;
      store.looks.pulls.value = null;
    },
    [store],
  );
  const { value, failure, busy } = store.point;
  const prediction = value.value?.result.predictions.find((one) => one.experiment === shown);
  const axis = shown === undefined ? 0 : (view.axes[shown] ?? 0);
  return (
    <section class="panel spectrum" aria-labelledby="spectrum-title">
      <div class="panel-head">
        <h2 id="spectrum-title">Spectrum</h2>
        <div class="panel-tools">
          {ids.length > 1 && (
            <fieldset class="chips" aria-label="Experiment shown">
              {ids.map((id) => (
                <button
                  type="button"
                  key={id}
                  class="chip"
                  aria-pressed={id === shown}
                  onClick={() => store.look({ spectrum: id })}
                >
                  {plainText(experimentName(id))}
                </button>
              ))}
            </fieldset>
          )}
          {prediction !== undefined && prediction.axes.length > 1 && shown !== undefined && (
            <fieldset class="chips" aria-label="Axis shown">
              {prediction.axes.map((one, index) => (
                <button
                  type="button"
                  key={one.name}
                  class="chip"
                  aria-pressed={index === axis}
                  onClick={() => store.look({ axes: { ...view.axes, [shown]: index } })}
                >
                  {axisName(one).plain}
                </button>
              ))}
            </fieldset>
          )}
          <Downloads store={store} figure="spectrum" />
        </div>
      </div>
      <div ref={whole.ref} class={beside ? "spectrum-body beside" : "spectrum-body"} data-testid="spectrum">
        <div ref={ref} class="spectrum-place" style={{ minHeight: `${isPaired ? LEAST : HEIGHT}px` }}>
          {/* What is wrong stands at its control and in the summary. */}
          {failure.value !== null && <p class="quiet">No counts at this point.</p>}
          <Picture drawing={value.value?.spectrum ?? null} height={0} busy={busy.value} />
        </div>
        <div class="pulls">
          <h3>Pulls at their best values</h3>
          <Picture drawing={value.value?.pulls ?? null} height={PULLS_LEAST} busy={busy.value} />
        </div>
      </div>
    </section>
  );
}
