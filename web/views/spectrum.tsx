/** Counts of one experiment at the point, with data and residuals; pulls at their best values beside it. */

import { axisName, experimentName, plainText } from "nurecoil/figures";
import { useEffect } from "preact/hooks";
import { Downloads } from "../parts/downloads.tsx";
import { Picture } from "../parts/picture.tsx";
import { useWidth } from "../parts/size.ts";
import { theme } from "../parts/theme.tsx";
import { choicesOf } from "../state/analysis-spec.ts";
import type { Store } from "../state/store.ts";

/** Heights in pixels: what a reader sees at once, and what does not jump. */
const HEIGHT = 292;

/** Pulls stand beside the spectrum where there is room for both, in pixels. */
const PULLS_BESIDE = 620;
const PULLS_WIDTH = 200;

export function Spectrum({ store }: { readonly store: Store }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { view, spec } = store.state.value;
  const ids = choicesOf(spec).map(({ id }) => id);
  const shown = view.spectrum !== null && ids.includes(view.spectrum) ? view.spectrum : ids[0];
  const beside = width.value >= PULLS_BESIDE;
  useEffect(() => {
    if (width.value === 0) return;
    const across = beside ? width.value - PULLS_WIDTH : width.value;
    store.looks.spectrum.value = { theme: theme.value, width: across, height: HEIGHT };
    store.looks.pulls.value = { theme: theme.value, width: beside ? PULLS_WIDTH : width.value, height: null };
  }, [store, width.value, beside, theme.value]);
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
        <Downloads store={store} figure="spectrum" />
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
      </div>
      <div ref={ref} class={beside ? "spectrum-body beside" : "spectrum-body"} data-testid="spectrum">
        {/* What is wrong stands at its control and in the summary. */}
        {failure.value !== null && <p class="quiet">No counts at this point.</p>}
        <Picture drawing={value.value?.spectrum ?? null} height={HEIGHT} busy={busy.value} />
        <div class="pulls">
          <h3>Pulls at their best values</h3>
          <Picture drawing={value.value?.pulls ?? null} height={beside ? 200 : 80} busy={busy.value} />
        </div>
      </div>
    </section>
  );
}
