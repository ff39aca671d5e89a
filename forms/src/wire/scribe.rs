//! From a pre-check to the structures of the wire.

use alloc::vec::Vec;

use yichuang_engine::{
    AuthorityDecision, BasisId, Cause, Condition, Dated, Fact, FactId, FactKind, FactOption, FactRole, Ground, Hit,
    ItemDecision, ItemId, MaterialDecision, MaterialStatus, Outcome, Pack, Planned, ROWS, Version,
};

use super::decision as wire;
use super::names::{self, confidence, kind, outcome, severity, state, status, verdict, versions_by};
use super::parts::{Bases, Basis, Day, Selected, numeric};
use crate::phrase::joined;
use crate::reason::why;
use crate::{Lang, Precheck, number_text};

/// Writes down a pre-check in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scribe<'a> {
    pub(super) precheck: &'a Precheck<'a>,
    pub(super) pack: &'a Pack,
    pub(super) lang: Lang,
}

impl<'a> Scribe<'a> {
    #[inline(never)]
    pub(super) fn new(precheck: &'a Precheck<'a>, lang: Lang) -> Scribe<'a> {
        Scribe { precheck, pack: precheck.pack(), lang }
    }

    #[inline(never)]
    pub(super) fn decision(self) -> wire::Decision<'a> {
        let (precheck, pack, decision) = (self.precheck, self.pack, &self.precheck.decision);
        let (bundle, calendar) = (precheck.bundle, precheck.calendar);
        wire::Decision {
            pack: self.layered(&bundle.digest),
            calendar: wire::Calendar {
                id: calendar.value.id(),
                digest: &calendar.digest,
                settled_until: Day(calendar.value.settled_until()),
            },
            on: Day(precheck.on),
            accepted_on: Day(decision.accepted_on),
            versions_by: versions_by(pack.versions.by),
            version_date: decision.version_date.map(Day),
            not_yet_in_force: decision.not_yet_in_force.map(Day),
            expired_version: self.expired(),
            verdict: verdict(decision.verdict),
            verdict_missing: self.facts(&decision.verdict_missing),
            not_exact: !decision.verdict_exact,
            ask_at_window: decision.ask_at_window(&decision.verdict_missing),
            items: decision.items.iter().filter_map(|item| self.item(item)).collect(),
            certificates: self.certificates(),
            authorities: self.authorities(),
            copy_notices: self.copy_notices(),
            not_required: self.grounds(&decision.not_required, &pack.not_required),
            not_competent: self.grounds(&decision.not_competent, &pack.not_competent),
            conflicts: self.conflicts(),
            checks: self.checks(),
            open_grounds: self.open_grounds(),
            open_conflicts: open(&decision.conflicts)
                .filter_map(|place| pack.conflicts.get(place))
                .map(|conflict| conflict.condition.id.as_str())
                .collect(),
            open_checks: open(&decision.checks)
                .filter_map(|place| pack.checks.get(place))
                .map(|check| check.condition.id.as_str())
                .collect(),
            to_be_judged: self.to_be_judged(),
            materials: decision.materials.iter().filter_map(|material| self.material(material)).collect(),
            merged_count: decision.merged_count,
            separate_count: decision.separate_count,
            periods: decision.periods.as_ref().map(|periods| self.periods(periods)),
            steps: self.steps(),
            joint_plan: Planned::make(|| self.joint()),
            tolerance: self.tolerance(),
            fees: self.fees(),
            due_total: self.money(&decision.fees.due_total),
            payable_total: self.money(&decision.fees.payable_total),
            ratio: decision.fees.ratio().map(|tenths| number_text(tenths, 1)),
            pay_after_service: pack.pay_after_service,
            values: self.values(),
            documents: self.documents(),
            missing: self.missing(),
            next_question: decision.next_question.and_then(|fact| self.fact(fact)),
            question: decision.next_question.and_then(|fact| self.question(fact)),
            assumed: self.facts(&decision.assumed),
            errors: self.errors(),
            receipt: wire::Receipt { answers: &precheck.receipt.answers, code: &precheck.receipt.code },
        }
    }

    #[inline(never)]
    fn expired(self) -> Vec<wire::Expired<'a>> {
        let endings = self.precheck.decision.expired.iter().filter_map(|place| self.pack.versions.endings.get(*place));
        endings
            .map(|ending| wire::Expired {
                what: &ending.what,
                id: &ending.id,
                name: self.lang.pick(&ending.name),
                to: Day(ending.to),
            })
            .collect()
    }

    #[inline(never)]
    fn layered(self, digest: &'a str) -> wire::Pack<'a> {
        let Pack { id, edition, layers, overrides, .. } = self.pack;
        let layers = layers.iter().map(|layer| wire::Layer { id: &layer.id, edition: &layer.edition });
        let overrides = overrides.iter().map(|change| wire::Override {
            target: self.lang.pick(&change.target),
            old: self.lang.pick(&change.old),
            new: self.lang.pick(&change.new),
            basis: self.bases(&change.basis),
        });
        wire::Pack { id, edition, digest, layers: layers.collect(), overrides: overrides.collect() }
    }

    #[inline(never)]
    pub(super) fn fact(self, id: FactId) -> Option<&'a str> {
        self.pack.facts.get(id.index()).map(|fact| fact.id.as_str())
    }

    #[inline(never)]
    pub(super) fn facts(self, ids: &[FactId]) -> Vec<&'a str> {
        ids.iter().filter_map(|id| self.fact(*id)).collect()
    }

    #[inline(never)]
    fn item_ids(self, ids: &[ItemId]) -> Vec<&'a str> {
        ids.iter().filter_map(|id| self.pack.items.get(id.index())).map(|item| item.id.as_str()).collect()
    }

    #[inline(never)]
    pub(super) fn bases(self, ids: &[BasisId]) -> Bases<'a> {
        let bases = ids.iter().filter_map(|id| self.pack.bases.get(id.index()));
        bases.map(|basis| Basis { confidence: confidence(basis.confidence), citation: &basis.citation }).collect()
    }

    #[inline(never)]
    fn item(self, decision: &'a ItemDecision) -> Option<wire::Item<'a>> {
        let item = self.pack.items.get(decision.item.index())?;
        let failed = decision.failed.iter().filter_map(|place| item.conditions.get(*place));
        let in_force = |values: &'a [Dated]| {
            let dated = values.iter().find(|dated| self.precheck.decision.run.holds(dated.in_force));
            dated.map(|dated| self.bases(&dated.basis)).unwrap_or_default()
        };
        let open = (decision.outcome == Outcome::Undetermined).then_some(&decision.eligible);
        Some(wire::Item {
            id: &item.id,
            name: self.lang.pick(&item.name),
            note: self.lang.pick(&item.note),
            selected: if decision.selected.is(true) { Selected::Yes } else { Selected::Undetermined },
            outcome: outcome(decision.outcome),
            missing: open.map(|open| self.facts(&open.missing)).unwrap_or_default(),
            not_exact: open.is_some_and(|open| !open.exact),
            cannot_compute: open.and_then(|open| open.cannot_compute).map(Cause::code),
            ask_at_window: open.is_some_and(|open| self.precheck.decision.ask_at_window(&open.missing)),
            reasons: failed.map(|condition| self.reason(condition)).collect(),
            statutory_days: decision.statutory_days,
            statutory_due: self.due(&decision.statutory_due, None),
            statutory_basis: in_force(&item.statutory),
            validity_years: decision.validity_years,
            validity_basis: in_force(&item.validity),
            basis: self.bases(Version::basis(&self.precheck.decision.run, &item.versions, &item.basis)),
        })
    }

    #[inline(never)]
    fn reason(self, condition: &'a Condition) -> wire::Reason<'a> {
        wire::Reason {
            id: &condition.id,
            message: self.lang.pick(&condition.message),
            basis: self.bases(&condition.basis),
        }
    }

    #[inline(never)]
    fn certificates(self) -> Vec<wire::Certificate<'a>> {
        let held = self.precheck.decision.certificates.iter();
        held.filter_map(|held| {
            let certificate = self.pack.certificates.get(held.certificate)?;
            Some(wire::Certificate {
                id: &certificate.id,
                name: self.lang.pick(&certificate.name),
                items: self.item_ids(&held.items),
                basis: self.bases(&certificate.basis),
            })
        })
        .collect()
    }

    #[inline(never)]
    fn authority(self, decision: &AuthorityDecision) -> &'a str {
        self.pack.authorities.get(decision.authority).map(|name| self.lang.pick(name)).unwrap_or_default()
    }

    #[inline(never)]
    fn authorities(self) -> Vec<wire::Authority<'a>> {
        let decisions = self.precheck.decision.authorities.iter();
        decisions
            .map(|decision| wire::Authority {
                authority: self.authority(decision),
                lead: decision.authority == 0,
                items: self.item_ids(&decision.items),
            })
            .collect()
    }

    #[inline(never)]
    fn copy_notices(self) -> Vec<wire::CopyNotice<'a>> {
        let decision = &self.precheck.decision;
        let periods = decision.periods.as_ref();
        let notified = decision.authorities.iter().filter(|authority| !authority.notified.is_empty());
        notified
            .map(|authority| wire::CopyNotice {
                authority: self.authority(authority),
                items: self.item_ids(&authority.notified),
                on: Day(decision.accepted_on),
                reply_by: periods.and_then(|periods| self.due(&periods.promised_due, Some(&periods.promised_days))),
            })
            .collect()
    }

    #[inline(never)]
    fn grounds(self, hits: &[Hit], grounds: &'a [Ground]) -> Vec<wire::Ground<'a>> {
        let certain = certain(hits).filter_map(|place| grounds.get(place));
        certain
            .map(|ground| wire::Ground {
                id: &ground.condition.id,
                message: self.lang.pick(&ground.condition.message),
                competent: self.lang.pick(&ground.competent),
                basis: self.bases(&ground.condition.basis),
            })
            .collect()
    }

    #[inline(never)]
    fn open_grounds(self) -> Vec<&'a str> {
        let (pack, decision) = (self.pack, &self.precheck.decision);
        let not_required = open(&decision.not_required).filter_map(|place| pack.not_required.get(place));
        let not_competent = open(&decision.not_competent).filter_map(|place| pack.not_competent.get(place));
        not_required.chain(not_competent).map(|ground| ground.condition.id.as_str()).collect()
    }

    #[inline(never)]
    fn conflicts(self) -> Vec<wire::Conflict<'a>> {
        let certain = certain(&self.precheck.decision.conflicts).filter_map(|place| self.pack.conflicts.get(place));
        certain
            .map(|conflict| wire::Conflict {
                id: &conflict.condition.id,
                items: self.item_ids(&conflict.items),
                message: self.lang.pick(&conflict.condition.message),
                reopens: self.fact(conflict.reopens).unwrap_or_default(),
                basis: self.bases(&conflict.condition.basis),
            })
            .collect()
    }

    #[inline(never)]
    fn checks(self) -> Vec<wire::Check<'a>> {
        let certain = certain(&self.precheck.decision.checks).filter_map(|place| self.pack.checks.get(place));
        certain
            .map(|check| wire::Check {
                id: &check.condition.id,
                severity: severity(check.severity),
                message: self.lang.pick(&check.condition.message),
                fact: check.fact.and_then(|fact| self.fact(fact)),
                basis: self.bases(&check.condition.basis),
            })
            .collect()
    }

    #[inline(never)]
    fn to_be_judged(self) -> Vec<wire::Judged<'a>> {
        let hits = self.precheck.decision.to_be_judged.iter();
        hits.filter_map(|hit| {
            let entry = self.pack.not_encoded.get(hit.index)?;
            let beside = entry.beside.as_ref().map(|beside| wire::Beside {
                what: &beside.what,
                id: &beside.id,
                name: self.lang.pick(&beside.name),
            });
            Some(wire::Judged {
                article: self.lang.pick(&entry.article),
                reason: self.lang.pick(&entry.reason),
                beside,
                open: hit.finding.value.is_none(),
                basis: self.bases(&entry.basis),
            })
        })
        .collect()
    }

    #[inline(never)]
    fn material(self, decision: &'a MaterialDecision) -> Option<wire::Material<'a>> {
        let material = self.pack.materials.get(decision.material.index())?;
        let variant = decision.variant.and_then(|place| material.variants.get(place));
        let open = Some(&decision.required).filter(|required| required.value.is_none());
        let ticked = matches!(decision.status, MaterialStatus::Required | MaterialStatus::Undetermined);
        let why = why(self.precheck, material.required, self.lang).into_iter();
        let notes = [Some(&material.note), variant.map(|variant| &variant.note)].into_iter().flatten();
        let notes = notes.map(|note| self.lang.pick(note)).filter(|note| !note.is_empty());
        let mut missing = decision.required.missing.clone();
        missing.extend(&decision.variant_missing);
        Some(wire::Material {
            id: &material.id,
            name: self.lang.pick(variant.map_or(&material.name, |variant| &variant.name)),
            status: status(decision.status),
            state: ticked.then(|| state(decision.state)),
            needed_by: self.item_ids(&decision.needed_by),
            produced_by: material.produced_by.and_then(|item| self.item_ids(&[item]).pop()),
            originals: material.originals,
            copies: decision.copies,
            copies_open: decision.copies_open,
            show_original: material.show_original,
            deferrable: material.deferrable,
            note: joined(&notes.collect::<Vec<_>>(), self.lang.word("", " ")),
            missing: self.facts(&missing),
            not_exact: open.is_some_and(|open| !open.exact),
            cannot_compute: open.and_then(|open| open.cannot_compute).map(Cause::code),
            ask_at_window: self.precheck.decision.ask_at_window(&missing),
            why: why.map(|why| wire::Why { fact: why.fact.map(|fact| fact.id.as_str()), text: why.text }).collect(),
            waived_basis: match decision.status {
                MaterialStatus::WaivedLocal => self.bases(&material.waived_basis),
                _ => Vec::new(),
            },
            basis: self.bases(Version::basis(&self.precheck.decision.run, &material.versions, &material.basis)),
        })
    }

    #[inline(never)]
    fn documents(self) -> Vec<wire::Named<'a>> {
        let documents = self.precheck.decision.documents.iter().filter_map(|place| self.pack.documents.get(*place));
        documents.map(|document| wire::Named { id: &document.id, name: self.lang.pick(&document.name) }).collect()
    }

    #[inline(never)]
    fn missing(self) -> Vec<wire::Missing<'a>> {
        let missing = self.precheck.decision.missing.iter();
        missing
            .filter_map(|missing| {
                let fact = self.pack.facts.get(missing.fact.index())?;
                let name = match fact.role {
                    FactRole::MaterialState(material) => &self.pack.materials.get(material.index())?.name,
                    FactRole::Question | FactRole::AcceptedOn | FactRole::RequestDate => &fact.name,
                };
                let name = self.lang.pick(name);
                Some(wire::Missing { fact: &fact.id, name, settles: missing.settles, unsure: missing.unsure })
            })
            .collect()
    }

    #[inline(never)]
    fn question(self, id: FactId) -> Option<wire::Question<'a>> {
        let fact = self.pack.facts.get(id.index())?;
        Some(self.put(fact, false))
    }

    /// A question or, which has much in common with it, a column.
    fn put(self, fact: &'a Fact, is_column: bool) -> wire::Question<'a> {
        let text = self.lang.pick(&fact.question);
        let mut question = wire::Question {
            fact: (!is_column).then_some(&*fact.id),
            id: is_column.then_some(&*fact.id),
            name: self.lang.pick(&fact.name),
            kind: kind(&fact.kind),
            text: Some(text).filter(|text| !is_column || !text.is_empty()),
            help: self.lang.pick(&fact.help),
            why: self.lang.pick(&fact.why),
            options: None,
            unit: None,
            min: None,
            max: None,
            places: None,
            format: None,
            none: None,
            columns: None,
            max_rows: None,
        };
        match &fact.kind {
            FactKind::Bool | FactKind::Date => {}
            FactKind::Number { places, unit, min, max, .. } => {
                question.unit = Some(self.lang.pick(unit)).filter(|unit| !unit.is_empty());
                question.places = Some(u16::from(*places)).filter(|places| *places > 0);
                (question.min, question.max) =
                    (min.map(|min| numeric(min, *places)), max.map(|max| numeric(max, *places)));
            }
            FactKind::Text { format, none } => {
                question.format = names::format(*format);
                question.none = none.as_ref().map(|none| self.lang.pick(none));
            }
            FactKind::Table { .. } if !ROWS => {}
            FactKind::Table { columns, max_rows } => {
                question.columns = Some(columns.iter().map(|column| self.put(column, true)).collect());
                question.max_rows = Some(*max_rows);
            }
            FactKind::Choice(options) | FactKind::Choices(options) => {
                let run = &self.precheck.decision.run;
                let offered = options.iter().filter(|option| run.get(option.offered) != Some(false));
                let option = |option: &'a FactOption| wire::QuestionOption {
                    id: &option.id,
                    name: self.lang.pick(&option.name),
                    hint: self.lang.pick(&option.hint),
                };
                question.options = Some(offered.map(option).collect());
            }
        }
        question
    }

    #[inline(never)]
    fn errors(self) -> Vec<wire::Error<'a>> {
        let errors = self.precheck.errors.iter();
        errors
            .map(|error| wire::Error { key: &error.key, code: error.code, message: self.lang.pick(&error.message) })
            .collect()
    }
}

/// The places of what certainly applies.
fn certain(hits: &[Hit]) -> impl Iterator<Item = usize> {
    hits.iter().filter(|hit| hit.finding.is(true)).map(|hit| hit.index)
}

/// The places of what may apply.
fn open(hits: &[Hit]) -> impl Iterator<Item = usize> {
    hits.iter().filter(|hit| hit.finding.value.is_none()).map(|hit| hit.index)
}
