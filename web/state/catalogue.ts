/** Experiments and couplings to choose from: what is known before any data are loaded. */

export interface ExperimentEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Ids that hold some of the same events. */
  readonly overlaps: readonly string[];
  readonly likelihoods: readonly {
    readonly id: string;
    readonly description: string;
    readonly projection: boolean;
  }[];
}

/** Put in by the build (vite.config.ts) from the experiments' own files. */
declare const EXPERIMENTS: readonly ExperimentEntry[];

export const experiments: readonly ExperimentEntry[] = EXPERIMENTS;
