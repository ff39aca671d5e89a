//! The pack of the procedure (`rules/packs/cn/procedure`) and the case clock say the same of the
//! same case: two ways to the same days, one written as rules, the other as events.
//!
//! They differ in one thing. No law extends the review of the lower level, and of a forwarded item
//! the pack asks after no other period; what the clock extends is that of the authority that decides.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what cannot be read fails the test")]

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use yichuang_engine::clock::{
    Acceptance, Approver, Breach, CaseClock, Deadline, Event, Issue, Kind, Term, Terms, What, clock,
};
use yichuang_engine::{Calendar, Date, Due};
use yichuang_forms::{Answers, Lang, LoadedBundle, LoadedCalendar, Precheck};
use yichuang_tests::corpus::{calendar, load};
use yichuang_tests::random::check;

const KINDS: [(Kind, &str); 4] =
    [(Kind::Promised, "promised"), (Kind::Instant, "instant"), (Kind::Forwarded, "forwarded"), (Kind::Joint, "joint")];

/// How the papers were on the day of receipt, and what the authority said of it.
#[derive(Clone, Copy, Debug)]
enum Papers {
    Complete,
    CorrectedOnSpot,
    /// Days from receipt to the notice, and from the notice to the correction.
    Incomplete(Option<(i64, Option<i64>)>),
}

/// A case; days are counted from the event before.
#[derive(Clone, Debug)]
struct Drawn {
    received: i64,
    kind: usize,
    required: bool,
    competent: bool,
    promised_days: u32,
    papers: Papers,
    extension: Option<(Approver, i64)>,
    decision: Option<(i64, Outcome)>,
    /// How long nothing more happens at the window, and after everything.
    silence: [i64; 2],
}

/// What was decided, and what else is asked of it.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Granted { issued: bool },
    Refused { reasons_given: bool },
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let corrected = proptest::option::weighted(0.6, 0_i64..12);
    let notified = proptest::option::weighted(0.8, (0_i64..12, corrected));
    let papers = prop_oneof![
        2 => Just(Papers::Complete),
        1 => Just(Papers::CorrectedOnSpot),
        4 => notified.prop_map(Papers::Incomplete),
    ];
    let approver = prop_oneof![Just(Approver::Other), Just(Approver::AgencyHead), Just(Approver::GovernmentHead)];
    let case = (0_i64..600, 0..KINDS.len(), proptest::bool::weighted(0.95), proptest::bool::weighted(0.95), 0_u32..60);
    let outcome = prop_oneof![
        any::<bool>().prop_map(|issued| Outcome::Granted { issued }),
        any::<bool>().prop_map(|reasons_given| Outcome::Refused { reasons_given }),
    ];
    let course = (
        papers,
        proptest::option::of((approver, 0_i64..75)),
        proptest::option::of((0_i64..60, outcome)),
        [0_i64..60, 0_i64..30],
    );
    (case, course).prop_map(|((received, kind, required, competent, promised_days), course)| {
        let (papers, extension, decision, silence) = course;
        Drawn { received, kind, required, competent, promised_days, papers, extension, decision, silence }
    })
}

/// The same case, written once as answers and once as events.
struct Written {
    answers: Map<String, Value>,
    events: Vec<Event>,
    as_of: Date,
}

impl Written {
    fn answer(&mut self, fact: &str, value: impl Into<Value>) {
        self.answers.insert(fact.to_owned(), value.into());
    }

    fn happens(&mut self, on: Date, what: What) {
        self.events.push(Event { on, what });
    }
}

fn later(day: Date, days: i64) -> Date {
    day.add_days(days).unwrap()
}

impl Drawn {
    fn written(&self, terms: &Terms, calendar: &Calendar) -> Written {
        let received = later(Date::new(2014, 1, 6).unwrap(), self.received);
        let mut case = Written { answers: Map::new(), events: Vec::new(), as_of: received };
        case.answer("item.required", self.required);
        case.answer("authority.competent", self.competent);
        case.answer("item.kind", KINDS[self.kind].1);
        case.answer("promised_days", self.promised_days);
        case.answer("received_on", received.to_string());
        case.happens(received, What::Received);
        if !self.required || !self.competent {
            case.happens(received, if self.required { What::NotCompetent } else { What::NotRequired });
        } else {
            self.write_papers(&mut case, received);
        }
        let waited = later(case.events.last().unwrap().on, self.silence[0]);
        let so_far = clock(&case.events, terms, waited, calendar);
        // Silence has to last before it is acceptance.
        let is_deemed = so_far.acceptance == Some(Acceptance::DeemedAccepted);
        let underway = so_far.accepted_on.map(|start| if is_deemed { waited } else { start });
        self.write_course(&mut case, underway);
        case.as_of = later(case.events.last().unwrap().on, self.silence[1]).max(waited);
        let as_of = case.as_of.to_string();
        case.answer("as_of", as_of);
        case
    }

