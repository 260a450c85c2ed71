/** Whether a process is the one it was: numbers of processes are used again, their start times are not. */

import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Start of a process in ticks since the system's start (field 22 of /proc/<number>/stat, proc_pid_stat(5)); null where
 * the system has no such file.
 */
export function processStart(number: number): string | null {
  return statOf(number)?.started ?? null;
}

/** Whether a process of this host has ended. Of other hosts nothing is known: false. */
export function isGone(holder: {
  readonly host: string;
  readonly process: number;
  readonly started: string | null;
}): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.process, 0);
  } catch (error) {
    // EPERM: alive, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return true;
  }
  const now = statOf(holder.process);
  // Ended, but its parent has not asked how: it writes nothing any more.
  if (now !== undefined && (now.state === "Z" || now.state === "X")) return true;
  return now !== undefined && holder.started !== null && now.started !== holder.started;
}

function statOf(number: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${number}/stat`, "latin1");
    // The second field is the name in brackets, which may hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0]!, started: fields[19]! };
  } catch {
    return undefined;
  }
}
