// Rewrites REPRODUCTIONS.md from a fresh run of every paper; needs a build.
import { writeFileSync } from "node:fs";
import { listReproductions, readReproduction, shippedLibrary } from "../dist/node/index.js";
import { runReproductionInWorkers } from "../dist/node/run-reproduction.js";
import { markdownOf, reproductionsFile } from "../dist/reproductions/index.js";

const sections = [];
for (const paper of listReproductions()) {
  const outcome = await runReproductionInWorkers(readReproduction(paper), shippedLibrary(), { workers: 2 });
  sections.push(markdownOf(outcome));
}
writeFileSync(new URL("../REPRODUCTIONS.md", import.meta.url), reproductionsFile(sections));
