/** Entry file of a worker: knows the names of the kinds and nothing of what they do. */

import { jobKinds } from "./jobs.ts";
import { listen } from "./listen.ts";

listen(jobKinds);
