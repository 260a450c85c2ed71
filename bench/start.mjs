// (g) Cold start: the command from the shell to its end, files in the disk cache.
// node bench/start.mjs [--json] [--quick] [--dist folder]   after npm run build
import { binary, built, demand, flags, median, program, progress, report } from "./measure.mjs";

const { version } = await built("version.js");

const RUNS = flags.quick ? 5 : 21;
const CASES = [
  { args: ["--version"], confirm: (text) => text.trim() === version, goalMs: 150 },
  { args: ["--help"], confirm: (text) => text.includes("predict") },
  { args: ["list", "--json"], confirm: (text) => text.includes("coherent-csi-2017") },
  {
    args: ["predict", "coherent-csi-2017", "--json"],
    confirm: (text) => {
      const { components, total } = JSON.parse(text);
      return total.every((sum, i) => {
        const added = components.reduce((all, { counts }) => all + counts[i], 0);
        return sum > 0 && Math.abs(added - sum) < 1e-9 * sum;
      });
    },
  },
];

/** Node itself: what no program can be faster than. */
const bare = () => program(["-e", "0"]);

await report(async () => {
  const jobs = [
    { name: "node alone", run: bare },
    ...CASES.map(({ args, confirm, goalMs }) => {
      const run = () => program([binary, ...args]);
      const { status, stdout } = run();
      demand(`nurecoil ${args.join(" ")}: its answer`, status === 0 && confirm(stdout));
      return { name: `nurecoil ${args.join(" ")}`, run, goalMs };
    }),
  ];
  progress(`(g) cold starts, ${RUNS} of each`);
  const taken = jobs.map(() => []);
  for (let k = 0; k < RUNS; k++) for (const [j, { run }] of jobs.entries()) taken[j].push(run());
  const of = (j, which) => median(taken[j].map((one) => one[which]));
  return {
    title: "(g) Cold start",
    note: "Medians of wall times; in the second of two rows, processor time.",
    rows: jobs.flatMap(({ name, goalMs }, j) => [
      {
        name,
        value: of(j, "wallMs"),
        unit: "ms",
        ...(j > 0 && { ratio: median(taken[j].map(({ wallMs }, k) => wallMs / taken[0][k].wallMs)), to: "node alone" }),
        ...(goalMs !== undefined && { goal: { most: goalMs } }),
      },
      { name: `${name}, processor`, value: of(j, "processorMs"), unit: "ms" },
    ]),
  };
});
