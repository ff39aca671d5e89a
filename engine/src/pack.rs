//! A compiled pack: the domain's tables, whose conditions are literals of one [`Program`].

mod fact;
mod fee;
mod joint;
mod layer;
mod material;
mod not_encoded;
mod rule;
mod versions;

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Binary, Input, Lit, Operand, Planned, Program, binary_enum, binary_struct};

pub use fact::{Assumed, Fact, FactKind, FactOption, FactRole, NumberShape, TextFormat};
pub use fee::{Fee, Relief};
pub use joint::{JointPlan, JointStep};
pub use layer::{Layer, Override};
pub use material::{Material, Need, Variant};
pub use not_encoded::{Beside, NotEncoded};
pub use rule::{Derived, Rule};
pub use versions::{Ending, Version, Versions, VersionsBy};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u16);

        impl $name {
            /// The id of the entry at `index`; the compiler of packs allows at most 65,535 entries.
            #[must_use]
            pub fn new(index: usize) -> $name {
                $name(u16::try_from(index).unwrap_or(u16::MAX))
            }

            /// The place of the entry in the pack's list.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }

        impl Binary for $name {
            fn write(&self, out: &mut Vec<u8>) {
                self.0.write(out);
            }

            fn read(input: &mut Input<'_>) -> $name {
                $name(Binary::read(input))
            }
        }
    )+};
}

ids! {
    /// A fact by its place in [`Pack::facts`].
    FactId,
    /// An item by its place in [`Pack::items`].
    ItemId,
    /// A material by its place in [`Pack::materials`].
    MaterialId,
    /// A basis by its place in [`Pack::bases`].
    BasisId,
}

/// A text in Chinese, and in English where the pack has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English; empty where the pack states none, then the Chinese text is shown.
    pub en: String,
}

/// How sure a basis is, as the pack states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 报告: stated in a service centre's report.
    Report,
    /// 原文: the article itself was read.
    Source,
    /// 待核: known in the field, to be verified against the text.
    Unverified,
    /// 本包默认: chosen by the pack so that it can be computed; no legal force, and shown as such.
    PackDefault,
}

/// Where a rule, number or material comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis {
    /// How sure it is.
    pub confidence: Confidence,
    /// Law and article, document, or the reason of a pack default.
    pub citation: String,
}

/// A number with the time in which it holds, `from` and `to` being folded into the literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Holds on the date that selects versions.
    pub in_force: Lit,
    /// The number.
    pub value: i64,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// An item 事项: one licence or service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Stable name.
    pub id: String,
    /// The short code of the sheet and of catalogues: `n6`; may be empty.
    pub code: String,
    /// Chinese name.
    pub name: Text,
    /// A line under the name, such as why it is handled along with another.
    pub note: Text,
    /// The item is applied for (its `effective` is folded in).
    pub selected: Lit,
    /// What must hold for it to be granted.
    pub conditions: Vec<Condition>,
    /// Selected and every condition holds.
    pub eligible: Lit,
    /// Eligible, and no conflict stands in the way: its materials and periods count.
    pub going: Lit,
    /// Statutory period in workdays by date.
    pub statutory: Vec<Dated>,
    /// Validity of the licence in years by date.
    pub validity: Vec<Dated>,
    /// Who handles it, by the place among [`Pack::authorities`].
    pub authority: u16,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
    /// Where its versions come from, if it has several.
    pub versions: Vec<Version>,
}

/// A condition of an item, or a ground, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Stable name, given as the reason code.
    pub id: String,
    /// For a condition: it is met. For a ground: it applies.
    pub holds: Lit,
    /// What is said to the citizen when it decides against him.
    pub message: Text,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// A ground 不受理 / 不予受理: nothing to apply for, or another authority is competent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The condition under which it applies.
    pub condition: Condition,
    /// The competent authority; empty for 不受理.
    pub competent: Text,
}

/// A conflict of items 冲突.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// It applies, its words, its basis.
    pub condition: Condition,
    /// The items that exclude each other.
    pub items: Vec<ItemId>,
    /// The fact that caused it and is asked again.
    pub reopens: FactId,
}

/// How grave a failed check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckSeverity {
    /// 错误: must be corrected.
    Error,
    /// 警告.
    Warning,
    /// 提示.
    Notice,
}

/// A check 核验: `condition.holds` means that it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// It failed, its words, its basis.
    pub condition: Condition,
    /// How grave that is.
    pub severity: CheckSeverity,
    /// The fact beside which it is shown.
    pub fact: Option<FactId>,
}

/// A certificate 证照 into which several licences are merged 合证.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Stable name.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// The items whose licences it holds, and when (selected and in force).
    pub items: Vec<(ItemId, Lit)>,
    /// It holds at least one licence.
    pub issued: Lit,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// The promised period 承诺时限.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The computed value, in workdays, by its place among [`Program::values`].
    pub days: u16,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// The steps 环节 of handling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The durations are scaled to the promised period by the largest remainder.
    pub scaled: bool,
    /// In order.
    pub steps: Vec<Step>,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// One step 环节.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Stable name.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// Duration in workdays; 0 is the same day.
    pub days: u16,
}

/// Acceptance with secondary materials missing 容缺.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tolerance {
    /// At least one required material is missing.
    pub open: Lit,
    /// A missing material may not be deferred.
    pub main_missing: Lit,
    /// More are missing than may be.
    pub too_many: Lit,
    /// The applicant is excluded (bad credit).
    pub excluded: Lit,
    /// Open, and neither of the three.
    pub allowed: Lit,
    /// How many may be missing.
    pub limit: u16,
    /// Workdays from acceptance within which they are supplied.
    pub supplement_days: u16,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
}

