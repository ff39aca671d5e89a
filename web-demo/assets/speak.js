// Reads a question out, where the browser has a voice for the language: the large view only.

import { make, say } from './words.js';

const lang = document.documentElement.lang;

/** What is read: the words of a card, without what stands in its fields. */
function words(card) {
  const copy = card.cloneNode(true);
  for (const silent of copy.querySelectorAll('[hidden], .speak, .row, button, .heard')) silent.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

function speak(card) {
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(words(card));
  utterance.lang = lang;
  utterance.rate = 0.85;
  speechSynthesis.speak(utterance);
}

const hasVoice = () => speechSynthesis.getVoices().some((voice) => voice.lang.toLowerCase().startsWith(lang.slice(0, 2)));

function offer() {
  if (!hasVoice()) return;
  for (const card of document.querySelectorAll('.filling .card')) {
    if (card.querySelector('.speak')) continue;
    const button = make('button', say('读给我听', 'Read this out'), { type: 'button', class: 'plain speak' });
    button.addEventListener('click', () => speak(card));
    card.querySelector('h2')?.after(button);
  }
}

if ('speechSynthesis' in window && document.documentElement.classList.contains('large')) {
  speechSynthesis.addEventListener('voiceschanged', offer);
  window.addEventListener('pagehide', () => speechSynthesis.cancel());
  offer();
}
