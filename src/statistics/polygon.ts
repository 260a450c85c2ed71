/** Polygons with holes in a plane. */

export type Point = readonly [number, number];

export interface Polygon {
  /** Counter-clockwise, first point not repeated. */
  readonly outer: readonly Point[];
  /** Clockwise. */
  readonly holes: readonly (readonly Point[])[];
  /** Whether it meets the window: its border then runs along the window. */
  readonly open: boolean;
}

/** The ring turned to the sign of area asked for: 1 counter-clockwise, -1 clockwise. */
export function oriented(ring: readonly Point[], sign: 1 | -1): readonly Point[] {
  return Math.sign(signedArea(ring)) === sign ? ring : [...ring].reverse();
}

/** Shoelace formula: positive for counter-clockwise. */
export function signedArea(ring: readonly Point[]): number {
  let sum = 0;
  ring.forEach(([x, y], k) => {
    const [nx, ny] = ring[(k + 1) % ring.length]!;
    sum += x * ny - nx * y;
  });
  return sum / 2;
}

/** Area of the outer ring less the holes. */
export function areaOf(polygon: Polygon): number {
  return signedArea(polygon.outer) + polygon.holes.reduce((sum, hole) => sum + signedArea(hole), 0);
}

/** Even-odd rule over outer ring and holes. */
export function contains(polygon: Polygon, [x, y]: Point): boolean {
  let inside = false;
  for (const ring of [polygon.outer, ...polygon.holes]) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
