import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NurecoilError } from "../../src/errors.ts";
import { processStart } from "../../src/node/process-start.ts";
import { openRun, type Run, type RunOptions } from "../../src/node/run-folder.ts";
import { readShard, shardBytes } from "../../src/node/run-shard.ts";

let parent: string;
let folder: string;
let warnings: string[];
let opened: Run[];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "nurecoil-run-"));
  folder = join(parent, "run");
  warnings = [];
  opened = [];
});
afterEach(() => {
  for (const run of opened) run.close();
  rmSync(parent, { recursive: true });
});

const SHARDS = 3;
const ROWS = 40;
const columns = [
  { name: "a.b", type: "float64" },
  { name: "n", type: "int32" },
] as const;

function optionsOf(changes: Partial<RunOptions> = {}): RunOptions {
  return {
    folder,
    kind: "toys",
    version: "1.2.3",
    seed: 7,
    spec: { parameters: { x: 0.5 }, list: [{ n: 40 }] },
    settings: { toys: 100 },
    shards: SHARDS,
    columns,
    rows: () => ROWS,
    takeOver: false,
    force: false,
    warn: (message) => warnings.push(message),
    clock: () => "2000-01-01T00:00:00Z",
    ...changes,
  };
}

async function open(changes: Partial<RunOptions> = {}): Promise<Run> {
  const run = await openRun(optionsOf(changes));
  opened.push(run);
  return run;
}

/** What a run is refused with. */
async function refusal(changes: Partial<RunOptions> = {}): Promise<NurecoilError> {
  const error: unknown = await open(changes).then(
    () => new Error("it was opened"),
    (thrown) => thrown,
  );
  if (!(error instanceof NurecoilError)) throw error;
  return error;
}

/** Values that every writer of numbers gets wrong somewhere, then ordinary ones. */
function valuesOf(shard: number): Record<string, Float64Array | Int32Array> {
  const special = [-0, 0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, -1.7976931348623157e308, 0.1 + 0.2];
  return {
    "a.b": Float64Array.from({ length: ROWS }, (_, k) => special[k] ?? Math.sin(k + 100 * shard)),
    n: Int32Array.from({ length: ROWS }, (_, k) => (k === 0 ? -(2 ** 31) : k === 1 ? 2 ** 31 - 1 : k * shard)),
  };
}

async function finished(changes: Partial<RunOptions> = {}): Promise<void> {
  const run = await open(changes);
  for (let shard = 0; shard < SHARDS; shard++) if (!run.done.has(shard)) run.write(shard, valuesOf(shard));
  run.finish("{}\n");
  run.close();
}

const shardOf = (shard: number, kind = "toys"): string => join(folder, `shards/${kind}-0000${shard}.parquet`);

/** Files of the run that are the same whatever happened to it. */
function lasting(at = folder): Record<string, string> {
  return Object.fromEntries(
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !["manifest.json", "log.txt"].includes(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(at.length + 1), readFileSync(path, "latin1")]),
  );
}

