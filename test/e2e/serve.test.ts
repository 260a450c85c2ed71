/** The server of the page, as a user starts it. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServer } from "../../web/serve.mjs";

const program = fileURLToPath(new URL("../../web/serve.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nurecoil-serve-"));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  const script = "export const answer = 42;\n".repeat(100);
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>page</title>");
  writeFileSync(join(folder, "assets/main-AbCd_123.js"), script);
  writeFileSync(join(folder, "assets/main-AbCd_123.js.gz"), gzipSync(script));
});

function answerOf(address: string, headers = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(address, { headers }, (response) => {
      response.resume();
      resolve(response);
    }).on("error", reject);
  });
}

/** Starts the program; resolves with its first line about where the page is, or when it ended. */
async function started(args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args]);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => said.push(text));
  const ended = new Promise<number | null>((done) => child.once("close", done));
  await Promise.race([
    ended,
    new Promise<void>((done) => child.stdout.on("data", () => said.join("").includes("http://") && done())),
  ]);
  return { child, ended, said: () => said.join("") };
}

describe("server of the page", () => {
  it("sends types, isolation, short and long caching, and gzip to who takes it", async () => {
    const server = await openServer({ folder, port: 0 });
    const page = await answerOf(server.address);
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({
      "content-type": "text/html;charset=utf-8",
      "cache-control": "no-cache",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
    });
    const script = await answerOf(`${server.address}assets/main-AbCd_123.js`, { "accept-encoding": "gzip" });
    expect(script.headers).toMatchObject({
      "content-type": "text/javascript",
      "content-encoding": "gzip",
      "cache-control": "public, max-age=31536000, immutable",
    });
    const plain = await answerOf(`${server.address}assets/main-AbCd_123.js`);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect((await answerOf(`${server.address}nothing.js`)).statusCode).toBe(404);
    await server.close();
  });

  it("serves below a path and nothing outside it", async () => {
    const server = await openServer({ folder, port: 0, base: "/a/b", isolation: false });
    expect(server.address).toMatch(/\/a\/b\/$/);
    const page = await answerOf(server.address);
    expect(page.statusCode).toBe(200);
    expect(page.headers["cross-origin-embedder-policy"]).toBeUndefined();
    const bare = await answerOf(server.address.replace(/\/$/, ""));
    expect([bare.statusCode, bare.headers.location]).toEqual([301, "/a/b/"]);
    const root = server.address.replace("/a/b/", "");
    for (const path of ["/", "/a/", "/a/bc/", "/a/b/../../../etc/passwd"])
      expect((await answerOf(root + path)).statusCode).toBe(404);
    await server.close();
  });

  it("says where the page is, takes the next port when one is busy, and ends with Ctrl-C", async () => {
    const first = await openServer({ folder, port: 0 });
    const second = await started([folder, String(first.port)]);
    expect(second.said()).toContain(`port ${first.port} is busy`);
    const address = /http:\S+/.exec(second.said())![0];
    expect((await answerOf(address)).statusCode).toBe(200);
    second.child.kill("SIGINT");
    expect(await second.ended).toBe(0);
    await first.close();
  });

  it("says what to do where there is no page", async () => {
    const run = await started([join(folder, "assets")]);
    expect(await run.ended).toBe(1);
    expect(run.said()).toMatch(/^nurecoil: no page in \S+: run "npm run build" first\n$/);
  });

  it("refuses what is no port", async () => {
    const run = await started([folder, "http"]);
    expect(await run.ended).toBe(1);
    expect(run.said()).toBe('nurecoil: "http" is no port: give a number up to 65535\n');
  });
});
