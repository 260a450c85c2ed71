/** The kinds of jobs, by name. A new kind is one line here; nothing of it is loaded before a run asks for it. */

import type { JobKinds } from "./job.ts";

export const jobKinds = {
  "fc-points": () => import("../statistics/fc-job.ts"),
  question: () => import("../reproductions/job.ts"),
  toys: () => import("../statistics/toys-job.ts"),
} satisfies JobKinds;
