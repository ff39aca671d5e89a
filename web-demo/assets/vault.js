// Answers under a passphrase in IndexedDB: AES-GCM, its key derived by PBKDF2.

/** The fewest characters of a passphrase: with eight digits a thief is busy for a year. */
export const shortest = 8;

/** What OWASP asks for with SHA-256 (Password Storage Cheat Sheet, 2023). */
const rounds = 600_000;
const database = 'yichuang';
const store = 'drafts';

/** Whether there is a draft of a pack. */
export const hasDraft = async (pack) => (await within('readonly', (drafts) => drafts.count(pack))) > 0;

/** Keeps answers, in the place of an earlier draft of the same pack. */
export async function saveDraft(pack, answers, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await derive(passphrase, salt, rounds);
  const plain = new TextEncoder().encode(JSON.stringify(answers));
  const data = await crypto.subtle.encrypt(cipher(iv, pack), key, plain);
  await within('readwrite', (drafts) => drafts.put({ salt, iv, rounds, data }, pack));
}

/** The answers of a draft; `undefined` where the passphrase is another, or somebody changed the draft. */
export async function openDraft(pack, passphrase) {
  const draft = await within('readonly', (drafts) => drafts.get(pack));
  if (!draft) return undefined;
  const key = await derive(passphrase, draft.salt, draft.rounds);
  const plain = await crypto.subtle.decrypt(cipher(draft.iv, pack), key, draft.data).catch(() => undefined);
  return plain && JSON.parse(new TextDecoder().decode(plain));
}

/** Deletes the drafts of all packs, and the place where they were. */
export const removeAll = () => settled(indexedDB.deleteDatabase(database));

/** A draft of one pack cannot be put in the place of another's. */
const cipher = (iv, pack) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(pack) });

async function derive(passphrase, salt, iterations) {
  // The same letters are typed in more than one way of Unicode.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  const method = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(method, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Does one thing with the drafts; nothing stays open that would keep them from being deleted. */
async function within(mode, act) {
  const opening = indexedDB.open(database, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(store));
  const opened = await settled(opening);
  try {
    const transaction = opened.transaction(store, mode);
    const result = await settled(act(transaction.objectStore(store)));
    await finished(transaction);
    return result;
  } finally {
    opened.close();
  }
}

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });

const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', resolve);
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
