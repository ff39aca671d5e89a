// A web server that gives files and nothing else, as a developer's own does.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const kinds = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * Serves folders on a free port: a file is that of the first folder that has it.
 *
 * @param {string[]} folders
 * @param {string} [policy] the content-security policy of all pages
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>} `address` has no `/` at its end
 */
export async function serveFolders(folders, policy) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    for (const folder of folders) {
      const body = await readFile(join(folder, path)).catch(() => undefined);
      if (!body) continue;
      response.setHeader('content-type', kinds[extname(path)] ?? 'application/octet-stream');
      if (policy) response.setHeader('content-security-policy', policy);
      response.end(body);
      return;
    }
    response.statusCode = 404;
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
