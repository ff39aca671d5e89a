// Notices that nobody is there any more: asks, counts down, and ends the visit.

/** How long somebody has to say that he is there, in seconds: WCAG 2.2, 2.2.1 asks for 20 at least. */
const grace = 20;
/** How often it looks, in milliseconds. */
const step = 250;
const signs = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchmove', 'compositionupdate', 'afterprint'];

export class Idle {
  #dialog;
  #seconds;
  #end;
  #timer;
  #last;

  /**
   * @param {HTMLDialogElement} dialog that asks; what is in its `[data-left]` counts down
   * @param {number} seconds without a sign after which it asks
   * @param {() => void} end what happens when nobody answers
   */
  constructor(dialog, seconds, end) {
    this.#dialog = dialog;
    this.#seconds = seconds;
    this.#end = end;
    for (const sign of signs) addEventListener(sign, (event) => this.#onSign(event), { capture: true, passive: true });
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.stay();
    });
  }

  /** Somebody begins. */
  start() {
    this.stay();
    this.#timer ??= setInterval(() => this.#look(), step);
  }

  /** Somebody is there. */
  stay() {
    this.#last = { steady: performance.now(), day: Date.now() };
    this.#dialog.close();
  }

  /** Nobody is there. */
  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#dialog.close();
  }

  /** What is pressed in the question is its answer; a hand that only moves over it is none. */
  #onSign({ type, target }) {
    if (this.#timer === undefined) return;
    if (!this.#dialog.open) this.stay();
    else if (type === 'pointerdown' && !target.closest?.('button')) this.stay();
  }

  /** Both clocks, as one of them stands still while the machine sleeps and the other can be set back. */
  #waited() {
    return Math.max(performance.now() - this.#last.steady, Date.now() - this.#last.day) / 1000;
  }

  #look() {
    const left = this.#seconds + grace - this.#waited();
    if (left <= 0) {
      this.#end();
      return;
    }
    if (left > grace) return;
    const words = String(Math.ceil(left));
    for (const place of this.#dialog.querySelectorAll('[data-left]')) {
      if (place.textContent !== words) place.textContent = words;
    }
    if (!this.#dialog.open) this.#dialog.showModal();
  }
}
