// Keys on the screen for numbers, days and codes. They write into the field as a hand would, so the
// element hears of it in the ordinary way. Words need an input method, which is the system's.

export class Keypad {
  #pad;
  /** The field that is written in, and how it asked for the system's keys. */
  #field;
  #mode;
  #closing;

  constructor(pad) {
    this.#pad = pad;
    // A key that is pressed leaves the focus, and the place in the text, where they are.
    pad.addEventListener('pointerdown', (event) => event.preventDefault());
    pad.addEventListener('click', ({ target }) => this.#press(target.closest('button')));
    addEventListener('focusin', ({ target }) => this.#follow(target));
    addEventListener('focusout', ({ target }) => {
      // Later, so that what is being pressed does not move away.
      if (target === this.#field) this.#closing = setTimeout(() => this.close(), 250);
    });
  }

  close() {
    clearTimeout(this.#closing);
    this.#release();
    this.#pad.hidden = true;
    document.documentElement.style.removeProperty('--foot');
  }

  #follow(target) {
    if (this.#pad.contains(target)) {
      clearTimeout(this.#closing);
      return;
    }
    if (!isText(target)) return;
    clearTimeout(this.#closing);
    this.#release();
    this.#field = target;
    this.#mode = target.getAttribute('inputmode');
    const kind = kindOf(target, this.#mode);
    if (kind !== 'words') target.setAttribute('inputmode', 'none');
    this.#pad.dataset.kind = kind;
    this.#pad.querySelector('[data-of]').textContent = nameOf(target);
    this.#pad.hidden = false;
    // What is written in stays above the keys.
    document.documentElement.style.setProperty('--foot', `${this.#pad.offsetHeight}px`);
    headOf(target).scrollIntoView({ block: 'start' });
    target.scrollIntoView({ block: 'nearest' });
  }

  /** Gives the field back as the page knows it. */
  #release() {
    if (this.#mode === null) this.#field?.removeAttribute('inputmode');
    else if (this.#field) this.#field.setAttribute('inputmode', this.#mode);
    this.#field = undefined;
  }

  #press(button) {
    const field = this.#field;
    if (!button || !field?.isConnected) return;
    const { key, tool } = button.dataset;
    if (key) this.#write(key);
    else if (tool === 'delete') this.#delete();
    else if (tool === 'empty') this.#write('', 0, field.value.length);
    else if (tool === 'next') this.#next();
    else {
      this.close();
      field.blur();
    }
  }

  #delete() {
    const { selectionStart: from, selectionEnd: to } = this.#field;
    this.#write('', from === to ? Math.max(from - 1, 0) : from, to);
  }

  #write(text, from = this.#field.selectionStart, to = this.#field.selectionEnd) {
    this.#field.setRangeText(text, from, to, 'end');
    const inputType = text ? 'insertText' : 'deleteContentBackward';
    this.#field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text || null, inputType }));
  }

  /** The next field of the same group, or what Enter does. */
  #next() {
    const group = this.#field.closest('fieldset, [data-question]');
    const fields = [...(group?.querySelectorAll('input') ?? [])].filter(isText);
    const following = fields[fields.indexOf(this.#field) + 1];
    if (following) {
      following.focus();
      following.select();
      return;
    }
    const go = this.#field.closest('[data-question]')?.querySelector('button.primary');
    this.close();
    if (go) go.click();
    else document.activeElement?.blur();
  }
}

const isText = (target) => target instanceof HTMLInputElement && target.type === 'text';

function kindOf(field, mode) {
  if (mode === 'numeric' || mode === 'decimal') return mode;
  return field.classList.contains('code') ? 'code' : 'words';
}

/** Where the question or the group of a field begins. */
const headOf = (field) => field.closest('[data-question], fieldset') ?? field;

/** What is being written: the question or the group, and the name of the field in it. */
function nameOf(field) {
  const words = (node) => node?.textContent.trim() ?? '';
  const group = words(field.closest('fieldset')?.querySelector('legend'));
  const own = words(field.labels?.[0]);
  return [group, own].filter(Boolean).join(' · ');
}
