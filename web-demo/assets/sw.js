// The worker of the site. The server writes `site` before this: the addresses of all that a
// pre-check needs. A copy is complete or it is not used, and holds no answers: what is kept are
// pages as nobody has touched them, and nothing that was posted.

/* global site */

const prefix = 'yichuang-';
const mine = prefix + site.edition;
const forever = new Set(site.forever);
const changing = new Set([...site.files, ...site.pages]);

/** How long the network may take before the copy is shown. */
const patience = 4000;
/** For how long the copy goes first once the network took too long. */
const rest = 15_000;
let awayUntil = 0;

addEventListener('install', (event) => event.waitUntil(keep()));

/** What has an address for ever is taken from an earlier copy. */
async function keep() {
  const cache = await caches.open(mine);
  await Promise.all(
    [...forever].map(async (path) => {
      const kept = await caches.match(path);
      if (kept) await cache.put(path, kept);
      else await cache.add(path);
    }),
  );
  await cache.addAll([...changing].map((path) => new Request(path, { cache: 'no-cache' })));
}

addEventListener('activate', (event) => event.waitUntil(begin()));

/** The copy before this one stays: somebody may be in the midst of a pre-check with it. */
async function begin() {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== mine);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener('message', ({ data }) => {
  if (data === 'use') skipWaiting();
});

addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  const path = pathname + search;
  if (/^\/(packs|calendars)\//.test(path)) event.respondWith(unchanging(event.request));
  else if (changing.has(path)) event.respondWith(newest(event.request, path));
});

const unchanging = async (request) => (await caches.match(request)) ?? fetch(request);

/** What the server has now, or the copy where it does not answer. */
async function newest(request, path) {
  const copy = async () => (await caches.open(mine)).match(path);
  if (Date.now() < awayUntil) {
    const kept = await copy();
    if (kept) return kept;
  }
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (response.status < 500) return response;
    return (await copy()) ?? response;
  } catch (error) {
    awayUntil = Date.now() + rest;
    const kept = await copy();
    if (kept) return kept;
    throw error;
  }
}
