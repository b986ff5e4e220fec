// Keeps a kiosk's pages, so that it starts without a network too. Pages come from the office
// when it can be reached; files have a fingerprint in their address and never change.
const KEPT = "fivegaps-kiosk";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
});

async function keep(addresses) {
  const kept = await caches.open(KEPT);
  const wanted = new Set(addresses);
  for (const address of wanted) {
    const answer = await fetch(address, { credentials: "omit", cache: "reload" }).catch(() => null);
    if (!answer?.ok) return;
    await kept.put(address, answer);
  }
  for (const one of await kept.keys()) if (!wanted.has(one.url)) await kept.delete(one);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (!request.url.endsWith("/state/")) event.respondWith(file(request));
});

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.open(KEPT);
    const found = (await kept.match(request)) ?? (await kept.match(request, { ignoreSearch: true }));
    if (found) return found;
    throw error;
  }
}

async function file(request) {
  return (await (await caches.open(KEPT)).match(request)) ?? fetch(request);
}
