/** Official releases that the project can read. Adding one: its importer, and one line here. */
import { coherentCsi2018 } from "./coherent-csi-2018.ts";
import { coherentCsi2021 } from "./coherent-csi-2021.ts";
import { coherentLar2020 } from "./coherent-lar-2020.ts";
import type { Importer } from "./importer.ts";

export type { Importer } from "./importer.ts";

/** Importers by the name of the release. */
export const importers: Readonly<Record<string, Importer>> = {
  [coherentCsi2018.release]: coherentCsi2018,
  [coherentCsi2021.release]: coherentCsi2021,
  [coherentLar2020.release]: coherentLar2020,
};
