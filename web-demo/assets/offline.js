// Lets the site work without a network: sw.js keeps a copy of all that it needs.

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

// A page that begins holds no answers yet, so nobody is in the middle of anything.
worker.then(useNewest);
