/** Arrays in memory that all workers see. */

/**
 * The same data with every typed array copied onto shared memory, so that workers read it without a copy of their own.
 * Where there is no SharedArrayBuffer (a page that is not cross-origin isolated) the data come back as they are and
 * each worker gets a copy.
 * @param data plain data: objects and arrays of any depth
 */
export function shared<T>(data: T): T {
  return typeof SharedArrayBuffer === "undefined" ? data : (moved(data) as T);
}

function moved(data: unknown): unknown {
  if (isTypedArray(data)) return onSharedMemory(data);
  if (Array.isArray(data)) return data.map(moved);
  if (typeof data === "object" && data !== null && isPlain(data))
    return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, moved(value)]));
  return data;
}

/** What all kinds of typed arrays have in common, as far as it is needed. */
type TypedArray = ArrayBufferView & ArrayLike<number> & { readonly set: (from: ArrayLike<number>) => void };

function isTypedArray(data: unknown): data is TypedArray {
  return ArrayBuffer.isView(data) && !(data instanceof DataView);
}

function onSharedMemory(array: TypedArray): TypedArray {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => TypedArray;
  const copy = new Kind(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

function isPlain(data: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === Object.prototype || prototype === null;
}
