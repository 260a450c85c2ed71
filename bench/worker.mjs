// Entry of the benches' workers: that of the package, with the benches' kinds.
import { getEnvironmentData } from "node:worker_threads";
import { kindsOf } from "./jobs.mjs";

const dist = getEnvironmentData("dist");
const { listen } = await import(new URL("engine/listen.js", dist).href);
listen(kindsOf(dist));
