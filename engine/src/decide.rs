//! From what is known to a decision.

mod fees;
mod joint;
mod office;

use alloc::vec::Vec;

mod values;

use crate::run::is_open;
use crate::schedule::{Span, earliest};
use crate::search::{Probe, Search};
use crate::sorted::sort_by;
use crate::{
    Assumed, Calendar, Cause, Certificate, CertificateDecision, Conflict, Date, Dated, Decision, Document, Due,
    DueDate, FactId, FactKind, FactRole, Facts, Finding, Hit, Item, ItemDecision, ItemId, Lit, Machine, Material,
    MaterialDecision, MaterialId, MaterialState, MaterialStatus, Missing, Outcome, Pack, Periods, Plan, Planned,
    Quantity, QuestionOrder, ROWS, Run, Slot, StepDecision, Tolerance, ToleranceDecision, ToleranceStatus, Value,
    Verdict,
};

/// Decides what `pack` says about `facts` on the day `on`.
///
/// It never fails: half filled, contradictory or hostile facts give a decision as well.
#[must_use]
pub fn decide(pack: &Pack, calendar: &Calendar, facts: &Facts, on: Date) -> Decision {
    decide_by(&Machine::new(pack), pack, calendar, facts, on)
}

/// [`decide`], by the machine of the same pack, which is made once for many decisions.
#[must_use]
pub fn decide_by(machine: &Machine, pack: &Pack, calendar: &Calendar, facts: &Facts, on: Date) -> Decision {
    let (facts, assumed) = prepare(pack, facts, on);
    let date = |fact| match facts.get(fact) {
        Slot::Known(Value::Date(date)) => Some(*date),
        Slot::Known(_) | Slot::Unknown | Slot::Unsure => None,
    };
    let (accepted_on, version_date) = (date(pack.accepted_on).unwrap_or(on), date(pack.versions.date));
    let mut desk = Desk {
        pack,
        calendar,
        facts: &facts,
        accepted_on,
        version_date,
        search: Search::new(machine, pack, &facts, Some(calendar)),
        settles: alloc::vec![0; pack.facts.len()],
    };
    let mut decision = desk.decide();
    decision.assumed = assumed;
    decision
}

/// Drops values that do not fit their fact and fills in what is assumed.
pub(crate) fn prepare(pack: &Pack, given: &Facts, on: Date) -> (Facts, Vec<FactId>) {
    let mut facts = Facts::new(pack.facts.len());
    let mut assumed = Vec::new();
    for (index, fact) in pack.facts.iter().enumerate() {
        let id = FactId::new(index);
        let mut slot = given.get(id).clone();
        fit(&mut slot, &fact.kind);
        if let (Some(Assumed::Today), None) = (fact.assumed, slot.value()) {
            slot = Slot::Known(Value::Date(on));
            assumed.push(id);
        }
        facts.set(id, slot);
    }
    (facts, assumed)
}

/// Makes a slot unknown that holds what its fact cannot be; of a table such cells only.
pub(crate) fn fit(slot: &mut Slot, kind: &FactKind) {
    if let (Slot::Known(Value::Table(rows)), FactKind::Table { columns, max_rows }) = (&mut *slot, kind)
        && ROWS
        && rows.len() <= usize::from(*max_rows)
    {
        for row in rows {
            row.resize(columns.len());
            row.change_with(columns, |cell, column| fit(cell, &column.kind));
        }
    } else if slot.value().is_some_and(|value| !fits(value, kind)) {
        *slot = Slot::Unknown;
    }
}

/// Whether the citizen cannot say more: all that is open of a table was said to be unsure.
pub(crate) fn is_unsure(pack: &Pack, facts: &Facts, fact: FactId) -> bool {
    let slot = facts.get(fact);
    match slot {
        Slot::Known(Value::Table(_)) if ROWS => {
            let is_unknown = |cell: &Slot| matches!(cell, Slot::Unknown);
            let mut rows = pack.program.rows.iter().filter(|rows| rows.table == fact);
            !rows.any(|rows| is_open(rows, slot, is_unknown))
        }
        _ => matches!(slot, Slot::Unsure),
    }
}

