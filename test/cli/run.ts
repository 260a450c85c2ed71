import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";

/** The built command: these tests need `npm run build` before them. */
export const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const shipped = fileURLToPath(new URL("../../experiments/coherent-csi-2017", import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Run the real binary; `input` is its standard input, empty by default. */
export function nurecoil(args: readonly string[], { input = "", cwd }: { input?: string; cwd?: string } = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [binary, ...args], {
    encoding: "utf8",
    input,
    maxBuffer: 2 ** 28,
    ...(cwd !== undefined && { cwd }),
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Check that a run was refused: one line per problem on stderr, nothing else. Returns the lines. */
export function refused(ran: Ran, status: 2 | 3): string[] {
  expect(ran.stdout).toBe("");
  expect(ran.stderr).not.toMatch(/\n\s+at .*:\d+|\bnode:|unexpected error/);
  expect(ran.stderr.endsWith("\n")).toBe(true);
  const lines = ran.stderr.trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^nurecoil: ./);
  expect(ran.status, ran.stderr).toBe(status);
  return lines.map((line) => line.slice("nurecoil: ".length));
}

/** Result of a command that must succeed, with `--json`. */
// biome-ignore lint/suspicious/noExplicitAny: what the binary prints is checked against its schema, not its type.
export function json(args: readonly string[], status = 0): any {
  const ran = nurecoil([...args, "--json"]);
  if (ran.status !== status) throw new Error(`exit ${ran.status} of ${args.join(" ")}: ${ran.stderr}`);
  return JSON.parse(ran.stdout);
}

/** An empty folder that disappears after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nurecoil-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the shipped experiment, its files changed by text. */
export function experimentCopy(parent: string, changes: Readonly<Record<string, (text: string) => string>>): string {
  const folder = join(mkdtempSync(join(parent, "copy-")), "coherent-csi-2017");
  cpSync(shipped, folder, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const path = join(folder, name);
    const text = readFileSync(path, "utf8");
    const changed = change(text);
    if (changed === text) throw new Error(`${name} was not changed`);
    writeFileSync(path, changed);
  }
  return folder;
}

/** A file of reference values. */
export function reference(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../reference/${name}`, import.meta.url), "utf8"));
}
