//! What a decision says of each single result, and the completions of what is unknown.

use std::collections::BTreeMap;
use std::fmt;

use yichuang_engine::{
    Atom, Decision, FactId, FactKind, Facts, Finding, Hit, MaterialDecision, MaterialStatus, Operand, Pack, Quantity,
    Slot, ToleranceStatus, Value, Verdict,
};

/// What a decision says of one result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opinion {
    /// It is so under every completion.
    Decided(String),
    /// It depends on these facts.
    Open {
        /// The facts.
        missing: Vec<FactId>,
        /// Whether each of them was seen to matter.
        exact: bool,
        /// It cannot be computed.
        cannot_compute: bool,
    },
}

impl Opinion {
    /// The result, where there is one.
    #[must_use]
    pub fn decided(&self) -> Option<&str> {
        match self {
            Opinion::Decided(value) => Some(value),
            Opinion::Open { .. } => None,
        }
    }
}

impl From<&Finding> for Opinion {
    fn from(finding: &Finding) -> Opinion {
        let Finding { value, missing, exact, cannot_compute } = finding;
        match value {
            Some(value) => Opinion::Decided(value.to_string()),
            None => Opinion::Open { missing: missing.clone(), exact: *exact, cannot_compute: cannot_compute.is_some() },
        }
    }
}

/// The opinions of a decision by what they are about.
pub type Opinions = BTreeMap<Subject, Opinion>;

/// What an opinion is about; places are those in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Verdict,
    Selected(usize),
    Eligible(usize),
    /// A failed condition of an item.
    Failed(usize, usize),
    NotRequired(usize),
    NotCompetent(usize),
    Conflict(usize),
    Check(usize),
    /// Whether a material is brought.
    Brought(usize),
    /// Why a material is not brought.
    Waived(usize),
    Variant(usize),
    /// A certificate that holds an item.
    Certificate(usize, usize),
    Tolerance,
    Fee(usize),
    StatutorySum,
    PromisedDays,
    SavedDays,
    /// What is payable in all.
    PayableTotal,
}

