import { describe, expect, it } from "vitest";
import { cellOfRows, sumIntoCells } from "../../src/experiments/cells.ts";

const axes = [
  { name: "x", unit: "1", edges: [0, 1, 3] },
  { name: "y", unit: "1", edges: [-1, 0, 1] },
];
const columns = { x: "a", y: "b" };
// Out of order on purpose: the search for a bin starts where the row before ended.
const table = {
  columns: {
    a: Float64Array.of(2, 0, 3, -0.5, 1, 0.5, 2.9, Number.NaN),
    b: Float64Array.of(0.5, -1, 0, 0, -0.1, 1, 0, 0),
    n: Float64Array.of(1, 2, 4, 8, 16, 32, 64, 128),
  },
  rows: 8,
};

describe("cells of rows", () => {
  it("belong to the lower edge, and rows outside or without a place have none", () => {
    expect([...cellOfRows(table, axes, columns)]).toEqual([3, 0, -1, -1, 2, -1, 3, -1]);
  });

  it("leave out rows outside the window", () => {
    expect([...cellOfRows(table, axes, columns, { n: [2, 64] })]).toEqual([-1, 0, -1, -1, 2, -1, -1, -1]);
  });

  it("sum a column", () => {
    expect([...sumIntoCells(table, "n", axes, columns)]).toEqual([2, 0, 16, 65]);
  });
});
