import type { YcError } from './error.js';
import type { Answers, Decision } from './yichuang-wire.js';

export type * from './error.js';
export type * from './yichuang-wire.js';

/**
 * A pre-check in a page: `<yc-precheck pack="/packs/….ycp" calendar="/calendars/….ycc">`.
 *
 * Attributes: `pack` and `calendar` (addresses), `key` (public keys, spaces between: what is not signed
 * with one of them is refused), `on` (the day of the request, `2014-11-18`; today unless stated) and
 * `lang` (`zh` or `en`). A change of any of them decides anew.
 *
 * An element that is taken over or filled has the attribute `data-live`.
 */
export class YcPrecheck extends HTMLElement {
  /** The answers as a plain object: all there is to keep, to hand over, or to set again. */
  answers: Answers;
  /** The last decision, or `undefined` before the first. */
  readonly decision: Decision | undefined;
  /** Forgets all answers. */
  reset(): void;
}

/** An answer that is held already: it stands in its field, with who holds it. */
export interface Held {
  /** The id of the fact, `applicant.name`. */
  fact: string;
  /** Who holds it, in words: `企业登记档案`. */
  source: string;
  /** It is shown, and cannot be changed. */
  locked?: boolean;
}

/**
 * A form of a pack to be filled in: `<yc-form pack="…" calendar="…" form-id="F-10">`.
 *
 * Attributes: those of `YcPrecheck`; `form-id` (the form, or all forms of the application as one where
 * it is left out) and `name`. It needs the full module.
 *
 * Inside a `<form>` of the host it is one field of it: it makes no form of its own, what it shows has
 * no `name`, its value is the answers as JSON text, and it is valid once nothing is left to fill in.
 */
export class YcForm extends HTMLElement {
  static readonly formAssociated: true;
  /** The answers as a plain object: all there is to keep, to hand over, or to set again. */
  answers: Answers;
  /** What is held already; the answers themselves are set with `answers`. */
  held: Held[];
  /** The last decision, or `undefined` before the first. */
  readonly decision: Decision | undefined;
  /** How many fields are wrong, or have to be filled in. */
  readonly left: number;
  /** The name under which the host's form sends the answers. */
  name: string;
  /** The form of the host, or `null`. */
  readonly form: HTMLFormElement | null;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  checkValidity(): boolean;
  reportValidity(): boolean;
  /** Forgets all answers. */
  reset(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'yc-form': YcForm;
    'yc-precheck': YcPrecheck;
  }
  interface HTMLElementEventMap {
    /** Once, when the element is shown; it bubbles. */
    'yc-ready': CustomEvent<null>;
    /** When the answers are others than before; it bubbles. */
    'yc-change': CustomEvent<Answers>;
    /** Before the host's form sends the answers of a `YcForm`; it bubbles, and `preventDefault()` stops it. */
    'yc-beforesubmit': CustomEvent<{ answers: Answers; left: number }>;
    /** After every change; it bubbles. */
    'yc-decision': CustomEvent<Decision>;
    /** There is no decision; it bubbles. */
    'yc-error': CustomEvent<YcError>;
  }
}
