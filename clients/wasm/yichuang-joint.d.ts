/**
 * The JSON of Yichuang: what several departments do together; see `yichuang-wire.d.ts`.
 */

import type { Basis, Due, FactKey, Quantity } from "./yichuang-wire.js";

/** A joint plan 联办; its days are counted in workdays from the day of acceptance. */
export interface JointPlan {
  /** How many workdays it takes. */
  days: Quantity;
  /** The facts on which the days of the steps hang. */
  undetermined?: FactKey[];
  /** Absent while something is open. */
  schedule?: JointSchedule;
  basis: Basis[];
}

export interface JointSchedule {
  mode: "joint" | "serial";
  /** All steps one after the other. */
  serial_days: number;
  joint_days: number;
  saved_days: number;
  /** More than 45 workdays need the approval of the government's head, more than 60 are never allowed (行政许可法第四十二条第二款). */
  cap: "within" | "joint_cap_45" | "joint_cap_60";
  /** The steps that must not slip, in their order; those that begin together stand together. */
  critical: string[][];
  /** The steps that belong to the plan, in the order of the pack. */
  steps: JointStep[];
  surveys?: { name: string; steps: string[]; start: number; finish: number }[];
}

export interface JointStep {
  id: string;
  name: string;
  department: string;
  days: number;
  /** The steps that it waits for. */
  after: string[];
  start: number;
  finish: number;
  latest_finish: number;
  /** By how many workdays it may slip. */
  slack: number;
  due?: Due;
  latest_due?: Due;
  note?: string;
  basis?: Basis[];
}
