/** What went wrong and the way out, one line per issue. */

import type { Failure } from "../desk/messages.ts";

export function FailureText({ failure }: { readonly failure: Failure }) {
  return (
    <ul class="failure">
      {failure.issues.map(({ file, path, message, hint }, index) => (
        <li key={index}>
          {file !== undefined && <code>{file}</code>} {path !== undefined && <code>{path}</code>} {message}
          {hint !== undefined && <span class="hint"> {hint}</span>}
        </li>
      ))}
    </ul>
  );
}
