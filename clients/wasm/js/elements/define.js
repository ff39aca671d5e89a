// What elements have in common.

/** On a server there are no elements: there they are imported and no more. */
export const Base = globalThis.HTMLElement ?? class {};

/** Registers an element, unless there is one of that name or this is no page. */
export function define(name, element) {
  const { customElements } = globalThis;
  if (customElements && !customElements.get(name)) customElements.define(name, element);
}

/** Tells of something; `false` if it could be cancelled and was. */
export const tell = (element, name, detail, cancelable = false) =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));

/** A form that stands there goes on working by itself; an empty element says what is wrong. */
export function fail(element, error) {
  console.error(error);
  if (!element.querySelector('form')) {
    const message = document.createElement('p');
    message.setAttribute('role', 'alert');
    message.textContent = words(error, element.lang);
    element.replaceChildren(message);
  }
  tell(element, 'yc-error', error);
}

function words(error, lang) {
  if (lang.startsWith('en')) return `The pre-check cannot be shown: ${error.en ?? error.message}`;
  return `预审页面显示不了：${error.zh ?? error.message}`;
}

/** A property that was set before the element was defined hides the one of the class. */
export function adoptProperty(element, name) {
  if (!Object.hasOwn(element, name)) return;
  const value = element[name];
  delete element[name];
  element[name] = value;
}
