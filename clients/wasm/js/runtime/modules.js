// The two modules, and where they come from.

import { Session, begin, decide, imports } from '../glue/page.js';
import { respond } from './files.js';
import { refusal } from './refusal.js';

/** The script of each; the full one is loaded for packs that need it, those with tables of rows say. */
const scripts = {
  page: () => ({ Session, begin, decide, imports }),
  full: () => import('../runtime-full.js'),
};
const sources = {};
const started = {};

/** Says where modules are, before they are first needed. */
export const provide = (given) => {
  Object.assign(sources, given);
};

/** Says where modules are unless that was said. */
export const locate = (given) => provide({ ...given, ...sources });

/** Starts a module, once for all that use it; one that did not arrive is asked for again. */
export const start = (edition = 'page') =>
  (started[edition] ??= load(edition).catch((error) => {
    delete started[edition];
    throw error;
  }));

async function load(edition) {
  const script = await scripts[edition]();
  script.begin(await instantiate(sources[edition], script.imports()));
  return script;
}

async function instantiate(source, imports) {
  let made = await (typeof source === 'function' ? source(imports) : source);
  if (!made) throw refusal('no_module', '没有用 provide 说明模块在哪里。', 'no `provide` says where the module is');
  made = await respond(made);
  try {
    if (!made.instance && !made.exports) made = await link(made, imports);
  } catch (error) {
    throw canRun()
      ? refusal('module_damaged', '模块不完整，或与脚本不是同一版本，请更新整个软件包。', 'the module is incomplete or of another version than the script; update the whole package', error)
      : refusal('wasm_refused', "本页的安全策略或这个浏览器不允许运行 WebAssembly（script-src 要有 'wasm-unsafe-eval'）。", "this page's policy or this browser does not allow WebAssembly (`script-src` needs 'wasm-unsafe-eval')", error);
  }
  return made.instance ?? made;
}

/** A server that does not know the type of the file is no reason to fail. */
async function link(made, imports) {
  if (!made.arrayBuffer) return WebAssembly.instantiate(made, imports);
  if (WebAssembly.instantiateStreaming && made.headers?.get('content-type') === 'application/wasm') {
    return WebAssembly.instantiateStreaming(made, imports);
  }
  return WebAssembly.instantiate(await made.arrayBuffer(), imports);
}

/** Whether a module with nothing in it may run. */
function canRun() {
  try {
    return !!new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return false;
  }
}

/** Begins a session, in the full module where the pack needs it. */
export async function open(pack, calendar, on, edition) {
  const { Session } = await start(edition);
  try {
    return new Session(pack, calendar, on);
  } catch (error) {
    if (error.code !== 'needs_full_module') throw error;
    return open(pack, calendar, on, 'full');
  }
}
