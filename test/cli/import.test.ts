/** nurecoil import on the official release, where it is there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { nurecoil, temporaryFolder } from "./run.ts";

/** Folders of official releases, as their archives unpack (Zenodo 1228631): NURECOIL_RELEASES, or beside the checkout. */
const releases = process.env["NURECOIL_RELEASES"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const release = `${releases}/coherent-csi-2018/`;
const shipped = fileURLToPath(new URL("../../experiments/coherent-csi-2017/", import.meta.url));
const folder = temporaryFolder();
if (!existsSync(release)) console.warn("skipped: the release coherent-csi-2018 is not there");

it.skipIf(!existsSync(release))("gives exactly the shipped files, and an experiment that can be read", () => {
  const output = join(folder, "coherent-csi-2017");
  const ran = nurecoil(["import", "coherent-csi-2018", release, "-o", output]);
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  const names = readdirSync(shipped).sort();
  expect(readdirSync(output).sort()).toEqual(names);
  for (const name of names)
    expect(readFileSync(join(output, name), "utf8")).toBe(readFileSync(join(shipped, name), "utf8"));
  expect(nurecoil(["predict", output]).status).toBe(0);

  const again = nurecoil(["import", "coherent-csi-2018", release, "-o", output]);
  expect(again.status).toBe(2);
  expect(again.stderr.trimEnd().split("\n")).toHaveLength(names.length);
  expect(nurecoil(["import", "coherent-csi-2018", release, "-o", output, "--force", "--quiet"])).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });
});

it.skipIf(!existsSync(release))("says when the folder's name does not fit the experiment", () => {
  const ran = nurecoil(["import", "coherent-csi-2018", release, "-o", join(folder, "other"), "--json"]);
  expect(ran.stderr).toBe("nurecoil: the folder must be called coherent-csi-2017 to be read as an experiment\n");
  expect(JSON.parse(ran.stdout)).toMatchObject({ format: "nurecoil/import/1", experiment: "coherent-csi-2017" });
});

it("a folder without the release: every missing file, nothing written", () => {
  const output = join(folder, "nothing");
  const ran = nurecoil(["import", "coherent-csi-2018", folder, "-o", output]);
  expect(ran.status).toBe(3);
  expect(ran.stderr).toContain("coherent_parameters.yaml: missing");
  expect(existsSync(output)).toBe(false);
});
