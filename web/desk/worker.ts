/** Entry of a worker: a desk behind messages. */

import { createDeskEnd } from "./desk.ts";
import type { FromDesk, ToDesk } from "./messages.ts";

interface WorkerScope {
  postMessage: (message: FromDesk) => void;
  onmessage: ((event: { readonly data: ToDesk }) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
const hear = createDeskEnd((message) => scope.postMessage(message));
scope.onmessage = ({ data }) => hear(data);
