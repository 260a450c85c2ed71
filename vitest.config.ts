import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests of the built binary start processes; two cores are the smallest machine we run on.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: process.env["CI"]
      ? ["default", ["json", { outputFile: "node_modules/.cache/nurecoil/test.json" }]]
      : ["default"],
  },
});
