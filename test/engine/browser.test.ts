/** The pool where there is no Node: a stand-in for Web Workers, as there is no browser here. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("./fixtures/browser.mjs", import.meta.url));

function browser(run: string): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, run], { encoding: "utf8", timeout: 20_000 });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe("Web Workers", () => {
  it("answer tasks", () => {
    const answers = browser("sums") as { total: number }[];
    // 0+1+2+3, 4+5+6+7, 0+...+9.
    expect(answers.map(({ total }) => total)).toEqual([6, 22, 45]);
  });

  it("tell which task failed", () => {
    expect(browser("throw")).toBe('tasks[1] of "unruly": out of its range');
    expect(browser("throw later")).toBe('tasks[0] of "unruly": the worker ended (nobody caught this)');
  });

  it("run the package's worker file", () => {
    expect(browser("package")).toMatch(/^opening "sum": there is no kind of job "sum"/);
  });
});
