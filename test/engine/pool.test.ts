/** How a pool uses its workers. */
import { describe, expect, it } from "vitest";
import { localWorkers } from "../../src/engine/local-worker.ts";
import type { StartWorker } from "../../src/engine/worker-end.ts";
import { engine, entry, kinds, nodeWorkers, poolOf } from "./kinds.ts";

const host = () => nodeWorkers(entry);
const words = (...tasks: string[]) => ({
  kind: "unruly" as const,
  setup: null,
  tasks: tasks.map((word) => ({ do: word })),
});

/** Workers of this thread that tell how many were started and are still there. */
function counted(): { readonly host: () => Promise<StartWorker>; started: number; running: number } {
  const start = localWorkers(kinds);
  const count = {
    started: 0,
    running: 0,
    host: async (): Promise<StartWorker> => (events) => {
      const worker = start(events);
      count.started++;
      count.running++;
      return {
        ...worker,
        terminate: () => {
          count.running--;
          return worker.terminate();
        },
      };
    },
  };
  return count;
}

describe("workers", () => {
  it("are not started for one or none: the work is done in this thread", async () => {
    for (const workers of [0, 1]) {
      const pool = poolOf(workers, kinds, () => expect.fail("asked for workers"));
      expect(await pool.run(words("a", "b"))).toEqual(["a", "b"]);
      await pool.close();
    }
  });

  it("are started when needed, no more than there are tasks, and kept from run to run", async () => {
    const count = counted();
    const pool = poolOf(3, kinds, count.host);
    expect(count.started).toBe(0);
    await pool.run(words("a", "b"));
    expect(count.started).toBe(2);
    await pool.run(words("a", "b", "c", "d"));
    await pool.run(words("a"));
    expect([count.started, count.running]).toEqual([3, 3]);
    await pool.close();
    expect([count.started, count.running]).toEqual([3, 0]);
  });

  it("are all ended when a run fails; the next run starts new ones", async () => {
    const count = counted();
    const pool = poolOf(2, kinds, count.host);
    await expect(pool.run(words("a", "throw"))).rejects.toThrow("out of its range");
    expect([count.started, count.running]).toEqual([2, 0]);
    expect(await pool.run(words("a", "b", "c"))).toEqual(["a", "b", "c"]);
    expect([count.started, count.running]).toEqual([4, 2]);
    await pool.close();
  });

  it("are the same threads in two runs, each with its own setup", async () => {
    const pool = poolOf(2, kinds, host);
    const run = async (setup: string) => {
      const answers = await pool.run({ kind: "echo", setup, tasks: Array.from({ length: 40 }, (_, n) => ({ n })) });
      expect(answers.map((answer) => answer.setup)).toEqual(answers.map(() => setup));
      return new Set(answers.map(({ thread }) => thread));
    };
    const threads = new Set([...(await run("one")), ...(await run("two")), ...(await run("three"))]);
    await pool.close();
    expect(threads.size).toBe(2);
    expect(threads).not.toContain(0);
  });

  it("get tasks as they become free: nobody waits behind a long task while another is free", async () => {
    const pool = poolOf(2, kinds, host);
    // The first task ends only when the others are done, except the three at most that its own worker holds already.
    const done = new Int32Array(new SharedArrayBuffer(4));
    const tasks = Array.from({ length: 40 }, (_, n) => ({ n }));
    const answers = await pool.run({ kind: "rendezvous", setup: { done, until: 36 }, tasks });
    // With few tasks each worker holds one: here not a single one is stuck.
    const few = new Int32Array(new SharedArrayBuffer(4));
    answers.push(...(await pool.run({ kind: "rendezvous", setup: { done: few, until: 3 }, tasks: tasks.slice(0, 4) })));
    await pool.close();
    expect(new Set(answers)).toEqual(new Set(["done"]));
  });

  it("share uneven work; the gain is measured, not judged", async ({ annotate }) => {
    const tasks = Array.from({ length: 60 }, (_, n) => ({ n, work: n % 7 === 0 ? 4_000_000 : 400_000 }));
    const times: number[] = [];
    const answers: unknown[] = [];
    for (const workers of [1, 2]) {
      const pool = poolOf(workers, kinds, host);
      const counts = new Int32Array(new SharedArrayBuffer(16));
      await pool.run({ kind: "count", setup: { counts }, tasks: tasks.slice(0, 4) });
      counts.fill(0);
      const start = performance.now();
      answers.push(await pool.run({ kind: "count", setup: { counts }, tasks }));
      times.push(performance.now() - start);
      await pool.close();
      expect(counts[0]).toBe(workers);
      for (let k = 1; k <= workers; k++) expect(counts[k], "a worker without work").toBeGreaterThan(5);
    }
    expect(answers[1]).toEqual(answers[0]);
    const [one, two] = times as [number, number];
    await annotate(
      `uneven tasks: ${one.toFixed(0)} ms in one thread, ${(one / two).toFixed(2)} times that with two workers`,
    );
  });
});

describe("a pool", () => {
  it("does one run at a time and none after it is closed", async () => {
    const pool = poolOf(2, kinds, host);
    const first = pool.run(words("a", "b"));
    await expect(pool.run(words("c"))).rejects.toThrow("the pool is at work");
    expect(await first).toEqual(["a", "b"]);
    await pool.close();
    await pool.close();
    await expect(pool.run(words("c"))).rejects.toThrow("the pool is closed");
  });

  it("wants a whole number of workers", () => {
    for (const workers of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => poolOf(workers, kinds, host)).toThrow(/number of workers is .* \(a whole number from 0\)/);
  });

  it("of the package starts the package's worker file, which has the package's kinds", async () => {
    // The types know the kinds; a name from elsewhere is answered by the worker itself.
    const run = { kind: "no-such-kind", setup: null, tasks: [1] } as never;
    for (const workers of [1, 2]) {
      const message = /opening "no-such-kind": there is no kind of job "no-such-kind" \((did you mean|valid)/;
      await expect(engine.runTasks(Object.assign({ workers }, run))).rejects.toThrow(message);
    }
  });
});
