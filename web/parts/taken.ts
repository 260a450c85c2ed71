/** What can be taken away now: figures and results of the page, as the desk wants them. */

import type { ProfileResult, RegionResult, SpecInput } from "nurecoil/analysis";
import { experimentName } from "nurecoil/figures";
import type { Picture } from "../desk/pictures.ts";
import { choicesOf, profileSpec } from "../state/analysis-spec.ts";
import { intervalClaims, planeClaims } from "../state/claims.ts";
import type { PageState } from "../state/page-state.ts";
import type { Store } from "../state/store.ts";
import { homeOf } from "./plane-geometry.ts";
import { combinedName, extentOf, windowOf } from "./plane-picture.ts";

/** A figure of the page. */
export type FigureName = "spectrum" | "pulls" | "plane" | { readonly profile: string };

/** In file names. */
export function slugOf(figure: FigureName): string {
  if (typeof figure !== "string") return `profile-${figure.profile}`;
  return figure === "plane" ? "region" : figure;
}

/** In names of buttons. */
export function titleOf(figure: FigureName): string {
  return typeof figure === "string" ? figure : `profile of ${figure.profile}`;
}

/** The experiment whose spectrum is shown. */
export function experimentShown({ spec, view }: PageState): string | null {
  const ids = choicesOf(spec).map(({ id }) => id);
  return view.spectrum !== null && ids.includes(view.spectrum) ? view.spectrum : (ids[0] ?? null);
}

/** What a file is about: a spectrum is of one experiment. */
export function specOfFigure(state: PageState, figure: FigureName): SpecInput {
  const { spec } = state;
  if (figure !== "spectrum") return spec;
  const shown = experimentShown(state);
  return { ...spec, experiments: choicesOf(spec).filter(({ id }) => id === shown) };
}

/** Whether a figure shows the present state; else it is on its way. */
export function isReady(store: Store, figure: FigureName): boolean {
  if (figure === "plane") return regionOf(store) !== null;
  if (typeof figure !== "string") return profileOf(store, figure.profile) !== null;
  return store.point.value.value !== null && !store.point.busy.value;
}

/** The whole region, sharp; null while it is a draft or a part of it. */
export function regionOf({ layers, askOf }: Store): RegionResult | null {
  const layer = layers.value.get("");
  const result = layer?.value.value ?? null;
  if (layer === undefined || result === null || layer.busy.value) return null;
  return askOf(result)?.draft === false ? result : null;
}

export function profileOf({ profiles }: Store, name: string): ProfileResult | null {
  const profile = profiles.value.get(name);
  return profile === undefined || profile.busy.value ? null : profile.value.value;
}

/** A figure with everything that is drawn on it; null while its result is not there. */
export function pictureOf(store: Store, figure: FigureName): Picture | null {
  const state = store.state.value;
  const { spec, view } = state;
  if (figure === "plane") return planePicture(store);
  if (typeof figure !== "string") {
    const profile = profileOf(store, figure.profile);
    if (profile === null) return null;
    const published = intervalClaims(figure.profile, view.claims, profileSpec(state));
    const value = store.values.value[figure.profile] ?? null;
    return { kind: "profile", curves: [{ label: "", profile }], value, published };
  }
  const result = store.point.value.value?.result;
  if (result === undefined) return null;
  if (figure === "pulls") return { kind: "pulls", pulls: result.pulls, units: result.units };
  const shown = experimentShown({ ...state, spec });
  const prediction = result.predictions.find(({ experiment }) => experiment === shown);
  if (shown === null || prediction === undefined) return null;
  const asimov = result.spec.experiments.find(({ id }) => id === shown)?.data === "asimov";
  return { kind: "spectrum", prediction, axis: view.axes[shown] ?? 0, asimov };
}

function planePicture(store: Store): Picture | null {
  const { spec, view } = store.state.value;
  const { plane } = spec;
  if (plane === undefined || plane === null) return null;
  const found = [...store.layers.value].flatMap(([name, { value }]) =>
    value.value === null || value.value.plane.join() !== plane.join() ? [] : [{ name, result: value.value }],
  );
  const combined = found.find(({ name }) => name === "")?.result;
  if (combined === undefined) return null;
  const others = found.filter(({ name }) => name !== "").map(({ result }) => extentOf(result));
  return {
    kind: "region",
    layers: found
      .map(({ name, result }) => ({
        label: name === "" ? combinedName(store) : experimentName(name),
        result,
        combined: name === "",
        draft: store.askOf(result)?.draft ?? false,
      }))
      .reverse(),
    window: view.window ?? homeOf(windowOf(combined), others),
    published: planeClaims(plane, view.claims, spec),
  };
}
