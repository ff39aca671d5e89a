// Answers in the fragment of an address: `#a=` and the compressed JSON. No browser sends a
// fragment to a server, so they go from one screen to another and nowhere else.

const start = '#a=';

/** The most that answers may be, in bytes of JSON: the limit of every client. */
const mostBytes = 1_000_000;

/** Whether an address carries answers. */
export const hasAnswers = (fragment) => fragment.startsWith(start);

/** The fragment for these answers. */
export async function toFragment(answers) {
  const bytes = new TextEncoder().encode(JSON.stringify(answers));
  return start + encode(await pass(bytes, new CompressionStream('deflate-raw')));
}

/** The answers in a fragment; throws where it is damaged, too large or something else. */
export async function fromFragment(fragment) {
  const bytes = await pass(decode(fragment.slice(start.length)), new DecompressionStream('deflate-raw'));
  const answers = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (answers === null || typeof answers !== 'object' || Array.isArray(answers)) throw new TypeError('no answers');
  return answers;
}

/** What comes out of a stream; a few bytes that would unfold to very many are not unfolded. */
async function pass(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks = [];
  let size = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value.length;
    if (size > mostBytes) {
      await reader.cancel();
      throw new RangeError('too many answers');
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const encode = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
