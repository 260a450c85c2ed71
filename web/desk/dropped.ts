/**
 * Questions given up, in memory that page and desks share: a desk in the middle of a slice sees at once that nobody
 * waits for its answer. Without shared memory it hears so from a message, after the slice.
 */

/** Ids far apart share a place: the newest of them wins, and questions this old are long answered. */
const PLACES = 1024;

/** Memory for ids; null where the page is not cross-origin isolated. */
export function droppedMemory(): Int32Array | null {
  if (!globalThis.crossOriginIsolated || typeof SharedArrayBuffer === "undefined") return null;
  return new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT));
}

export function markDropped(memory: Int32Array | null, id: number): void {
  if (memory !== null) Atomics.store(memory, id % PLACES, id);
}

export function isDropped(memory: Int32Array | null, id: number): boolean {
  return memory !== null && Atomics.load(memory, id % PLACES) === id;
}
