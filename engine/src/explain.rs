//! All that is said when somebody asks about one result.

use crate::decide::prepare;
use crate::search::{Probe, Search};
use crate::{
    CHANGE_BOUND, Calendar, Changes, Date, Derived, DerivedValue, Facts, Goal, Machine, Named, Pack, Settling, Why,
    settling_set, smallest_changes, why,
};

/// A result with why it is so, what would change it, and what is left to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The facts on which it rests, with what is assumed.
    pub facts: Facts,
    /// The result, as it is in a decision.
    pub result: DerivedValue,
    /// Why it is so. Where plain logic is too weak, the first part is open though the result is not.
    pub why: Why,
    /// What would change it; a number has no such thing.
    pub changes: Option<Wanted>,
    /// What settles it, while it is open.
    pub settling: Settling,
}

/// The value that is wanted, and how to come to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The value.
    pub value: bool,
    /// The smallest changes after which the condition has it.
    pub changes: Changes,
}

/// Explains a condition or a number of `pack`, with its name, about `facts` on the day `on`.
///
/// `wanted` is the value to which changes are looked for; where it is not stated, the one that the
/// condition has not, and of an open condition that it holds.
#[must_use]
pub fn explain(
    pack: &Pack,
    calendar: &Calendar,
    facts: &Facts,
    on: Date,
    (named, derived): (Named, Derived),
    wanted: Option<bool>,
) -> Explanation {
    let (prepared, _) = prepare(pack, facts, on);
    let machine = Machine::new(pack);
    let mut search = Search::new(&machine, pack, &prepared, Some(calendar));
    let why = why(pack, &search.run, &prepared, Some(calendar), derived, Some(named));
    let (result, changes) = match derived {
        Derived::Condition(lit) => {
            let finding = search.finding(lit);
            let value = wanted.unwrap_or(finding.value != Some(true));
            let changes = smallest_changes(pack, calendar, facts, on, Goal { lit, wanted: value }, CHANGE_BOUND);
            (DerivedValue::Condition(finding), Some(Wanted { value, changes }))
        }
        Derived::Number(_) => (DerivedValue::Number(search.quantity(&Probe::of(derived))), None),
    };
    let settling = settling_set(pack, calendar, facts, on, derived);
    Explanation { facts: prepared, result, why, changes, settling }
}
