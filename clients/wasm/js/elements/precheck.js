// <yc-precheck>: a pre-check in a page, with what the server wrote or in an empty element.

import { Live } from './live.js';

/** A question of the size or language of the whole page, a form to fill in or to print: the server's answer. */
const forTheServer = new Set(['__form', '__large', '__lang', '__print']);

export class YcPrecheck extends Live {
  constructor() {
    super();
    this.addEventListener('submit', (event) => this.#onSubmit(event));
  }

  #onSubmit(event) {
    const { submitter } = event;
    if (!this._session) return;
    const isPrint = Boolean(submitter?.dataset.print);
    if (!isPrint && forTheServer.has(submitter?.name)) return;
    event.preventDefault();
    if (isPrint) {
      window.print();
      return;
    }
    this._update(() => this._session.submit(this._fields(submitter)));
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
}
