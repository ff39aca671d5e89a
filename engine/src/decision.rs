//! What a decision holds, by the places of the pack's entries; words come later.

use alloc::vec::Vec;

use crate::{Cause, Due, FactId, Finding, ItemId, MaterialId, Run};

/// The result for one item or condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Met.
    Pass,
    /// Not met.
    Fail,
    /// Depends on what is not known yet.
    Undetermined,
}

/// The result of the pre-check as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Complete: can be handed in.
    Ready,
    /// Something can be corrected: a conflict, a failed check, a missing or defective material.
    Correctable,
    /// An asked item fails, or the authority is not competent.
    Refused,
    /// No licence is required.
    NotNeeded,
    /// Depends on what is not known yet.
    Undetermined,
}

/// A number that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Known.
    Known(i128),
    /// Depends on these facts.
    Open {
        /// The facts on which it depends.
        missing: Vec<FactId>,
        /// Whether every one of them was seen to matter.
        exact: bool,
    },
    /// It cannot be computed, whatever is answered.
    CannotCompute(Cause),
}

/// What is said about a date: settled, a lower bound, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueDate {
    /// By the calendar.
    Due(Due),
    /// The number of days is not known yet.
    Undetermined,
}

/// An item that is, or may be, applied for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDecision {
    /// The item.
    pub item: ItemId,
    /// Whether it is applied for.
    pub selected: Finding,
    /// Whether it can be granted.
    pub outcome: Outcome,
    /// On what an undetermined outcome depends.
    pub eligible: Finding,
    /// The conditions that fail, by their places.
    pub failed: Vec<usize>,
    /// Statutory period in workdays.
    pub statutory_days: Option<i64>,
    /// Its last day.
    pub statutory_due: DueDate,
    /// Validity of the licence in years.
    pub validity_years: Option<i64>,
}

/// A certificate and the items whose licences it certainly holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateDecision {
    /// Its place in the pack.
    pub certificate: usize,
    /// The items.
    pub items: Vec<ItemId>,
}

/// Whether a material is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaterialStatus {
    /// Must be brought.
    Required,
    /// Need not be brought.
    NotRequired,
    /// Depends on what is not known yet.
    Undetermined,
    /// Produced within the same application.
    WaivedInternal,
    /// Fetched by the authority.
    WaivedShared,
    /// Spared by the pack, other than by the packs that it extends.
    WaivedLocal,
}

/// What the citizen says of a required material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaterialState {
    /// 有.
    Provided,
    /// 没有.
    Missing,
    /// 有问题.
    Defective,
    /// Not ticked.
    Unknown,
}

/// One material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialDecision {
    /// The material.
    pub material: MaterialId,
    /// Whether it is handed in.
    pub status: MaterialStatus,
    /// On what an undetermined status depends.
    pub required: Finding,
    /// The items that certainly need it.
    pub needed_by: Vec<ItemId>,
    /// How many copies the items that certainly need it take together.
    pub copies: usize,
    /// There may be more: an item may need it too.
    pub copies_open: bool,
    /// The form it takes, by its place among the variants.
    pub variant: Option<usize>,
    /// On what the form depends, where it is open.
    pub variant_missing: Vec<FactId>,
    /// What the citizen says of it.
    pub state: MaterialState,
}

/// The value of a rule that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueDecision {
    /// The rule, by its place in the pack.
    pub rule: usize,
    /// What it gives.
    pub value: DerivedValue,
}

/// What a rule gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DerivedValue {
    /// Whether its condition holds.
    Condition(Finding),
    /// Its number; dates are days since 1970-01-01, options their places.
    Number(Quantity),
}

/// A failed or open check, conflict or ground, by its place in the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the pack's list.
    pub index: usize,
    /// True, or open with what it depends on.
    pub finding: Finding,
}

/// The periods of the whole application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Sum of the items' statutory periods, in workdays.
    pub statutory_sum: Quantity,
    /// The promised period, in workdays.
    pub promised_days: Quantity,
    /// Statutory sum less promised days.
    pub saved_days: Quantity,
    /// The last day of the promised period.
    pub promised_due: DueDate,
}

/// One step with its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepDecision {
    /// Its place in the plan.
    pub step: usize,
    /// Its duration in workdays after scaling.
    pub days: i64,
    /// Its last day.
    pub due: DueDate,
}

/// The joint plan 联办 of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointDecision {
    /// How many workdays it takes.
    pub days: Quantity,
    /// On what the days of its steps hang, while they are not known.
    pub missing: Vec<FactId>,
    /// The days of its steps.
    pub scheduled: Option<Scheduled>,
}

/// A joint plan with its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// What was scheduled, in the order of the pack's steps.
    pub tasks: Vec<crate::schedule::Task>,
    /// When, in workdays from the start.
    pub schedule: crate::schedule::Schedule,
    /// The same by the calendar; absent for a step that does not belong to the plan.
    pub steps: Vec<Option<ScheduledStep>>,
}

impl Scheduled {
    /// Whether everything is handled one after the other 串联.
    #[must_use]
    pub fn is_serial(&self) -> bool {
        self.tasks.iter().any(|task| task.mode == crate::schedule::Mode::Serial)
    }
}

/// A step of a joint plan by the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledStep {
    /// The day after which it begins at the earliest.
    pub begins: DueDate,
    /// The day by which it ends at the earliest.
    pub due: DueDate,
    /// The day by which it ends without a later end of the plan.
    pub latest_due: DueDate,
}