fn fits(value: &Value, kind: &FactKind) -> bool {
    match (value, kind) {
        (Value::Bool(_), FactKind::Bool)
        | (Value::Number(_), FactKind::Number { .. })
        | (Value::Date(_), FactKind::Date)
        | (Value::Text(_), FactKind::Text { .. }) => true,
        (Value::Choice(option), FactKind::Choice(options)) => usize::from(*option) < options.len(),
        (Value::Choices(set), FactKind::Choices(options)) => {
            u32::try_from(options.len()).is_ok_and(|count| set.checked_shr(count).unwrap_or(0) == 0)
        }
        _ => false,
    }
}

struct Desk<'a> {
    pack: &'a Pack,
    calendar: &'a Calendar,
    facts: &'a Facts,
    accepted_on: Date,
    version_date: Option<Date>,
    search: Search<'a>,
    /// How many open results hang on each fact.
    settles: Vec<usize>,
}

impl Desk<'_> {
    fn decide(&mut self) -> Decision {
        let pack = self.pack;
        let (verdict, verdict_missing, verdict_exact) = self.verdict();
        let blocked = self.finding(pack.blocked).is(true);
        let items: Vec<ItemDecision> =
            pack.items.iter().enumerate().filter_map(|(index, item)| self.item(ItemId::new(index), item)).collect();
        let authorities = self.authorities(&items);
        let materials: Vec<MaterialDecision> = if blocked {
            Vec::new()
        } else {
            pack.materials.iter().enumerate().map(|(index, material)| self.material(index, material)).collect()
        };
        let periods = self.periods();
        let plan = periods.as_ref().map(|periods| self.plan(&pack.plan, periods)).unwrap_or_default();
        let joint = Planned::make(|| periods.as_ref().and_then(|_| self.joint()));
        let tolerance = self.tolerance(pack.tolerance.as_ref(), periods.as_ref());
        let not_required = self.hits(pack.not_required.iter().map(|ground| ground.condition.holds));
        let not_competent = self.hits(pack.not_competent.iter().map(|ground| ground.condition.holds));
        let conflicts = self.hits(pack.conflicts.iter().map(|conflict| conflict.condition.holds));
        let checks = self.hits(pack.checks.iter().map(|check| check.condition.holds));
        let fees = self.fees();
        let values = self.values();
        let missing = self.missing();
        let next_question = self.next_question(&conflicts, &missing);
        Decision {
            accepted_on: self.accepted_on,
            version_date: self.version_date,
            not_yet_in_force: self.version_date.and_then(|day| pack.versions.from.filter(|from| day < *from)),
            expired: self.expired(),
            verdict,
            verdict_missing,
            verdict_exact,
            items,
            certificates: self.certificates(&pack.certificates),
            authorities,
            not_required,
            not_competent,
            conflicts,
            checks,
            separate_count: self.separate_count(),
            merged_count: materials.iter().filter(|material| material.status == MaterialStatus::Required).count(),
            materials,
            periods,
            plan,
            joint,
            tolerance,
            fees,
            values,
            documents: self.documents(&pack.documents),
            to_be_judged: self.left_to_the_window(),
            missing,
            next_question,
            assumed: Vec::new(),
            // Nothing reads it after this.
            run: core::mem::take(&mut self.search.run),
        }
    }

    fn run(&self) -> &Run {
        &self.search.run
    }

    /// The result of a literal; what an open one hangs on is counted.
    fn finding(&mut self, lit: Lit) -> Finding {
        let finding = self.search.finding(lit);
        if finding.value.is_none() {
            self.count(&finding.missing);
        }
        finding
    }

    /// Whether a literal holds under every completion.
    fn certain(&mut self, lit: Lit) -> bool {
        self.search.finding(lit).is(true)
    }

    fn count(&mut self, missing: &[FactId]) {
        for fact in missing {
            if let Some(results) = self.settles.get_mut(fact.index()) {
                *results += 1;
            }
        }
    }

    fn verdict(&mut self) -> (Verdict, Vec<FactId>, bool) {
        let lits = self.pack.verdict;
        let probe = Probe {
            lits: alloc::vec![lits.refused, lits.not_needed, lits.correctable, lits.ready],
            ..Probe::default()
        };
        let searched = self.search.observe(&probe);
        let verdicts = [Verdict::Refused, Verdict::NotNeeded, Verdict::Correctable, Verdict::Ready];
        let decided = verdicts.into_iter().zip(&searched.common.lits).find(|(_, value)| **value == Some(true));
        if let Some((verdict, _)) = decided {
            return (verdict, Vec::new(), true);
        }
        self.count(&searched.missing);
        (Verdict::Undetermined, searched.missing, searched.exact)
    }

    fn item(&mut self, id: ItemId, item: &Item) -> Option<ItemDecision> {
        let selected = self.finding(item.selected);
        if selected.is(false) {
            return None;
        }
        let eligible = self.finding(item.eligible);
        let failed: Vec<usize> = item
            .conditions
            .iter()
            .enumerate()
            .filter(|(_, condition)| self.certain(!condition.holds))
            .map(|(index, _)| index)
            .collect();
        let outcome = match (selected.value, eligible.value) {
            (_, Some(true)) => Outcome::Pass,
            (Some(true), Some(false)) => Outcome::Fail,
            _ => Outcome::Undetermined,
        };
        let statutory_days = self.dated(&item.statutory);
        Some(ItemDecision {
            item: id,
            selected,
            outcome,
            eligible,
            failed,
            statutory_days,
            statutory_due: statutory_days.map_or(DueDate::Undetermined, |days| self.due(days.into())),
            validity_years: self.dated(&item.validity),
        })
    }

    fn dated(&self, values: &[Dated]) -> Option<i64> {
        values.iter().find(|dated| self.run().holds(dated.in_force)).map(|dated| dated.value)
    }

    fn certificates(&mut self, certificates: &[Certificate]) -> Vec<CertificateDecision> {
        certificates
            .iter()
            .enumerate()
            .map(|(index, certificate)| CertificateDecision {
                certificate: index,
                items: certificate
                    .items
                    .iter()
                    .filter(|(_, when)| self.certain(*when))
                    .map(|(item, _)| *item)
                    .collect(),
            })
            .filter(|certificate| !certificate.items.is_empty())
            .collect()
    }

    fn material(&mut self, index: usize, material: &Material) -> MaterialDecision {
        let required = self.finding(material.required);
        let status = match required.value {
            Some(true) => MaterialStatus::Required,
            None => MaterialStatus::Undetermined,
            Some(false) if self.certain(material.waived_local) => MaterialStatus::WaivedLocal,
            Some(false) if self.certain(material.waived_internal) => MaterialStatus::WaivedInternal,
            Some(false) if self.certain(material.waived_shared) => MaterialStatus::WaivedShared,
            Some(false) => MaterialStatus::NotRequired,
        };
        let needs = material.needs.iter();
        let needed_by: Vec<ItemId> = needs.filter(|need| self.certain(need.when)).map(|need| need.item).collect();
        let (copies, copies_open) = self.copies(material, needed_by.len());
        let (variant, variant_missing) = self.variant(status, material);
        let state = match (status, self.facts.get(material.state)) {
            (MaterialStatus::Required | MaterialStatus::Undetermined, Slot::Known(Value::Choice(0))) => {
                MaterialState::Provided
            }
            (MaterialStatus::Required | MaterialStatus::Undetermined, Slot::Known(Value::Choice(1))) => {
                MaterialState::Missing
            }
            (MaterialStatus::Required | MaterialStatus::Undetermined, Slot::Known(Value::Choice(2))) => {
                MaterialState::Defective
            }
            _ => MaterialState::Unknown,
        };
        let material = MaterialId::new(index);
        MaterialDecision { material, status, required, needed_by, copies, copies_open, variant, variant_missing, state }
    }

    fn variant(&mut self, status: MaterialStatus, material: &Material) -> (Option<usize>, Vec<FactId>) {
        if status != MaterialStatus::Required || material.variants.is_empty() {
            return (None, Vec::new());
        }
        let lits = material.variants.iter().map(|variant| variant.when).collect();
        let searched = self.search.observe(&Probe { lits, ..Probe::default() });
        if let Some(variant) = searched.common.lits.iter().position(|value| *value == Some(true)) {
            return (Some(variant), Vec::new());
        }
        self.count(&searched.missing);
        (None, searched.missing)
    }

    fn separate_count(&mut self) -> usize {
        let needs = self.pack.materials.iter().flat_map(|material| &material.needs);
        needs.filter(|need| self.certain(need.when)).count()
    }

    /// The periods, unless certainly nothing goes on.
    fn periods(&mut self) -> Option<Periods> {
        let pack = self.pack;
        if pack.items.iter().all(|item| self.search.finding(item.going).is(false)) {
            return None;
        }
        let promised = pack.promise.as_ref().map_or(pack.statutory_max, |promise| promise.days);
        let statutory_sum = self.quantity(pack.statutory_sum);
        let promised_days = self.quantity(promised);
        let saved_days = match (&statutory_sum, &promised_days) {
            (Quantity::Known(sum), Quantity::Known(promised)) => {
                sum.checked_sub(*promised).map_or(Quantity::CannotCompute(Cause::Overflow), Quantity::Known)
            }
            // Sum and promise may move together, so that the difference is known before them.
            _ => self.observed(&Probe { differences: alloc::vec![(pack.statutory_sum, promised)], ..Probe::default() }),
        };
        let promised_due = match promised_days {
            Quantity::Known(days) => self.due(days),
            Quantity::Open { .. } | Quantity::CannotCompute(_) => DueDate::Undetermined,
        };
        Some(Periods { statutory_sum, promised_days, saved_days, promised_due })
    }

    fn quantity(&mut self, value: u16) -> Quantity {
        let quantity = self.observed(&Probe { values: alloc::vec![value], ..Probe::default() });
        if let Quantity::Open { missing, .. } = &quantity {
            self.count(missing);
        }
        quantity
    }

    /// The one number of a probe.
    fn observed(&mut self, probe: &Probe) -> Quantity {
        self.search.quantity(probe)
    }

    fn due(&self, days: i128) -> DueDate {
        match u32::try_from(days) {
            Ok(days) => DueDate::Due(self.calendar.add_workdays(self.accepted_on, days)),
            Err(_) => DueDate::Undetermined,
        }
    }

    fn plan(&self, plan: &Plan, periods: &Periods) -> Vec<StepDecision> {
        let Quantity::Known(promised) = periods.promised_days else { return Vec::new() };
        let days = match plan.scaled {
            true => scale(plan, i64::try_from(promised).unwrap_or(i64::MAX)),
            false => plan.steps.iter().map(|step| u32::from(step.days)).collect(),
        };
        // Each step needs the one before it.
        let spans = earliest(0..days.len(), &days, |step| step.checked_sub(1));
        let steps = days.into_iter().zip(spans).enumerate();
        steps
            .map(|(step, (days, Span { finish, .. }))| {
                // What takes no day is done at acceptance, even on a day that is no workday.
                let due = if finish == 0 { DueDate::Due(Due::On(self.accepted_on)) } else { self.due(finish.into()) };
                StepDecision { step, days: days.into(), due }
            })
            .collect()
    }

    fn tolerance(&mut self, tolerance: Option<&Tolerance>, periods: Option<&Periods>) -> ToleranceDecision {
        let mut decision = ToleranceDecision {
            status: ToleranceStatus::NotApplicable,
            main_missing: false,
            too_many: false,
            excluded: false,
            missing: Vec::new(),
            supplement_due: DueDate::Undetermined,
        };
        let Some(tolerance) = tolerance else { return decision };
        let open = self.finding(tolerance.open);
        if open.is(false) {
            return decision;
        }
        decision.main_missing = self.certain(tolerance.main_missing);
        decision.too_many = self.certain(tolerance.too_many);
        decision.excluded = self.certain(tolerance.excluded);
        let allowed = if open.is(true) { self.finding(tolerance.allowed) } else { open };
        decision.missing = allowed.missing.clone();
        decision.status = match allowed.value {
            Some(true) => ToleranceStatus::Allowed,
            Some(false) => ToleranceStatus::Refused,
            None => ToleranceStatus::Undetermined,
        };
        if decision.status == ToleranceStatus::Allowed {
            let supplement = self.due(tolerance.supplement_days.into());
            decision.supplement_due = earlier(supplement, periods.map(|periods| &periods.promised_due));
        }
        decision
    }

    fn hits(&mut self, lits: impl Iterator<Item = Lit>) -> Vec<Hit> {
        lits.enumerate()
            .map(|(index, lit)| Hit { index, finding: self.finding(lit) })
            .filter(|hit| !hit.finding.is(false))
            .collect()
    }

    fn documents(&mut self, documents: &[Document]) -> Vec<usize> {
        let documents = documents.iter().enumerate();
        documents
            .filter(|(_, document)| self.certain(document.when) && !self.certain(document.unless))
            .map(|(index, _)| index)
            .collect()
    }

    fn missing(&self) -> Vec<Missing> {
        self.settles
            .iter()
            .enumerate()
            .filter(|(_, results)| **results > 0)
            .map(|(index, results)| (FactId::new(index), *results))
            .map(|(fact, settles)| Missing { fact, settles, unsure: is_unsure(self.pack, self.facts, fact) })
            .collect()
    }

    /// A certain conflict re-opens the fact that caused it; otherwise the first relevant
    /// unanswered fact in the pack's order is asked.
    fn next_question(&self, conflicts: &[Hit], missing: &[Missing]) -> Option<FactId> {
        let conflict = conflicts.iter().find(|hit| hit.finding.is(true));
        if let Some(Conflict { reopens, .. }) = conflict.and_then(|hit| self.pack.conflicts.get(hit.index)) {
            return Some(*reopens);
        }
        let askable = |missing: &&Missing| {
            let fact = self.pack.facts.get(missing.fact.index());
            !missing.unsure && fact.is_some_and(|fact| fact.role == FactRole::Question && self.run().holds(fact.ask_if))
        };
        let mut open = missing.iter().filter(askable);
        match self.pack.order {
            QuestionOrder::Pack => open.next(),
            QuestionOrder::Settles => open.min_by_key(|missing| core::cmp::Reverse(missing.settles)),
        }
        .map(|missing| missing.fact)
    }
}

