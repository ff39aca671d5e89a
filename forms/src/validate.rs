//! Checks that a decoded bundle makes sense: every index lies in its list, the program computes
//! everything before it is read, and nothing is deeper or longer than deciding allows for.
//!
//! A compiled bundle always passes; a file from elsewhere may have a right digest and yet hold
//! anything.

mod program;

use alloc::string::String;
use core::fmt;

use litemap::LiteMap;
use yichuang_engine::{
    BasisId, Condition, Dated, Derived, Fact, FactId, FactKind, FactRole, Item, ItemId, JointPlan, JointStep, Lit,
    Material, MaterialId, NotEncoded, Operand, Pack, Relief, Version,
};

use crate::phrase::joined;
use crate::{Bundle, FieldSource, Form, LIMITS};

/// The longest list of a bundle.
const MOST: usize = 65_535;

/// How many tables may be in each other.
const MOST_TABLES: usize = 2;

/// The most options of a set.
const MOST_CHOICES: usize = 64;

/// The most decimal places of a computed number.
pub const MOST_COMPUTED_PLACES: u8 = 18;

/// The most decimal places of a fact.
pub const MOST_PLACES: u8 = 10;

/// What is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, by the pack's own words: `materials.f01`, `program.gates`.
    pub place: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the bundle contradicts itself at `{}`", self.place)
    }
}

impl core::error::Error for Fault {}

type Checked = Result<(), Fault>;

/// Checks a bundle.
///
/// # Errors
/// The first [`Fault`] found.
pub fn validate(bundle: &Bundle) -> Checked {
    let pack = &bundle.pack;
    program::check(pack)?;
    facts(pack)?;
    rules(pack)?;
    items(pack)?;
    materials(pack)?;
    conditions(pack)?;
    numbers(pack)?;
    bundle.forms.iter().try_for_each(|form| self::form(pack, form))
}

fn ensure(holds: bool, place: &str) -> Checked {
    ensure_at(holds, &[place])
}

/// The place is put together only when it is needed.
fn ensure_at(holds: bool, place: &[&str]) -> Checked {
    if holds { Ok(()) } else { Err(Fault { place: joined(place, ".") }) }
}

fn facts(pack: &Pack) -> Checked {
    ensure(pack.facts.len() <= MOST, "facts")?;
    let mut ids: LiteMap<&str, ()> = LiteMap::new();
    for (index, fact) in pack.facts.iter().enumerate() {
        let place = ["facts", &fact.id];
        let is_new = ids.insert(fact.id.as_str(), ()).is_none();
        ensure_at(is_new && !fact.id.is_empty() && !fact.id.starts_with("__"), &place)?;
        ensure_at(has_lit(pack, fact.ask_if) && fact_fits(pack, FactId::new(index), fact), &place)?;
    }
    let accepted_on = pack.facts.get(pack.accepted_on.index());
    ensure(accepted_on.is_some_and(|fact| fact.role == FactRole::AcceptedOn), "accepted_on")?;
    let version_date = pack.facts.get(pack.versions.date.index());
    ensure(version_date.is_some_and(|fact| fact.kind == FactKind::Date), "versions")?;
    ensure(pack.versions.endings.iter().all(|ending| has_lit(pack, ending.concerns)), "versions")
}

/// Whether the parts of a fact fit each other and the pack.
fn fact_fits(pack: &Pack, id: FactId, fact: &Fact) -> bool {
    let role = match fact.role {
        FactRole::Question => true,
        FactRole::AcceptedOn => fact.kind == FactKind::Date && pack.accepted_on == id,
        FactRole::RequestDate => fact.kind == FactKind::Date && fact.assumed.is_some(),
        FactRole::MaterialState(material) => {
            pack.materials.get(material.index()).is_some_and(|material| material.state == id)
        }
    };
    kind_fits(pack, &fact.kind, MOST_TABLES) && role && (fact.assumed.is_none() || fact.kind == FactKind::Date)
}

/// Whether a kind makes sense where so many tables may still be in each other.
fn kind_fits(pack: &Pack, kind: &FactKind, tables: usize) -> bool {
    match kind {
        FactKind::Bool | FactKind::Date | FactKind::Text { .. } => true,
        FactKind::Number { places, .. } => *places <= MOST_COMPUTED_PLACES,
        FactKind::Choice(options) => {
            options.len() <= MOST && options.iter().all(|option| has_lit(pack, option.offered))
        }
        FactKind::Choices(options) => {
            options.len() <= MOST_CHOICES && options.iter().all(|option| has_lit(pack, option.offered))
        }
        FactKind::Table { columns, max_rows } => {
            let mut ids: LiteMap<&str, ()> = LiteMap::new();
            tables > 0
                && *max_rows <= LIMITS.rows
                && (1..=LIMITS.columns).contains(&columns.len())
                && columns.iter().all(|column| {
                    !column.id.is_empty()
                        && ids.insert(column.id.as_str(), ()).is_none()
                        && column.role == FactRole::Question
                        && column.assumed.is_none()
                        && column.ask_if == Lit::TRUE
                        && kind_fits(pack, &column.kind, tables - 1)
                })
        }
    }
}