    fn write_papers(&self, case: &mut Written, received: Date) {
        let state = match self.papers {
            Papers::Complete => "complete",
            Papers::CorrectedOnSpot => "on_spot",
            Papers::Incomplete(_) => "incomplete",
        };
        case.answer("papers.state", state);
        match self.papers {
            Papers::Complete => case.happens(received, What::Accepted),
            Papers::CorrectedOnSpot => {
                case.answer("corrected_on_spot", true);
                case.happens(received, What::CorrectedOnSpot);
            }
            Papers::Incomplete(None) => case.answer("notified", false),
            Papers::Incomplete(Some((days, corrected))) => {
                let notified = later(received, days);
                case.answer("notified", true);
                case.answer("notified_on", notified.to_string());
                case.answer("notified_again", false);
                case.answer("corrected", corrected.is_some());
                case.happens(notified, What::Notified { correct_by: None, from_correction: false });
                if let Some(days) = corrected {
                    let corrected = later(notified, days);
                    case.answer("corrected_on", corrected.to_string());
                    case.happens(corrected, What::Corrected { complete: true });
                }
            }
        }
    }

    /// What happens after acceptance; before it nothing of that can.
    fn write_course(&self, case: &mut Written, underway: Option<Date>) {
        let last = case.events.last().unwrap().on;
        let (mut extension, mut decision) = ("none", "pending");
        let mut day = underway.map(|day| day.max(last));
        if let (Some(from), Some((by, days))) = (day, self.extension) {
            let on = later(from, days);
            extension = match by {
                Approver::AgencyHead => "agency_head",
                Approver::Other => "department_head",
                Approver::GovernmentHead => "government_head",
            };
            case.answer("extension_on", on.to_string());
            if !self.is_forwarded() {
                let days = self.law().extension_days;
                case.happens(on, What::Extended { by, days, reasons_given: true });
            }
            day = Some(on);
        }
        if let (Some(from), Some((days, outcome))) = (day, self.decision) {
            let on = later(from, days);
            case.answer("decided_on", on.to_string());
            match outcome {
                Outcome::Granted { issued } => {
                    decision = "granted";
                    case.answer("certificate_issued", issued);
                    case.happens(on, What::Decided { granted: true, reasons_given: false });
                    if issued {
                        case.happens(on, What::Issued);
                    }
                }
                Outcome::Refused { reasons_given } => {
                    decision = "refused";
                    case.answer("reasons_stated", reasons_given);
                    case.happens(on, What::Decided { granted: false, reasons_given });
                }
            }
        }
        case.answer("extension", extension);
        case.answer("decision", decision);
    }

    fn is_forwarded(&self) -> bool {
        KINDS[self.kind].0 == Kind::Forwarded
    }

    /// The periods of the law.
    fn law(&self) -> Terms {
        Terms::of(KINDS[self.kind].0)
    }

    /// The periods with what was promised.
    fn promised(&self) -> Terms {
        Terms { promised: Term::workdays(self.promised_days), ..self.law() }
    }

    /// The same as the pack reckons: no promise longer than the law allows.
    fn terms(&self) -> Terms {
        let law = self.law();
        Terms { promised: Term::workdays(self.promised_days.min(law.statutory.count)), ..law }
    }
}

/// What the pack says.
struct Said(Value);

impl Said {
    fn by(pack: &LoadedBundle, calendar: &LoadedCalendar, case: &Written) -> Self {
        let answers = Answers::from_json(&Value::Object(case.answers.clone()).to_string()).unwrap();
        let decided = Precheck::new(pack, calendar, &answers, case.as_of);
        Self(serde_json::from_str(&decided.to_json(Lang::Zh)).unwrap())
    }

    /// A value that is shown; null where there is none to show.
    fn value(&self, id: &str) -> Value {
        let values = self.0["values"].as_array().unwrap();
        let value = values.iter().find(|value| value["id"] == id).unwrap();
        match value.get("value") {
            Some(said) => said.clone(),
            None if value["cannot_compute"] == "empty" => Value::Null,
            None => value.clone(),
        }
    }

    fn warns_of(&self, check: &str) -> bool {
        self.0["checks"].as_array().unwrap().iter().any(|one| one["id"] == check)
    }
}

fn day(deadline: Deadline) -> Value {
    match deadline {
        Deadline::Due(Due::On(day)) => json!(day.to_string()),
        Deadline::Waiting | Deadline::None => Value::Null,
        other => json!(format!("{other:?}")),
    }
}

