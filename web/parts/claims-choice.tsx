/** Which papers' published intervals and points are drawn over profiles and planes; loaded when first wanted. */

import { useSignal } from "@preact/signals";
import type { SpecInput } from "nurecoil/analysis";
import { useEffect, useRef } from "preact/hooks";
import { papersWith } from "../state/claims.ts";
import { gallery, loadGallery } from "../state/gallery.ts";
import type { Store } from "../state/store.ts";
import { FailureText } from "./failure.tsx";

interface ClaimsChoiceProps {
  readonly store: Store;
  /** `profiles`: what is published of the free couplings; `plane`: in the plane. */
  readonly of: "profiles" | "plane";
}

export function ClaimsChoice({ store, of }: ClaimsChoiceProps) {
  const wanted = useSignal(false);
  const { spec, view } = store.state.value;
  const { value, busy, failure } = gallery;
  // A link with claims wants them at once.
  useEffect(() => {
    if (view.claims.length > 0) void loadGallery();
  }, [view.claims.length > 0]);
  const chips = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (wanted.peek() && document.activeElement === document.body) chips.current?.querySelector("button")?.focus();
  }, [wanted, value.value !== null]);
  if (value.value === null) {
    const load = async (): Promise<void> => {
      wanted.value = true;
      await loadGallery();
      const { spec, view } = store.state.peek();
      const [only, ...more] = papersOf(of, spec);
      // One press shows it where there is no choice to make.
      if (only === undefined || more.length > 0 || view.claims.includes(only.paper)) return;
      store.look({ claims: [...view.claims, only.paper] });
    };
    return (
      <>
        <button type="button" class="chip" aria-busy={busy.value} onClick={() => void load()}>
          {failure.value !== null && !busy.value ? "published: try again" : "published"}
        </button>
        {wanted.value && failure.value !== null && !busy.value && <FailureText failure={failure.value} />}
      </>
    );
  }
  const papers = papersOf(of, spec);
  if (papers.length === 0) {
    return wanted.value ? (
      <span class="quiet small" role="status">
        nothing published here
      </span>
    ) : null;
  }
  const toggle = (paper: string): void => {
    const others = view.claims.filter((one) => one !== paper);
    store.look({ claims: others.length < view.claims.length ? others : [...others, paper] });
  };
  return (
    <fieldset
      ref={chips}
      class="chips claims-choice"
      aria-label={of === "plane" ? "Published in this plane" : "Published intervals"}
    >
      {papers.map(({ paper, name }) => (
        <button
          key={paper}
          type="button"
          class="chip"
          aria-pressed={view.claims.includes(paper)}
          title={`Show what ${name} publishes`}
          onClick={() => toggle(paper)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

function papersOf(of: ClaimsChoiceProps["of"], spec: SpecInput): ReturnType<typeof papersWith> {
  return of === "plane" ? papersWith([], planeOf(spec), spec) : papersWith(spec.free ?? [], null, spec);
}

function planeOf({ plane }: SpecInput): readonly [string, string] | null {
  return plane ?? null;
}