fn rules(pack: &Pack) -> Checked {
    ensure(pack.rules.len() <= MOST, "rules")?;
    for rule in &pack.rules {
        let result = match rule.result {
            Derived::Condition(lit) => has_lit(pack, lit),
            Derived::Number(value) => has_value(pack, value),
        };
        let bases = has_bases(pack, &rule.basis) && versions_fit(pack, &rule.versions);
        ensure_at(result && bases && kind_fits(pack, &rule.kind, 0), &["rules", &rule.id])?;
    }
    Ok(())
}

fn items(pack: &Pack) -> Checked {
    ensure(pack.items.len() <= MOST, "items")?;
    for item in &pack.items {
        ensure_at(item_fits(pack, item), &["items", &item.id])?;
    }
    for certificate in &pack.certificates {
        let items = certificate.items.iter().all(|(item, when)| has_item(pack, *item) && has_lit(pack, *when));
        let fits = items && has_lit(pack, certificate.issued) && has_bases(pack, &certificate.basis);
        ensure_at(fits, &["certificates", &certificate.id])?;
    }
    Ok(())
}

fn item_fits(pack: &Pack, item: &Item) -> bool {
    has_lits(pack, &[item.selected, item.eligible, item.going])
        && item.conditions.iter().all(|condition| condition_fits(pack, condition))
        && item.statutory.iter().chain(&item.validity).all(|dated| dated_fits(pack, dated))
        && has_bases(pack, &item.basis)
        && versions_fit(pack, &item.versions)
        && (item.authority == 0 || usize::from(item.authority) < pack.authorities.len())
}

fn dated_fits(pack: &Pack, dated: &Dated) -> bool {
    has_lit(pack, dated.in_force) && has_bases(pack, &dated.basis)
}

fn versions_fit(pack: &Pack, versions: &[Version]) -> bool {
    versions.iter().all(|version| has_lit(pack, version.in_force) && has_bases(pack, &version.basis))
}

fn materials(pack: &Pack) -> Checked {
    ensure(pack.materials.len() <= MOST, "materials")?;
    for (index, material) in pack.materials.iter().enumerate() {
        ensure_at(material_fits(pack, MaterialId::new(index), material), &["materials", &material.id])?;
    }
    Ok(())
}

fn material_fits(pack: &Pack, id: MaterialId, material: &Material) -> bool {
    let lits = [
        material.needed,
        material.waived_local,
        material.waived_internal,
        material.waived_shared,
        material.required,
        material.provided,
        material.missing,
        material.defective,
    ];
    let state = pack.facts.get(material.state.index()).is_some_and(|fact| {
        let three = matches!(&fact.kind, FactKind::Choice(options) if options.len() == 3);
        three && fact.role == FactRole::MaterialState(id)
    });
    state
        && has_lits(pack, &lits)
        && material.needs.iter().all(|need| has_item(pack, need.item) && has_lit(pack, need.when))
        && material.variants.iter().all(|variant| has_lit(pack, variant.when))
        && material.produced_by.is_none_or(|item| has_item(pack, item))
        && has_bases(pack, &material.basis)
        && versions_fit(pack, &material.versions)
        && has_bases(pack, &material.waived_basis)
}

fn conditions(pack: &Pack) -> Checked {
    let grounds = pack.not_required.iter().map(|ground| ("not_required", ground));
    for (list, ground) in grounds.chain(pack.not_competent.iter().map(|ground| ("not_competent", ground))) {
        ensure_at(condition_fits(pack, &ground.condition), &[list, &ground.condition.id])?;
    }
    for conflict in &pack.conflicts {
        let fits = condition_fits(pack, &conflict.condition)
            && conflict.items.iter().all(|item| has_item(pack, *item))
            && has_fact(pack, conflict.reopens);
        ensure_at(fits, &["conflicts", &conflict.condition.id])?;
    }
    for check in &pack.checks {
        let fits = condition_fits(pack, &check.condition) && check.fact.is_none_or(|fact| has_fact(pack, fact));
        ensure_at(fits, &["checks", &check.condition.id])?;
    }
    let judged = |entry: &NotEncoded| has_lit(pack, entry.relevant) && has_bases(pack, &entry.basis);
    ensure(pack.not_encoded.iter().all(judged), "not_encoded")?;
    ensure(has_lit(pack, pack.blocked), "blocked")?;
    let verdict = [pack.verdict.refused, pack.verdict.not_needed, pack.verdict.correctable, pack.verdict.ready];
    ensure(has_lits(pack, &verdict), "verdict")
}

