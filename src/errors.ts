/**
 * Errors are data: every problem found at a door is one issue with the file and path it concerns and the way out; they
 * are thrown together, once.
 */

/** `usage`: the command line or a call is wrong (exit code 2); `file`: a file is wrong (exit code 3). */
export type ErrorKind = "usage" | "file";

export interface Issue {
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** File it is in, as the user named it. */
  readonly file?: string;
  /** Place inside the file or value, e.g. `inputs.mass.value` or `line 12`. */
  readonly path?: string;
  /** What to do, or the nearest valid name. */
  readonly hint?: string;
}

/** The only error a door throws: one message listing every issue. */
export class NurecoilError extends Error {
  readonly kind: ErrorKind;
  readonly issues: readonly Issue[];
  constructor(kind: ErrorKind, issues: readonly Issue[]) {
    super(issues.map(formatIssue).join("\n"));
    this.name = "NurecoilError";
    this.kind = kind;
    this.issues = issues;
  }
}

/** One line per issue: `file: path: message (hint)`. */
export function formatIssue(issue: Issue): string {
  const place = [issue.file, issue.path].filter((part) => part !== undefined && part !== "").join(": ");
  return `${place === "" ? "" : `${place}: `}${issue.message}${issue.hint === undefined ? "" : ` (${issue.hint})`}`;
}

/** Throw a usage error of a single issue. */
export function usageError(message: string, hint?: string): NurecoilError {
  return new NurecoilError("usage", [hint === undefined ? { message } : { message, hint }]);
}

/**
 * The valid name closest to what was typed (Damerau-Levenshtein distance, case-insensitive), the first of several, or
 * undefined when nothing is near.
 * @param typed what the user wrote
 * @param valid names to choose from
 * @example nearest("xi_s", ["xi_S", "xi_V"]) === "xi_S"
 */
export function nearest(typed: string, valid: Iterable<string>): string | undefined {
  return allNearest(typed, valid)[0];
}

/** Every valid name of the smallest distance. */
function allNearest(typed: string, valid: Iterable<string>): readonly string[] {
  let best: string[] = [];
  let bestDistance = Math.max(2, Math.floor(typed.length / 2)) + 1;
  for (const name of valid) {
    // A letter of the wrong case is a smaller mistake than a wrong letter.
    const distance =
      editDistance(typed.toLowerCase(), name.toLowerCase()) + (typed === name ? 0 : 0.01 * editDistance(typed, name));
    if (distance < bestDistance) {
      best = [];
      bestDistance = distance;
    }
    if (distance === bestDistance) best.push(name);
  }
  return best;
}

/** Names that a suggestion lists at most. */
const SUGGESTED = 4;

/** `did you mean "..."?`, names that are equally near joined by "or"; the list of valid names when nothing is near. */
export function suggestion(typed: string, valid: readonly string[]): string {
  const names = allNearest(typed, new Set(valid)).slice(0, SUGGESTED);
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length > 0) {
    const before = quoted.slice(0, -1).join(", ");
    return `did you mean ${before === "" ? "" : `${before} or `}${quoted.at(-1)}?`;
  }
  return valid.length <= 12 ? `valid: ${valid.join(", ")}` : `${valid.length} valid names; see nurecoil list`;
}

function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, before[j - 2]! + 1);
      current.push(distance);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}
