/** How far a coupling's slider reaches: not all that is searched, but what its profile shows, with room around. */

import type { Store } from "../state/store.ts";

type Range = readonly [number, number];

/** Room on each side of the profile, of its width. */
const ROOM = 0.25;

/**
 * @param whole range in which the library searches; undefined before it is known
 * @returns where the profile of the coupling is drawn, widened and rounded outwards; `whole` where it has none
 */
export function sliderRange(store: Store, name: string, whole: Range | undefined): Range | undefined {
  const profile = store.profiles.value.get(name)?.value.value;
  const drawn = profile?.levels.some(({ segments }) => segments.length > 0) ? profile.values : undefined;
  const [low, high] = [drawn?.[0], drawn?.at(-1)];
  if (whole === undefined || low === undefined || high === undefined) return whole;
  const room = ROOM * (high - low);
  const step = 10 ** Math.floor(Math.log10(high - low)) / 2;
  const rounded = [step * Math.floor((low - room) / step), step * Math.ceil((high + room) / step)] as const;
  return [Math.max(whole[0], tidy(rounded[0])), Math.min(whole[1], tidy(rounded[1]))];
}

/** Without the last digits that arithmetic leaves. */
function tidy(value: number): number {
  return Number(value.toPrecision(10));
}