fn numbers(pack: &Pack) -> Checked {
    ensure(pack.bases.len() <= MOST, "bases")?;
    ensure(has_bases(pack, &pack.window.basis), "window")?;
    ensure(pack.overrides.iter().all(|change| has_bases(pack, &change.basis)), "overrides")?;
    ensure(has_value(pack, pack.statutory_sum) && has_value(pack, pack.statutory_max), "statutory")?;
    if let Some(promise) = &pack.promise {
        ensure(has_value(pack, promise.days) && has_bases(pack, &promise.basis), "promised")?;
    }
    ensure(pack.plan.steps.len() <= MOST && has_bases(pack, &pack.plan.basis), "plan")?;
    if let Some(joint) = pack.joint.get() {
        ensure(joint_fits(pack, joint), "joint_plan")?;
    }
    if let Some(tolerance) = &pack.tolerance {
        let lits = [tolerance.open, tolerance.main_missing, tolerance.too_many, tolerance.excluded, tolerance.allowed];
        ensure(has_lits(pack, &lits) && has_bases(pack, &tolerance.basis), "tolerance")?;
    }
    for fee in &pack.fees {
        let relief =
            |relief: &Relief| has_lit(pack, relief.when) && relief.percent <= 100 && has_bases(pack, &relief.basis);
        let fits = has_lit(pack, fee.when) && has_bases(pack, &fee.basis);
        let amounts = is_amount(pack, &fee.amount) && is_amount(pack, &fee.payable);
        ensure_at(fits && amounts && fee.reliefs.iter().all(relief), &["fees", &fee.id])?;
    }
    ensure(is_amount(pack, &pack.due_total) && is_amount(pack, &pack.payable_total), "fees")?;
    for document in &pack.documents {
        ensure_at(has_lits(pack, &[document.when, document.unless]), &["documents", &document.id])?;
    }
    Ok(())
}

fn joint_fits(pack: &Pack, joint: &JointPlan) -> bool {
    let step = |step: &JointStep| {
        has_lit(pack, step.when)
            && is_amount(pack, &step.days)
            && usize::from(step.department) < joint.departments.len()
            && step.after.iter().all(|(need, when)| usize::from(*need) < joint.steps.len() && has_lit(pack, *when))
            && step.survey.is_none_or(|(survey, _)| usize::from(survey) < joint.surveys.len())
            && has_bases(pack, &step.basis)
    };
    joint.steps.len() <= MOST
        && joint.serial.is_none_or(|serial| has_lit(pack, serial))
        && has_value(pack, joint.days)
        && has_bases(pack, &joint.basis)
        && joint.steps.iter().all(step)
}

fn is_amount(pack: &Pack, amount: &Operand) -> bool {
    match amount {
        Operand::Number(_) => true,
        Operand::Value(value) => has_value(pack, *value),
        Operand::Date(_) | Operand::Fact(_) => false,
    }
}

fn form(pack: &Pack, form: &Form) -> Checked {
    let fields = form.sheet.sections.iter().flat_map(|section| &section.fields);
    for field in fields {
        let fits = match &field.source {
            FieldSource::Fact(fact) => has_fact(pack, *fact),
            FieldSource::Group(facts) => facts.iter().all(|fact| has_fact(pack, *fact)),
            FieldSource::Rule(rule) => pack.rules.get(usize::from(*rule)).is_some_and(|rule| rule.shown),
            FieldSource::Value(_) | FieldSource::Blank => true,
        };
        let checks = || field.checks.iter().all(|check| has_lit(pack, check.failed));
        let fits = fits && has_lits(pack, &[field.required, field.shown]) && checks();
        ensure_at(fits, &["forms", &form.id, &field.id])?;
    }
    Ok(())
}

fn condition_fits(pack: &Pack, condition: &Condition) -> bool {
    has_lit(pack, condition.holds) && has_bases(pack, &condition.basis)
}

fn has_lit(pack: &Pack, lit: Lit) -> bool {
    lit.node() < pack.program.node_count()
}

fn has_lits(pack: &Pack, lits: &[Lit]) -> bool {
    lits.iter().all(|lit| has_lit(pack, *lit))
}

fn has_fact(pack: &Pack, fact: FactId) -> bool {
    fact.index() < pack.facts.len()
}

fn has_item(pack: &Pack, item: ItemId) -> bool {
    item.index() < pack.items.len()
}

fn has_bases(pack: &Pack, bases: &[BasisId]) -> bool {
    bases.iter().all(|basis| basis.index() < pack.bases.len())
}

fn has_value(pack: &Pack, value: u16) -> bool {
    usize::from(value) < pack.program.values.len()
}

#[cfg(test)]
mod tests;