/// The pack's word for what came of the application.
fn acceptance(clock: &CaseClock<'_>, papers: Papers) -> &'static str {
    match (clock.acceptance, papers) {
        (Some(Acceptance::NotRequired), _) => "not_required",
        (Some(Acceptance::NotCompetent), _) => "not_competent",
        (Some(Acceptance::CorrectedOnSpot), _) => "corrected_on_spot",
        (Some(Acceptance::CorrectionNotice), _) => "correction_notice",
        (Some(Acceptance::DeemedAccepted), _) => "deemed_accepted",
        (Some(Acceptance::Accepted), Papers::Incomplete(_)) => "corrected",
        (Some(Acceptance::Accepted), _) => "accepted",
        (None, _) => "awaiting_notice",
    }
}

/// What the clock says, under the names that the pack has for it.
fn expected(case: &Drawn, written: &Written, clock: &CaseClock<'_>) -> Vec<(&'static str, Value)> {
    let days = &clock.deadlines;
    let is_accepted = clock.accepted_on.is_some();
    let if_accepted = |deadline: Deadline| if is_accepted { day(deadline) } else { Value::Null };
    // The pack states the period of the lower level, and none of the one above.
    let statutory = if case.is_forwarded() { days.forward } else { days.statutory };
    let is_faulty = case.required && case.competent && matches!(case.papers, Papers::Incomplete(_));
    let is_granted = written.events.iter().any(|event| matches!(event.what, What::Decided { granted: true, .. }));
    vec![
        ("acceptance", json!(acceptance(clock, case.papers))),
        ("notice.due", if is_faulty { day(days.notice) } else { Value::Null }),
        ("clock.accepted_on", clock.accepted_on.map_or(Value::Null, |day| json!(day.to_string()))),
        ("clock.promised_due", if_accepted(days.promised)),
        ("clock.statutory_due", if_accepted(statutory)),
        ("certificate.due", if is_granted { day(days.certificate) } else { Value::Null }),
        ("lamp.colour", json!(clock.signal.lamp.code())),
    ]
}

/// The pack's checks, and whether the clock remarks the same.
fn warnings(case: &Drawn, written: &Written, clock: &CaseClock<'_>, calendar: &Calendar) -> Vec<(&'static str, bool)> {
    use yichuang_engine::clock::clock as clock_of;
    let has = |clock: &CaseClock<'_>, issue: Issue| clock.remarks.iter().any(|remark| remark.issue == issue);
    let remarked = |issue: Issue| has(clock, issue);
    let promised = clock_of(&[], &case.promised(), written.as_of, calendar);
    let is_extended = written.answers.get("extension").is_some_and(|by| by != "none");
    vec![
        ("late_statutory", clock.breach == Breach::Statutory),
        ("late_promised", clock.breach == Breach::Promised),
        ("late_notice", remarked(Issue::LateNotice)),
        ("no_notice", remarked(Issue::NoNotice)),
        ("wrong_approver", remarked(Issue::WrongApprover)),
        ("late_extension", remarked(Issue::LateExtension)),
        ("no_extension", case.is_forwarded() && is_extended),
        ("no_reason_refusal", remarked(Issue::NoReasonRefusal)),
        ("late_certificate", remarked(Issue::LateCertificate)),
        ("promise_longer", case.required && case.competent && has(&promised, Issue::PromiseTooLong)),
    ]
}

#[test]
fn the_pack_of_the_procedure_and_the_case_clock_agree() {
    let (pack, calendar) = (load("rules/packs/cn/procedure").bundle, calendar());
    let met: RefCell<BTreeSet<String>> = RefCell::default();
    check(3_000, &drawn(), |case| {
        let terms = case.terms();
        let written = case.written(&terms, &calendar.value);
        let clock = clock(&written.events, &terms, written.as_of, &calendar.value);
        let said = Said::by(&pack, &calendar, &written);
        let told = |what: &str| format!("{what}: {}\n{:?}\n{clock:?}", json!(written.answers), written.events);
        for (id, expected) in expected(&case, &written, &clock) {
            prop_assert_eq!(said.value(id), expected.clone(), "{}", told(id));
            met.borrow_mut().extend(["acceptance", "lamp.colour"].contains(&id).then(|| format!("{id} {expected}")));
        }
        for (id, expected) in warnings(&case, &written, &clock, &calendar.value) {
            prop_assert_eq!(said.warns_of(id), expected, "{}", told(id));
            met.borrow_mut().extend(expected.then(|| id.to_owned()));
        }
        prop_assert!(!said.warns_of("dates_order"), "{}", told("dates_order"));
        if said.value("clock.days").as_u64() > Some(terms.statutory.count.into()) {
            met.borrow_mut().insert("extended".to_owned());
        }
        Ok(())
    });
    // Eight ways to be received, six lamps, ten warnings, and an extension: all of them came up.
    let met = met.into_inner();
    assert_eq!(met.len(), 8 + 6 + 10 + 1, "{met:#?}");
}
