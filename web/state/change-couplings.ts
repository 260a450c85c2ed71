/** What the couplings' controls do to the state: from a state to the next, or to the reason why not. */

import type { SpecInput } from "nurecoil/analysis";
import { readCouplingName } from "nurecoil/interactions";
import { couplingsOf, isCoupling, standardValue, valuesOf } from "./analysis-spec.ts";
import { allFlavours, obstacle, perFlavour } from "./coupling-rules.ts";
import type { PageState } from "./page-state.ts";

/** The next state, or why there is none. */
export type Changed = PageState | string;
export type Change = (state: PageState) => Changed;
export type Plane = readonly [string, string];
export type PlaneAxis = "x" | "y";

/** Couplings of an analysis and what becomes of each: from this a spec follows. */
interface Roles {
  readonly names: readonly string[];
  readonly free: readonly string[];
  readonly plane: Plane | null;
  readonly values: Readonly<Record<string, number>>;
}

function rolesOf(state: PageState): Roles {
  return {
    names: couplingsOf(state),
    free: state.spec.free ?? [],
    plane: planeOf(state.spec),
    values: valuesOf(state),
  };
}

export function planeOf({ plane }: SpecInput): Plane | null {
  return plane ?? null;
}

/**
 * A spec in which everything with a slider stands where its role wants it: what is fitted in `free`, what spans the
 * plane in `plane`, everything else in `parameters`, and nothing in two places. What has no slider stays as it is.
 */
function withRoles(state: PageState, { names, free, plane, values }: Roles): PageState {
  const { spec, view } = state;
  const sliders = new Set([...couplingsOf(state), ...names]);
  const moved = (name: string): boolean => free.includes(name) || (plane?.includes(name) ?? false);
  const stays = (name: string): boolean => !sliders.has(name) || moved(name);
  const placeOf = (name: string): number => values[name] ?? standardValue(name);
  const set = Object.entries(spec.parameters ?? {}).filter(([name]) => !sliders.has(name));
  const fixed = names.filter((name) => !moved(name)).map((name) => [name, placeOf(name)] as const);
  const { plane: before = null, ranges, grid, profile, toys, ...rest } = spec;
  const samePlane = JSON.stringify(before) === JSON.stringify(plane);
  const searched = Object.entries(ranges ?? {}).filter(([name]) => stays(name));
  const axes = (grid ?? []).filter(({ name }) => stays(name));
  const profiled = (profile ?? []).filter((name) => stays(name) && !plane?.includes(name));
  return {
    spec: {
      ...rest,
      free: [...free],
      parameters: Object.fromEntries([...set, ...fixed]),
      ...(plane !== null && { plane: [plane[0], plane[1]] }),
      ...(searched.length > 0 && { ranges: Object.fromEntries(searched) }),
      ...(axes.length > 0 && { grid: axes }),
      ...(profiled.length > 0 && { profile: profiled }),
      ...(toys !== undefined && (toys.parameter === undefined || stays(toys.parameter)) && { toys }),
    },
    at: Object.fromEntries(names.filter(moved).map((name) => [name, placeOf(name)])),
    view: samePlane ? view : { ...view, window: null },
  };
}

/** Add a coupling, fitted, where the standard model has it. */
export function addCoupling(state: PageState, name: string): Changed {
  const roles = rolesOf(state);
  const reason = obstacle(name, roles.names);
  if (reason !== undefined) return reason;
  return withRoles(state, { ...roles, names: [...roles.names, name], free: [...roles.free, name] });
}

/** Take a coupling out; another one takes its place in the plane. */
export function removeCoupling(state: PageState, name: string): PageState {
  const roles = rolesOf(state);
  const names = roles.names.filter((one) => one !== name);
  return withRoles(state, {
    ...roles,
    names,
    free: roles.free.filter((one) => one !== name),
    plane: roles.plane === null ? null : filled(roles.plane, name, names, roles.free),
  });
}

/** A plane without one of its couplings; null where there is no other to take its place. */
function filled(plane: Plane, gone: string, names: readonly string[], free: readonly string[]): Plane | null {
  if (!plane.includes(gone)) return plane;
  const others = names.filter((name) => !plane.includes(name));
  const next = others.find((name) => free.includes(name)) ?? others[0];
  if (next === undefined) return null;
  return plane[0] === gone ? [next, plane[1]] : [plane[0], next];
}

/** Fit a coupling, or hold it where it is. */
export function setFree(state: PageState, name: string, free: boolean): PageState {
  const roles = rolesOf(state);
  const others = roles.free.filter((one) => one !== name);
  return withRoles(state, { ...roles, free: free ? [...others, name] : others });
}

/** Let a coupling run along an axis of the plane. */
export function setPlane(state: PageState, axis: PlaneAxis, name: string): Changed {
  const roles = rolesOf(state);
  const [x, y] = roles.plane ?? [undefined, undefined];
  const now = axis === "x" ? x : y;
  if (now === name) return state;
  const other = axis === "x" ? y : x;
  // What runs along the other axis changes places with it.
  const partner = other === name ? now : (other ?? partnerOf(name, roles));
  if (partner === undefined) return "a plane needs two couplings: add another one";
  return withRoles(state, { ...roles, plane: axis === "x" ? [name, partner] : [partner, name] });
}

