// <yc-precheck>: a pre-check in a page, with what the server wrote or in an empty element.
//
// The element only listens: answers, decision and nodes are the business of the Session. Without
// it (no WebAssembly, a file that does not arrive) the form inside works by itself.

import { open, read, refusal, start, today } from '../runtime.js';
import { Base, adoptProperty, fail, tell } from './define.js';

/** A question of the size or language of the whole page, a form to fill in or to print: the server's answer. */
const forTheServer = new Set(['__form', '__large', '__lang', '__print']);

/** How long after leaving a field what is wrong with it is said, so that a click is not missed
 * because the message moves the button away. */
const settleTime = 250;

export class YcPrecheck extends Base {
  static observedAttributes = ['pack', 'calendar', 'on', 'lang'];

  #session;
  #decision;
  /** Answers that were set before there was a session. */
  #answers;
  #files;
  #isComposing = false;
  /** What to do when the composition has ended. */
  #afterwards;
  #settle;

  constructor() {
    super();
    const listeners = {
      input: this.#onInput,
      submit: this.#onSubmit,
      focusin: this.#onFocusIn,
      focusout: this.#onFocusOut,
      compositionstart: this.#onCompositionStart,
      compositionend: this.#onCompositionEnd,
    };
    for (const [name, listener] of Object.entries(listeners)) {
      this.addEventListener(name, listener.bind(this));
    }
  }

  /** The answers as a plain object: all there is to keep, to hand over, or to set again. */
  get answers() {
    return this.#session ? JSON.parse(this.#session.answers()) : { ...this.#answers };
  }

  set answers(answers) {
    const json = JSON.stringify(answers ?? {});
    if (!this.#session) this.#answers = JSON.parse(json);
    // What holds them as its own state sets them again after every change.
    else if (json !== this.#session.answers()) this.#update(() => this.#session.set_answers(json));
  }

  /** The last decision, or `undefined` before the first. */
  get decision() {
    return this.#decision;
  }

  /** Forgets all answers. */
  reset() {
    this.answers = {};
  }

  connectedCallback() {
    adoptProperty(this, 'answers');
    queueMicrotask(() => this.#load());
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === 'pack' || name === 'calendar') queueMicrotask(() => this.#load());
    else if (!this.#session) return;
    else if (name === 'on') this.#update(() => this.#session.set_day(this.#day()));
    else this.#update(() => this.#session.set_lang(this.lang));
  }

  /** The day of the request: what the attribute says, or today here. */
  #day() {
    return this.getAttribute('on') || today();
  }

  async #load() {
    const files = [this.getAttribute('pack'), this.getAttribute('calendar')];
    if (!this.isConnected || String(files) === String(this.#files)) return;
    this.#files = files;
    try {
      if (files.includes(null)) throw refusal('no_file', '元素缺少 pack 或 calendar 属性。', 'the element has no `pack` or `calendar` attribute');
      const [pack, calendar] = await Promise.all([...files.map(read), start()]);
      if (files !== this.#files) return;
      const session = await open(pack, calendar, this.#day());
      await this.#composed();
      if (files === this.#files) this.#begin(session);
      else session.free();
    } catch (error) {
      if (files !== this.#files) return;
      this.#files = undefined;
      fail(this, error);
    }
  }

  #begin(session) {
    session.set_lang(this.lang);
    const answers = this.#session?.answers() ?? (this.#answers && JSON.stringify(this.#answers));
    const form = this.querySelector('form');
    if (answers) session.set_answers(answers);
    this.#session?.free();
    this.#session = session;
    this.#update(() => session.mount(this, form && !answers ? fields(form) : undefined));
    this.toggleAttribute('data-live', true);
  }

  /** Runs a change of the session, which gives the new decision as text. */
  #update(change) {
    if (this.#isComposing) {
      this.#afterwards = [...(this.#afterwards ?? []), () => this.#update(change)];
      return;
    }
    clearTimeout(this.#settle);
    try {
      this.#decision = JSON.parse(change());
    } catch (error) {
      fail(this, error);
      return;
    }
    tell(this, 'yc-decision', this.#decision);
  }

  #onInput(event) {
    const { target } = event;
    if (!this.#session || !target.name || event.isComposing) return;
    this.#edit(target, isText(target));
  }

  #edit(target, isTyping) {
    this.#update(() => this.#session.edit(fields(target.form), target.name, isTyping));
  }

  #onFocusIn({ target }) {
    if (isText(target)) clearTimeout(this.#settle);
  }

  #onFocusOut({ target }) {
    if (!this.#session || !isText(target)) return;
    this.#settle = setTimeout(() => target.isConnected && this.#edit(target, false), settleTime);
  }

  #onSubmit(event) {
    const { target: form, submitter } = event;
    if (!this.#session) return;
    const isPrint = Boolean(submitter?.dataset.print);
    if (!isPrint && forTheServer.has(submitter?.name)) return;
    event.preventDefault();
    if (isPrint) {
      window.print();
      return;
    }
    this.#update(() => this.#session.submit(fields(form, submitter)));
    this.#showQuestion();
  }

  /** The reader goes where the page goes: to the question that is asked now. */
  #showQuestion() {
    const question = this.querySelector('[data-question], .finished');
    const field = question?.querySelector('input:checked, input:not([type=hidden])');
    const heading = question?.querySelector('h2');
    const error = question?.querySelector('.error');
    if (field) field.focus({ preventScroll: Boolean(error) });
    else if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
    error?.scrollIntoView({ block: 'center' });
  }

  #onCompositionStart() {
    this.#isComposing = true;
  }

  /** No `input` event follows the end of a composition in every browser: this is the event. */
  #onCompositionEnd({ target }) {
    this.#isComposing = false;
    const afterwards = this.#afterwards ?? [];
    this.#afterwards = undefined;
    if (this.#session && target.name) this.#edit(target, true);
    for (const change of afterwards) change();
  }

  /** Settles when nothing is being composed. */
  #composed() {
    if (!this.#isComposing) return undefined;
    return new Promise((resolve) => {
      this.#afterwards = [...(this.#afterwards ?? []), resolve];
    });
  }
}

const isText = (target) =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLInputElement && !['radio', 'checkbox', 'hidden', 'submit'].includes(target.type);

/** All fields of a form, the button that sends it last, as the Session reads them. */
function fields(form, submitter) {
  const pairs = [...new FormData(form)];
  if (submitter?.name) pairs.push([submitter.name, submitter.value]);
  return JSON.stringify(pairs);
}