impl Subject {
    /// Whether it is absent where no item goes on.
    #[must_use]
    pub fn is_quantity(self) -> bool {
        matches!(self, Subject::StatutorySum | Subject::PromisedDays | Subject::SavedDays)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Everything that a decision says.
#[must_use]
pub fn opinions(pack: &Pack, decision: &Decision) -> Opinions {
    let mut said = Opinions::new();
    let so = |value: &str| Opinion::Decided(value.to_owned());
    said.insert(Subject::Verdict, verdict(decision));
    for place in 0..pack.items.len() {
        let item = decision.items.iter().find(|item| item.item.index() == place);
        said.insert(Subject::Selected(place), item.map_or(so("false"), |item| (&item.selected).into()));
        said.insert(Subject::Eligible(place), item.map_or(so("false"), |item| (&item.eligible).into()));
        for failed in item.filter(|item| item.selected.is(true)).iter().flat_map(|item| &item.failed) {
            said.insert(Subject::Failed(place, *failed), so("true"));
        }
    }
    hits(&mut said, Subject::NotRequired, pack.not_required.len(), &decision.not_required);
    hits(&mut said, Subject::NotCompetent, pack.not_competent.len(), &decision.not_competent);
    hits(&mut said, Subject::Conflict, pack.conflicts.len(), &decision.conflicts);
    hits(&mut said, Subject::Check, pack.checks.len(), &decision.checks);
    for place in 0..pack.materials.len() {
        match decision.materials.get(place) {
            Some(material) => self::material(&mut said, place, material),
            // No materials are listed while a conflict applies.
            None => drop(said.insert(Subject::Brought(place), so("false"))),
        }
    }
    for certificate in &decision.certificates {
        for item in &certificate.items {
            said.insert(Subject::Certificate(certificate.certificate, item.index()), so("true"));
        }
    }
    said.insert(Subject::Tolerance, tolerance(decision));
    for fee in 0..pack.fees.len() {
        // Whether a fee is charged is said only where it certainly is.
        if decision.fees.charged.iter().any(|charged| charged.fee == fee) {
            said.insert(Subject::Fee(fee), so("true"));
        }
    }
    said.insert(Subject::PayableTotal, quantity(&decision.fees.payable_total));
    if let Some(periods) = &decision.periods {
        said.insert(Subject::StatutorySum, quantity(&periods.statutory_sum));
        said.insert(Subject::PromisedDays, quantity(&periods.promised_days));
        said.insert(Subject::SavedDays, quantity(&periods.saved_days));
    }
    said
}

fn verdict(decision: &Decision) -> Opinion {
    let missing = &decision.verdict_missing;
    match decision.verdict {
        Verdict::Undetermined => {
            let cannot_compute = missing.is_empty() && decision.verdict_exact;
            Opinion::Open { missing: missing.clone(), exact: decision.verdict_exact, cannot_compute }
        }
        verdict => Opinion::Decided(format!("{verdict:?}")),
    }
}

fn hits(said: &mut Opinions, subject: fn(usize) -> Subject, count: usize, hits: &[Hit]) {
    for place in 0..count {
        let hit = hits.iter().find(|hit| hit.index == place);
        let opinion = hit.map_or(Opinion::Decided("false".to_owned()), |hit| (&hit.finding).into());
        said.insert(subject(place), opinion);
    }
}

fn material(said: &mut Opinions, place: usize, material: &MaterialDecision) {
    said.insert(Subject::Brought(place), (&material.required).into());
    // That it is not brought may be certain while the reason is still open.
    let waived = [MaterialStatus::WaivedInternal, MaterialStatus::WaivedShared, MaterialStatus::WaivedLocal];
    if waived.contains(&material.status) {
        said.insert(Subject::Waived(place), Opinion::Decided(format!("{:?}", material.status)));
    }
    if material.status == MaterialStatus::Required {
        let opinion = if material.variant_missing.is_empty() {
            Opinion::Decided(format!("{:?}", material.variant))
        } else {
            Opinion::Open { missing: material.variant_missing.clone(), exact: false, cannot_compute: false }
        };
        said.insert(Subject::Variant(place), opinion);
    }
}

fn tolerance(decision: &Decision) -> Opinion {
    let tolerance = &decision.tolerance;
    match tolerance.status {
        ToleranceStatus::Undetermined => Opinion::Open {
            missing: tolerance.missing.clone(),
            exact: false,
            // It has no word for this; nothing else leaves it open with nothing missing.
            cannot_compute: tolerance.missing.is_empty(),
        },
        status => Opinion::Decided(format!("{status:?}")),
    }
}

fn quantity(quantity: &Quantity) -> Opinion {
    match quantity {
        Quantity::Known(number) => Opinion::Decided(number.to_string()),
        Quantity::Open { missing, exact } => {
            Opinion::Open { missing: missing.clone(), exact: *exact, cannot_compute: false }
        }
        Quantity::CannotCompute(_) => Opinion::Decided("cannot compute".to_owned()),
    }
}

/// Some facts and every value that each may have.
#[derive(Clone, Debug)]
pub struct Domains {
    /// The facts with their values, of which the first changes slowest.
    pub facts: Vec<(FactId, Vec<Value>)>,
}

impl Domains {
    /// How many completions there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.facts.iter().map(|(_, values)| values.len()).product()
    }

    /// The completion with this number.
    #[must_use]
    pub fn completion(&self, number: usize, of: &Facts) -> Facts {
        let (mut completed, mut rest) = (of.clone(), number);
        for (fact, values) in self.facts.iter().rev() {
            completed.set(*fact, Slot::Known(values[rest % values.len()].clone()));
            rest /= values.len();
        }
        completed
    }

    /// The numbers of the completions that differ from this one in `fact` alone.
    #[must_use]
    pub fn neighbours(&self, number: usize, fact: FactId) -> Vec<usize> {
        let Some(place) = self.facts.iter().position(|(id, _)| *id == fact) else { return Vec::new() };
        let step: usize = self.facts.iter().skip(place + 1).map(|(_, values)| values.len()).product();
        let size = self.facts[place].1.len();
        let own = number / step % size;
        (0..size).filter(|value| *value != own).map(|value| number - own * step + value * step).collect()
    }
}

/// The facts that a predicate reads by itself.
#[must_use]
pub fn facts_of(atom: &Atom) -> Vec<FactId> {
    match atom {
        Atom::Holds(fact) | Atom::Is(fact, _) | Atom::Has(fact, _) | Atom::TextIs(fact, _) | Atom::Text(fact, _) => {
            vec![*fact]
        }
        Atom::Compare(left, _, right) => [left, right].into_iter().filter_map(fact_of).collect(),
        Atom::Workday(date) => fact_of(date).into_iter().collect(),
        Atom::Rows(_) | Atom::Outer(_) => Vec::new(),
    }
}

fn fact_of(operand: &Operand) -> Option<FactId> {
    if let Operand::Fact(fact) = operand { Some(*fact) } else { None }
}

/// Every answer to the state of a material.
#[must_use]
pub fn states() -> Vec<Value> {
    (0..3).map(Value::Choice).collect()
}

/// Facts as people read them.
#[must_use]
pub fn shown(pack: &Pack, facts: &Facts) -> String {
    let slot = |slot: &Slot, kind: &FactKind| match (slot, kind) {
        (Slot::Unknown, _) => "?".to_owned(),
        (Slot::Unsure, _) => "unsure".to_owned(),
        (Slot::Known(Value::Choices(set)), _) => format!("{set:#b}"),
        (Slot::Known(value), _) => format!("{value:?}"),
    };
    let fact = |(id, of): (FactId, &Slot)| {
        let fact = &pack.facts[id.index()];
        format!("{}: {}", fact.id, slot(of, &fact.kind))
    };
    facts.iter().map(fact).collect::<Vec<_>>().join(", ")
}
