/** What pool and worker say to each other, and errors in a form that survives the way. */

import { type ErrorKind, type Issue, NurecoilError } from "../errors.ts";

/** From the pool: open a job (it replaces the one before), answer a task of it. */
export type ToWorker =
  | { readonly open: string; readonly setup: unknown }
  | { readonly index: number; readonly task: unknown };

/** From the worker: an answer, or what went wrong with a task or, without index, in opening the job. */
export type FromWorker =
  | { readonly index: number; readonly answer: unknown }
  | { readonly index: number | undefined; readonly failure: Failure };

/** An error as plain data: structured cloning would drop class and issues. */
export interface Failure {
  readonly message: string;
  /** Call stack at the place of the throw, for debugging. */
  readonly stack: string | undefined;
  /** Of a NurecoilError only. */
  readonly door: { readonly kind: ErrorKind; readonly issues: readonly Issue[] } | undefined;
}

/** Plain data of whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  return {
    message: thrown instanceof Error ? thrown.message : String(thrown),
    stack: thrown instanceof Error ? thrown.stack : undefined,
    door: thrown instanceof NurecoilError ? { kind: thrown.kind, issues: thrown.issues } : undefined,
  };
}

/**
 * The error of a failure.
 * @param where what was being done, e.g. `tasks[3] of "toy"`: put in front of the message
 * @returns a NurecoilError if one was thrown, so that a wrong file stays one; else an Error whose cause has the stack
 * of the place that threw
 */
export function errorOf({ message, stack, door }: Failure, where: string): Error {
  if (door !== undefined) {
    const issues = door.issues.map((issue) => ({ ...issue, message: `${where}: ${issue.message}` }));
    return new NurecoilError(door.kind, issues);
  }
  const cause = new Error(message);
  if (stack !== undefined) cause.stack = stack;
  return new Error(`${where}: ${message}`, { cause });
}