describe("a shard", () => {
  it("comes back bit by bit", async () => {
    const run = await open();
    run.write(1, valuesOf(1));
    const found = await run.read(1);
    expect(Object.keys(found)).toEqual(["a.b", "n"]);
    expect(found["n"]).toEqual(valuesOf(1)["n"]);
    const bits = (data: Float64Array | Int32Array | undefined) => [...new Uint8Array((data as Float64Array).buffer)];
    expect(bits(found["a.b"])).toEqual(bits(valuesOf(1)["a.b"]));
  });

  it("keeps the sign of zero in a column of few values, which a dictionary would lose", async () => {
    const zeros = Float64Array.from({ length: ROWS }, (_, k) => (k % 3 === 0 ? -0 : 0));
    const run = await open();
    run.write(0, { ...valuesOf(0), "a.b": zeros });
    expect((await run.read(0))["a.b"]).toEqual(zeros);
  });

  it("is Parquet with named, required columns, and says what it is part of", async () => {
    await finished();
    const file = new Uint8Array(readFileSync(shardOf(2))).buffer;
    const { key_value_metadata: pairs, schema, num_rows } = parquetMetadata(file);
    expect(schema.slice(1).map(({ name, type, repetition_type }) => [name, type, repetition_type])).toEqual([
      ["a.b", "DOUBLE", "REQUIRED"],
      ["n", "INT32", "REQUIRED"],
    ]);
    expect(num_rows).toBe(40n);
    const { hash } = JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]))).toMatchObject({
      "nurecoil.kind": "toys",
      "nurecoil.version": "1.2.3",
      "nurecoil.seed": "7",
      "nurecoil.hash": hash,
      "nurecoil.shard": "2",
      "nurecoil.rows": "40",
    });
    expect((await parquetReadObjects({ file })).at(-1)).toEqual({ "a.b": Math.sin(239), n: 78 });
  });

  it("that is not what was declared is refused before anything is written", async () => {
    const run = await open();
    const { n } = valuesOf(0);
    expect(() => run.write(0, { n: n! })).toThrow(/column a\.b/);
    expect(() => run.write(0, { "a.b": n!, n: n! })).toThrow(/column a\.b is not 40 x float64/);
    expect(() => run.write(0, { ...valuesOf(0), n: n!.slice(1) as Int32Array })).toThrow(/column n is not 40 x int32/);
    expect(readdirSync(join(folder, "shards"))).toEqual([]);
  });
});

