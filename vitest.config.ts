import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The page imports the package by its doors; here they are its sources. */
const door = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^nurecoil$/, replacement: door("index.ts") },
      { find: /^nurecoil\/(.+)$/, replacement: door("$1/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // Prints what the tests of the page measured.
    globalSetup: ["test/e2e/timings-report.ts"],
    // Tests of the built binary start processes; two cores are the smallest machine we run on.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: "node_modules/.cache/nurecoil/test.json" }]]
      : ["default"],
  },
});
