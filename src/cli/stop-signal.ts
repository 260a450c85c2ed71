/** Signals that ask for an end: Ctrl-C, and what systems send before they switch off. */

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Do something on a signal in place of its usual effect.
 * @returns what gives signals their usual effect again
 */
export function onSignal(call: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, call);
  return () => {
    for (const signal of SIGNALS) process.off(signal, call);
  };
}

export interface StopSignal {
  /** Whether the run is to stop; lets signals through now and then. */
  readonly asked: () => Promise<boolean>;
  /** Signals have their usual effect again. */
  readonly end: () => void;
}

/** What a signal waits at most, next to one step of the work. */
const LISTEN_EVERY_MS = 50;

/** The first signal asks for an end, the second one is an end. */
export function stopSignal(): StopSignal {
  let asked = false;
  let listened = performance.now();
  const end = onSignal(() => {
    if (asked) process.exit(130);
    asked = true;
  });
  return {
    asked: async () => {
      if (performance.now() - listened > LISTEN_EVERY_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        listened = performance.now();
      }
      return asked;
    },
    end,
  };
}