describe("a run", () => {
  it("has a folder of these files, and no process, host or clock in those that last", async () => {
    const run = await open();
    expect(existsSync(join(folder, "lock.json"))).toBe(true);
    run.close();
    await finished();
    expect(readdirSync(folder).sort()).toEqual(["log.txt", "manifest.json", "result.json", "run.json", "shards"]);
    expect(JSON.parse(readFileSync(join(folder, "run.json"), "utf8"))).toMatchObject({
      format: "nurecoil/run/1",
      kind: "toys",
      seed: 7,
      spec: { parameters: { x: 0.5 } },
    });
    expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))).toMatchObject({ state: "finished" });
    for (const text of Object.values(lasting())) {
      expect(text).not.toContain(hostname());
      expect(text).not.toMatch(/20\d\d-\d\d-\d\d/);
    }
    expect(warnings).toEqual([]);
  });

  it("ends with the same bytes in whatever order and however often interrupted", async () => {
    await finished();
    const whole = lasting();
    rmSync(folder, { recursive: true });
    for (const shard of [2, 0, 1]) {
      const run = await open();
      run.write(shard, valuesOf(shard));
      run.close();
    }
    const run = await open();
    expect([[...run.done].sort(), run.finished]).toEqual([[0, 1, 2], false]);
    run.finish("{}\n");
    run.close();
    expect(lasting()).toEqual(whole);
    expect((await open()).finished).toBe(true);
  });

  it("is the same when only the order of keys in its spec differs, and no other otherwise", async () => {
    await finished();
    const reordered = { list: [{ n: 40 }], parameters: { x: 0.5 } };
    expect((await open({ spec: reordered })).finished).toBe(true);
    opened.at(-1)?.close();
    for (const changes of [
      { seed: null },
      { version: "1.2.4" },
      { settings: { toys: 101 } },
      { kind: "fc" as const },
      { shards: 4 },
      { columns: columns.slice(0, 1) },
    ])
      expect((await refusal(changes)).kind).toBe("usage");
  });

  it("of another spec is refused with what differs, and nothing is changed", async () => {
    await finished();
    const before = lasting();
    const { issues } = await refusal({ spec: { parameters: { x: 0.25 }, list: [{ n: 50 }], extra: true }, seed: 8 });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ file: join(folder, "run.json") });
    expect(issues[0]?.message).toBe(
      "the folder holds another run: seed is 7 there, 8 now; spec.parameters.x is 0.5 there, 0.25 now; " +
        "spec.list[0].n is 40 there, 50 now and 1 more",
    );
    expect(issues[0]?.hint).toMatch(/another folder.*--force/);
    expect(lasting()).toEqual(before);
  });

  it("of another spec is replaced with force; files that are no part of it stay", async () => {
    await finished();
    writeFileSync(join(folder, "notes.txt"), "mine");
    writeFileSync(join(folder, "shards/my.parquet"), "mine");
    const run = await open({ seed: 8, force: true });
    expect(run.done.size).toBe(0);
    expect(warnings).toEqual([`${folder}: the run that was there is replaced: seed is 7 there, 8 now`]);
    expect(Object.keys(lasting())).toEqual(["lock.json", "notes.txt", "run.json", "shards/my.parquet"]);
    run.close();
  });

  it.each([
    ["gone", () => rmSync(join(folder, "run.json")), "usage", "holds parts of a run, but its run.json is gone"],
    ["cut", () => truncateSync(join(folder, "run.json"), 20), "file", "is not of the format nurecoil/run/1"],
    [
      "of a later format",
      () => writeFileSync(join(folder, "run.json"), '{"format":"nurecoil/run/2"}'),
      "file",
      /run.1/,
    ],
  ] as const)(
    "whose run.json is %s is refused and left alone, and replaced with force",
    async (_, spoil, kind, text) => {
      await finished();
      const whole = lasting();
      writeFileSync(join(folder, "notes.txt"), "mine");
      spoil();
      const before = lasting();
      const error = await refusal();
      expect(error.kind).toBe(kind);
      expect(error.issues).toEqual([
        {
          file: expect.stringContaining(folder),
          message: expect.stringMatching(text),
          hint: expect.stringMatching(/another folder.*--force/),
        },
      ]);
      expect(lasting()).toEqual(before);
      const run = await open({ force: true });
      expect(run.done.size).toBe(0);
      expect(warnings).toEqual([expect.stringMatching(/the run that was there is replaced: its run\.json is/)]);
      run.close();
      expect(Object.keys(lasting())).toEqual(["notes.txt", "run.json"]);
      await finished();
      expect(lasting()).toEqual({ ...whole, "notes.txt": "mine" });
    },
  );

  it("without run.json is known by its manifest too, but not by the manifest of something else", async () => {
    (await open()).close();
    rmSync(join(folder, "run.json"));
    expect((await refusal()).issues[0]?.message).toContain("its run.json is gone");
    writeFileSync(join(folder, "manifest.json"), '{"name":"a web page"}');
    expect((await refusal({ force: true })).issues[0]?.message).toMatch(/^holds other files/);
  });

  it("writes into its log how many shards are there, ten times at most", async () => {
    const run = await open({ shards: 40 });
    for (let shard = 0; shard < 40; shard++) run.write(shard, valuesOf(shard));
    const lines = readFileSync(join(folder, "log.txt"), "utf8").trimEnd().split("\n").slice(1);
    expect(lines).toEqual(
      [4, 8, 12, 16, 20, 24, 28, 32, 36, 40].map((done) => `2000-01-01T00:00:00Z ${done} of 40 shards are there`),
    );
  });

  it("of the same spec is gone on with, with force too", async () => {
    const run = await open();
    run.write(0, valuesOf(0));
    run.close();
    expect([...(await open({ force: true })).done]).toEqual([0]);
  });

  it("whose result was changed gets it back, and says so", async () => {
    await finished();
    writeFileSync(join(folder, "result.json"), "changed");
    await finished();
    expect(readFileSync(join(folder, "result.json"), "utf8")).toBe("{}\n");
    expect(warnings).toEqual([expect.stringContaining("was not the result of the shards")]);
  });
});

