// After the first visit the page works without a network. The build writes version and files into this text.
const VERSION = "__VERSION__";
/** [path below this folder, bytes] of everything the page may ask for. */
const FILES = __FILES__;
const here = self.registration.scope;
const own = `nurecoil ${here} `;

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(here)) event.respondWith(answer(event.request));
});

/** One after the other and with low priority: the reader is at work already. */
async function keepAll() {
  const cache = await caches.open(own + VERSION);
  for (const [path, bytes] of FILES) {
    const url = new URL(path, here).href;
    // What has a hash in its name cannot be stale; browsers keep it.
    const response = await fetch(url, { cache: path.startsWith("assets/") ? "default" : "no-cache", priority: "low" });
    const { byteLength } = await response.clone().arrayBuffer();
    if (!response.ok || byteLength < bytes) throw new Error(`${path} cannot be kept: ${response.status}, ${byteLength} bytes`);
    await cache.put(url, response);
  }
}

/** The version before stays: a page opened with it may still ask for its parts. */
async function dropOld() {
  const names = (await caches.keys()).filter((name) => name.startsWith(own) && name !== own + VERSION);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

/** Answers are kept with their headers, so that the page stays isolated. */
async function answer(request) {
  const asked = request.mode === "navigate" ? here : request.url;
  const cache = await caches.open(own + VERSION);
  return (await cache.match(asked)) ?? (await caches.match(asked)) ?? fetch(request);
}
