// Hands the answers over to a phone: a code with an address that carries them in its fragment.

import { toFragment } from '../fragment.js';
import { encode } from './uqr.js';

/** A code of 117 by 117 fields, the largest that phones read off a screen without trouble; and how
 * many bytes it holds (ISO/IEC 18004, version 25, level L). */
const largest = { version: 25, bytes: 1273 };
/** How many light fields there must be around it. */
const border = 4;
const svg = 'http://www.w3.org/2000/svg';

export class Phone {
  #dialog;
  #origin;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {string} origin the address under which phones reach the site
   */
  constructor(dialog, origin) {
    this.#dialog = dialog;
    this.#origin = origin;
    dialog.addEventListener('close', () => this.#clear());
  }

  async show(element, lang) {
    if (!element?.decision) return;
    this.#clear();
    this.#dialog.showModal();
    try {
      const address = this.#origin + page(element, lang) + (await toFragment(element.answers));
      if (!this.#dialog.open) return;
      if (new TextEncoder().encode(address).length > largest.bytes) this.#say('large');
      else this.#draw(address);
    } catch (error) {
      console.error(error);
      this.#say('failed');
    }
  }

  close() {
    this.#dialog.close();
  }

  #draw(address) {
    const options = { ecc: 'L', boostEcc: true, maxVersion: largest.version, border };
    this.#dialog.querySelector('[data-code]').replaceChildren(picture(encode(address, options)));
    this.#dialog.querySelector('[data-address]').textContent = address.split('#')[0];
    this.#say('code');
  }

  #say(name) {
    for (const words of this.#dialog.querySelectorAll('[data-phone]')) words.hidden = words.dataset.phone !== name;
  }

  #clear() {
    this.#say('');
    this.#dialog.querySelector('[data-code]').replaceChildren();
    this.#dialog.querySelector('[data-address]').textContent = '';
  }
}

/** The citizen's page of the same pack, day and language. */
function page(element, lang) {
  const query = new URLSearchParams();
  if (element.hasAttribute('on')) query.set('on', element.getAttribute('on'));
  if (lang === 'en') query.set('lang', 'en');
  return `/${element.decision.pack.id}${query.size ? `?${query}` : ''}`;
}

/** Dark fields as one path, each stretch of a row a rectangle. */
function picture({ size, data }) {
  const drawing = document.createElementNS(svg, 'svg');
  const title = document.createElementNS(svg, 'title');
  title.textContent = 'QR';
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', data.flatMap((row, y) => stretches(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)).join(''));
  drawing.setAttribute('viewBox', `0 0 ${size} ${size}`);
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('shape-rendering', 'crispEdges');
  drawing.append(title, path);
  return drawing;
}

/** Where dark fields begin in a row, and how many follow each other. */
function stretches(row) {
  const found = [];
  row.forEach((isDark, x) => {
    if (!isDark) return;
    const last = found.at(-1);
    if (last && last[0] + last[1] === x) last[1] += 1;
    else found.push([x, 1]);
  });
  return found;
}