describe("a folder", () => {
  it.each([false, true])("that holds something else is refused and left alone (force: %s)", async (force) => {
    mkdirSync(folder);
    writeFileSync(join(folder, "thesis.tex"), "mine");
    expect((await refusal({ force })).issues).toEqual([
      { file: folder, message: 'holds other files ("thesis.tex") and no run', hint: expect.stringContaining("-o") },
    ]);
    rmSync(join(folder, "thesis.tex"));
    writeFileSync(join(folder, "run.json"), '{ "format": "other" }');
    expect((await refusal({ force })).issues[0]?.message).toContain("is not of the format nurecoil/run/1");
    writeFileSync(join(folder, "run.json"), "{ half");
    expect((await refusal({ force })).kind).toBe("file");
    expect(readdirSync(folder)).toEqual(["run.json"]);
  });

  it("that is empty is taken; a file, or a folder in none, is not", async () => {
    mkdirSync(folder);
    (await open()).close();
    writeFileSync(join(parent, "file"), "mine");
    expect((await refusal({ folder: join(parent, "file") })).issues[0]?.message).toBe("is a file, not a folder");
    expect((await refusal({ folder: join(parent, "no/run") })).issues[0]?.message).toBe("its folder does not exist");
  });

  it("left by a process that was killed while it began, or while it wrote, is tidied", async () => {
    mkdirSync(join(folder), { recursive: true });
    writeFileSync(join(folder, "run.json.99.part"), "{");
    writeFileSync(join(folder, "lock.json.new-0123456789abcdef"), "{");
    const run = await open();
    run.close();
    writeFileSync(join(folder, "shards/toys-00001.parquet.99.part"), "PAR1");
    writeFileSync(join(folder, "shards/my.99.part"), "mine");
    await finished();
    expect(readdirSync(join(folder, "shards")).sort()).toEqual([
      "my.99.part",
      ...[0, 1, 2].map((shard) => `toys-0000${shard}.parquet`),
    ]);
    expect(readdirSync(folder).filter((name) => /part|lock/.test(name))).toEqual([]);
  });
});

describe("a damaged shard", () => {
  it.each([
    ["empty", () => 0],
    ["a few bytes", () => 5],
    ["cut in half", (size: number) => Math.floor(size / 2)],
    ["without its last byte", (size: number) => size - 1],
  ])("%s: is removed with one line and computed again", async (_, lengthOf) => {
    await finished();
    const before = lasting();
    truncateSync(shardOf(1), lengthOf(readFileSync(shardOf(1)).length));
    const run = await open();
    expect([...run.done].sort()).toEqual([0, 2]);
    expect(run.finished).toBe(false);
    run.close();
    expect(warnings).toEqual([expect.stringMatching(/toys-00001\.parquet: cut or damaged \(.*\): removed/)]);
    expect(existsSync(shardOf(1))).toBe(false);
    await finished();
    expect(lasting()).toEqual(before);
  });

  it("is never taken for a whole one: every byte that changes is noticed", async () => {
    const label = { kind: "toys", hash: "0123456789abcdef", version: "1.2.3", seed: 7, shard: 1, rows: ROWS };
    const bytes = shardBytes(columns, valuesOf(1), label);
    for (let place = 0; place < bytes.length; place++) {
      const changed = bytes.slice();
      changed[place]! ^= 0x10;
      expect((await readShard(changed, columns, label)).state, `byte ${place}`).not.toBe("whole");
    }
    expect((await readShard(bytes, columns, label)).state).toBe("whole");
  });
});

describe("a shard of another run", () => {
  it.each([
    ["seed", { seed: 8 }, "its nurecoil.seed is 8, not 7"],
    ["version", { version: "9.9.9" }, "its nurecoil.version is 9.9.9, not 1.2.3"],
    ["spec", { spec: { parameters: { x: 0.25 } } }, "its nurecoil.hash is "],
  ] as const)("(%s) is refused and left alone", async (_, changes, message) => {
    await finished();
    const other = join(parent, "other");
    await finished({ ...changes, folder: other });
    cpSync(join(other, "shards/toys-00001.parquet"), shardOf(1));
    const before = lasting();
    const error = await refusal();
    expect(error.kind).toBe("file");
    expect(error.issues).toEqual([
      { file: shardOf(1), message: expect.stringContaining(message), hint: expect.stringContaining("move it") },
    ]);
    expect(lasting()).toEqual(before);
  });

  it("or in another's place, or beyond the last, or of another program, is refused", async () => {
    await finished();
    cpSync(shardOf(0), shardOf(1));
    expect((await refusal()).issues[0]?.message).toContain("its nurecoil.shard is 0, not 1");
    cpSync(shardOf(0), shardOf(7));
    rmSync(shardOf(1));
    expect((await refusal()).issues[0]?.message).toContain("it has 3, of kind toys");
    rmSync(shardOf(7));
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    writeFileSync(shardOf(1), Buffer.from(parquetWriteBuffer({ columnData: [{ name: "a.b", data: [1, 2] }] })));
    expect((await refusal()).issues[0]?.message).toContain("it has no nurecoil.sha256");
  });
});

