// Last step of the page's build: node web/build/finish.mjs <folder>. The service worker gets to know all files and a
// version that is theirs; what gains by it is gzipped for the server.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

const SERVICE_WORKER = "service-worker.js";

/** Shorter files gain nothing. */
const WORTH_COMPRESSING = 512;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node web/build/finish.mjs <folder>");

// In one order on every machine: the version is that of the files.
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith(".gz"))
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
  .sort();

const version = createHash("sha256");
const text = readFileSync(join(folder, SERVICE_WORKER), "utf8");
if (!text.includes("__VERSION__") || !text.includes("__FILES__")) {
  throw new Error(`${SERVICE_WORKER} in ${folder} is filled already: build the page again`);
}
version.update(text);
const kept = files
  .filter((path) => path !== SERVICE_WORKER)
  .map((path) => {
    const content = readFileSync(join(folder, path));
    version.update(`${path}\n${content.length}\n`).update(content);
    // The page is asked for as its folder.
    return [path === "index.html" ? "" : path, content.length];
  });
const filled = text
  .replace("__VERSION__", () => version.digest("hex").slice(0, 16))
  .replace("__FILES__", () => JSON.stringify(kept));
writeFileSync(join(folder, SERVICE_WORKER), filled);

for (const path of files) {
  const content = readFileSync(join(folder, path));
  if (content.length < WORTH_COMPRESSING) continue;
  const packed = gzipSync(content, { level: 9 });
  if (packed.length < 0.9 * content.length) writeFileSync(join(folder, `${path}.gz`), packed);
}
