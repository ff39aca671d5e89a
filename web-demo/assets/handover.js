// Takes over the answers that a kiosk put into the address.

import { fromFragment, hasAnswers } from './fragment.js';
import { note, say } from './words.js';

async function takeOver() {
  const { hash, pathname, search } = location;
  if (!hasAnswers(hash)) return;
  // Before anything else, so that nobody finds the answers in the address, or in the way back.
  history.replaceState(null, '', pathname + search);
  try {
    document.querySelector('yc-precheck').answers = await fromFragment(hash);
    note(say('已经接过自助机上的回答，可以接着办。', 'The answers from the kiosk are here; go on where you were.'));
  } catch {
    const zh = '二维码里的回答读不出来，可能没有扫全。请再扫一次，或者从头回答。';
    const en = 'The answers in the code cannot be read; it may not have been scanned whole. Scan it again, or answer anew.';
    note(say(zh, en), { role: 'alert' });
  }
}

addEventListener('hashchange', takeOver);
takeOver();
