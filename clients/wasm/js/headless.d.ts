import type { Explanation, Target } from './yichuang-explain.js';
import type { Answer, Answers, DateText, Decision, FactKey, Question } from './yichuang-wire.js';

export type * from './error.js';
export type { Explanation, Target } from './yichuang-explain.js';
export type * from './yichuang-wire.js';

/** A file: its address, a response, or its bytes. In Node an address may be a path or a `file:` URL. */
export type FileSource = string | URL | Response | Promise<Response> | ArrayBuffer | Uint8Array;

export interface Options {
  /** The compiled rules, `.ycp`. */
  pack: FileSource;
  /** The compiled calendar, `.ycc`. */
  calendar: FileSource;
  /**
   * The public keys of those whose rules are trusted, as `yichuang keygen` prints them, spaces between.
   * With it a file that is not signed by one of them is refused.
   */
  key?: string;
  /** The signatures, where they are not at the addresses of the files with `.sig` behind. */
  signatures?: { pack?: FileSource; calendar?: FileSource };
  /** The day of the request; today unless stated. */
  on?: DateText;
  /** The language of texts; Chinese unless stated. */
  lang?: 'zh' | 'en';
  /** What is answered already. */
  answers?: Answers;
  /**
   * `full` takes the full module from the start, which checks a pack from the inside before it trusts
   * it. Otherwise it is loaded where a pack needs it, and for `why`.
   */
  edition?: 'page' | 'full';
}

/**
 * Reads a pack and a calendar, and begins a pre-check.
 *
 * @throws {YcError} `not_loaded`, `module_damaged`, `wasm_refused`, a `SigningCode`, a `FileCode`, or `bad_date`
 * @example
 * const precheck = await load({ pack: '/packs/nine-in-one.ycp', calendar: '/calendars/cn.ycc' });
 * const decision = precheck.set('business.activities', ['catering']);
 */
export function load(options: Options): Promise<Precheck>;

/**
 * The decision on one set of answers.
 *
 * @throws {YcError} as `load`
 */
export function decide(options: Options): Promise<Decision>;

/** A pre-check without a page. It holds the answers; every change decides anew. */
export interface Precheck {
  /** The decision on the answers as they are. */
  readonly decision: Decision;
  /** What to ask next; `undefined` when no answer is needed any more. */
  readonly question: Question | undefined;
  /** All answers as a plain object: all there is to keep, to hand over, or to set again. */
  answers: Answers;
  /** The day of the request. Setting what is no day throws `bad_date` and changes nothing. */
  on: DateText;
  lang: 'zh' | 'en';
  /**
   * Answers one question and gives the new decision; `null` takes the answer back. What cannot be read
   * is kept as typed and named in `decision.errors`.
   */
  set(fact: FactKey, answer: Answer): Decision;
  /** Forgets all answers. */
  reset(): void;
  /**
   * Why a result is as it is, the smallest changes of answers that would change it, and what is left
   * to ask. The first call loads the full module.
   *
   * @param options `wanted`: the value to which changes are looked for; unless stated the one that it
   *   has not
   * @throws {YcError} `bad_target`, `unknown_target`, or as `load`
   */
  why(target: Target, options?: { wanted?: boolean }): Promise<Explanation>;
  /** Gives its memory back; afterwards it cannot be used. */
  close(): void;
}

/** A module: where it is, a response, its bytes, or compiled. */
export type Module = FileSource | WebAssembly.Module;

/**
 * A module, or a function that instantiates it, for hosts that do so in a way of their own:
 * `(imports) => WXWebAssembly.instantiate('/yichuang.wasm', imports)`.
 */
export type ModuleSource =
  | Module
  | Promise<Module>
  | ((imports: WebAssembly.Imports) =>
      | Module
      | WebAssembly.Instance
      | WebAssembly.WebAssemblyInstantiatedSource
      | Promise<Module | WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource>);

/**
 * Says where the modules are, before they are first needed: `page` is `yichuang.wasm`, `full` is
 * `full/yichuang.wasm`, for packs with tables of rows or joint plans and for `why`.
 */
export function provide(sources: { page?: ModuleSource; full?: ModuleSource }): void;
