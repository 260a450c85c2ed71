/** What went wrong and the way out, one line per issue. */

import type { Failure } from "../desk/messages.ts";
import { hintOnPage, sentence } from "./issue-text.ts";
import { WithSymbols } from "./symbol.tsx";

export function FailureText({ failure }: { readonly failure: Failure }) {
  return (
    <ul class="failure">
      {failure.issues.map(({ file, path, message, hint }, index) => {
        const way = hint === undefined ? undefined : hintOnPage(hint);
        return (
          <li key={index}>
            {file !== undefined && <code>{file}</code>} {path !== undefined && <code>{path}</code>}{" "}
            <WithSymbols text={sentence(message)} />
            {way !== undefined && (
              <span class="hint">
                {" "}
                <WithSymbols text={way} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
