// Files that must be signed: loaded only where a key is configured, and refusing whatever cannot be checked.

import { isAddress, read, refusal } from './runtime.js';

/**
 * Reads a file and checks its signature (Ed25519), which is at its address with `.sig` behind.
 *
 * @param keys public keys (SubjectPublicKeyInfo in base64), spaces between; one of them has signed
 */
export async function readSigned(source, keys, signature) {
  const trusted = await Promise.all(
    keys
      .split(/\s+/)
      .filter(Boolean)
      .map((key) => take(key)),
  );
  if (!trusted.length) throw refusal('bad_key', '没有写明公钥。', 'there is no key');
  const beside = signature ?? (isAddress(source) ? `${source}.sig` : undefined);
  const [file, sig] = await Promise.all([
    read(source),
    beside === undefined ? undefined : read(beside).catch((error) => (error.code === 'not_loaded' ? undefined : Promise.reject(error))),
  ]);
  if (!sig) throw refusal('not_signed', '规则文件没有签名，不能用。', 'the file is not signed and cannot be used');
  for (const key of trusted) {
    if (sig.length === 64 && (await crypto.subtle.verify('Ed25519', key, sig, file))) return file;
  }
  throw refusal('bad_signature', '规则文件的签名不对，不能用：文件改动过，或者不是这把钥匙签的。', 'the signature is wrong: the file was changed, or signed with another key');
}

async function take(key) {
  if (!globalThis.crypto?.subtle) throw cannotVerify();
  let bytes;
  try {
    bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  } catch (error) {
    throw badKey(error);
  }
  try {
    return await crypto.subtle.importKey('spki', bytes, 'Ed25519', false, ['verify']);
  } catch (error) {
    throw error.name === 'NotSupportedError' ? cannotVerify(error) : badKey(error);
  }
}

const badKey = (cause) =>
  refusal('bad_key', '公钥写得不对：应是 yichuang keygen 给出的一串字符。', 'the key is wrong: it is what `yichuang keygen` prints', cause);

const cannotVerify = (cause) =>
  refusal(
    'cannot_verify',
    '这里核对不了规则文件的签名：网页要用 https 打开，浏览器要是较新的版本。',
    'signatures cannot be checked here: the page needs https and a recent browser',
    cause,
  );
