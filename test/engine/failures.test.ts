/** What goes wrong in a worker arrives with the name of the task, and nothing is left behind. */
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { NurecoilError } from "../../src/errors.ts";
import { entry, kinds, nodeWorkers, poolOf } from "./kinds.ts";

const pools = [1, 2, 3].map((workers) => [workers, poolOf(workers, kinds, () => nodeWorkers(entry))] as const);
afterAll(() => Promise.all(pools.map(([, pool]) => pool.close())));
const words = (...tasks: unknown[]) => ({
  kind: "unruly" as const,
  setup: null,
  tasks: tasks.map((word) => ({ do: word })),
});

async function failed(run: Promise<unknown>): Promise<Error> {
  const error = await run.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe("a task that fails", () => {
  it.each(pools)("is named, with the place that threw, %i workers", async (_, pool) => {
    const error = await failed(pool.run(words("a", "b", "c", "throw", "d")));
    expect(error.message).toBe('tasks[3] of "unruly": out of its range');
    expect((error.cause as Error).stack).toMatch(/RangeError: out of its range\n\s+at .*kinds\.mjs:\d+/);
    expect((await failed(pool.run(words("throw a string")))).message).toBe('tasks[0] of "unruly": just words');
  });

  it.each(pools)("is named when it found a file wrong, and the file stays named, %i workers", async (_, pool) => {
    const error = (await failed(pool.run(words("a", "refuse")))) as NurecoilError;
    expect(error.constructor.name).toBe(NurecoilError.name);
    expect(error.kind).toBe("file");
    expect(error.message).toBe('mass.csv: tasks[1] of "unruly": no such column (add it)');
  });

  it.each(pools)("is named when it or its answer cannot be cloned, %i workers", async (_, pool) => {
    const task = await failed(pool.run(words("a", "b", () => 1)));
    expect(task.message).toMatch(/^tasks\[2\] of "unruly": .*could not be cloned/);
    const answer = await failed(pool.run(words("a", "function")));
    expect(answer.message).toMatch(/^tasks\[1\] of "unruly": .*could not be cloned/);
  });

  it.each(pools)("is told apart from a job that cannot be opened, %i workers", async (_, pool) => {
    const broken = await failed(pool.run({ kind: "broken", setup: null, tasks: [1, 2] }));
    expect(broken.message).toBe('opening "broken": the setup is empty');
    const missing = await failed(pool.run({ kind: "missing", setup: null, tasks: [1, 2] }));
    expect(missing.message).toMatch(/^opening "missing": .*no-such-file/);
    const setup = await failed(pool.run({ kind: "echo", setup: { call: () => 1 }, tasks: [1] }));
    expect(setup.message).toMatch(/^opening "echo": .*could not be cloned/);
  });

  it("is the one the worker was at when it died", async () => {
    const pool = poolOf(2, kinds, () => nodeWorkers(entry));
    // Some are done before, and the worker holds others behind it.
    const tasks = Array.from({ length: 40 }, (_, n) => (n === 20 ? "exit" : "a"));
    const exit = await failed(pool.run(words(...tasks)));
    expect(exit.message).toBe('tasks[20] of "unruly": the worker ended (exit code 3)');
    const later = await failed(pool.run(words("throw later")));
    expect(later.message).toBe('tasks[0] of "unruly": the worker ended (nobody caught this)');
    expect(await pool.run(words("a"))).toEqual(["a"]);
    await pool.close();
  });

  it("is not looked for when the worker never started", async () => {
    const pool = poolOf(2, kinds, () => nodeWorkers(new URL("no-such-entry.mjs", entry)));
    expect((await failed(pool.run(words("a")))).message).toMatch(/the worker ended \(.*no-such-entry\.mjs/);
    await pool.close();
  });
});

describe("a signal", () => {
  it.each(pools)("given before stops the run before its first task, %i workers", async (_, pool) => {
    let calls = 0;
    const onAnswer = () => void calls++;
    const error = await failed(pool.run({ ...words("a"), onAnswer, signal: AbortSignal.abort(new Error("Ctrl-C")) }));
    expect(error.name).toBe("AbortError");
    expect(error.message).toBe('"unruly" was cancelled after 0 of 1 tasks: Ctrl-C');
    expect(calls).toBe(0);
  });

  it.each(pools)("stops a run under way, after which no answer comes, %i workers", async (_, pool) => {
    const controller = new AbortController();
    let calls = 0;
    const onAnswer = () => {
      // Comes through only if the run lets the event loop of this thread turn.
      if (++calls === 5) setImmediate(() => controller.abort(new Error("Ctrl-C")));
    };
    const tasks = Array.from({ length: 500 }, () => ({ start: 0.4, steps: 50_000 }));
    const run = pool.run({ kind: "chaos", setup: { rate: 3.9 }, tasks, onAnswer, signal: controller.signal });
    const error = await failed(run);
    expect(error.message).toBe(`"chaos" was cancelled after ${calls} of 500 tasks: Ctrl-C`);
    expect(calls).toBeLessThan(400);
    const before = calls;
    await wait(20);
    expect(calls).toBe(before);
    expect(await pool.run(words("again"))).toEqual(["again"]);
  });

  it("cuts off tasks that would never end", async () => {
    const pool = poolOf(2, kinds, () => nodeWorkers(entry));
    const spinning = new Int32Array(new SharedArrayBuffer(4));
    const controller = new AbortController();
    const tasks = [0, 1, 2].map(() => ({ do: "spin", spinning }));
    const run = failed(pool.run({ kind: "unruly", setup: null, tasks, signal: controller.signal }));
    while (Atomics.load(spinning, 0) < 2) await wait(1);
    controller.abort();
    expect((await run).message).toMatch(/^"unruly" was cancelled after 0 of 3 tasks: /);
    await pool.close();
  });

  it.each(["signal", "close"])("(%s) waits for the answer being delivered and drops those behind it", async (way) => {
    const pool = poolOf(2, kinds, () => nodeWorkers(entry));
    const controller = new AbortController();
    let calls = 0;
    let written = false;
    let closed: Promise<unknown> | undefined;
    const onAnswer = async () => {
      calls++;
      // Long enough for the other answers to come.
      await wait(60);
      if (way === "signal") controller.abort();
      else closed = pool.close().then(() => expect(written).toBe(true));
      await wait(30);
      written = true;
    };
    await failed(pool.run({ ...words("a", "b", "c", "d"), onAnswer, signal: controller.signal }));
    expect(written).toBe(true);
    await closed;
    await pool.close();
    expect(calls).toBe(1);
  });
});

describe("a process with a pool ends by itself", () => {
  const program = fileURLToPath(new URL("./fixtures/process.mjs", import.meta.url));
  // A heap so small that the hoarding task fills it in a moment.
  it.each([
    ["close", "a,b,c"],
    ["forget", "a,b,c"],
    ["throw", 'Error: tasks[1] of "unruly": out of its range'],
    ["exit", 'Error: tasks[1] of "unruly": the worker ended (exit code 3)'],
    ["throw later", 'Error: tasks[1] of "unruly": the worker ended (nobody caught this)'],
    ["hoard", /^Error: tasks\[1\] of "unruly": the worker ended \(.*memory/],
    ["spin", /^AbortError: "unruly" was cancelled after 0 of 2 tasks: /],
    ["close while it runs", 'AbortError: "unruly" was cancelled after 0 of 1 tasks: the pool was closed'],
  ])("%s", (use, printed) => {
    const ran = spawnSync(process.execPath, ["--max-old-space-size=60", program, use], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect([ran.status, ran.signal], ran.stderr).toEqual([0, null]);
    if (typeof printed === "string") expect(ran.stdout).toBe(printed);
    else expect(ran.stdout).toMatch(printed);
  });

  it("also where flags of the process would stop a worker", () => {
    const code = `process.argv[2] = "close"; await import(${JSON.stringify(pathToFileURL(program).href)});`;
    const flags = ["--input-type=module", "--eval", code, "--", "program"];
    const ran = spawnSync(process.execPath, flags, { encoding: "utf8", timeout: 20_000 });
    expect([ran.stdout, ran.stderr]).toEqual(["a,b,c", ""]);
  });
});
