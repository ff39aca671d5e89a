import type { YcError } from './error.js';
import type { Answers, Decision } from './yichuang-wire.js';

export type * from './error.js';
export type * from './yichuang-wire.js';

/**
 * A pre-check in a page: `<yc-precheck pack="/packs/….ycp" calendar="/calendars/….ycc">`.
 *
 * Attributes: `pack` and `calendar` (addresses), `on` (the day of the request, `2014-11-18`; today
 * unless stated) and `lang` (`zh` or `en`). A change of any of them decides anew.
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

declare global {
  interface HTMLElementTagNameMap {
    'yc-precheck': YcPrecheck;
  }
  interface HTMLElementEventMap {
    /** After every change; it bubbles. */
    'yc-decision': CustomEvent<Decision>;
    /** There is no decision; it bubbles. */
    'yc-error': CustomEvent<YcError>;
  }
}
