/**
 * The JSON of Yichuang: what goes in (`Request`) and what comes out (`Decision`, `Problem`).
 *
 * The same text comes from the browser, the server (`POST /api/v1/decide`) and the command line.
 * Ids are those of the pack; texts are in the language of the request. Dates are `YYYY-MM-DD`,
 * money is in yuan with two places. Optional properties are left out where they are empty.
 */

import type { JointPlan } from "./yichuang-joint.js";
import type { Question } from "./yichuang-question.js";

export type * from "./yichuang-joint.js";
export type * from "./yichuang-question.js";

// Request

/** A civil date, `YYYY-MM-DD`. */
export type DateText = string;

/** The id of a fact: `business.activities`. */
export type FactKey = string;

/** An answer as typed; absent or `null` means not answered, `{unsure: true}` 说不清. */
export type Answer = boolean | number | string | string[] | Row[] | { unsure: true } | null;

/** A row of a table, from the ids of columns to its cells. */
export interface Row {
  [column: string]: Answer;
}

/** All answers: the only state of a pre-check. */
export type Answers = Record<FactKey, Answer>;

/** One request. */
export interface Request {
  /** The id of the pack: `putian/nine-in-one`. */
  pack?: string;
  /** The day of the request; today unless stated. */
  on?: DateText;
  /** The language of texts; Chinese unless stated. */
  lang?: "zh" | "en";
  answers?: Answers;
}

// Decision

/** The pack 规则包 that decided. */
export interface Pack {
  id: string;
  edition: string;
  digest: string;
  /** The packs that it extends, the nearest first. */
  layers?: { id: string; edition: string }[];
  /** What it has otherwise than these: what is changed, how it was (absent for what is new), how it is. */
  overrides?: { target: string; old?: string; new: string; basis: Basis[] }[];
}

/** A pre-check decision 预审结论; `verdict` says which of the two it is. */
export type Decision = SettledDecision | OpenDecision;

/** A decision whose verdict no further answer changes. */
export interface SettledDecision extends DecisionParts {
  /** 可以受理 · 需要补正 · 不予受理 · 无需申请. */
  verdict: "ready" | "correctable" | "refused" | "not_needed";
  verdict_missing?: undefined;
  not_exact?: undefined;
  ask_at_window?: undefined;
}

/** A decision whose verdict hangs on what is not answered. */
export interface OpenDecision extends DecisionParts {
  verdict: "undetermined";
  /** The facts on which it hangs. */
  verdict_missing?: FactKey[];
  /** Not every fact of `verdict_missing` was seen to matter. */
  not_exact?: true;
  /** It hangs on nothing but what the citizen cannot say: to be asked at the window. */
  ask_at_window?: true;
}

/** What every decision has. */
export interface DecisionParts {
  pack: Pack;
  calendar: { id: string; digest: string; settled_until: DateText };
  on: DateText;
  /** The date from which periods run. */
  accepted_on: DateText;
  /** Which date selects the versions of rules. */
  versions_by: "received" | "accepted" | "decided";
  /** That date; absent while it is not known. */
  version_date?: DateText;
  /** That date lies before this day, the first one of the pack. */
  not_yet_in_force?: DateText;
  /** What has no version on that date any more. */
  expired_version?: Expired[];
  items: Item[];
  certificates: Certificate[];
  /** Who handles the items, the lead first. */
  authorities: Authority[];
  /** What the lead sends to the other authorities. */
  copy_notices?: CopyNotice[];
  /** Grounds 不受理 that apply. */
  not_required: Ground[];
  /** Grounds 不予受理 that apply. */
  not_competent: Ground[];
  /** Conflicts of items that apply. */
  conflicts: Conflict[];
  /** Checks that failed. */
  checks: Check[];
  /** The ids of grounds that may apply, depending on what is not answered yet. */
  open_grounds: string[];
  open_conflicts: string[];
  open_checks: string[];
  /** What the rules leave to the window, where it matters or may matter. */
  to_be_judged: Judged[];
  /** Every material of the pack, in the order of the sheet; empty while a conflict applies. */
  materials: Material[];
  /** How many materials are certainly required. */
  merged_count: number;
  /** How many pieces the items would need one by one. */
  separate_count: number;
  /** Absent while nothing is applied for or a conflict applies. */
  periods?: Periods;
  steps: Step[];
  /** What several departments do together; absent where the pack has no joint plan or nothing is applied for. */
  joint_plan?: JointPlan;
  tolerance: Tolerance;
  fees: Fee[];
  /** The sums of what is due and of what is payable, open while a fee or a relief is. */
  due_total: Money;
  payable_total: Money;
  /** What is payable of what is due, in percent with one place; absent where nothing is due. */
  ratio?: string;
  /** The fees are paid after the service. */
  pay_after_service?: true;
  /** The values of the rules that are shown. */
  values: DerivedValue[];
  /** The documents that are filled in or issued. */
  documents: { id: string; name: string }[];
  /** The facts on which open results hang, in the order of the pack. */
  missing: Missing[];
  /** The fact to ask next. */
  next_question?: FactKey;
  /** The same with all that is needed to put it. */
  question?: Question;
  /** Facts that are assumed while they are not answered. */
  assumed: FactKey[];
  /** Answers that could not be read; their facts count as not answered. */
  errors: AnswerError[];
  receipt: Receipt;
}

