/** What a reader of the numbers must know, gathered from the answers on the page: each said once. */

/** Notes of an answer; `of`: whom they are about, where not the whole analysis. */
export interface NoteSource {
  readonly notes: readonly string[];
  readonly of?: string;
}

export interface Notes {
  /** Numbers are wrong for whoever does not know this. */
  readonly warnings: readonly string[];
  readonly others: readonly string[];
}

const WARNING = /^OVERLAP: /;

/** Said elsewhere on the page: the convention beside the notes, a draft in the plane. */
const ELSEWHERE = [/^coupling convention /, /^draft: /];

/** @param sources the whole analysis first: what others say too is not repeated */
export function notesOf(sources: readonly NoteSource[]): Notes {
  const seen = new Set<string>();
  const found = sources.flatMap(({ notes, of }) =>
    notes.flatMap((note) => {
      if (seen.has(note) || ELSEWHERE.some((pattern) => pattern.test(note))) return [];
      seen.add(note);
      return [of === undefined ? note : `${of}: ${note}`];
    }),
  );
  return {
    warnings: found.filter((note) => WARNING.test(note)).map((note) => note.replace(WARNING, "")),
    others: found.filter((note) => !WARNING.test(note)),
  };
}
