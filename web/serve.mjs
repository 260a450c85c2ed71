// Serves the page as a host would: node web/serve.mjs [folder] [port] [--base /sub/path] [--no-isolation]
import { existsSync, realpathSync } from "node:fs";
import { createServer } from "node:http";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import sirv from "sirv";

/** Ports tried after the wanted one. */
const FURTHER_PORTS = 20;

/** With these a browser isolates the page from others and gives it shared memory. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Files with a hash in their name never change. */
const isHashed = (path) => /\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(path);

/**
 * A static server of one folder.
 * @param folder what `npm run build` made
 * @param port wanted port; 0: any. A busy one gives way to the next
 * @param base path below which the folder is seen
 * @param isolation whether the headers of cross-origin isolation are sent
 * @param onAnswer told of each answer with the bytes of its body as they are sent
 * @param onBusy told of each port that was not free
 */
export async function openServer({ folder, port = 4173, base = "/", isolation = true, onAnswer, onBusy }) {
  if (!existsSync(resolve(folder, "index.html"))) {
    throw new Error(`no page in ${relative(process.cwd(), folder) || folder}: run "npm run build" first`);
  }
  const prefix = `/${base}/`.replaceAll(/\/+/g, "/");
  const files = sirv(folder, {
    // Files are looked up at each request: a build may replace them while the server runs.
    dev: true,
    etag: true,
    gzip: true,
    setHeaders: (response, path) =>
      response.setHeader("Cache-Control", isHashed(path) ? "public, max-age=31536000, immutable" : "no-cache"),
  });
  const server = createServer((request, response) => {
    if (isolation) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    const path = new URL(request.url, "http://host").pathname;
    if (onAnswer !== undefined) {
      response.on("finish", () => {
        onAnswer({ path, status: response.statusCode, bytes: Number(response.getHeader("Content-Length") ?? 0) });
      });
    }
    const missing = () => response.writeHead(404, { "Content-Type": "text/plain" }).end("not here\n");
    if (`${path}/` === prefix) return response.writeHead(301, { Location: prefix }).end();
    if (!path.startsWith(prefix)) return missing();
    request.url = request.url.slice(prefix.length - 1);
    files(request, response, missing);
  });
  const found = await listen(server, port, onBusy);
  return {
    port: found,
    address: `http://127.0.0.1:${found}${prefix}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function listen(server, first, onBusy) {
  for (let port = first; ; port++) {
    try {
      return await new Promise((done, failed) => {
        server.once("error", failed);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", failed);
          done(server.address().port);
        });
      });
    } catch (error) {
      if (error.code !== "EADDRINUSE" || port >= first + FURTHER_PORTS) throw error;
      onBusy?.(port);
    }
  }
}

const HELP = `Serves the built page on this machine, as a host would.

usage: node web/serve.mjs [folder] [port] [--base /sub/path] [--no-isolation]

  folder           what "npm run build" made (default: dist/web)
  port             wanted port, 0 for any (default: 4173); a busy one gives way to the next
  --base /sub/path path below which the page is seen (default: /)
  --no-isolation   without the headers of cross-origin isolation: as hosts that send none
  --help           this text
`;

/** @throws Error that names the flag and where to read more */
function readArguments() {
  const options = { base: { type: "string" }, isolation: { type: "boolean" }, help: { type: "boolean", short: "h" } };
  try {
    return parseArgs({ allowPositionals: true, allowNegative: true, options });
  } catch (error) {
    const [flag] = /--?[\w-]+/.exec(error.message) ?? [];
    const what = {
      ERR_PARSE_ARGS_UNKNOWN_OPTION: "is unknown",
      ERR_PARSE_ARGS_INVALID_OPTION_VALUE: "is given wrongly",
    };
    if (flag === undefined || what[error.code] === undefined) throw error;
    throw new Error(`${flag} ${what[error.code]}: --help shows what there is`, { cause: error });
  }
}

async function main() {
  const { positionals, values } = readArguments();
  if (values.help) return process.stdout.write(HELP);
  if (positionals.length > 2) throw new Error(`"${positionals[2]}" is too much: --help shows what there is`);
  const [folder = fileURLToPath(new URL("../dist/web", import.meta.url)), port = "4173"] = positionals;
  if (!/^\d+$/.test(port) || Number(port) > 65535) throw new Error(`"${port}" is no port: give a number up to 65535`);
  const server = await openServer({
    folder: resolve(folder),
    port: Number(port),
    base: values.base ?? "/",
    isolation: values.isolation ?? true,
    onBusy: (busy) => console.log(`port ${busy} is busy, trying the next`),
  });
  console.log(`nurecoil: ${server.address} (Ctrl-C ends it)`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void server.close());
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(`nurecoil: ${error.message}`);
    process.exitCode = 1;
  });
}
