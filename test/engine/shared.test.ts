/** Data moved onto memory that all workers see. */
import { describe, expect, it, vi } from "vitest";
import { shared } from "../../src/engine/shared.ts";

const data = {
  name: "model",
  counts: Float64Array.of(1, 2.5),
  parts: [{ index: Int32Array.of(3) }, null, undefined],
  window: new Float64Array([0, 1, 2, 3]).subarray(1, 3),
  order: new Map([[1, 2]]),
};

describe("shared", () => {
  it("keeps the data and moves each array", () => {
    const moved = shared(data);
    expect(moved).toEqual(data);
    expect(moved).not.toBe(data);
    expect(Object.keys(moved)).toEqual(Object.keys(data));
    for (const array of [moved.counts, moved.parts[0]?.index, moved.window])
      expect(array?.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(moved.window.buffer.byteLength).toBe(16);
    expect(moved.order).toBe(data.order);
    expect(data.counts.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it("leaves what is shared already", () => {
    const array = new Uint8Array(new SharedArrayBuffer(2));
    expect(shared({ array }).array).toBe(array);
  });

  it("gives the data back where there is no shared memory", () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(shared(data)).toBe(data);
    vi.unstubAllGlobals();
  });
});