describe("the lock", () => {
  const lock = (): string => join(folder, "lock.json");
  const write = (holder: object): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(lock(), JSON.stringify({ format: "nurecoil/lock/1", host: hostname(), ...holder }));
  };
  /** Number of a process that has just ended. */
  const ended = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

  it("names host, process and its start, and is gone after the run", async () => {
    const run = await open();
    const started = processStart(process.pid);
    expect(JSON.parse(readFileSync(lock(), "utf8"))).toEqual({
      format: "nurecoil/lock/1",
      host: hostname(),
      process: process.pid,
      started,
    });
    if (process.platform === "linux") expect(started).toMatch(/^\d+$/);
    run.close();
    expect(existsSync(lock())).toBe(false);
    // Of a refused run too.
    expect((await refusal({ seed: 1 })).kind).toBe("usage");
    expect(existsSync(lock())).toBe(false);
  });

  it("of a process that is gone is taken over with one line", async () => {
    const number = ended();
    write({ process: number, started: "1" });
    await open();
    expect(warnings).toEqual([
      `${folder}: process ${number} of this host ended without releasing its lock: taken over`,
    ]);
    expect(JSON.parse(readFileSync(lock(), "utf8")).process).toBe(process.pid);
    expect(readdirSync(folder).filter((name) => name.startsWith("lock"))).toEqual(["lock.json"]);
  });

  it.skipIf(process.platform !== "linux")("of a process whose number is used again is taken over", async () => {
    // This process lives, but started at another time.
    write({ process: process.ppid, started: "1" });
    await open();
    expect(warnings).toHaveLength(1);
  });

  it.skipIf(process.platform !== "linux")(
    "of a process that has ended and is not yet reaped is taken over",
    async () => {
      // The shell starts a child and becomes a program that never asks for it.
      const shell = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 20"], { stdio: ["ignore", "pipe", "ignore"] });
      try {
        const number = Number(await new Promise((resolve) => shell.stdout.once("data", resolve)));
        const stat = (): string => readFileSync(`/proc/${number}/stat`, "utf8");
        while (!stat().includes(") Z ")) await new Promise((resolve) => setTimeout(resolve, 5));
        write({ process: number, started: stat().split(" ")[21]! });
        await open();
        expect(warnings).toHaveLength(1);
      } finally {
        shell.kill("SIGKILL");
      }
    },
  );

  it("of a live process is refused, unless it is overridden", async () => {
    write({ process: process.ppid, started: processStart(process.ppid) });
    const { kind, issues } = await refusal();
    expect(kind).toBe("usage");
    expect(issues).toEqual([
      {
        file: folder,
        message: `process ${process.ppid} of this host works there`,
        hint: expect.stringContaining("--take-over"),
      },
    ]);
    await open({ takeOver: true });
    expect(warnings).toEqual([`${folder}: process ${process.ppid} of this host is overridden: taken over`]);
  });

  it("of another host is refused whatever its process, unless it is overridden", async () => {
    write({ host: "elsewhere", process: ended(), started: "1" });
    const { issues } = await refusal();
    expect(issues[0]?.message).toMatch(/^process \d+ of host elsewhere works there$/);
    expect(issues[0]?.hint).toContain("--take-over");
    await open({ takeOver: true });
    expect(warnings).toHaveLength(1);
  });

  it("that cannot be read is refused, unless it is overridden", async () => {
    mkdirSync(folder);
    writeFileSync(lock(), "");
    expect((await refusal()).issues[0]?.hint).toContain("--take-over");
    await open({ takeOver: true });
    expect(warnings).toHaveLength(1);
  });

  it("is taken over although a process was killed while it took it over", async () => {
    const { sha256 } = await import("../../src/node/run-spec.ts");
    const [first, second] = [ended(), ended()];
    write({ process: first, started: "1" });
    // A claim on the lock by a process that is gone, and one on that claim.
    let claimed = readFileSync(lock(), "utf8");
    for (const number of [second, first]) {
      const name = `lock.json.claim-${sha256(claimed).slice(0, 16)}`;
      claimed = JSON.stringify({ host: hostname(), process: number, started: "1", claims: sha256(claimed) });
      writeFileSync(join(folder, name), claimed);
    }
    await open();
    expect(warnings).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.startsWith("lock"))).toEqual(["lock.json"]);
  });

  it("that was taken over by another process stops the first before it writes", async () => {
    const run = await open();
    run.write(0, valuesOf(0));
    write({ process: process.ppid, started: processStart(process.ppid) });
    expect(() => run.write(1, valuesOf(1))).toThrow(`process ${process.ppid} of this host has taken over`);
    expect(() => run.finish("{}\n")).toThrow(NurecoilError);
    expect(existsSync(shardOf(1))).toBe(false);
    run.close();
    // It is not ours to remove.
    expect(existsSync(lock())).toBe(true);
  });
});

