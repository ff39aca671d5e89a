// Files: at an address, in a response, or as bytes.

import { refusal } from './refusal.js';

let get = (address) => fetch(address);

/** Gets what is at an address in another way from now on: a program outside of pages has files too. */
export const getBy = (way) => {
  get = way;
};

/** There is no `URL` everywhere. */
export const isAddress = (source) => typeof source === 'string' || source.href !== undefined;

/** The response for an address, or one that is there already; anything else as it is. */
export async function respond(source) {
  const response = isAddress(source) ? await get(source).catch(() => {}) : source;
  if (response && response.ok !== false) return response;
  const address = response?.url || source;
  const status = response ? ` (${response.status})` : '';
  throw refusal('not_loaded', `${address} 没有取到${status}。`, `\`${address}\` did not arrive${status}`);
}

/** The bytes of a file that must be signed; what checks that is loaded when it is needed. */
export const readSigned = async (...given) => (await import('../signed.js')).readSigned(...given);

/** The bytes of a file. */
export async function read(source) {
  const found = await respond(await source);
  return new Uint8Array(found.arrayBuffer ? await found.arrayBuffer() : found);
}
