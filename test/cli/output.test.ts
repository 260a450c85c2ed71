/** Files, tables, quiet, pipes and signals. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { binary, experimentCopy, json, nurecoil, temporaryFolder } from "./run.ts";

const E = "coherent-csi-2017";
const folder = temporaryFolder();
const place = (name: string): string => join(folder, name);

describe("--output", () => {
  it("writes the JSON that --json prints, says so on stderr, and still shows the table", () => {
    const path = place("chi2.json");
    const ran = nurecoil(["chi2", E, "-o", path]);
    expect(ran).toMatchObject({ status: 0, stderr: `nurecoil: wrote ${path}\n` });
    expect(ran.stdout).toContain("chi2 = 3.365 for 13 degrees of freedom");
    expect(readFileSync(path, "utf8")).toBe(nurecoil(["chi2", E, "--json"]).stdout);
  });

  it("with --quiet says and shows nothing", () => {
    const ran = nurecoil(["fit", E, "--free", "xi_V", "-o", place("quiet.json"), "--quiet"]);
    expect(ran).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(place("quiet.json"), "utf8")).format).toBe("nurecoil/fit/1");
  });

  it("with --json puts the JSON on stdout and the message on stderr", () => {
    const ran = nurecoil(["predict", E, "--json", "-o", place("predict.json")]);
    expect(ran.stdout).toBe(readFileSync(place("predict.json"), "utf8"));
  });

  it("keeps an existing file unless --force", () => {
    const path = place("mine.json");
    writeFileSync(path, "mine");
    const ran = nurecoil(["chi2", E, "-o", path]);
    expect(ran).toEqual({ status: 2, stdout: "", stderr: `nurecoil: ${path}: exists already (--force replaces it)\n` });
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(nurecoil(["chi2", E, "-o", path, "--force"]).status).toBe(0);
    expect(JSON.parse(readFileSync(path, "utf8")).format).toBe("nurecoil/chi2/1");
  });

  it("refuses a place it cannot write to, before the work", () => {
    mkdirSync(place("folder.json"));
    writeFileSync(place("plain"), "");
    // A grid that would take minutes: the refusal comes first.
    const long = ["scan", E, "--grid", "xi_V=-1:1:3000", "--grid", "xi_S=-1:1:3000", "--profile", "xi_T"];
    for (const [path, message] of [
      [place("no/such/file.json"), /its folder does not exist/],
      [place("folder.json"), /is a folder/],
      [place("plain/file.json"), /cannot be written: ENOTDIR|its folder does not exist/],
    ] as const) {
      const ran = nurecoil([...long, "-o", path]);
      expect(ran.status).toBe(2);
      expect(ran.stderr).toMatch(message);
      expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
    }
  });

  it("refuses a form that a command does not have", () => {
    for (const ending of [".csv", ".yaml", ".zip", ".svg"]) {
      const ran = nurecoil(["chi2", E, "-o", place(`chi2${ending}`)]);
      expect(ran.status).toBe(2);
      expect(ran.stderr).toContain(`cannot write this as "${ending}" (end the name with .json)`);
    }
    expect(nurecoil(["fit", E, "--free", "xi_V", "-o", place("fit.yml")]).stderr).toContain(
      "end the name with .json or .csv or .yaml or .zip",
    );
    expect(nurecoil(["scan", E, "--grid", "xi_V=0:1:2", "-o", place("scan.txt")]).stderr).toContain(
      "end the name with .json or .csv",
    );
    expect(readdirSync(folder).filter((name) => /^(chi2\.(?!json)|fit\.yml|scan\.txt)/.test(name))).toEqual([]);
  });

  it("leaves no temporary files", () => {
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("CSV", () => {
  function rowsOf(path: string): string[][] {
    const text = readFileSync(path, "utf8");
    expect(text.endsWith("\n")).toBe(true);
    return text
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
  }

  it("of a scan: one row per point, grid names, chi2, delta_chi2, profiled names, status", () => {
    const args = ["scan", E, "--grid", "xi_V=-1:1:3", "--grid", "xi_T=0:1:2", "--profile", "xi_S"];
    expect(nurecoil([...args, "-o", place("scan.csv")]).status).toBe(0);
    const [header, ...rows] = rowsOf(place("scan.csv"));
    expect(header).toEqual(["xi_V", "xi_T", "chi2", "delta_chi2", "xi_S", "status"]);
    const result = json(args);
    expect(rows).toHaveLength(6);
    rows.forEach((row, k) => {
      expect(row.map(Number).slice(0, 2)).toEqual([[-1, 0, 1][Math.floor(k / 2)], k % 2]);
      // Every digit is there: the text reads back as the same number.
      expect(Number(row[2])).toBe(result.chi2[k]);
      expect(Number(row[3])).toBe(result.chi2[k] - result.minimum.chi2);
      expect(Number(row[4])).toBe(result.profiled.xi_S[k]);
      expect(row[5]).toBe("converged");
    });
    expect(Math.min(...rows.map((row) => Number(row[3])))).toBe(0);
  });

  it("of a prediction: bins, components, total, data", () => {
    expect(nurecoil(["predict", E, "-o", place("predict.csv")]).status).toBe(0);
    const [header, ...rows] = rowsOf(place("predict.csv"));
    expect(header?.join()).toBe(
      "pe_low [PE],pe_high [PE],cevns_nu_e,cevns_nu_mu,cevns_anti_nu_mu,brn,total,observed,error",
    );
    const { total } = json(["predict", E]);
    expect(rows.map((row) => Number(row[6]))).toEqual(total);
    expect(rows[0]?.slice(0, 2)).toEqual(["6", "8"]);
    expect(rows.at(-1)?.slice(0, 2)).toEqual(["30", "32"]);
  });

  it("of a region: a row per point of every ring", () => {
    const args = ["region", E, "--plane", "xi_S,xi_V", "--cl", "0.9"];
    expect(nurecoil([...args, "-o", place("region.csv")]).status).toBe(0);
    const [header, ...rows] = rowsOf(place("region.csv"));
    expect(header).toEqual(["cl", "island", "ring", "xi_S", "xi_V"]);
    const { outer, holes } = json(args).regions[0].polygons[0];
    expect(rows.filter((row) => row[2] === "0").map((row) => row.slice(3).map(Number))).toEqual(outer);
    expect(rows.filter((row) => row[2] === "1").map((row) => row.slice(3).map(Number))).toEqual(holes[0]);
  });

  it("of a fit: minima, then segments of intervals", () => {
    expect(nurecoil(["fit", E, "--free", "xi_V", "--cl", "0.9", "-o", place("fit.csv")]).status).toBe(0);
    const [header, ...rows] = rowsOf(place("fit.csv"));
    expect(header?.slice(0, 4)).toEqual(["row", "parameter", "number", "cl"]);
    const { minima, intervals } = json(["fit", E, "--free", "xi_V", "--cl", "0.9"]);
    expect(rows.map((row) => row[0])).toEqual([
      ...minima.map(() => "minimum"),
      ...intervals[0].segments.map(() => "interval"),
    ]);
    expect(rows.at(-1)?.[6]).toBe(String(intervals[0].segments.at(-1)[1]));
  });

  it("of a spectrum: recoil energy and the rate of each flavour", () => {
    expect(nurecoil(["spectrum", "Ar", "-o", place("ar.csv")]).status).toBe(0);
    const [header, ...rows] = rowsOf(place("ar.csv"));
    expect(header?.[0]).toBe("recoil [keVnr]");
    const { recoilKeV, flavours } = json(["spectrum", "Ar"]);
    expect(rows.map((row) => Number(row[0]))).toEqual(recoilKeV);
    expect(rows.map((row) => Number(row[1]))).toEqual(flavours[0].rate);
  });
});

describe("HEPData", () => {
  // The contents are checked in test/report/hepdata.test.ts.
  it.each([
    ["region", "--plane", "xi_S,xi_V", "--cl", "0.9"],
    ["fit", "--free", "xi_V"],
    ["scan", "--grid", "xi_V=-1:1:3"],
    ["predict"],
  ])("%s writes one YAML file, and a submission", (command, ...args) => {
    for (const ending of ["yaml", "zip"]) {
      const path = place(`hepdata-${command}.${ending}`);
      expect(nurecoil([command, E, ...args, "-o", path, "--quiet"])).toEqual({ status: 0, stdout: "", stderr: "" });
    }
    const [comment, ...tables] = parseAllDocuments(readFileSync(place(`hepdata-${command}.yaml`), "utf8"));
    expect(comment?.get("comment")).toContain("nurecoil");
    const files = Object.keys(unzipSync(readFileSync(place(`hepdata-${command}.zip`))));
    expect(files[0]).toBe("submission.yaml");
    expect(files).toHaveLength(tables.length + 1);
    expect(tables.length).toBeGreaterThan(0);
  });
});

describe("tables for people", () => {
  it("of a fit: errors, unions of segments, level and dof, choices, notes", () => {
    const { stdout } = nurecoil(["fit", E, "--free", "xi_V", "--convention", "A"]);
    expect(stdout).toContain(`fit of xi_V: ${E}@paper`);
    expect(stdout).toContain("convention A, recoil full, form factor helm");
    expect(stdout).toMatch(/1 +-1\.82 ± 0\.15 +2\.927 +0\.000 +converged/);
    expect(stdout).toMatch(/2 +-0\.11 ± 0\.15 +2\.927 +0\.000 +converged/);
    expect(stdout).toMatch(/xi_V +90 % +2\.71 +1 +\[-2\.173, -1\.607\] U \[-0\.329, 0\.237\]/);
    expect(stdout).toMatch(/xi_V +99 % +6\.63 +1 +\[-2\.636, -1\.491\] U \[-0\.444, 0\.700\]/);
    expect(stdout).toContain("not Hermitian");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no colours outside a terminal.
    expect(stdout).not.toMatch(/\u001b/);
  });

  it("of an interval that is not closed: the end is called open", () => {
    const { stdout, status } = nurecoil(["fit", E, "--free", "xi_V", "--range", "xi_V=-0.3:1", "--cl", "0.9"]);
    expect(stdout).toContain("[open, 0.237");
    expect(status).toBe(0);
  });

  it("of a flat minimum: status and direction", () => {
    const { stdout, status } = nurecoil(["fit", E, "--free", "C_S_u,C_S_d"]);
    expect(stdout).toMatch(/1 +0 +0 +3\.365 +0\.000 +flat/);
    expect(stdout).toMatch(/does not change along \(C_S_u: 0\.\d+, C_S_d: -0\.\d+\)/);
    expect(status).toBe(0);
  });

  it("of a region: islands with extent, holes and border; an open one ends with exit code 1", () => {
    const args = ["region", E, "--plane", "xi_S,xi_V", "--cl", "0.9"];
    const closed = nurecoil(args);
    expect(closed.status).toBe(0);
    expect(closed.stdout).toContain("90 %: Delta chi2 4.61, 2 degrees of freedom, area 3.64");
    expect(closed.stdout).toMatch(/1 +\[-0\.975, 0\.975\] +\[-2\.344, 0\.408\] +1 +closed/);
    const open = nurecoil([...args, "--range", "xi_S=-0.5:0.5", "--range", "xi_V=-1:1"]);
    expect(open.status).toBe(1);
    expect(open.stdout).toMatch(/1 +\[-0\.5000, 0\.5000\] .* open/);
  });

  it("of a prediction: one row per bin, and the sums", () => {
    const lines = nurecoil(["predict", E]).stdout.split("\n");
    expect(lines.find((line) => line.startsWith("6 - 8"))).toMatch(/3\.433 +3\.718 +4\.114 +0\.205 +11\.470 +9 ± 7\.8/);
    expect(lines.find((line) => line.startsWith("sum"))).toMatch(
      /59\.053 +28\.079 +89\.410 +5\.708 +182\.250 +148 ± 31/,
    );
  });

  it("of a chi2 with fixed parameters says which", () => {
    const { stdout } = nurecoil(["chi2", E, "--set", "xi_V=-0.1"]);
    expect(stdout).toContain("fixed: xi_V = -0.1");
    expect(stdout).toContain(`${E}.signal`);
  });
});

it("--version is that of the package", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(nurecoil(["--version"])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
});

it("every command explains itself", () => {
  const { stdout, status } = nurecoil(["--help"]);
  expect(status).toBe(0);
  const names = [...stdout.slice(0, stdout.indexOf("Exit codes")).matchAll(/^ {2}([a-z][a-z0-9]+) .*\S/gm)]
    .map(([, name]) => name!)
    .filter((n) => n !== "help");
  expect(names.sort()).toEqual([
    "chi2",
    "cite",
    "fc",
    "fit",
    "import",
    "list",
    "predict",
    "region",
    "reproduce",
    "scan",
    "schema",
    "show",
    "spectrum",
    "toys",
  ]);
  for (const name of names) {
    const help = nurecoil([name, "--help"]);
    expect(help.status, name).toBe(0);
    for (const flag of ["--json", "--output", "--force", "--quiet"]) expect(help.stdout, name).toContain(flag);
  }
});

it("a folder of the user is read like a shipped experiment", () => {
  const path = experimentCopy(folder, { "experiment.json": (text) => text.replace('"value": 14.6', '"value": 29.2') });
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  const signal = (id: string): number => sum(json(["predict", id]).components[0].counts);
  // Twice the mass, twice the events.
  expect(signal(path) / signal(E)).toBeCloseTo(2, 12);
  const named = json(["predict", `${path}@paper`]);
  expect(named.spec.experiments[0]).toMatchObject({ id: path, likelihood: "paper" });
  expect(named.experiment).toBe(E);
  // Without a slash: a folder that is there, not an id of the package.
  const { stdout, status } = nurecoil(["cite", "."], { cwd: path });
  expect(status).toBe(0);
  expect(stdout).toContain("COHERENT:2018imc");
});

it("a reader that closes the pipe early is no error", () => {
  const command = `"${process.execPath}" "${binary}" region ${E} --plane xi_S,xi_V --json | head -n 1`;
  const ran = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  expect(ran).toMatchObject({ status: 0, stdout: "{\n", stderr: "" });
});

it("an interrupt ends the process at once and quietly, 130 for a shell", async () => {
  const grid = ["--grid", "xi_V=-1:1:3000", "--grid", "xi_S=-1:1:3000", "--profile", "xi_T"];
  const path = place("interrupted.csv");
  const child = spawn(process.execPath, [binary, "scan", E, ...grid, "-o", path], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (written += text));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const ended = new Promise<[number | null, string | null]>((resolve) => {
    child.on("close", (code, signal) => resolve([code, signal]));
  });
  child.kill("SIGINT");
  // Ended by signal 2: what a shell calls 128 + 2.
  expect(await ended).toEqual([null, "SIGINT"]);
  expect(written).toBe("");
  expect(existsSync(path)).toBe(false);
});