function partnerOf(name: string, { names, free }: Roles): string | undefined {
  const others = names.filter((one) => one !== name);
  return others.find((one) => free.includes(one)) ?? others[0];
}

/** No plane. */
export function closePlane(state: PageState): PageState {
  return withRoles(state, { ...rolesOf(state), plane: null });
}

/** Move a coupling; nothing else of the state changes. One that is gone by now is not moved. */
export function setValue(state: PageState, name: string, value: number): PageState {
  const { spec, at } = state;
  if (!couplingsOf(state).includes(name)) return state;
  if (Object.hasOwn(spec.parameters ?? {}, name)) {
    return { ...state, spec: { ...spec, parameters: { ...spec.parameters, [name]: value } } };
  }
  return { ...state, at: { ...at, [name]: value } };
}

/** Move several couplings at once, e.g. to a minimum; names without a slider are left out. */
export function moveTo(state: PageState, values: Readonly<Record<string, number>>): PageState {
  return Object.entries(values).reduce((moved, [name, value]) => setValue(moved, name, value), state);
}

/** Everything to where the standard model has it. */
export function resetToStandard(state: PageState): PageState {
  const names = couplingsOf(state).filter(isCoupling);
  return moveTo(state, Object.fromEntries(names.map((name) => [name, standardValue(name)])));
}

/** One coupling for all flavours becomes one for each. */
export function splitFlavours(state: PageState, name: string): Changed {
  const parts = perFlavour(name);
  if (parts.length === 0) return "it has no form for single flavours";
  return replaced(state, [name], parts, name);
}

/** Couplings of single flavours become one for all, where the one named is; what the others were is given up. */
export function joinFlavours(state: PageState, name: string): Changed {
  const all = allFlavours(name);
  if (all === undefined) return "it stands for all flavours already";
  return replaced(
    state,
    couplingsOf(state).filter((one) => allFlavours(one) === all),
    [all],
    name,
  );
}

/** New couplings with the role of old ones and the value of one of them. */
function replaced(state: PageState, old: readonly string[], next: readonly string[], from: string): Changed {
  const { names, free, plane, values } = rolesOf(state);
  const others = names.filter((name) => !old.includes(name));
  const reason = next.map((name) => obstacle(name, others)).find((one) => one !== undefined);
  if (reason !== undefined) return reason;
  const value = values[from] ?? 0;
  const swap = (list: readonly string[]): string[] => {
    const at = list.findIndex((name) => old.includes(name));
    return at < 0 ? [...list] : [...list.slice(0, at), ...next, ...list.slice(at)].filter((one) => !old.includes(one));
  };
  const axes = plane === null ? [] : plane.map((name) => (old.includes(name) ? next[0]! : name));
  const [x, y] = axes;
  // Two flavours that spanned the plane are one now: another coupling takes the second place.
  const second = x === y ? partnerOf(x ?? "", { names: swap(names), free: swap(free), plane, values }) : y;
  return withRoles(state, {
    names: swap(names),
    free: swap(free),
    plane: x === undefined || second === undefined ? null : [x, second],
    values: { ...values, ...Object.fromEntries(next.map((name) => [name, value])) },
  });
}

export interface Preset {
  readonly name: string;
  /** null: the symbol of its coupling. */
  readonly title: string | null;
  readonly free: readonly string[];
  /** At hand, at zero. */
  readonly fixed: readonly string[];
  readonly plane: Plane | null;
}

/** Where many analyses begin. */
export const presets: readonly Preset[] = [
  { name: "universal", title: "Universal ξ", free: ["xi_S", "xi_V"], fixed: ["xi_T"], plane: ["xi_S", "xi_V"] },
  { name: "flavour", title: "Per flavour ξ", free: ["xi_V_e", "xi_V_mu"], fixed: [], plane: ["xi_V_e", "xi_V_mu"] },
  { name: "nsi", title: "NSI", free: ["eps_uV_ee", "eps_dV_ee"], fixed: [], plane: ["eps_uV_ee", "eps_dV_ee"] },
  { name: "angle", title: null, free: ["sin2_theta_w"], fixed: [], plane: null },
];

/**
 * Couplings of a preset in place of those that are there; what both have keeps its value. Degrees of freedom belong to
 * the question that was there: they are the library's own again.
 */
export function applyPreset({ spec: { dof: _, ...spec }, at, view }: PageState, preset: Preset): PageState {
  const { free, fixed, plane } = preset;
  const state = { spec, at, view };
  return withRoles(state, { names: [...free, ...fixed], free, plane, values: valuesOf(state) });
}

/** Whether a state has the couplings of a preset, all fitted, and its plane. */
export function hasPreset(state: PageState, { free, plane }: Preset): boolean {
  const roles = rolesOf(state);
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return same([...roles.free].sort(), [...free].sort()) && same(roles.plane, plane);
}

/** Couplings in the order of the registry, so that a row keeps its place when its role changes. */
export function inOrder(names: readonly string[], order: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** Whether a coupling may be given to each flavour, or is one of a flavour. */
export function flavourForm(name: string): "all" | "one" | "none" {
  const read = readCouplingName(name);
  if (read === undefined || !read.coupling.flavoured) return "none";
  return read.lepton === null ? "all" : "one";
}
