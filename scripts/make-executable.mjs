// The command can be started by its path: the compiler does not keep the permission bit.
import { chmodSync } from "node:fs";

chmodSync(new URL("../dist/cli/main.js", import.meta.url), 0o755);
