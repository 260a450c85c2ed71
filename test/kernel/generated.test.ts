import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("the WebAssembly that is kept is what its sources compile to", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/kernel.mjs", "--check"], {
    cwd: new URL("../..", import.meta.url),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