/// A document 文书 that is filled in or issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The form's id: `F-03`.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// It belongs to the case when this holds …
    pub when: Lit,
    /// … unless this holds: a notice of acceptance is expected until something is known to
    /// stand in its way.
    pub unless: Lit,
}

/// The literals from which the verdict is read; at most one of them is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictLits {
    /// An asked item fails, or the authority is not competent.
    pub refused: Lit,
    /// No licence is required.
    pub not_needed: Lit,
    /// A conflict, a failed check of severity error, a missing or defective material.
    pub correctable: Lit,
    /// Everything is there.
    pub ready: Lit,
}

/// In which order open questions are put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuestionOrder {
    /// As the pack lists the facts.
    #[default]
    Pack,
    /// The fact that settles most first.
    Settles,
}

/// Where and with whom the item is handled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The city or county: 莆田市.
    pub region: Text,
    /// The authority 机关.
    pub authority: Text,
    /// Where to go.
    pub place: Text,
    /// Opening hours.
    pub hours: Text,
    /// Telephone.
    pub contact: Text,
    /// Where these come from.
    pub basis: Vec<BasisId>,
}

/// A compiled rule pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its path below `packs`: `putian/nine-in-one`.
    pub id: String,
    /// Its edition, for people: `2014-11`.
    pub edition: String,
    /// Its title.
    pub name: Text,
    /// One sentence for the citizen.
    pub summary: Text,
    /// What must be said about the whole pack (a local pilot, pack defaults).
    pub notice: Text,
    /// Where to go.
    pub window: Window,
    /// Who handles items: first the window's authority, which leads, then the others.
    pub authorities: Vec<Text>,
    /// The order of questions.
    pub order: QuestionOrder,
    /// Facts in question order.
    pub facts: Vec<Fact>,
    /// The fact of role [`FactRole::AcceptedOn`].
    pub accepted_on: FactId,
    /// How the versions of rules are selected.
    pub versions: Versions,
    /// All conditions.
    pub program: Program,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Items.
    pub items: Vec<Item>,
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// Grounds 不受理.
    pub not_required: Vec<Ground>,
    /// Grounds 不予受理.
    pub not_competent: Vec<Ground>,
    /// Conflicts of items.
    pub conflicts: Vec<Conflict>,
    /// Some conflict applies: then no material is listed and no period runs.
    pub blocked: Lit,
    /// Checks.
    pub checks: Vec<Check>,
    /// Materials in the order of the sheet.
    pub materials: Vec<Material>,
    /// The sum of the selected items' statutory periods, by its place among the values.
    pub statutory_sum: u16,
    /// The longest of them.
    pub statutory_max: u16,
    /// The promised period.
    pub promise: Option<Promise>,
    /// The steps.
    pub plan: Plan,
    /// What several departments do together.
    pub joint: Planned<JointPlan>,
    /// Tolerance.
    pub tolerance: Option<Tolerance>,
    /// Fees.
    pub fees: Vec<Fee>,
    /// The sum of what is due, in fen.
    pub due_total: Operand,
    /// The sum of what is payable.
    pub payable_total: Operand,
    /// 先服务后收费: they are paid after the service.
    pub pay_after_service: bool,
    /// Documents.
    pub documents: Vec<Document>,
    /// What the window judges.
    pub not_encoded: Vec<NotEncoded>,
    /// The verdict.
    pub verdict: VerdictLits,
    /// The packs that it extends, the nearest first.
    pub layers: Vec<Layer>,
    /// What it has otherwise than the packs that it extends.
    pub overrides: Vec<Override>,
    /// Every basis, each once.
    pub bases: Vec<Basis>,
}

impl Pack {
    /// The fact with this id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<(FactId, &Fact)> {
        let index = self.facts.iter().position(|fact| fact.id == id)?;
        Some((FactId::new(index), self.facts.get(index)?))
    }
}

binary_struct!(Text { zh, en });
binary_enum!(Confidence {
    0 => Report,
    1 => Source,
    2 => Unverified,
    3 => PackDefault,
});
binary_struct!(Basis { confidence, citation });
binary_struct!(Dated { in_force, value, basis });
binary_struct!(Item {
    id,
    code,
    name,
    note,
    selected,
    conditions,
    eligible,
    going,
    statutory,
    validity,
    authority,
    basis,
    versions
});
binary_struct!(Condition { id, holds, message, basis });
binary_struct!(Ground { condition, competent });
binary_struct!(Conflict { condition, items, reopens });
binary_enum!(CheckSeverity {
    0 => Error,
    1 => Warning,
    2 => Notice,
});
binary_struct!(Check { condition, severity, fact });
binary_struct!(Certificate { id, name, items, issued, basis });
binary_struct!(Promise { days, basis });
binary_struct!(Plan { scaled, steps, basis });
binary_struct!(Step { id, name, days });
binary_struct!(Tolerance { open, main_missing, too_many, excluded, allowed, limit, supplement_days, basis });
binary_struct!(Document { id, name, when, unless });
binary_struct!(VerdictLits { refused, not_needed, correctable, ready });
binary_enum!(QuestionOrder {
    0 => Pack,
    1 => Settles,
});
binary_struct!(Window { region, authority, place, hours, contact, basis });
binary_struct!(Pack {
    id,
    edition,
    name,
    summary,
    notice,
    window,
    authorities,
    order,
    facts,
    accepted_on,
    versions,
    program,
    rules,
    items,
    certificates,
    not_required,
    not_competent,
    conflicts,
    blocked,
    checks,
    materials,
    statutory_sum,
    statutory_max,
    promise,
    plan,
    joint,
    tolerance,
    fees,
    due_total,
    payable_total,
    pay_after_service,
    documents,
    not_encoded,
    verdict,
    layers,
    overrides,
    bases
});
