/** What is wrong with a spec, in words: one issue per problem, with its path and the nearest valid key. */

import type { z } from "zod";
import { type Issue, suggestion } from "../errors.ts";

type ZodIssue = z.core.$ZodIssue;

/**
 * @param found issues of zod
 * @param keysAt valid keys of the object at a path; undefined where keys are free
 * @param file where the spec came from
 */
export function specIssues(
  found: readonly ZodIssue[],
  keysAt: (path: readonly PropertyKey[]) => readonly string[] | undefined,
  file?: string,
): readonly Issue[] {
  return found.flatMap((issue) => issuesOf(issue, [], keysAt, file));
}

function issuesOf(
  issue: ZodIssue,
  above: readonly PropertyKey[],
  keysAt: (path: readonly PropertyKey[]) => readonly string[] | undefined,
  file?: string,
): readonly Issue[] {
  const path = [...above, ...issue.path];
  const text = formatPath(path);
  const place = { ...(file === undefined ? {} : { file }), ...(text === "" ? {} : { path: text }) };
  if (issue.code === "unrecognized_keys") {
    const valid = keysAt(path) ?? [];
    return issue.keys.map((key) => ({ ...place, message: `unknown key "${key}"`, hint: suggestion(key, valid) }));
  }
  if (issue.code === "invalid_union") {
    // The branch that the value was meant for is the one that gets furthest: its complaint lies deeper than the type.
    const meant = issue.errors.find(
      (branch) => branch.length > 0 && branch.every((one) => one.code !== "invalid_type" || one.path.length > 0),
    );
    if (meant !== undefined) return meant.flatMap((one) => issuesOf(one, path, keysAt, file));
  }
  return [{ ...place, message: issue.message }];
}

/** `grid[0].low`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}
