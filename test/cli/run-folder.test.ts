/** Long runs of the real binary: killed, interrupted, started twice, on a full disk. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { runProgress } from "../../src/cli/progress.ts";
import { binary, experimentCopy, nurecoil, type Ran, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017";
const folder = temporaryFolder();
const place = (name: string): string => join(folder, name);
/** Seven shards, a second or two of work. */
const SCAN = ["scan", E, "--grid", "xi_V=-2:1:48", "--grid", "xi_S=-1:1:40", "--profile", "xi_T"];
/** Minutes of work. */
const LONG = ["scan", E, "--grid", "xi_V=-2:1:400", "--grid", "xi_S=-1:1:400", "--profile", "xi_T"];

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran & { readonly signal: string | null }>;
}

function start(args: readonly string[]): Started {
  const child = spawn(process.execPath, [binary, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (text.stdout += data));
  child.stderr.on("data", (data) => (text.stderr += data));
  const ended = new Promise<Awaited<Started["ended"]>>((resolve) => {
    child.on("close", (status, signal) => resolve({ status, signal, ...text }));
  });
  return { child, ended };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !condition(); await wait(5))
    if (Date.now() > end) throw new Error("waited in vain");
}

function shardsIn(run: string): string[] {
  const shards = join(run, "shards");
  return existsSync(shards) ? readdirSync(shards).filter((name) => name.endsWith(".parquet")) : [];
}

/** Files of a run that are the same whatever happened to it. */
function lasting(run: string): Record<string, string> {
  const names = readdirSync(run, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names
      .filter((name) => !["shards", "manifest.json", "log.txt"].includes(name))
      .map((name) => [name, readFileSync(join(run, name), "latin1")]),
  );
}

const whole = place("whole");
let uninterrupted: Record<string, string>;
let printed: string;
beforeAll(() => {
  printed = nurecoil([...SCAN, "--json", "-o", whole]).stdout;
  uninterrupted = lasting(whole);
});

/** A run of some shards that are there already. */
function partOf(name: string, shards: readonly number[]): string {
  const run = place(name);
  mkdirSync(join(run, "shards"), { recursive: true });
  copyFileSync(join(whole, "run.json"), join(run, "run.json"));
  for (const shard of shards)
    copyFileSync(join(whole, `shards/scan-0000${shard}.parquet`), join(run, `shards/scan-0000${shard}.parquet`));
  return run;
}

describe("a scan in a run folder", () => {
  it("leaves run, shards and the result that it prints", () => {
    expect(Object.keys(uninterrupted)).toEqual([
      "result.json",
      "run.json",
      ...Array.from({ length: 7 }, (_, shard) => `shards/scan-0000${shard}.parquet`),
    ]);
    expect(uninterrupted["result.json"]).toBe(printed);
    expect(existsSync(join(whole, "lock.json"))).toBe(false);
  });

  it("has the numbers of a scan without one, to the last digit", () => {
    expect(nurecoil([...SCAN, "--json"]).stdout).toBe(printed);
  });

  it("that is finished says so, and prints the result from the shards without computing", () => {
    rmSync(join(whole, "result.json"));
    const again = nurecoil([...SCAN, "--json", "-o", whole]);
    expect(again).toMatchObject({ status: 0, stdout: printed });
    expect(again.stderr).toContain("7 of 7 shards are there");
    const third = nurecoil([...SCAN, "-o", whole]);
    expect(third).toMatchObject({ status: 0, stderr: `nurecoil: ${whole}: finished before; nothing is computed\n` });
    expect(third.stdout).toContain("lowest point: ");
    expect(nurecoil([...SCAN, "-o", whole, "--quiet"])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(lasting(whole)).toEqual(uninterrupted);
  });

  it("goes on with the shards that are there, and computes those that are cut", () => {
    const run = partOf("cut", [0, 2, 3, 4, 6]);
    const cut = join(run, "shards/scan-00003.parquet");
    truncateSync(cut, Math.floor(readFileSync(cut).length / 2));
    // A file that is written again is another file.
    const inodes = () => [0, 2, 4, 6].map((shard) => statSync(join(run, `shards/scan-0000${shard}.parquet`)).ino);
    const before = inodes();
    const ran = nurecoil([...SCAN, "-o", run]);
    expect(ran.status).toBe(0);
    expect(ran.stderr.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^nurecoil: .*scan-00003\.parquet: cut or damaged \(.*\): removed, computed again$/),
      `nurecoil: ${run}: 4 of 7 shards are there, going on`,
    ]);
    expect(lasting(run)).toEqual(uninterrupted);
    expect(inodes()).toEqual(before);
  });
});

