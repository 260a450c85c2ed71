// Compiles every assembly/*.ts that exports something to WebAssembly, and the loops of src/kernel that are written for
// both languages, and writes them, as base64, into src/kernel/<name>-wasm.generated.ts. The same source gives the same
// bytes.
// node scripts/kernel.mjs [--check] [name...]   --check only compares
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const root = new URL("../", import.meta.url);
const check = process.argv.includes("--check");
const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const FLAGS = ["-O3", "--runtime", "stub", "--noAssert", "--importMemory", "--enable", "simd"];

/** Files of src/kernel that follow assembly/lanes.ts, in order, and what of them is called from outside. */
const NEWTON = ["layout", "features", "counts", "slopes", "derivatives", "eigen", "newton-step", "edge", "search"];
const NEWTON_EXPORTS = ["predict", "evaluate", "derive", "search"];

/** TypeScript as AssemblyScript reads it: one text without imports, without `!` after an index, exports only where named. */
function newtonSource() {
  const shared = NEWTON.map((file) =>
    readFileSync(new URL(`src/kernel/${file}.ts`, root), "utf8")
      .replace(/^import [\s\S]*?;\n/gm, "")
      .replaceAll("]!", "]")
      .replace(/\bat\./g, "")
      .replace(new RegExp(`^export (?!function (?:${NEWTON_EXPORTS.join("|")})\\b)`, "gm"), ""),
  );
  return [readFileSync(new URL("assembly/lanes.ts", root), "utf8"), ...shared].join("\n");
}

const MADE = { "assembly/newton.ts": newtonSource };

async function compile(name) {
  let wasm;
  const messages = [];
  const { error } = await asc.main([`assembly/${name}.ts`, ...FLAGS, "--outFile", "out.wasm"], {
    readFile: (file) => {
      if (file in MADE) return MADE[file]();
      const path = new URL(file, root);
      return existsSync(path) ? readFileSync(path, "utf8") : null;
    },
    writeFile: (_, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
    stderr: { write: (text) => messages.push(text) },
  });
  if (error !== null || wasm === undefined) throw new Error(`assembly/${name}.ts\n${messages.join("")}${error ?? ""}`);
  return `// Written by scripts/kernel.mjs from assembly/${name}.ts.
/** A WebAssembly module, base64. */
export const ${name}Wasm =
  "${Buffer.from(wasm).toString("base64")}";
`;
}

const written = readdirSync(new URL("assembly/", root))
  .filter((file) => file.endsWith(".ts") && /^export /m.test(readFileSync(new URL(`assembly/${file}`, root), "utf8")))
  .map((file) => file.replace(/\.ts$/, ""));
const entries = [...written, "newton"].filter((name) => asked.length === 0 || asked.includes(name)).sort();
for (const name of entries) {
  const path = new URL(`src/kernel/${name}-wasm.generated.ts`, root);
  const text = await compile(name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (check) {
    console.error(`src/kernel/${name}-wasm.generated.ts is not what assembly/${name}.ts compiles to`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}
