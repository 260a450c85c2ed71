// Imports every door of the installed package and checks that it exports something and has types.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.argv[2], "noop.js"));
const manifest = require.resolve("nurecoil/package.json");
const { exports } = JSON.parse(readFileSync(manifest, "utf8"));
for (const [door, target] of Object.entries(exports)) {
  if (door === "./package.json") continue;
  const path = require.resolve(door.replace(/^\./, "nurecoil"));
  const names = Object.keys(await import(pathToFileURL(path).href));
  if (names.length === 0) throw new Error(`${door} exports nothing`);
  if (!existsSync(join(dirname(manifest), target.types))) throw new Error(`${door} has no types`);
}
console.log(`${Object.keys(exports).length - 1} doors imported`);
