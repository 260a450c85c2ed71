// All benches, each in a process of its own: a table, or one JSON object.
// npm run bench [-- flags]; flags: --json, --only a,c, --quick, --full, --dist folder, --write file.md
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { flags, judged, machine, progress } from "./measure.mjs";
import { markdownOf, textOf } from "./text.mjs";

const ITEMS = {
  a: { file: "gram.mjs", found: ofGram, ownBuild: true },
  b: { file: "profiles.mjs" },
  c: { file: "map.mjs" },
  d: { file: "templates.mjs", found: ofTemplates, ownBuild: true },
  e: { file: "minima.mjs" },
  f: { file: "fc.mjs" },
  g: { file: "start.mjs" },
  h: { file: "growth.mjs" },
  w: { file: "commands.mjs" },
};
const [BEGIN, END] = ["<!-- bench: begin -->", "<!-- bench: end -->"];

const FORMS = { gram: "Gram form, scattered points", row: "Gram form, along a row", bins: "sums over cells" };

/** What gram.mjs found, as rows. */
function ofGram({ results, ratios }) {
  const inC = results.some(({ language }) => language.startsWith("C "));
  return {
    title: "(a) chi^2 of two couplings, coherent-csi-2017@paper, both pulls solved for",
    note: "One thread; C by cc -O3, native and held to SSE2, the width of its vectors named. Along a row one coupling stays, as on a grid.",
    rows: [
      ...results.map(({ form, language, pointsPerSecond }) => ({
        name: `${FORMS[form]}, ${language}`,
        value: pointsPerSecond,
        unit: "points/s",
      })),
      ...ratios.map(({ form, of, to, ratio, goal }) => ({
        name: `${FORMS[form]}: ${of} / ${to}`,
        ratio,
        ...(goal !== null && goal !== undefined && { goal: { of: "ratio", least: goal } }),
      })),
    ],
    skipped: inC ? [] : ["C, as there is no compiler"],
  };
}

/** What templates.mjs found, as rows. */
function ofTemplates({ results }) {
  return {
    title: "(d) Templates: from a parsed experiment to counts per structure, flavour and cell",
    note: "One thread, warm; median of wall times. In brackets the likelihood with two couplings, then with the neutron radius free.",
    rows: results.map(({ name, goalMs, templates, twoCouplings, freeRadius }) => ({
      name: `${name} (${[twoCouplings, freeRadius].map(({ medianMs }) => `${medianMs.toPrecision(2)} ms`).join(", ")})`,
      value: templates.medianMs,
      unit: "ms",
      ...(goalMs !== null && { goal: { most: goalMs } }),
    })),
  };
}

function chosen() {
  const letters = flags.only === undefined ? Object.keys(ITEMS) : flags.only.split(",");
  const unknown = letters.filter((letter) => !Object.hasOwn(ITEMS, letter));
  if (unknown.length > 0) throw new Error(`--only takes ${Object.keys(ITEMS).join(",")}, not ${unknown.join(",")}`);
  if (flags.write !== undefined && flags.only !== undefined)
    throw new Error("--write replaces all numbers: leave --only");
  return letters;
}

/** Results of an item. @throws where it failed, a check of what it measures included */
function run(letter) {
  const { file, found, ownBuild } = ITEMS[letter];
  if (ownBuild && flags.dist !== undefined) {
    return { title: `(${letter}) ${file}`, rows: [], skipped: [`${file} measures the build beside it, not --dist`] };
  }
  progress(`${file} ...`);
  const passed = [
    ...["quick", "full"].filter((name) => flags[name]).map((name) => `--${name}`),
    ...(flags.dist === undefined ? [] : ["--dist", flags.dist]),
  ];
  const { status, stdout } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL(file, import.meta.url)), "--json", ...(ownBuild ? [] : passed)],
    { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] },
  );
  if (status !== 0) throw new Error(`${file} ended with ${status}`);
  const answer = JSON.parse(stdout);
  return found === undefined ? answer : judged(found(answer));
}

const machineLine = `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}${flags.quick ? "; quick run: few repeats" : ""}`;

/** Put the results between the markers of a file. */
function write(path, items) {
  const text = readFileSync(path, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} has no lines ${BEGIN} and ${END}`);
  const block = [`Measured on ${machineLine}.`, ...Object.values(items).map((item) => markdownOf(item).trimEnd())].join(
    "\n\n",
  );
  writeFileSync(path, `${text.slice(0, begin + BEGIN.length)}\n\n${block}\n\n${text.slice(end)}`);
}

const items = {};
const failed = [];
for (const letter of chosen()) {
  const start = performance.now();
  try {
    items[letter] = run(letter);
  } catch (error) {
    failed.push(`(${letter}) ${error.message}`);
  }
  progress(`${ITEMS[letter].file}: ${((performance.now() - start) / 1e3).toFixed(0)} s`);
}
if (flags.write !== undefined && failed.length === 0) write(flags.write, items);
if (flags.json) console.log(JSON.stringify({ machine, quick: flags.quick, items, failed }, null, 2));
else {
  console.log(`${machineLine}\n`);
  for (const item of Object.values(items)) console.log(textOf(item));
}
for (const one of failed) console.error(`failed: ${one}`);
if (failed.length > 0) process.exitCode = 1;
