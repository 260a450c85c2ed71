// Last line of .ci/run: counts of the test runner's JSON report.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(new URL("../node_modules/.cache/nurecoil/test.json", import.meta.url), "utf8"));
const skipped = report.numPendingTests + report.numTodoTests;
console.log(
  `${report.numPassedTests} passed, ${report.numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
process.exitCode = report.success && report.numPassedTests > 0 ? 0 : 1;
