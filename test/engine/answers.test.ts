/** Answers are those of the tasks, whoever works on them. */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { entry, kinds, nodeWorkers, poolOf } from "./kinds.ts";

const host = () => nodeWorkers(entry);
const counts = [0, 1, 2, 3] as const;
const pools = counts.map((workers) => [workers, poolOf(workers, kinds, host)] as const);
afterAll(() => Promise.all(pools.map(([, pool]) => pool.close())));

// Uneven on purpose: the later ones of three are done long before the first.
const chaotic = Array.from({ length: 24 }, (_, n) => ({ start: 0.1 + 0.03 * n, steps: n % 3 === 0 ? 400_000 : 1000 }));
const bits = (answers: readonly Float64Array[]) => answers.map((path) => [...new BigUint64Array(path.buffer)]);

describe("answers", () => {
  it("are the same to the bit for any number of workers", async () => {
    const all = [];
    for (const [, pool] of pools)
      all.push(bits(await pool.run({ kind: "chaos", setup: { rate: 3.9 }, tasks: chaotic })));
    // The map neither dies out nor repeats: the comparison below means something.
    expect(new Set(all[0]?.flat()).size).toBe(8 * chaotic.length);
    for (const one of all.slice(1)) expect(one).toEqual(all[0]);
  });

  it("are the same to the bit in any order of the tasks", async () => {
    const order = chaotic.map((_, n) => (7 * n + 5) % chaotic.length);
    for (const [, pool] of pools) {
      const straight = bits(await pool.run({ kind: "chaos", setup: { rate: 3.9 }, tasks: chaotic }));
      const tasks = order.map((n) => chaotic[n] as (typeof chaotic)[0]);
      const mixed = bits(await pool.run({ kind: "chaos", setup: { rate: 3.9 }, tasks }));
      expect(mixed).toEqual(order.map((n) => straight[n]));
    }
  });

  it.each(pools)("belong to their tasks, %i workers", async (_, pool) => {
    const numbers = Float64Array.from({ length: 1001 }, (_, k) => k);
    const tasks = Array.from({ length: 100 }, (_, n) => ({ from: n, to: 10 * n + 1 }));
    const seen = new Map<number, number>();
    const answers = await pool.run({
      kind: "sum",
      setup: { numbers },
      tasks,
      onAnswer: ({ total }, index) => {
        seen.set(index, total);
      },
    });
    // Sum of the whole numbers from n to 10 n, as Gauss counted it. The job fills one and the same object each time.
    expect(answers.map(({ total }) => total)).toEqual(tasks.map((_, n) => ((11 * n) / 2) * (9 * n + 1)));
    expect(answers.map(({ ends }) => [...ends])).toEqual(tasks.map((_, n) => [n, 10 * n]));
    expect(seen.size).toBe(tasks.length);
    for (const [index, total] of seen) expect(total).toBe(answers[index]?.total);
  });

  it.each(pools)("are none for no tasks, %i workers", async (_, pool) => {
    expect(await pool.run({ kind: "sum", setup: { numbers: new Float64Array() }, tasks: [] })).toEqual([]);
  });
});

describe("data on the way", () => {
  it.each(pools)("arrive as they are, and a job changes only its own copy, %i workers", async (_, pool) => {
    const setup = {
      numbers: Float64Array.of(Number.NaN, -0, 5e-324),
      deep: [{ ints: Int32Array.of(-1), bytes: Uint8Array.of(255) }, "text", undefined, Number.POSITIVE_INFINITY],
    };
    const task = { at: Float32Array.of(0.5), map: new Map([[1, "one"]]) };
    const [first] = await pool.run({ kind: "echo", setup, tasks: [task] });
    // Strictly: the kind of each array counts as well.
    expect(first?.setup).toStrictEqual(setup);
    expect(first?.task).toStrictEqual(task);
    // The job wrote -1 into the first number and added a name to the task.
    expect(setup.numbers[0]).toBeNaN();
    expect(Object.keys(task)).toEqual(["at", "map"]);
  });

  it.each(pools)("are the same memory on a SharedArrayBuffer, %i workers", async (workers, pool) => {
    const shared = new Int32Array(new SharedArrayBuffer(32));
    await pool.run({ kind: "count", setup: { counts: shared }, tasks: Array.from({ length: 9 }, (_, n) => ({ n })) });
    expect(shared[0]).toBe(Math.max(1, workers));
    expect(shared.slice(1).reduce((sum, one) => sum + one)).toBe(9);
    const own = new Int32Array(8);
    await pool.run({ kind: "count", setup: { counts: own }, tasks: [{ n: 0 }] });
    expect([...own]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("jobs that take asynchronous steps", () => {
  it.each(pools)("are opened first and do one task at a time, %i workers", async (_, pool) => {
    const tasks = Array.from({ length: 12 }, (_, n) => ({ n }));
    const answers = await pool.run({ kind: "slow", setup: { wait: 30 }, tasks });
    expect(answers).toEqual(tasks.map(({ n }) => ({ n, together: 1 })));
  });
});

describe("onAnswer", () => {
  it.each(pools)("is called once at a time, and the run waits for it, %i workers", async (_, pool) => {
    let atWork = 0;
    let most = 0;
    let done = 0;
    const onAnswer = async () => {
      most = Math.max(most, ++atWork);
      await wait(3);
      atWork--;
      done++;
    };
    await pool.run({ kind: "unruly", setup: null, tasks: Array.from({ length: 9 }, () => ({ do: "x" })), onAnswer });
    expect([most, done]).toEqual([1, 9]);
  });

  it.each(pools)("ends the run when it throws, with that very error, %i workers", async (_, pool) => {
    const full = new Error("disk full");
    let calls = 0;
    const onAnswer = async () => {
      if (++calls === 3) throw full;
    };
    const tasks = Array.from({ length: 30 }, () => ({ do: "x" }));
    await expect(pool.run({ kind: "unruly", setup: null, tasks, onAnswer })).rejects.toBe(full);
    await wait(20);
    expect(calls).toBe(3);
    expect(await pool.run({ kind: "unruly", setup: null, tasks: [{ do: "again" }] })).toEqual(["again"]);
  });
});
