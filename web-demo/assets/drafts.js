// Drafts on this device: not kept at all, unless somebody asks for it, and then only under a
// passphrase that is kept nowhere.

import { openDraft, removeAll, hasDraft, saveDraft, shortest } from './vault.js';
import { make, note, say } from './words.js';

const element = document.querySelector('yc-precheck');
/** The pack's id, which is its address. */
const pack = location.pathname.slice(1);

const texts = {
  title: () => say('草稿', 'Drafts'),
  about: () =>
    say(
      '不保存，关上这一页，回答就没有了。保存的草稿只在这台设备上，用您的口令加密；忘了口令，谁也打不开。公用的电脑上请不要保存。',
      'Unless you save them, your answers are gone when this page is closed. A draft stays on this device only, encrypted with your passphrase; without it nobody can open the draft. Do not save on a shared computer.',
    ),
  passphrase: () => say('口令', 'Passphrase'),
  length: () => say(`至少 ${shortest} 个字符`, `At least ${shortest} characters`),
  save: () => say('保存草稿', 'Save a draft'),
  replace: () => say('保存，替换原来的草稿', 'Save in place of the old draft'),
  open: () => say('打开草稿', 'Open the draft'),
  close: () => say('关上', 'Close'),
  clear: () => say('清除我的数据', 'Clear my data'),
  clearHint: () =>
    say('删除这台设备上的全部草稿，清空这一页的回答。', 'Deletes every draft on this device and the answers on this page.'),
  there: () => say('这台设备上有这个事项的草稿。', 'There is a draft of this on this device.'),
  short: () => say(`口令太短：至少要 ${shortest} 个字符。`, `The passphrase is too short: at least ${shortest} characters.`),
  wrong: () =>
    say('口令不对，草稿没有打开，也没有丢。请再试一次。', 'The passphrase is wrong. The draft was not opened and is not lost; try again.'),
  failed: () => say('这台设备上存不了草稿，回答没有保存。', 'This device cannot keep drafts; the answers are not saved.'),
  saved: () => say('草稿已保存在这台设备上。', 'The draft is saved on this device.'),
  opened: () => say('草稿打开了，可以接着办。', 'The draft is open; go on where you were.'),
  cleared: () => say('这台设备上的草稿都删除了，这一页的回答也清空了。', 'All drafts on this device and the answers on this page are deleted.'),
  stuck: () =>
    say(
      '这一页的回答清空了，草稿没有删掉。请在浏览器的设置里清除本网站的数据。',
      'The answers on this page are deleted, the drafts are not. Clear the data of this site in the settings of the browser.',
    ),
  busy: () => say('正在加密或解密，请稍等。', 'Encrypting or decrypting; one moment.'),
};

const button = (text, kind, act) => {
  const made = make('button', text, { type: 'button', class: kind });
  made.addEventListener('click', act);
  return made;
};

class Drafts {
  #dialog = make('dialog', '', { class: 'drafts', 'aria-labelledby': 'drafts-title' });
  #field = make('input', '', { id: 'drafts-passphrase', type: 'password', autocomplete: 'off', 'aria-describedby': 'drafts-length' });
  #message = make('p', '', { role: 'alert', class: 'said' });
  #save = button('', 'primary', () => this.#do(() => this.#saveIt()));
  #open = button(texts.open(), 'plain', () => this.#do(() => this.#openIt()));

  constructor() {
    const label = make('label', texts.passphrase(), { for: 'drafts-passphrase' });
    const row = make('p', '', { class: 'row' });
    row.append(this.#save, this.#open, button(texts.close(), 'link', () => this.#dialog.close()));
    const clear = make('p', '', { class: 'clear-mine' });
    clear.append(button(texts.clear(), 'clear', () => this.#clear()), make('small', texts.clearHint()));
    this.#dialog.append(
      make('h2', texts.title(), { id: 'drafts-title' }),
      make('p', texts.about()),
      label,
      make('p', texts.length(), { id: 'drafts-length', class: 'hint' }),
      this.#field,
      this.#message,
      row,
      clear,
    );
    this.#dialog.addEventListener('close', () => this.#say(''));
    this.#field.addEventListener('keydown', ({ key, isComposing }) => {
      if (key === 'Enter' && !isComposing) (this.#open.hidden ? this.#save : this.#open).click();
    });
    document.body.append(this.#dialog);
    const nav = document.querySelector('.top nav');
    nav.append(button(texts.title(), 'link', () => this.show()), button(texts.clear(), 'link', () => this.#clear()));
  }

  async show() {
    const isThere = await hasDraft(pack).catch(() => false);
    this.#open.hidden = !isThere;
    this.#save.textContent = isThere ? texts.replace() : texts.save();
    this.#dialog.showModal();
    this.#field.focus();
  }

  /** One thing at a time; the passphrase is in the page no longer than it takes. */
  async #do(act) {
    if (this.#field.value.length < shortest) {
      this.#say(texts.short());
      this.#field.focus();
      return;
    }
    this.#wait(true);
    this.#say(texts.busy());
    const said = await act().catch(() => texts.failed());
    this.#wait(false);
    this.#field.value = '';
    if (this.#dialog.open && said) {
      this.#say(said);
      this.#field.focus();
    }
  }

  async #saveIt() {
    // Where the browser asks its user, the draft does not wait for what he says.
    navigator.storage?.persist?.();
    await saveDraft(pack, element.answers, this.#field.value);
    this.#end(texts.saved());
  }

  async #openIt() {
    const answers = await openDraft(pack, this.#field.value);
    if (!answers) return texts.wrong();
    element.answers = answers;
    return this.#end(texts.opened());
  }

  async #clear() {
    this.#field.value = '';
    element.reset();
    try {
      await removeAll();
      this.#end(texts.cleared());
    } catch {
      this.#dialog.close();
      note(texts.stuck(), { role: 'alert' });
    }
  }

  #end(said) {
    this.#dialog.close();
    note(said);
  }

  #wait(isWaiting) {
    for (const control of [this.#save, this.#open, this.#field]) control.disabled = isWaiting;
  }

  #say(text) {
    this.#message.textContent = text;
  }
}

// Keys and a place to keep things are there only where the connection is safe.
if (element && globalThis.crypto?.subtle && globalThis.indexedDB) {
  const drafts = new Drafts();
  const isThere = await hasDraft(pack).catch(() => false);
  if (isThere && !document.querySelector('.page-note')) {
    note(texts.there(), { button: button(texts.open(), 'plain', () => drafts.show()) });
  }
}