/** The last day of all versions of something. */
export interface Expired {
  what:
    | "pack"
    | "param"
    | "rule"
    | "item"
    | "condition"
    | "statutory"
    | "validity"
    | "certificate"
    | "ground"
    | "conflict"
    | "check"
    | "material";
  /** The id of the entry; of a condition `<item>.<condition>`. */
  id: string;
  name: string;
  to: DateText;
}

/** Where a rule, number or material comes from. */
export interface Basis {
  confidence: "report" | "source" | "unverified" | "pack_default";
  citation: string;
}

/** Facts on which an open quantity or date hangs, or that it cannot be computed. */
export type Undetermined =
  | { undetermined: FactKey[]; not_exact?: true }
  | { cannot_compute: Cause };

/** The value of a rule that is shown: numbers in the unit that `text` names, decimals and dates as texts, options by id. */
export interface DerivedValue {
  id: string;
  name: string;
  /** Absent while it is open. */
  value?: boolean | number | string;
  /** In words, with its unit. */
  text?: string;
  missing?: FactKey[];
  not_exact?: true;
  cannot_compute?: Cause;
  basis: Basis[];
}

/** Why a number cannot be computed, whatever is answered. */
export type Cause = "not_in_force" | "overflow" | "division_by_zero" | "calendar" | "no_such_part" | "empty";

/** A number that may be open. */
export type Quantity = number | Undetermined;

/** An amount in yuan that may be open. */
export type Money = string | Undetermined;

/** A last day: settled, a lower bound until a holiday notice is published, or open. Which of them it is
 * says the property: `"on" in due`. */
export type Due =
  | { on: DateText }
  | { not_before: DateText; until_notice_for: number }
  | { calendar_missing: number }
  | Undetermined;

/** An item 事项 that is, or may be, applied for; `outcome` says which of the two it is. */
export type Item = DecidedItem | OpenItem;

/** An item that can be granted, or that cannot. */
export interface DecidedItem extends ItemParts {
  outcome: "pass" | "fail";
  missing?: undefined;
  not_exact?: undefined;
  cannot_compute?: undefined;
  ask_at_window?: undefined;
}

/** An item of which that hangs on what is not answered. */
export interface OpenItem extends ItemParts {
  outcome: "undetermined";
  missing?: FactKey[];
  not_exact?: true;
  cannot_compute?: Cause;
  /** It hangs on nothing but what the citizen cannot say. */
  ask_at_window?: true;
}

/** What every item has. */
export interface ItemParts {
  id: string;
  name: string;
  note?: string;
  selected: true | "undetermined";
  /** Why it fails. */
  reasons: Reason[];
  /** In workdays. */
  statutory_days?: number;
  statutory_due?: Due;
  statutory_basis?: Basis[];
  validity_years?: number;
  validity_basis?: Basis[];
  basis: Basis[];
}

/** A condition that is not met. */
export interface Reason {
  id: string;
  message: string;
  basis: Basis[];
}

/** A part of the law that is not encoded: the window judges it. */
export interface Judged {
  article: string;
  reason: string;
  /** The entry to which it belongs. */
  beside?: { what: "item" | "rule" | "condition" | "check" | "material"; id: string; name: string };
  /** Whether it matters hangs on what is not answered yet. */
  open?: true;
  basis: Basis[];
}

/** A certificate 证照 and the items whose licences it holds. */
export interface Certificate {
  id: string;
  name: string;
  items: string[];
  basis: Basis[];
}

