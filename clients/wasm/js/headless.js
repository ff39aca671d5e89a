// A pre-check without a page: answers in, decisions out.

import { open, read, readSigned, refusal, start, today } from './runtime.js';

export { provide } from './runtime.js';

/** Reads a pack and a calendar, and begins a pre-check. */
export async function load({ pack, calendar, key, signatures, on = today(), lang = 'zh', answers, edition } = {}) {
  if (!pack || !calendar) throw refusal('no_file', '缺少 pack 或 calendar。', 'there is no `pack` or `calendar`');
  const get = (file, of) => (key === undefined ? read(file) : readSigned(file, String(key), signatures?.[of]));
  const files = await Promise.all([get(pack, 'pack'), get(calendar, 'calendar'), start(edition)]);
  files.length = 2;
  return new Precheck(files, await open(...files, on, edition), { on, lang, answers });
}

/** The decision on one set of answers. */
export async function decide(options) {
  const precheck = await load(options);
  const { decision } = precheck;
  precheck.close();
  return decision;
}

class Precheck {
  #files;
  #session;
  #decision;
  #on;
  #lang;

  constructor(files, session, { on, lang, answers }) {
    this.#files = files;
    this.#session = session;
    this.#on = on;
    this.lang = lang;
    if (answers) this.answers = answers;
  }

  get decision() {
    return this.#decision;
  }

  get question() {
    return this.#decision.question;
  }

  get answers() {
    return JSON.parse(this.#session.answers());
  }

  set answers(answers) {
    this.#take(this.#session.set_answers(JSON.stringify(answers ?? {})));
  }

  set(fact, answer) {
    return this.#take(this.#session.set(fact, JSON.stringify(answer ?? null)));
  }

  reset() {
    this.answers = {};
  }

  get on() {
    return this.#on;
  }

  set on(on) {
    this.#take(this.#session.set_day(on));
    this.#on = on;
  }

  get lang() {
    return this.#lang;
  }

  set lang(lang) {
    this.#take(this.#session.set_lang(lang));
    this.#lang = lang;
  }

  async why(target, { wanted } = {}) {
    const { explain } = await start('full');
    const { on, lang, answers } = this;
    return JSON.parse(explain(...this.#files, JSON.stringify({ target, wanted, on, lang, answers }), on));
  }

  close() {
    this.#session.free();
  }

  #take(decision) {
    this.#decision = JSON.parse(decision);
    return this.#decision;
  }
}
