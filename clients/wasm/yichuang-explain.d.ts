/**
 * The JSON of explanations: what goes into `POST /api/v1/explain` (`ExplainRequest`) and what comes out
 * (`Explanation`, or the `Problem` of `yichuang-wire.d.ts`). The command line gives the same:
 * `yichuang why … --json`.
 */

import type { AnswerError, Basis, Cause, DateText, FactKey, Request } from "./yichuang-wire.js";

/** What is explained: that an item can be granted, a material is brought, a check fails, a conflict or
 * a ground applies, a certificate is issued, a fee is charged, a rule holds or gives something, materials
 * may be missing, the verdict is this one. */
export type Target =
  | { item: string }
  | { material: string }
  | { check: string }
  | { conflict: string }
  | { certificate: string }
  | { not_required: string }
  | { not_competent: string }
  | { rule: string }
  | { fee: string }
  | { tolerance: "allowed" }
  | { verdict: "ready" | "correctable" | "refused" | "not_needed" };

/** One request for an explanation. */
export interface ExplainRequest extends Request {
  target: Target;
  /** The value to which changes are looked for; unless stated the one that it has not. */
  wanted?: boolean;
}

/** Why a result is so, what would change it, and what is left to ask. */
export interface Explanation {
  pack: { id: string; edition: string; digest: string };
  on: DateText;
  accepted_on: DateText;
  target: Target;
  /** What holds if the result is true, in words. */
  text: string;
  /** As in a decision; of a rule its number, day or option. */
  value: boolean | number | string | "undetermined";
  missing?: FactKey[];
  not_exact?: true;
  cannot_compute?: Cause;
  why: WhyPart;
  /** Absent for a rule that gives a number, a day or an option. */
  smallest_changes?: SmallestChanges;
  settling: Settling;
  assumed?: FactKey[];
  errors: AnswerError[];
}

/** A part of an explanation: of what holds the parts that hold, of what does not those that do not, of
 * what is open those that are open. */
export interface WhyPart {
  kind: "all" | "any" | "at_least" | "not" | "predicate" | "number" | "fact" | "row" | "constant" | "same";
  value?: boolean | number | string | "undetermined";
  cannot_compute?: Cause;
  /** What the part says, whether it holds or not: `从业人数不少于 3 人`. */
  text: string;
  /** The fact of a predicate, or one that counts in a number; the table of a row. */
  fact?: FactKey;
  /** What was answered. */
  actual?: boolean | number | string | string[];
  actual_text?: string;
  /** What would have to hold instead, in words. */
  needed?: string;
  /** Of `at_least`: how many must hold. */
  count?: number;
  /** Of `row`, whose `value` is whether it counts: which one of the table, from 0. */
  row?: number;
  /** The rows of a table that gave a number. */
  table?: string;
  /** Its number, where it stands in several places; `same` is one that was written before. */
  part?: number;
  /** What it is in the pack: `rule`, `item`, `condition`, `material` and others. */
  about?: string;
  id?: string;
  name?: string;
  basis?: Basis[];
  /** Parts of it were left out, because the explanation is too long. */
  cut?: true;
  parts?: WhyPart[];
}

/** The smallest sets of changes after which the result is as wanted. */
export interface SmallestChanges {
  wanted: boolean;
  sets: { changes: Change[]; text: string }[];
  /** The search was cut: there may be smaller sets, or others. */
  not_exact?: true;
  text: string;
}

/** One changed answer; every option of a set counts as one. */
export interface Change {
  fact: FactKey;
  name: string;
  from?: boolean | number | string | string[];
  to?: boolean | number | string | string[];
  /** Any text but those that conditions ask for. */
  any_other?: true;
  text: string;
}

/** The shortest list of questions that settles an open result, whatever is answered to them. */
export interface Settling {
  facts: { id: FactKey; name: string }[];
  /** Something else is needed that nobody is asked for, or that the citizen cannot say. */
  settles: boolean;
  not_exact?: true;
  text: string;
}