/** An authority and its items. */
export interface Authority {
  authority: string;
  /** The window's authority, which leads. */
  lead?: true;
  items: string[];
}

/** A copy notice 抄告. */
export interface CopyNotice {
  authority: string;
  items: string[];
  on: DateText;
  reply_by?: Due;
}

/** A ground not to accept. */
export interface Ground {
  id: string;
  message: string;
  /** The competent authority. */
  competent?: string;
  basis: Basis[];
}

/** Items that exclude each other. */
export interface Conflict {
  id: string;
  items: string[];
  message: string;
  /** The fact that is asked again. */
  reopens: FactKey;
  basis: Basis[];
}

/** A failed check 核验. */
export interface Check {
  id: string;
  severity: "error" | "warning" | "notice";
  message: string;
  /** The fact beside which it is shown. */
  fact?: FactKey;
  basis: Basis[];
}

/** A material 材料; `status` says which of the three it is. */
export type Material = NeededMaterial | UnneededMaterial | LocallyWaivedMaterial;

/** A material that is, or may be, required. */
export interface NeededMaterial extends MaterialParts {
  status: "required" | "undetermined";
  /** What the citizen ticked. */
  state: "provided" | "missing" | "defective" | "unknown";
  waived_basis?: undefined;
}

/** A material that nobody brings: it is not needed, made in the same application, or shared by others. */
export interface UnneededMaterial extends MaterialParts {
  status: "not_required" | "waived_internal" | "waived_shared";
  state?: undefined;
  waived_basis?: undefined;
}

/** A material that nobody brings here, though the law above asks for it. */
export interface LocallyWaivedMaterial extends MaterialParts {
  status: "waived_local";
  state?: undefined;
  /** Why nobody brings it here. */
  waived_basis?: Basis[];
}

/** What every material has. */
export interface MaterialParts {
  id: string;
  /** What it is called in this case. */
  name: string;
  needed_by: string[];
  /** The item of the same application that produces it. */
  produced_by?: string;
  /** How many are handed in. */
  originals: number;
  /** Those of all items that certainly need it together. */
  copies: number;
  /** An item that may need it takes more. */
  copies_open?: true;
  /** The original is shown along with the copy 验原件. */
  show_original: boolean;
  /** May be handed in later 容缺. */
  deferrable: boolean;
  note?: string;
  missing?: FactKey[];
  not_exact?: true;
  cannot_compute?: Cause;
  /** It hangs on nothing but what the citizen cannot say. */
  ask_at_window?: true;
  /** The answers on which the status rests. */
  why: { fact?: FactKey; text: string }[];
  basis: Basis[];
}

/** The periods 时限 of the whole application, in workdays. */
export interface Periods {
  statutory_sum: Quantity;
  promised_days: Quantity;
  saved_days: Quantity;
  promised_due: Due;
  /** The years of the holiday notices by which the last day was reckoned. */
  notices: number[];
  basis: Basis[];
}

/** A step 环节 with its last day. */
export interface Step {
  id: string;
  name: string;
  /** In workdays. */
  days: number;
  due?: Due;
}

/** Acceptance with secondary materials missing 容缺. */
export interface Tolerance {
  status: "not_applicable" | "allowed" | "refused" | "undetermined";
  reasons: ("non_deferrable_missing" | "too_many_missing" | "credit_listed")[];
  missing?: FactKey[];
  /** How many materials may be missing. */
  limit?: number;
  supplement_due?: Due;
  basis?: Basis[];
}

/** A fee 收费, in yuan. */
export interface Fee {
  id: string;
  name: string;
  class?: string;
  due: Money;
  relief?: { percent: number; basis: Basis[] };
  payable: Money;
  basis: Basis[];
}

/** A fact on which open results hang. */
export interface Missing {
  fact: FactKey;
  name: string;
  /** How many open results hang on it. */
  settles: number;
  /** The citizen cannot say: it is judged at the window. */
  unsure?: true;
}

/** An answer that could not be read. */
export interface AnswerError {
  /** The fact; a cell of a table is `shareholders[2].amount`, rows counted from 0. */
  key: string;
  code: string;
  message: string;
}

/** The receipt 校验码: printed as its first eight digits, `7f3a·91c2`. */
export interface Receipt {
  answers: string;
  code: string;
}

// Problem

/** Why a request cannot be answered (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  /** The field of the request, or line and column. */
  place?: string;
}
