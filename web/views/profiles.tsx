/** Delta chi^2 of each free coupling, all other free ones at their best. */

import { useSignal } from "@preact/signals";
import type { ProfileResult } from "nurecoil/analysis";
import { useEffect } from "preact/hooks";
import { GivenUp } from "../desk/client.ts";
import type { Failure } from "../desk/messages.ts";
import type { Drawing } from "../desk/pictures.ts";
import { ClaimsChoice } from "../parts/claims-choice.tsx";
import { Downloads } from "../parts/downloads.tsx";
import { FailureText } from "../parts/failure.tsx";
import { Picture } from "../parts/picture.tsx";
import { useSize } from "../parts/size.ts";
import { CouplingSymbol } from "../parts/symbol.tsx";
import { theme } from "../parts/theme.tsx";
import { intervalClaims } from "../state/claims.ts";
import { failureOf, type Resource } from "../state/resource.ts";
import type { Store } from "../state/store.ts";

const HEIGHT = 186;

export function Profiles({ store }: { readonly store: Store }) {
  const profiles = [...store.profiles.value];
  return (
    <section class="panel profiles" aria-labelledby="profiles-title">
      <div class="panel-head">
        <h2 id="profiles-title">
          Profiles of{" "}
          <span class="math">
            Δ<i>χ</i>
            <sup>2</sup>
          </span>
        </h2>
        <ClaimsChoice store={store} of="profiles" />
      </div>
      {profiles.length === 0 ? (
        <p class="quiet">No coupling is free. Let one be fitted to see its profile and intervals.</p>
      ) : (
        <div class="profile-row">
          {profiles.map(([name, resource]) => (
            <Profile key={name} store={store} name={name} resource={resource} />
          ))}
        </div>
      )}
    </section>
  );
}

interface ProfileProps {
  readonly store: Store;
  readonly name: string;
  readonly resource: Resource<ProfileResult>;
}

function Profile({ store, name, resource }: ProfileProps) {
  const { ref, width } = useSize<HTMLDivElement>();
  const drawing = useSignal<Drawing | null>(null);
  const undrawn = useSignal<Failure | null>(null);
  const profile = resource.value.value;
  const value = store.values.value[name] ?? null;
  const published = intervalClaims(name, store.state.value.view.claims, store.state.value.spec);
  useEffect(() => {
    if (profile === null || profile.parameter !== name || width.value === 0) return;
    const look = { theme: theme.value, width: width.value, height: HEIGHT };
    const picture = { kind: "profile", curves: [{ label: "", profile }], value, published } as const;
    store.desk
      .ask("picture", { picture, look }, { channel: `picture profile ${name}`, at: "live" })
      .then((next) => {
        drawing.value = next;
        undrawn.value = null;
      })
      .catch((error: unknown) => {
        if (!(error instanceof GivenUp)) undrawn.value = failureOf(error);
      });
  }, [store, drawing, name, profile, value, width.value, theme.value, JSON.stringify(published)]);
  const failure = resource.failure.value ?? undrawn.value;
  return (
    <figure class="profile" data-testid={`profile-${name}`}>
      <div ref={ref}>
        <Picture drawing={drawing.value} height={HEIGHT} busy={resource.busy.value} />
      </div>
      <figcaption class="profile-caption">
        {failure === null ? (
          <Intervals name={name} profile={profile} count={levelCount(store)} />
        ) : (
          <FailureText failure={failure} />
        )}
        <Downloads store={store} figure={{ profile: name }} />
      </figcaption>
    </figure>
  );
}

/** Height of a line of intervals, in pixels: kept free before they are there. */
const LINE = 18;

interface IntervalsProps {
  readonly name: string;
  readonly profile: ProfileResult | null;
  /** How many levels there will be. */
  readonly count: number;
}

/** Intervals in words, one level per line. */
function Intervals({ name, profile, count }: IntervalsProps) {
  return (
    <dl class="intervals" style={{ minHeight: `${LINE * count}px` }}>
      {(profile?.levels ?? []).map(({ cl, segments }) => (
        <div key={cl}>
          <dt>{Number((100 * cl).toPrecision(4))} %</dt>
          <dd>
            {/* While a profile is in the making its levels have no intervals yet. */}
            <CouplingSymbol name={name} /> ∈{" "}
            {segments.length === 0 ? "…" : segments.map(([low, high]) => `[${end(low)}, ${end(high)}]`).join(" ∪ ")}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function end(value: number | null): string {
  return value === null ? "open" : value.toFixed(Math.abs(value) < 0.1 ? 4 : 3).replace("-", "−");
}

function levelCount({ state }: Store): number {
  const { cl, sigma } = state.value.spec;
  return (sigma ?? cl ?? DEFAULT_LEVELS).length;
}

/** The library's own where a spec names none. */
const DEFAULT_LEVELS = [0.9, 0.99];
