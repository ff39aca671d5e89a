// <yc-form>: a form of a pack to be filled in, with what the server wrote, in an empty element, or as one
// field of a form of the host, whose value is the answers as JSON.

import { adoptProperty, tell } from './define.js';
import { Live, nameOf } from './live.js';

/** The size or language of the whole page, what is printed, and the way back: the server's answer. */
const forTheServer = new Set(['__large', '__lang', '__print']);
const isForTheServer = (button) =>
  forTheServer.has(button?.name) || (button?.name === '__go' && button.value === 'precheck');

/** The outermost row in which a field stands, or its place in the form. */
function placeOf(target) {
  let place = target.closest('.entry');
  for (let row = target.closest('.one-row'); row; row = row.parentElement.closest('.one-row')) place = row;
  return place;
}

/** The fields in a place that are sent, by their names in or out of a form. */
const sent = (place) =>
  [...place.querySelectorAll('input, textarea')]
    .filter((field) => nameOf(field) && (!['radio', 'checkbox'].includes(field.type) || field.checked))
    .map((field) => [nameOf(field), field.value]);

export class YcForm extends Live {
  static formAssociated = true;
  static observedAttributes = [...Live.observedAttributes, 'form-id'];

  #internals = this.attachInternals?.();
  #held = [];
  #isInner = false;
  /** The form of the host, while this listens to it. */
  #host;

  constructor() {
    super();
    this._edition = 'full';
    this.addEventListener('submit', (event) => this.#onSubmit(event));
    this.addEventListener('click', (event) => this.#onClick(event));
    this.addEventListener('keydown', (event) => this.#onKeyDown(event));
    // Radio buttons without a name know nothing of each other.
    this.addEventListener('input', ({ target }) => this.#uncheckOthers(target), { capture: true });
  }

  /** What is held already: `[{ fact, source, locked }]`. */
  get held() {
    return structuredClone(this.#held);
  }

  set held(held) {
    this.#held = structuredClone(held ?? []);
    if (this._session) this._update(() => this._session.set_held(JSON.stringify(this.#held)));
  }

  /** How many fields are wrong, or have to be filled in. */
  get left() {
    return this._session?.form_left() ?? 0;
  }

  get name() {
    return this.getAttribute('name') ?? '';
  }

  set name(name) {
    this.setAttribute('name', name);
  }

  get form() {
    return this.#internals?.form ?? null;
  }

  get validity() {
    return this.#internals?.validity;
  }

  get validationMessage() {
    return this.#internals?.validationMessage ?? '';
  }

  checkValidity() {
    return this.#internals?.checkValidity() ?? true;
  }

  reportValidity() {
    return this.#internals?.reportValidity() ?? true;
  }

  connectedCallback() {
    this.#isInner = Boolean(this.form);
    adoptProperty(this, 'held');
    super.connectedCallback();
  }

  attributeChangedCallback(name, before, after) {
    if (name !== 'form-id') super.attributeChangedCallback(name, before, after);
    else if (before !== after && this._session) this._update(() => this.#open(this._session));
  }

  formAssociatedCallback(form) {
    this.#host?.removeEventListener('submit', this.#beforeSubmit);
    this.#host = form ?? undefined;
    this.#host?.addEventListener('submit', this.#beforeSubmit);
  }

  formResetCallback() {
    this.reset();
  }

  formDisabledCallback(isDisabled) {
    this.inert = isDisabled;
  }

  formStateRestoreCallback(state) {
    if (typeof state === 'string') this.answers = JSON.parse(state);
  }

  /** A host may stop what is sent: `yc-beforesubmit` can be cancelled. */
  #beforeSubmit = (event) => {
    const detail = { answers: this.answers, left: this.left };
    if (!tell(this, 'yc-beforesubmit', detail, true)) event.preventDefault();
  };

  #open(session) {
    return session.open_form(this.getAttribute('form-id') || '*', this.#isInner);
  }

  _prepare(session) {
    this.#open(session);
    if (this.#held.length) session.set_held(JSON.stringify(this.#held));
  }

  /** The host's form sends the answers, and knows whether they are complete. */
  _changed() {
    super._changed();
    if (!this.#internals || !this._session) return;
    const { left } = this;
    this.#internals.setFormValue(this._session.answers());
    const words = this.lang.startsWith('en') ? `${left} to be filled in or put right` : `还有 ${left} 处没有填好`;
    const anchor = this.querySelector('.entry input:not([type=hidden]), .entry textarea, button') ?? undefined;
    if (left && anchor) this.#internals.setValidity({ customError: true }, words, anchor);
    else this.#internals.setValidity({});
  }

  /** What is asked elsewhere on the page has told of itself. */
  _edit(target, isTyping) {
    const place = placeOf(target);
    if (!place) super._edit(target, isTyping);
    else this._update(() => this._session.edit_part(JSON.stringify(sent(place)), nameOf(target), isTyping));
  }

  _fields(button) {
    if (!this.#isInner) return super._fields(button);
    const pairs = sent(this);
    if (button) pairs.push([nameOf(button), button.value]);
    return JSON.stringify(pairs);
  }

  #onSubmit(event) {
    const { submitter } = event;
    if (!this._session || isForTheServer(submitter)) return;
    event.preventDefault();
    this.#send(submitter);
  }

  #onClick(event) {
    const button = event.target.closest?.('button[data-name]');
    if (this._session && this.#isInner && button) this.#send(button);
  }

  /** Enter goes on, and does not send the host's form. */
  #onKeyDown(event) {
    const isField = event.target instanceof HTMLInputElement && event.target.type !== 'button';
    if (!this.#isInner || event.key !== 'Enter' || event.isComposing || !isField) return;
    event.preventDefault();
    const next = this.querySelector('button[data-name="__go"][value="next"]');
    if (this._session && next) this.#send(next);
  }

  #uncheckOthers(target) {
    if (!this.#isInner || target.type !== 'radio') return;
    for (const other of this.querySelectorAll(`input[type=radio][data-name="${CSS.escape(target.dataset.name)}"]`)) {
      if (other !== target) other.checked = false;
    }
  }

  #send(button) {
    this._update(() => this._session.submit(this._fields(button)));
    this.#show(button);
  }

  /** The reader goes where the page goes: to what is wrong, to what was added, or to the next step. */
  #show(button) {
    const name = button && nameOf(button);
    if (name !== '__go' && name !== '__layout') return;
    const place = this.querySelector('.problems') ?? this.querySelector('.filling-body h2');
    if (!place) return;
    place.tabIndex = -1;
    place.focus();
  }
}
