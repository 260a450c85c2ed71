// Measures what users wait for: a cold start, and the main job with all figures. Medians of warm runs.
// npm run bench [-- --json]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nurecoil-bench-"));

function median(runs, args) {
  const times = [];
  for (let k = 0; k <= runs; k++) {
    const start = performance.now();
    execFileSync(process.execPath, [binary, ...args], { stdio: "ignore" });
    if (k > 0) times.push(performance.now() - start); // the first run warms the disk cache
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

const jobs = [
  { name: "nurecoil --version", runs: 11, goalMs: 150, args: ["--version"] },
  { name: "predict coherent-csi-2017", runs: 5, args: ["predict", "coherent-csi-2017"] },
  { name: "fit xi_V", runs: 5, args: ["fit", "coherent-csi-2017", "--free", "xi_V"] },
  { name: "fit xi_S,xi_V", runs: 3, args: ["fit", "coherent-csi-2017", "--free", "xi_S,xi_V"] },
  {
    name: "reproduce 1806.07424",
    runs: 3,
    goalMs: 10_000,
    args: ["reproduce", "1806.07424", "--quiet", "-o", join(folder, "report")],
  },
];
try {
  const results = jobs.map(({ name, runs, goalMs, args }) => ({
    name,
    medianMs: median(runs, args),
    goalMs: goalMs ?? null,
  }));
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  if (process.argv.includes("--json")) console.log(JSON.stringify({ machine, results }, null, 2));
  else {
    console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; medians`);
    for (const { name, medianMs, goalMs } of results) {
      console.log(
        `${name.padEnd(28)} ${medianMs.toFixed(0).padStart(7)} ms${goalMs === null ? "" : `  (goal ${goalMs} ms)`}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
