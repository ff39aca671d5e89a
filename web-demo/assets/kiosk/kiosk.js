// The kiosk: one person after another on one page. Answers are in the element and nowhere else,
// and with the end of a visit the whole page goes, its memory with it.

import '../yichuang/elements.js';
import { useNewest, worker } from '../offline.js';
import { Idle } from './idle.js';
import { Keypad } from './keypad.js';
import { Phone } from './phone.js';

const find = (selector) => document.querySelector(selector);
const root = document.documentElement;
const main = find('main');
const place = find('[data-place]');
const actions = find('.actions');
const runs = find('.runs');
const keypad = new Keypad(find('.keypad'));
const phone = new Phone(find('#phone'), main.dataset.phone ?? location.origin);
const idle = new Idle(find('#still-there'), Number(main.dataset.idle), wipe);

/** How often a kiosk that nobody uses asks for new rules. */
const renewal = 600_000;

/** What the buttons do, by their `data-do`. */
const deeds = {
  start: ({ dataset }) => {
    // Where the browser was not started as a kiosk; one that refuses shows the same in its window.
    root.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => undefined);
    speak(dataset.lang);
    idle.start();
    show('list');
  },
  choose: ({ dataset }) => begin(dataset),
  list: () => {
    drop();
    show('list');
  },
  language: () => speak(root.lang === 'en' ? 'zh-CN' : 'en'),
  print: () => print(),
  phone: () => phone.show(element(), root.lang),
  close: (button) => button.closest('dialog').close(),
  stay: () => idle.stay(),
  clear: () => wipe(),
  done: () => wipe(),
};

const element = () => place.firstElementChild;
const screen = () => main.dataset.screen;

/** Shows one screen, from its top. */
function show(name) {
  main.dataset.screen = name;
  for (const one of document.querySelectorAll('[data-screen]:not(main)')) one.hidden = one.dataset.screen !== name;
  actions.hidden = name !== 'visit';
  runs.hidden = name !== 'visit';
  scrollTo(0, 0);
  find(`.screen.${name} h1`)?.focus({ preventScroll: true });
}

function speak(lang) {
  root.lang = lang;
  if (element()) element().lang = lang;
  for (const day of document.querySelectorAll('[data-runs=on]')) sayDay(day);
}

/** A new element for each person: nothing of the one before is in it. */
function begin({ pack, id }) {
  const made = document.createElement('yc-precheck');
  made.setAttribute('pack', pack);
  made.setAttribute('calendar', main.dataset.calendar);
  if (main.dataset.trusted) made.setAttribute('key', main.dataset.trusted);
  if (main.dataset.on) made.setAttribute('on', main.dataset.on);
  made.lang = root.lang;
  made.addEventListener('yc-decision', ({ detail }) => sayRuns(detail));
  find('[data-runs=name]').replaceChildren(find(`[data-id="${id}"] .name > *`).cloneNode(true));
  place.replaceChildren(made);
  show('visit');
}

/** Which rules decide, and for which day. */
function sayRuns({ pack, on }) {
  for (const [name, value] of [['pack', pack.id], ['edition', pack.edition]]) {
    for (const one of document.querySelectorAll(`[data-runs=${name}]`)) one.textContent = value;
  }
  for (const one of document.querySelectorAll('[data-runs=on]')) {
    one.dataset.day = on;
    sayDay(one);
  }
}

function sayDay(one) {
  if (!one.dataset.day) return;
  const format = new Intl.DateTimeFormat(one.closest('[lang]').lang === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long', timeZone: 'UTC' });
  one.textContent = format.format(new Date(one.dataset.day));
}

/** Forgets the person: the answers are overwritten, the element and all that was opened go, and then
 * the page is loaded anew, which gives back the memory of the module and takes new rules into use. */
function wipe() {
  forget();
  renew();
}

function forget() {
  idle.stop();
  drop();
  root.lang = 'zh-CN';
  show('attract');
}

/** Ends the pre-check that is open. */
function drop() {
  phone.close();
  keypad.close();
  element()?.reset();
  place.replaceChildren();
  getSelection().removeAllRanges();
  for (const day of document.querySelectorAll('[data-runs=on]')) delete day.dataset.day;
}

/** A page that would not arrive is not gone to: this one works as well. Where new rules wait, it is
 * their worker that loads the page anew. */
async function renew() {
  const registration = await worker;
  if (registration?.waiting) {
    useNewest(registration);
    return;
  }
  const response = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined);
  if (response?.ok && screen() === 'attract') location.replace(location.href);
}

/** New rules are fetched in the background, and used when nobody is in the midst of a pre-check. */
async function watchForNewRules() {
  const registration = await worker;
  if (!registration) return;
  // The copy is what the kiosk runs on: a full disk must not take it away.
  navigator.storage?.persist?.();
  const useAtAttract = () => screen() === 'attract' && useNewest(registration);
  registration.addEventListener('updatefound', () => {
    registration.installing.addEventListener('statechange', useAtAttract);
  });
  // The first worker of all takes over a page that is as new as itself.
  let hasWorker = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hasWorker && screen() === 'attract') location.replace(location.href);
    hasWorker = true;
  });
  useAtAttract();
  setInterval(() => screen() === 'attract' && registration.update().catch(() => undefined), renewal);
}

addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button) deeds[button.dataset.do](button);
  // A way to a part of the page is gone without an entry in the history; there is no way out of it.
  const link = event.target.closest('a[href]');
  if (!link) return;
  event.preventDefault();
  const goal = link.hash && document.getElementById(link.hash.slice(1));
  goal?.scrollIntoView();
  goal?.focus({ preventScroll: true });
});

// Another size, another language or a form would leave the page, and the answers with it.
addEventListener(
  'submit',
  (event) => {
    if (event.submitter?.dataset.print || !/^__(large|lang|print)$/.test(event.submitter?.name ?? '')) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

addEventListener('contextmenu', (event) => event.preventDefault());
addEventListener('dragstart', (event) => event.preventDefault());
addEventListener('pagehide', forget);
addEventListener('pageshow', ({ persisted }) => persisted && wipe());

show('attract');
watchForNewRules();
