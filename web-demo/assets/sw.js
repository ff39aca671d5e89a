// The worker of the site. The server writes `site` before this: the addresses of all that a
// pre-check needs. A copy is complete or it is not used, and holds no answers: what is kept are
// pages as nobody has touched them, and nothing that was posted.

/* global site */

const prefix = 'yichuang-';
const mine = prefix + site.edition;
const forever = new Set(site.forever);
const kiosk = '/kiosk';
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
      const earlier = await caches.match(path);
      if (earlier) await cache.put(path, earlier);
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
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (origin !== location.origin) return;
  const path = pathname + search;
  if (method === 'POST' && mode === 'navigate' && changing.has(pathname)) event.respondWith(posted(event.request));
  if (method !== 'GET') return;
  if (forever.has(path) || /^\/(packs|calendars)\//.test(path)) event.respondWith(unchanging(event.request));
  else if (changing.has(path)) event.respondWith(changed(event, path));
});

/** A kiosk runs on its copy, which is one whole, until there is another whole one. */
async function changed({ request, clientId }, path) {
  const asks = path === kiosk ? path : new URL((await clients.get(clientId))?.url ?? location).pathname;
  return (asks === kiosk && (await kept(path))) || newest(request, path);
}

const kept = async (path) => (await caches.open(mine)).match(path);

const unchanging = async (request) => (await caches.match(request)) ?? fetch(request);

/** What the server has now, or the copy where it does not answer. */
async function newest(request, path) {
  if (Date.now() < awayUntil) {
    const copy = await kept(path);
    if (copy) return copy;
  }
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (response.status < 500) return response;
    return (await kept(path)) ?? response;
  } catch (error) {
    awayUntil = Date.now() + rest;
    const copy = await kept(path);
    if (copy) return copy;
    throw error;
  }
}

/** Another language, size or sheet comes from the server. Where it does not answer, the page with its
 * answers stays, as a browser leaves a page for one with content only. */
async function posted(request) {
  try {
    return await fetch(request);
  } catch {
    for (const client of await clients.matchAll({ type: 'window' })) client.postMessage('away');
    return new Response(null, { status: 204 });
  }
}