/// Whether acceptance with materials missing is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToleranceDecision {
    /// The result.
    pub status: ToleranceStatus,
    /// A missing material may not be deferred.
    pub main_missing: bool,
    /// More are missing than may be.
    pub too_many: bool,
    /// The applicant is excluded.
    pub excluded: bool,
    /// On what it depends.
    pub missing: Vec<FactId>,
    /// Until when the missing materials are supplied, where tolerance is allowed.
    pub supplement_due: DueDate,
}

/// The result of tolerance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToleranceStatus {
    /// Nothing is missing, or the pack has no tolerance.
    NotApplicable,
    /// Allowed against a signed promise.
    Allowed,
    /// Not allowed.
    Refused,
    /// Depends on what is not known yet.
    Undetermined,
}

/// A fee that is charged, in fen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeDecision {
    /// Its place in the pack.
    pub fee: usize,
    /// The amount due 应收.
    pub due: Quantity,
    /// The relief that is granted, by its place.
    pub relief: Option<usize>,
    /// The amount payable 实收.
    pub payable: Quantity,
}

/// All fees, in fen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fees {
    /// Those that are certainly charged.
    pub charged: Vec<FeeDecision>,
    /// The sum of what is due.
    pub due_total: Quantity,
    /// The sum of what is payable.
    pub payable_total: Quantity,
}

impl Fees {
    /// What is payable of what is due, in tenths of a percent, half of one upwards; absent where
    /// nothing is due or a sum is not known.
    #[must_use]
    pub fn ratio(&self) -> Option<i128> {
        let (Quantity::Known(due), Quantity::Known(payable)) = (&self.due_total, &self.payable_total) else {
            return None;
        };
        let doubled = payable.checked_mul(2000)?.checked_add(*due)?;
        doubled.checked_div_euclid(due.checked_mul(2)?)
    }
}

/// An authority and its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityDecision {
    /// Its place among the pack's authorities; the first one leads.
    pub authority: usize,
    /// The items that are certainly applied for and do not fail.
    pub items: Vec<ItemId>,
    /// Those that certainly go on, of which the lead sends it a copy notice 抄告.
    pub notified: Vec<ItemId>,
}

/// A fact on which some open result depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The fact.
    pub fact: FactId,
    /// How many open results depend on it.
    pub settles: usize,
    /// The citizen said that he cannot say: to be judged at the window.
    pub unsure: bool,
}

impl Decision {
    /// Whether an open result hangs on nothing but what the citizen cannot say: no question settles
    /// it, the window does.
    #[must_use]
    pub fn ask_at_window(&self, missing: &[FactId]) -> bool {
        let unsure = |fact: &FactId| self.missing.iter().any(|one| one.fact == *fact && one.unsure);
        !missing.is_empty() && missing.iter().all(unsure)
    }
}

/// A pre-check decision 预审结论.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The date from which periods run.
    pub accepted_on: crate::Date,
    /// The date that selected the versions; absent while it is not known.
    pub version_date: Option<crate::Date>,
    /// That date lies before the first day of the pack, which is this.
    pub not_yet_in_force: Option<crate::Date>,
    /// What has no version on that date any more, by its place among the pack's endings.
    pub expired: Vec<usize>,
    /// The verdict.
    pub verdict: Verdict,
    /// On what an undetermined verdict depends.
    pub verdict_missing: Vec<FactId>,
    /// Whether that was searched in full.
    pub verdict_exact: bool,
    /// Items that are or may be applied for, in pack order.
    pub items: Vec<ItemDecision>,
    /// Certificates that hold at least one item.
    pub certificates: Vec<CertificateDecision>,
    /// Grounds 不受理 that apply or may apply.
    pub not_required: Vec<Hit>,
    /// Grounds 不予受理 that apply or may apply.
    pub not_competent: Vec<Hit>,
    /// Conflicts that apply or may apply.
    pub conflicts: Vec<Hit>,
    /// Checks that fail or may fail.
    pub checks: Vec<Hit>,
    /// Every material of the pack, in pack order; empty while a conflict applies.
    pub materials: Vec<MaterialDecision>,
    /// How many pieces the items would need one by one.
    pub separate_count: usize,
    /// How many materials are certainly required.
    pub merged_count: usize,
    /// Periods; absent while nothing is applied for or a conflict applies.
    pub periods: Option<Periods>,
    /// Steps, when the promised period is known.
    pub plan: Vec<StepDecision>,
    /// The joint plan; absent while nothing is applied for, or where the pack has none.
    pub joint: crate::Planned<JointDecision>,
    /// Tolerance.
    pub tolerance: ToleranceDecision,
    /// Fees.
    pub fees: Fees,
    /// The values of the rules that are shown, in pack order.
    pub values: Vec<ValueDecision>,
    /// Documents that belong to the case, by their places.
    pub documents: Vec<usize>,
    /// Who handles the items applied for, the lead first; empty while there are none.
    pub authorities: Vec<AuthorityDecision>,
    /// What the window judges, where it matters or may matter.
    pub to_be_judged: Vec<Hit>,
    /// Facts on which open results depend, in pack order.
    pub missing: Vec<Missing>,
    /// What to ask next.
    pub next_question: Option<FactId>,
    /// Facts that are assumed.
    pub assumed: Vec<FactId>,
    /// The values of all conditions, from which reasons are read when they are asked for.
    pub run: Run,
}
