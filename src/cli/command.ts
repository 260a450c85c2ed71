/** What a command of `nurecoil` is: one file with `define` and `run`, and one line in the command table. */

import type { Command } from "commander";

/**
 * 0: done. 1: done but incomplete. 130: stopped by a signal, to be gone on with. Wrong command lines (2) and wrong files
 * (3) are thrown as NurecoilError.
 */
export type ExitCode = 0 | 1 | 130;

/** Flags of all commands as they were typed; each command declares those it takes. */
export interface Options {
  readonly json?: boolean;
  readonly spec?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly set?: readonly string[];
  readonly range?: readonly string[];
  readonly likelihood?: string;
  readonly convention?: string;
  readonly recoil?: string;
  readonly formFactor?: string;
  readonly free?: readonly string[];
  readonly profile?: readonly string[];
  readonly grid?: readonly string[];
  readonly plane?: string;
  readonly cl?: string;
  readonly sigma?: string;
  readonly dof?: string;
  readonly flux?: string;
  readonly data?: string;
  readonly truth?: readonly string[];
  readonly experimentSet?: readonly string[];
  readonly uncorrelated?: boolean;
  readonly allowOverlap?: boolean;
  readonly impacts?: boolean;
  readonly takeOver?: boolean;
  readonly toys?: string;
  readonly seed?: string;
  readonly pulls?: string;
  readonly parameter?: string;
  readonly points?: string;
  readonly workers?: string;
}

export interface CommandModule {
  /** Declare arguments and flags; called once, before the command line is read. */
  readonly define: (command: Command) => void;
  /** Do it: result on stdout, everything else on stderr. */
  readonly run: (args: readonly string[], options: Options) => ExitCode | Promise<ExitCode>;
}