describe("a file system that refuses", () => {
  it("a full disk: the finished shards stay, and the run goes on when there is room", async ({ skip }) => {
    const disk = join(parent, "disk");
    mkdirSync(disk);
    const mounted = spawnSync("sh", ["-c", `mount -t tmpfs -o size=256k tmpfs "${disk}"`]).status === 0;
    skip(!mounted, "no small file system can be mounted here");
    try {
      folder = join(disk, "run");
      const run = await open();
      run.write(0, valuesOf(0));
      const ballast = join(disk, "ballast");
      expect(() => {
        for (;;) appendFileSync(ballast, Buffer.alloc(1024));
      }).toThrow("ENOSPC");
      let error: unknown;
      try {
        run.write(1, valuesOf(1));
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ kind: "file" });
      expect((error as NurecoilError).issues).toEqual([
        { file: shardOf(1), message: "the disk is full (ENOSPC)", hint: expect.stringContaining("same command again") },
      ]);
      run.close();
      expect((error as NurecoilError).issues[0]?.hint).toMatch(/^finished shards are kept; make room/);
      expect(existsSync(lockPath())).toBe(false);
      expect(readdirSync(join(folder, "shards"))).toEqual(["toys-00000.parquet"]);
      // Not even a lock fits: said in the same way.
      expect((await refusal()).issues[0]?.message).toBe("the disk is full (ENOSPC)");
      expect((await refusal({ folder: join(disk, "new") })).issues[0]?.hint).toMatch(/^make room and give/);
      rmSync(ballast);
      const again = await open();
      expect([...again.done]).toEqual([0]);
      again.close();
      await finished();
    } finally {
      spawnSync("sh", ["-c", `umount "${disk}"`]);
    }
  });

  it("nothing is said to be kept where nothing is finished", async () => {
    const run = await open();
    const failure = (shard: number): unknown => {
      try {
        return run.write(shard, valuesOf(shard));
      } catch (error) {
        return (error as NurecoilError).issues[0]?.hint;
      }
    };
    rmSync(join(folder, "shards"), { recursive: true });
    expect(failure(0)).toBe("put it right and give the same command again");
    mkdirSync(join(folder, "shards"));
    expect(failure(0)).toBeUndefined();
    rmSync(join(folder, "shards"), { recursive: true });
    expect(failure(1)).toBe("finished shards are kept; put it right and give the same command again");
  });

  const lockPath = (): string => join(folder, "lock.json");
});
