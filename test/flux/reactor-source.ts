import { readFileSync } from "node:fs";
import type { ReactorSource } from "../../src/flux/index.ts";
import reference from "../reference/reactor.json" with { type: "json" };

/** A column of a CSV of the shipped reactor experiment. */
function column(file: string, index: number): number[] {
  const text = readFileSync(new URL(`../../experiments/sbc-lar10-inin/${file}`, import.meta.url), "utf8");
  const rows = text.trim().split("\n").slice(1);
  return rows.map((row) => Number(row.split(",")[index]));
}

const tables = {
  U235: ["huber.csv", 1],
  U238: ["mueller-u238.csv", 1],
  Pu239: ["huber.csv", 2],
  Pu241: ["huber.csv", 3],
} as const;

/** The shipped tables in a mixture of isotopes, 1 MW at 3 m for a day. */
export function reactorSource(fractions: Readonly<Record<string, number>>): ReactorSource {
  return {
    power: 1,
    liveTime: 86400,
    distance: 300,
    isotopes: Object.entries(fractions).map(([name, fraction]) => {
      const [file, index] = tables[name as keyof typeof tables];
      const energyPerFission = reference.energyPerFission[name as keyof typeof tables];
      return { name, fraction, energyPerFission, energies: column(file, 0), spectrum: column(file, index) };
    }),
    lowEnergy: { energies: column("low-energy.csv", 0), spectrum: column("low-energy.csv", 1), below: 2 },
  };
}
