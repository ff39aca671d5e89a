/**
 * The JSON of Yichuang: the question to put next; see `yichuang-wire.d.ts`.
 */

import type { FactKey } from "./yichuang-wire.js";

/** A question with its words; `kind` says what else it has, and what its answer is. */
export type Question = Kinds & {
  fact: FactKey;
  text: string;
  why?: string;
};

/** A column 列 of a table; a cell is answered like a fact. */
export type Column = Kinds & {
  /** The key of its cell in a row. */
  id: string;
  /** The question as it is put; absent where the name will do. */
  text?: string;
};

/** What a question and a column have in common. */
export type Kinds = YesNo | NumberKind | DateKind | TextKind | ChoiceKind | TableKind;

/** What all kinds have. */
export interface Kind {
  name: string;
  help?: string;
}

/** Answered by `true` or `false`. */
export interface YesNo extends Kind {
  kind: "bool";
}

/** Answered by a number, or as typed: integers are numbers, decimals texts such as "0.50". */
export interface NumberKind extends Kind {
  kind: "integer" | "decimal" | "money";
  /** The unit in words; of money it is yuan. */
  unit?: string;
  min?: number | string;
  max?: number | string;
  /** How many decimal places may be typed; absent for whole numbers. */
  places?: number;
}

/** Answered by a `DateText`. */
export interface DateKind extends Kind {
  kind: "date";
}

/** Answered by a text. */
export interface TextKind extends Kind {
  kind: "text";
  format?: "uscc" | "id_no" | "org_code" | "mobile" | "phone" | "postcode" | "person_name";
  /** What "there is none" is called; its answer is the empty text. */
  none?: string;
}

/** Answered by the id of an option, or by a list of ids. */
export interface ChoiceKind extends Kind {
  kind: "choice" | "choices";
  /** Those that are offered in this case. */
  options: { id: string; name: string; hint?: string }[];
}

/** Answered by rows. */
export interface TableKind extends Kind {
  kind: "table";
  /** What each row holds; a column may be a table of its own, whose columns are none. */
  columns: Column[];
  max_rows: number;
}
