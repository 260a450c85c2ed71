/** The built engine and the tests' kinds, with their types. */

import type { JobKind } from "../../src/engine/job.ts";

interface Dist {
  readonly dist: URL;
  readonly built: (name: string) => Promise<never>;
}

type Kinds = {
  readonly sum: Kind<{ numbers: Float64Array }, { from: number; to: number }, { total: number; ends: Float64Array }>;
  readonly chaos: Kind<{ rate: number }, { start: number; steps: number }, Float64Array>;
  readonly echo: Kind<unknown, unknown, { setup: unknown; task: unknown; thread: number }>;
  readonly slow: Kind<{ wait: number }, { n: number }, { n: number; together: number }>;
  readonly count: Kind<{ counts: Int32Array }, { n: number; work?: number }, { n: number; x: number }>;
  readonly rendezvous: Kind<{ done: Int32Array; until: number }, { n: number }, string>;
  readonly unruly: Kind<null, { do: unknown; spinning?: Int32Array }, unknown>;
  readonly broken: Kind<null, number, number>;
  readonly missing: Kind<null, number, number>;
};
type Kind<Setup, Task, Answer> = () => Promise<JobKind<Setup, Task, Answer>>;

const fixture = (name: string): string => new URL(`./fixtures/${name}`, import.meta.url).href;
const { built } = (await import(fixture("dist.mjs"))) as Dist;

export const { kinds } = (await import(fixture("kinds.mjs"))) as { kinds: Kinds };
/** Entry file of workers that have these kinds. */
export const entry: URL = new URL(fixture("entry.mjs"));

export const { poolOf }: typeof import("../../src/engine/pool.ts") = await built("pool.js");
export const { nodeWorkers }: typeof import("../../src/engine/node-workers.ts") = await built("node-workers.js");
export const engine: typeof import("../../src/engine/index.ts") = await built("index.js");
