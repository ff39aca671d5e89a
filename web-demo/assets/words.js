// What the scripts of a page say, in its language.

/** The text in the language of the page. */
export const say = (zh, en) => (document.documentElement.lang.startsWith('en') ? en : zh);

/** An element with this text, and these attributes. */
export function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Says something above the page, in the place of what was said there before. */
export function note(text, { role = 'status', button } = {}) {
  document.querySelector('.page-note')?.remove();
  const line = make('div', '', { class: `page-note ${role}` });
  line.append(make('p', text, { role }), ...(button ? [button] : []));
  document.querySelector('main').prepend(line);
}
