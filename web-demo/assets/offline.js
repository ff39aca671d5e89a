// Lets the site work without a network: sw.js keeps a copy of all that it needs.

import { note, say } from './words.js';

const address = '/sw.js';

/** The registration of the worker; `undefined` where there is none, as over plain HTTP. */
export const worker = register();

async function register() {
  const container = navigator.serviceWorker;
  if (!container) return undefined;
  try {
    // The policy of every page allows this one address as a script, and no other.
    const policy = globalThis.trustedTypes?.createPolicy('yichuang-worker', { createScriptURL: () => address });
    return await container.register(policy?.createScriptURL(address) ?? address, { updateViaCache: 'none' });
  } catch (error) {
    console.warn(error);
    return undefined;
  }
}

/** Takes a newer copy of the site into use, if it is there in full. */
export function useNewest(registration) {
  registration?.waiting?.postMessage('use');
}

navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (data !== 'away' || !document.hasFocus()) return;
  const zh = '现在没有网络，这一步要等有网再做。您的回答都还在。';
  note(say(zh, 'There is no network, and this needs one. All your answers are still here.'), { role: 'alert' });
});

// A page that begins holds no answers yet, so nobody is in the middle of anything.
worker.then(useNewest);
