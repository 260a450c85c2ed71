/** The story of a run for people: `manifest.json` and `log.txt`, the only files of a run that know a clock. */

import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatJson } from "../experiments/json.ts";
import { writeDurably, writing } from "./durable-file.ts";
import { MANIFEST_FORMAT, runFiles, shardName } from "./run-place.ts";
import { type RunSpec, runHash, sha256 } from "./run-spec.ts";

export interface RunJournal {
  /** Add a line. A run does not fail for a line that cannot be written. */
  readonly log: (message: string) => void;
  /**
   * Write the manifest; when the run is finished, with size and SHA-256 of every file.
   * @throws NurecoilError (file) when it cannot be written
   */
  readonly writeManifest: (state: "running" | "stopped" | "finished", done: ReadonlySet<number>) => void;
}

export function runJournal(
  run: RunSpec & {
    readonly folder: string;
    /** The time, for the lines of the log. */
    readonly clock: () => string;
  },
): RunJournal {
  const { folder, kind, shards, clock } = run;
  const entry = (path: string): object =>
    writing(join(folder, path), () => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: sha256(bytes) };
    });
  return {
    log: (message) => {
      try {
        appendFileSync(join(folder, runFiles.log), `${clock()} ${message}\n`);
      } catch {
        return;
      }
    },
    writeManifest: (state, done) => {
      const names = Array.from({ length: shards }, (_, shard) => `${runFiles.shards}/${shardName(kind, shard)}`);
      const manifest = {
        format: MANIFEST_FORMAT,
        kind,
        hash: runHash(run),
        state,
        shards: { total: shards, done: done.size },
        ...(state === "finished" && { files: [runFiles.spec, ...names, runFiles.result].map(entry) }),
      };
      writeDurably(join(folder, runFiles.manifest), formatJson(manifest));
    },
  };
}
