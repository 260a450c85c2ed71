/** The page: what is asked on the left, what comes out on the right; the gallery in its place when it is open. */

import { type Signal, useComputed } from "@preact/signals";
import { Banner } from "./parts/banner.tsx";
import { FromGallery } from "./parts/from-gallery.tsx";
import { ThemeToggle } from "./parts/theme.tsx";
import type { Notice } from "./state/follow-address.ts";
import type { Store } from "./state/store.ts";
import { Couplings } from "./views/couplings.tsx";
import { Experiments } from "./views/experiments.tsx";
import { Gallery } from "./views/gallery.tsx";
import { Plane } from "./views/plane.tsx";
import { Profiles } from "./views/profiles.tsx";
import { Spectrum } from "./views/spectrum.tsx";
import { Summary } from "./views/summary.tsx";
import { TakeAway } from "./views/take-away.tsx";

interface AppProps {
  readonly store: Store;
  readonly notice: Signal<Notice | null>;
  readonly workers: boolean;
}

export function App({ store, notice, workers }: AppProps) {
  // Read here as little as possible: what this component reads redraws the page.
  const tab = useComputed(() => store.state.value.view.tab).value;
  const hasPlane = useComputed(() => store.state.value.spec.plane != null).value;
  return (
    <>
      {/* A button: a link would take the place of the analysis in the address. */}
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the figures
      </button>
      <header class="top">
        <h1>
          nurecoil <span class="sub">coherent neutrino-nucleus scattering, live</span>
        </h1>
        <nav class="tabs" aria-label="Views">
          {(["analysis", "gallery"] as const).map((name) => (
            <button
              type="button"
              key={name}
              class="tab"
              aria-current={tab === name ? "page" : undefined}
              onClick={() => store.look({ tab: name })}
            >
              {name === "analysis" ? "Analysis" : "Gallery"}
            </button>
          ))}
        </nav>
        <TakeAway store={store} />
        <ThemeToggle />
      </header>
      <Banner store={store} notice={notice} workers={workers} />
      {tab === "gallery" ? (
        <main id="main" tabIndex={-1} class="gallery-page">
          <Gallery store={store} />
        </main>
      ) : (
        <div class="desk">
          <aside class="controls" aria-label="Analysis">
            <Couplings store={store} />
            <Experiments store={store} />
          </aside>
          <main id="main" tabIndex={-1} class="figures" data-plane={hasPlane ? "some" : "none"}>
            <FromGallery store={store} />
            <Summary store={store} />
            <Spectrum store={store} />
            {hasPlane && <Plane store={store} />}
            <Profiles store={store} />
            {!hasPlane && <Plane store={store} />}
          </main>
        </div>
      )}
    </>
  );
}
