/** Bins of the COHERENT argon release: 12 in energy, 8 in F90, 10 in arrival time; and those of its efficiency. */

/** Sums of decimal fractions as people write them: 0.6 and not 0.6000000000000001. */
function decimal(value: number): number {
  return Number(value.toFixed(6));
}

function edgesFrom(low: number, width: number, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, i) => decimal(low + i * width));
}

function centresOf(edges: readonly number[]): number[] {
  return edges.slice(1).map((high, i) => decimal((high + (edges[i] as number)) / 2));
}

/** Reconstructed energy, keVee. */
export const energyEdges = edgesFrom(0, 10, 12);
/** Share of the light in the first 90 ns. The release gives centres, 0.525 to 0.875. */
export const f90Edges = edgesFrom(0.5, 0.05, 8);
/** Arrival time, us. */
export const timeEdges = edgesFrom(-0.1, 0.5, 10);

/** Centres of the 960 cells in the order of the release: energy in keVee, F90, time in us; time runs fastest. */
export const cellCentres = centresOf(energyEdges).flatMap((energy) =>
  centresOf(f90Edges).flatMap((f90) => centresOf(timeEdges).map((time) => [energy, f90, time])),
);
/** Centres of the efficiency's bins in keVee. */
export const efficiencyCentres = centresOf(edgesFrom(0, 0.5, 80)).map((energy) => [energy]);
