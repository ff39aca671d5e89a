// What the elements have in common that show a session: its files, its answers, and what is typed.
//
// An element only listens: answers, decision and nodes are the business of the Session. Without it (no
// WebAssembly, a file that does not arrive) the form inside works by itself.

import { open, read, readSigned, refusal, start, today } from '../runtime.js';
import { Base, adoptProperty, fail, tell } from './define.js';

/** How long after leaving a field what is wrong with it is said, so that a click is not missed
 * because the message moves the button away. */
const settleTime = 250;

export class Live extends Base {
  static observedAttributes = ['pack', 'calendar', 'key', 'on', 'lang'];

  _session;
  _decision;
  /** Answers that were set before there was a session. */
  _answers;
  _files;
  _isComposing = false;
  /** What to do when the composition has ended. */
  _afterwards;
  _settle;
  /** The answers that were told of last. */
  _told;
  /** The module that is needed from the start. */
  _edition = 'page';

  constructor() {
    super();
    const listeners = {
      input: this._onInput,
      focusin: this._onFocusIn,
      focusout: this._onFocusOut,
      compositionstart: this._onCompositionStart,
      compositionend: this._onCompositionEnd,
    };
    for (const [name, listener] of Object.entries(listeners)) {
      this.addEventListener(name, listener.bind(this));
    }
  }

  /** The answers as a plain object: all there is to keep, to hand over, or to set again. */
  get answers() {
    return this._session ? JSON.parse(this._session.answers()) : { ...this._answers };
  }

  set answers(answers) {
    const json = JSON.stringify(answers ?? {});
    if (!this._session) this._answers = JSON.parse(json);
    // What holds them as its own state sets them again after every change.
    else if (json !== this._session.answers()) this._update(() => this._session.set_answers(json));
  }

  /** The last decision, or `undefined` before the first. */
  get decision() {
    return this._decision;
  }

  /** Forgets all answers. */
  reset() {
    this.answers = {};
  }

  connectedCallback() {
    adoptProperty(this, 'answers');
    queueMicrotask(() => this._load());
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (['pack', 'calendar', 'key'].includes(name)) queueMicrotask(() => this._load());
    else if (!this._session) return;
    else if (name === 'on') this._update(() => this._session.set_day(this._day()));
    else this._update(() => this._session.set_lang(this.lang));
  }

  /** The day of the request: what the attribute says, or today here. */
  _day() {
    return this.getAttribute('on') || today();
  }

  async _load() {
    const key = this.getAttribute('key');
    const files = [this.getAttribute('pack'), this.getAttribute('calendar'), key];
    if (!this.isConnected || String(files) === String(this._files)) return;
    this._files = files;
    try {
      if (files.slice(0, 2).includes(null)) throw refusal('no_file', '元素缺少 pack 或 calendar 属性。', 'the element has no `pack` or `calendar` attribute');
      const get = key === null ? read : (file) => readSigned(file, key);
      const [pack, calendar] = await Promise.all([get(files[0]), get(files[1]), start()]);
      if (files !== this._files) return;
      const session = await open(pack, calendar, this._day(), this._edition);
      await this._composed();
      if (files === this._files) this._begin(session);
      else session.free();
    } catch (error) {
      if (files !== this._files) return;
      this._files = undefined;
      fail(this, error);
    }
  }

  _begin(session) {
    session.set_lang(this.lang);
    const answers = this._session?.answers() ?? (this._answers && JSON.stringify(this._answers));
    const form = this.querySelector('form');
    if (answers) session.set_answers(answers);
    this._prepare(session);
    this._session?.free();
    this._session = session;
    this._update(() => session.mount(this, form && !answers ? this._fields() : undefined));
    this.toggleAttribute('data-live', true);
    tell(this, 'yc-ready');
  }

  /** What is told a session before it is shown. */
  _prepare() {}

  /** All fields that are shown, and a button that sends them last, as the Session reads them. */
  _fields(button) {
    const pairs = [...new FormData(this.querySelector('form'))];
    if (button && nameOf(button)) pairs.push([nameOf(button), button.value]);
    return JSON.stringify(pairs);
  }

  /** Runs a change of the session, which gives the new decision as text. */
  _update(change) {
    if (this._isComposing) {
      this._afterwards = [...(this._afterwards ?? []), () => this._update(change)];
      return;
    }
    clearTimeout(this._settle);
    try {
      this._decision = JSON.parse(change());
    } catch (error) {
      fail(this, error);
      return;
    }
    this._changed();
    tell(this, 'yc-decision', this._decision);
  }

  /** Tells of answers that are others than before. */
  _changed() {
    const json = this._session?.answers();
    if (json === undefined || json === this._told) return;
    this._told = json;
    tell(this, 'yc-change', JSON.parse(json));
  }

  _onInput(event) {
    const { target } = event;
    if (!this._session || !nameOf(target) || event.isComposing) return;
    this._edit(target, isText(target));
  }

  _edit(target, isTyping) {
    this._update(() => this._session.edit(this._fields(), nameOf(target), isTyping));
  }

  _onFocusIn({ target }) {
    if (isText(target)) clearTimeout(this._settle);
  }

  _onFocusOut({ target }) {
    if (!this._session || !isText(target)) return;
    this._settle = setTimeout(() => target.isConnected && this._edit(target, false), settleTime);
  }

  _onCompositionStart() {
    this._isComposing = true;
  }

  /** No `input` event follows the end of a composition in every browser: this is the event. */
  _onCompositionEnd({ target }) {
    this._isComposing = false;
    const afterwards = this._afterwards ?? [];
    this._afterwards = undefined;
    if (this._session && nameOf(target)) this._edit(target, true);
    for (const change of afterwards) change();
  }

  /** Settles when nothing is being composed. */
  _composed() {
    if (!this._isComposing) return undefined;
    return new Promise((resolve) => {
      this._afterwards = [...(this._afterwards ?? []), resolve];
    });
  }
}

/** The name of a field; inside a host's form it is none that the host's form sees. */
export const nameOf = (target) => target.name || target.dataset?.name;

const isText = (target) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['radio', 'checkbox', 'hidden', 'submit'].includes(target.type));