/// Scales the durations so that they add up to `total`, by the largest remainder; between equal
/// remainders the earlier step gains the day.
fn scale(plan: &Plan, total: i64) -> Vec<u32> {
    let sum: i64 = plan.steps.iter().map(|step| i64::from(step.days)).sum();
    let total = total.clamp(0, i64::from(u32::MAX));
    if sum == 0 {
        return plan.steps.iter().map(|_| 0).collect();
    }
    let share = |days: u16| (i64::from(days) * total / sum, i64::from(days) * total % sum);
    let shares: Vec<(i64, i64)> = plan.steps.iter().map(|step| share(step.days)).collect();
    let left = total - shares.iter().map(|(whole, _)| whole).sum::<i64>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let remainder = |index: &usize| shares.get(*index).map_or(0, |(_, remainder)| *remainder);
    sort_by(&mut order, |before, after| remainder(before) < remainder(after));
    let gains: Vec<usize> = order.into_iter().take(usize::try_from(left).unwrap_or(0)).collect();
    let days = |(index, (whole, _)): (usize, &(i64, i64))| whole + i64::from(gains.contains(&index));
    // No share is more than the whole, which fits.
    shares.iter().enumerate().map(|share| u32::try_from(days(share)).unwrap_or(u32::MAX)).collect()
}

/// The earlier of two settled dates; an open one leaves the first as it is.
fn earlier(first: DueDate, second: Option<&DueDate>) -> DueDate {
    match (&first, second) {
        (DueDate::Due(Due::On(a)), Some(DueDate::Due(Due::On(b)))) if b < a => DueDate::Due(Due::On(*b)),
        _ => first,
    }
}