describe("killed", () => {
  it("with -9 at random moments and started again, it ends with the same bytes", async () => {
    const run = place("killed");
    // Park and Miller's generator, from a fixed seed: the same moments in every test run.
    let state = 20_260_101;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const counts = new Set<number>();
    for (let kills = 0, starts = 0; kills < 7; starts++) {
      expect(starts).toBeLessThan(40);
      const { child, ended } = start([...SCAN, "-o", run]);
      // After none to two shards more, at a moment of its own; by shards, as machines are not equally fast.
      const more = shardsIn(run).length + Math.floor(3 * random());
      const reached = until(
        () => child.exitCode !== null || (existsSync(join(run, "lock.json")) && shardsIn(run).length >= more),
      );
      await Promise.race([reached.then(() => wait(150 * random())), ended]);
      child.kill("SIGKILL");
      const { signal, status, stderr } = await ended;
      if (signal === "SIGKILL") {
        kills++;
        counts.add(shardsIn(run).length);
        continue;
      }
      // It was faster than the signal.
      expect(status, stderr).toBe(0);
      expect(lasting(run)).toEqual(uninterrupted);
      rmSync(run, { recursive: true });
    }
    expect(nurecoil([...SCAN, "-o", run])).toMatchObject({ status: 0 });
    expect(lasting(run)).toEqual(uninterrupted);
    // Not all of them before the first shard.
    expect(counts.size).toBeGreaterThan(2);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("with %s it ends cleanly and says how to go on", async (signal) => {
    const run = place(signal);
    const { child, ended } = start([...SCAN, "--json", "-o", run]);
    await until(() => shardsIn(run).length > 0);
    child.kill(signal);
    const { status, stdout, stderr } = await ended;
    expect([status, stdout]).toEqual([130, ""]);
    const log = readFileSync(join(run, "log.txt"), "utf8");
    expect(log).toMatch(/ 1 of 7 shards are there\n(.*\n)*.* stopped: [1-7] of 7 shards are there\n$/);
    expect(stderr).toMatch(/stopped, \d of 7 shards are kept; the same command goes on from there\n$/);
    expect(readdirSync(run).sort()).toEqual(["log.txt", "manifest.json", "run.json", "shards"]);
    expect(readdirSync(join(run, "shards"))).toEqual(shardsIn(run));
    expect(JSON.parse(readFileSync(join(run, "manifest.json"), "utf8")).state).toBe("stopped");
    if (signal === "SIGTERM") return;
    expect(nurecoil([...SCAN, "--quiet", "-o", run])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(lasting(run)).toEqual(uninterrupted);
  });
});

it("stopped before its first shard, it does not say that any are kept", async () => {
  const run = place("early");
  // A shard is a row at least: some seconds of work.
  const slow = ["scan", E, "--grid", "xi_V=-2:1:4", "--grid", "xi_S=-1:1:8000", "--profile", "xi_T"];
  const { child, ended } = start([...slow, "-o", run]);
  await until(() => existsSync(join(run, "manifest.json")));
  child.kill("SIGINT");
  const { status, stderr } = await ended;
  expect([status, stderr]).toEqual([
    130,
    `nurecoil: ${run}: stopped before the first shard was finished; the same command begins again\n`,
  ]);
});

describe("two at once", () => {
  it("the second is refused while the first lives; --take-over stops the first", async () => {
    const run = place("live");
    const first = start([...LONG, "-o", run]);
    try {
      await until(() => shardsIn(run).length > 0);
      const refused = nurecoil([...LONG, "-o", run]);
      expect(refused).toMatchObject({ status: 2, stdout: "" });
      expect(refused.stderr).toContain(`${run}: process ${first.child.pid} of this host works there`);
      expect(refused.stderr).toContain("--take-over");
      const second = start([...LONG, "-o", run, "--take-over"]);
      try {
        const { status, stderr } = await first.ended;
        expect(status).toBe(2);
        expect(stderr).toContain(`process ${second.child.pid} of this host has taken over: stopped here`);
      } finally {
        second.child.kill("SIGKILL");
        expect((await second.ended).stderr).toContain(`process ${first.child.pid} of this host is overridden`);
      }
    } finally {
      first.child.kill("SIGKILL");
    }
  });

  it("starters that find the lock of a dead process: one works, the others are refused", async () => {
    const run = partOf("starters", [0, 1]);
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(join(run, "lock.json"), JSON.stringify({ host: hostname(), process: dead, started: "1" }));
    const all = await Promise.all([1, 2, 3].map(() => start([...SCAN, "-o", run]).ended));
    // One that comes after the end finds the run finished.
    const worked = all.filter(({ stderr }) => stderr.includes("shards are there, going on"));
    expect(worked).toHaveLength(1);
    expect(worked[0]?.stderr).toContain(`process ${dead} of this host ended without releasing its lock: taken over`);
    for (const { status, stderr } of all)
      expect([status, stderr]).toEqual(
        status === 0
          ? [0, expect.stringMatching(/going on|finished before/)]
          : [2, expect.stringMatching(/process \d+ of this host works there/)],
      );
    expect(lasting(run)).toEqual(uninterrupted);
  });

  it("never hold the lock at the same time, whoever died with it or while taking it over", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const lock = new URL("../../dist/node/run-lock.js", import.meta.url);
    // Locks again and again, and leaves behind what a process that died with the lock leaves. While it has one, nobody
    // else may take it.
    const code = `
      import { renameSync, writeFileSync } from "node:fs";
      import { lockFolder } from ${JSON.stringify(lock.href)};
      const [, folder, host, dead] = process.argv;
      for (let held = 0; ; held++) {
        let lock;
        try { lock = lockFolder(folder, { takeOver: false, warn: () => process.stdout.write("t") }); }
        catch (error) { if (error.kind !== "usage") throw error; continue; }
        const end = performance.now() + 1 + (held % 3);
        try { while (performance.now() < end) lock.check(); } catch { process.stdout.write("!"); }
        const left = folder + "/left-" + process.pid;
        writeFileSync(left, JSON.stringify({ host, process: Number(dead), started: process.pid + "-" + held }));
        renameSync(left, folder + "/lock.json");
      }`;
    const at = place("contended");
    mkdirSync(at);
    const end = Date.now() + 3000;
    const story = async (): Promise<string> => {
      let text = "";
      for (let life = 0; Date.now() < end; life++) {
        const child = spawn(process.execPath, ["--input-type=module", "-e", code, at, hostname(), String(dead)]);
        child.stdout.on("data", (data) => (text += data));
        child.stderr.on("data", (data) => (text += data));
        // They die in truth as well, at moments that they do not choose.
        const timer = setTimeout(() => child.kill("SIGKILL"), life % 2 === 0 ? 500 : 1000);
        await new Promise((resolve) => child.on("close", resolve));
        clearTimeout(timer);
      }
      return text;
    };
    const told = (await Promise.all([story(), story(), story()])).join("");
    expect(told).toMatch(/^t{3,}$/);
  });
});

describe("a run whose run.json", () => {
  it.each([
    ["is gone", 2, (path: string) => rmSync(path)],
    ["is damaged", 3, (path: string) => truncateSync(path, 40)],
  ] as const)("%s is refused with the way out, and --force begins it anew", (what, status, spoil) => {
    const run = partOf(`spoilt-${status}`, [0, 1]);
    writeFileSync(join(run, "notes.txt"), "mine");
    spoil(join(run, "run.json"));
    const ran = nurecoil([...SCAN, "-o", run]);
    expect(ran).toMatchObject({ status, stdout: "" });
    const message = what === "is gone" ? "holds parts of a run, but its run.json is gone" : "is not of the format";
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toContain("(choose another folder with -o, or --force to replace that run and its shards by");
    expect(shardsIn(run)).toHaveLength(2);
    const forced = nurecoil([...SCAN, "-o", run, "--force"]);
    expect(forced.status).toBe(0);
    expect(forced.stderr).toContain("the run that was there is replaced: its run.json is");
    expect(lasting(run)).toEqual({ ...uninterrupted, "notes.txt": "mine" });
  });
});

describe("progress where there is no terminal", () => {
  it("is a line a minute with share and time left, and none when quiet", () => {
    const lines: string[] = [];
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    vi.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
    const terminal = process.stderr.isTTY;
    process.stderr.isTTY = false;
    try {
      const lineAtQuarters = (options: object): void => {
        now = 0;
        // A fifth was there before: what is left goes by the time of the rest.
        const { update, done } = runProgress("fc", options, 0.2);
        for (const [seconds, share] of [
          [59, 0.3],
          [61, 0.4],
          [100, 0.5],
          [122, 0.6],
        ] as const) {
          now = 1000 * seconds;
          update(share);
        }
        done();
      };
      lineAtQuarters({});
      lineAtQuarters({ quiet: true });
    } finally {
      vi.restoreAllMocks();
      process.stderr.isTTY = terminal;
    }
    // 61 s for 20 %, 60 % left; 122 s for 40 %, 40 % left.
    expect(lines).toEqual(["nurecoil: fc: 40 % done, 3 min 3 s left\n", "nurecoil: fc: 60 % done, 2 min 2 s left\n"]);
  });
});

describe("refused", () => {
  it("a run of another spec, with what differs and the way out", () => {
    const ran = nurecoil([...SCAN, "--recoil", "exact", "-o", whole]);
    expect(ran).toEqual({
      status: 2,
      stdout: "",
      stderr:
        `nurecoil: ${whole}/run.json: the folder holds another run: spec.recoil is "full" there, "exact" now ` +
        "(choose another folder with -o, or --force to replace that run and its shards by this one)\n",
    });
    expect(lasting(whole)).toEqual(uninterrupted);
  });

  it("a run whose data have changed since", () => {
    const copy = experimentCopy(folder, {
      "experiment.json": (text) => text.replace('"value": 14.6', '"value": 14.7'),
    });
    const run = place("data");
    const args = ["scan", copy, "--grid", "xi_V=0:1:3", "-o", run];
    expect(nurecoil(args).status).toBe(0);
    const path = join(copy, "experiment.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"value": 14.7', '"value": 14.8'));
    const ran = nurecoil(args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(`settings.experiments.${E} is "`);
    expect(nurecoil([...args, "--force"]).status).toBe(0);
  });

  it("a shard of another spec, with exit code 3 and the file", () => {
    const other = place("other");
    expect(nurecoil([...SCAN.slice(0, -2), "-o", other]).status).toBe(0);
    const run = partOf("foreign", [0]);
    copyFileSync(join(other, "shards/scan-00001.parquet"), join(run, "shards/scan-00001.parquet"));
    const ran = nurecoil([...SCAN, "-o", run]);
    expect(ran).toMatchObject({ status: 3, stdout: "" });
    expect(ran.stderr).toMatch(/scan-00001\.parquet: is no shard of this run: its nurecoil\.hash is .* \(move it/);
    expect(shardsIn(run)).toHaveLength(2);
  });

  it("a folder of something else, a file, and a name that says neither", () => {
    mkdirSync(place("thesis"));
    writeFileSync(place("thesis/chapter.tex"), "mine");
    for (const [output, message] of [
      [place("thesis"), /holds other files \("chapter.tex"\) and no run/],
      [place("thesis/chapter.tex/"), /is a file, not a folder/],
      [place("no/run"), /its folder does not exist/],
      [place("run.1"), /cannot write this as "\.1".*a name without ending, or with \/ at its end, is a run folder/],
    ] as const) {
      const ran = nurecoil([...SCAN, "-o", output]);
      expect(ran).toMatchObject({ status: 2, stdout: "" });
      expect(ran.stderr).toMatch(message);
    }
    expect(readdirSync(place("thesis"))).toEqual(["chapter.tex"]);
    expect(nurecoil([...SCAN, "--take-over", "-o", place("x.csv")]).stderr).toContain("--take-over is for run folders");
  });

  it("but not a name with an ending that is a folder, or with a slash", () => {
    const scan = ["scan", E, "--grid", "xi_V=0:1:3"];
    mkdirSync(place("run.2"));
    for (const output of [place("run.2"), `${place("run.3")}/`]) {
      expect(nurecoil([...scan, "-o", output]).status).toBe(0);
      expect(shardsIn(output)).toEqual(["scan-00000.parquet"]);
    }
  });
});

it("a full disk is an error that keeps the finished shards", ({ skip }) => {
  const disk = place("disk");
  mkdirSync(disk);
  const mount = (...options: string[]): boolean =>
    spawnSync("sh", ["-c", `mount ${options.join(" ")} "${disk}"`]).status === 0;
  skip(!mount("-t", "tmpfs", "-o", "size=512k", "tmpfs"), "no small file system can be mounted here: needs root");
  try {
    const run = join(disk, "run");
    // A hundred shards of 5 kB, 1 MB of result.
    const scan = ["scan", E, "--grid", "xi_V=-2:1:200", "--grid", "xi_S=-1:1:200", "--quiet"];
    const ran = nurecoil([...scan, "-o", run]);
    expect(ran).toMatchObject({ status: 3, stdout: "" });
    expect(ran.stderr).toMatch(
      /scan-\d+\.parquet: the disk is full \(ENOSPC\) \(finished shards are kept; make room and give the same command/,
    );
    const kept = shardsIn(run).length;
    expect(kept).toBeGreaterThan(10);
    // Nothing half-written, no lock.
    expect(readdirSync(join(run, "shards"))).toHaveLength(kept);
    expect(existsSync(join(run, "lock.json"))).toBe(false);
    expect(mount("-o", "remount,size=4m")).toBe(true);
    expect(nurecoil([...scan, "-o", run])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(nurecoil([...scan, "-o", place("roomy")]).status).toBe(0);
    expect(lasting(run)).toEqual(lasting(place("roomy")));
    expect(mount("-o", "remount,ro")).toBe(true);
    const refused = nurecoil([...scan, "-o", run]);
    expect(refused.status).toBe(3);
    expect(refused.stderr).toMatch(/lock\.json: cannot be written: EROFS/);
  } finally {
    spawnSync("sh", ["-c", `umount "${disk}"`]);
  }
});
