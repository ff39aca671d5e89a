/**
 * What is thrown, and what `yc-error` brings: an `Error` with a code for programs, and with its message
 * in Chinese and in English for people.
 */
export interface YcError extends Error {
  code: ErrorCode;
  /** The message in Chinese. */
  zh: string;
  /** The message in English. */
  en: string;
}

/** Why something cannot be done at all. */
export type ErrorCode = LoadingCode | SigningCode | FileCode | RequestCode;

/** The module does not run, or something did not arrive. */
export type LoadingCode =
  /** An address gave nothing, or something other than 200. */
  | 'not_loaded'
  /** No pack or no calendar was named. */
  | 'no_file'
  /** `yichuang/slim` without a `provide`. */
  | 'no_module'
  /** `yichuang.wasm` is cut off, or another version than the script. */
  | 'module_damaged'
  /** The browser or the policy of the page does not allow WebAssembly. */
  | 'wasm_refused';

/** A key is configured, and a file cannot be shown to be signed with it. */
export type SigningCode =
  /** The key is none. */
  | 'bad_key'
  /** There is no signature beside the file. */
  | 'not_signed'
  /** The file was changed, or signed with another key. */
  | 'bad_signature'
  /** No WebCrypto with Ed25519: the page is not served over https, or the browser is old. */
  | 'cannot_verify';

/** A `.ycp` or `.ycc` file cannot be used. */
export type FileCode =
  | 'file_other_kind'
  /** It was written by a newer program: this package is to be updated. */
  | 'file_newer'
  | 'file_no_version'
  | 'file_truncated'
  /** Its content does not match its digest. */
  | 'file_damaged'
  | 'file_trailing'
  /** It contradicts itself; only the full module looks for that. */
  | 'file_invalid';

/** What was asked cannot be understood. */
export type RequestCode =
  | 'answers_not_object'
  | 'bad_date'
  /** What is held already is no list of `{ fact, source, locked }`. */
  | 'bad_held'
  | 'bad_lang'
  | 'bad_target'
  | 'bad_wanted'
  | 'not_json'
  | 'too_large'
  /** The pack has no such form to be filled in. */
  | 'unknown_form'
  | 'unknown_target';
