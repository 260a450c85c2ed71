/**
 * Memory that page and desks share. Questions given up stand there: a desk in the middle of a slice sees at once that
 * nobody waits for its answer. And whether the page waits for what follows the pointer: desks for long work then give
 * way, as cores are few. Without shared memory a desk hears of the first by message, after its slice.
 */

/** Ids far apart share a place: the newest of them wins, and questions this old are long answered. */
const PLACES = 1024;

/** Memory for ids; null where the page is not cross-origin isolated. */
export function droppedMemory(): Int32Array | null {
  if (!globalThis.crossOriginIsolated || typeof SharedArrayBuffer === "undefined") return null;
  return new Int32Array(new SharedArrayBuffer((PLACES + 1) * Int32Array.BYTES_PER_ELEMENT));
}

export function markDropped(memory: Int32Array | null, id: number): void {
  if (memory !== null) Atomics.store(memory, id % PLACES, id);
}

export function isDropped(memory: Int32Array | null, id: number): boolean {
  return memory !== null && Atomics.load(memory, id % PLACES) === id;
}

/** Behind the ids: 1 while the page waits for its live desk. */
const WAITS = PLACES;

/** Longest rest between two steps, in milliseconds: long work slows down but goes on. */
const REST_MS = 6;

/** Told by the page: whether something that follows the pointer is under way. */
export function markWaiting(memory: Int32Array | null, waits: boolean): void {
  if (memory === null) return;
  Atomics.store(memory, WAITS, waits ? 1 : 0);
  if (!waits) Atomics.notify(memory, WAITS);
}

/** Rest while the page waits for another desk; only in a worker, and not in the one that it waits for. */
export function giveWay(memory: Int32Array | null): void {
  if (memory !== null) Atomics.wait(memory, WAITS, 1, REST_MS);
}
