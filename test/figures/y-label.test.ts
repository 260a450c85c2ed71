import { describe, expect, it } from "vitest";
import { figure, type SceneNode } from "../../src/figures/index.ts";
import { labelsOf, panelFigure } from "./probe.ts";

/** Right end of the turned label of the y axis. */
function turnedEnd(nodes: readonly SceneNode[]): number {
  const ends = nodes.flatMap((node): number[] => {
    if (node.type !== "group") return [];
    const label = node.children[0];
    if (node.rotate === -90 && label?.type === "label") return [(node.translate?.[0] ?? 0) + label.label.descent];
    return [turnedEnd(node.children)].filter(Number.isFinite);
  });
  return Math.max(...ends);
}

describe("label of the y axis", () => {
  it("stands beside the widest number, whatever the window", () => {
    const close: string[] = [];
    for (const aspect of [0.7, 0.8, 0.9]) {
      for (let k = 0; k < 100; k++) {
        const half = 0.2 * 1.045 ** k;
        const marks = [{ type: "marker", x: 0, y: 0, shape: "star", color: "black", label: "standard model" }] as const;
        const y = { label: "$\\xi_V^\\mu$", domain: [-half, half] } as const;
        const x = { label: "$\\xi_V^e$", domain: [-half, 1.3 * half] } as const;
        const drawn = figure({ ...panelFigure(marks, { x, y }), width: 244.5, aspect, legend: "above" });
        const left = drawn.frames[0]!.box;
        const numbers = labelsOf(drawn).filter(({ x, label }) => x + label.width < left.x && label.text !== "");
        // The line of the source begins at the edge.
        const beside = numbers.filter(({ y }) => y < left.y + left.height + 6);
        const gap = Math.min(...beside.map(({ x }) => x)) - turnedEnd(drawn.children);
        if (gap < 3.9) close.push(`±${half.toFixed(3)} at ${aspect}: ${gap.toFixed(2)} pt`);
      }
    }
    expect(close).toEqual([]);
  });
});
