//! The case clock against worked cases: `tests/clock.yaml`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a case that cannot be read fails the test"
)]

use std::fmt::Write as _;
use std::fs;

use yichuang_engine::clock::{
    Approver, CaseClock, Deadline, Event, Intake, Issue, Kind, Level, MaterialGiven, Reason, RenewBy, Supplement, Term,
    Terms, ToleranceTerms, Unit, Violation, What, assess, clock,
};
use yichuang_engine::{Date, Due, WorkdayCount};
use yichuang_rules::{Node, SourceId, parse};
use yichuang_tests::corpus::{calendar, repository};

const REASONS: [Reason; 10] = [
    Reason::Hearing,
    Reason::Tender,
    Reason::Auction,
    Reason::Inspection,
    Reason::Testing,
    Reason::Quarantine,
    Reason::Appraisal,
    Reason::ExpertReview,
    Reason::SiteCheck,
    Reason::Rectification,
];

#[test]
fn clocks_are_those_of_the_table() {
    let calendar = calendar().value;
    let mut table = String::new();
    let mut seen = 0;
    for case in section("clocks") {
        let name = text(&case, "name").unwrap();
        let events: Vec<Event> = case.get(&["events"]).unwrap().value.items().unwrap().iter().map(event).collect();
        let terms = terms(&case);
        let clock = clock(&events, &terms, date(&text(&case, "on").unwrap()), &calendar);
        for entry in case.get(&["expect"]).unwrap().value.entries().unwrap() {
            let expected = entry.value.text().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            let got = show(&clock, &entry.key);
            if got != expected {
                writeln!(table, "{name}: {}\n    expected  {expected}\n    got       {got}", entry.key).unwrap();
            }
            seen += 1;
        }
    }
    assert!(table.is_empty(), "\n{table}");
    assert!(seen > 100);
}

#[test]
fn intakes_are_those_of_the_table() {
    let calendar = calendar().value;
    for case in section("intakes") {
        let (name, is) = (text(&case, "name").unwrap(), |key: &str| text(&case, key).as_deref() != Some("no"));
        let materials = text(&case, "materials").unwrap().chars().map(given).collect();
        let deferrable = text(&case, "deferrable").map(|letters| letters.chars().map(|one| one == 'y').collect());
        let tolerance = deferrable.map(|deferrable| ToleranceTerms {
            deferrable,
            limit: 2,
            promise_signed: is("promise"),
            credit_listed: text(&case, "credit_listed").is_some(),
        });
        let received_on = date(&text(&case, "on").unwrap());
        let intake = Intake { received_on, required: is("required"), competent: is("competent"), materials, tolerance };
        let found = assess(&intake, 5, &calendar);
        let documents = found.documents.iter().map(|(document, copies)| format!("{}x{copies}", document.code()));
        for (key, got) in [
            ("expect", found.acceptance.code().to_owned()),
            ("accepted_on", found.accepted_on.map_or(String::new(), |day| day.to_string())),
            ("notice", due(found.notice_deadline)),
            ("tolerated", found.tolerated.to_string()),
            ("documents", documents.collect::<Vec<_>>().join(" ")),
            ("defects", found.defects.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
            ("hindrances", found.hindrances.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")),
        ] {
            if let Some(expected) = text(&case, key) {
                assert_eq!(got, expected, "{name}: {key}");
            }
        }
    }
}

/// Each issue has its rule, and words in both languages that are its own.
#[test]
fn issues_say_which_rule_is_broken() {
    for (place, issue) in Issue::ALL.iter().enumerate() {
        assert!(issue.basis() == "dft" || issue.basis().contains("条"), "{issue:?}");
        assert!(issue.code().chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_'));
        assert!(issue.en().is_ascii() && !issue.zh().is_ascii());
        assert!(issue.level() != Level::Notice || *issue != Issue::LateNotice);
        assert!(Issue::ALL[..place].iter().all(|before| before.zh() != issue.zh() && before.en() != issue.en()));
    }
}

fn section(name: &str) -> Vec<Node> {
    let text = fs::read_to_string(repository().join("tests/clock.yaml")).unwrap();
    let (root, diagnostics) = parse(SourceId(0), &text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    root.unwrap().get(&[name]).unwrap().value.items().unwrap().to_vec()
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(&[key]).map(|entry| entry.value.text().unwrap().to_owned())
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("`{text}` is no date"))
}

fn reason(word: &str) -> Reason {
    *REASONS.iter().find(|reason| reason.code() == word).unwrap_or_else(|| panic!("what is `{word}`?"))
}

fn given(sign: char) -> MaterialGiven {
    match sign {
        '+' => MaterialGiven::Provided,
        '-' => MaterialGiven::Missing,
        '~' => MaterialGiven::DefectiveOnSpot,
        '!' => MaterialGiven::Defective,
        _ => panic!("what is `{sign}`?"),
    }
}

fn event(node: &Node) -> Event {
    let words: Vec<&str> = node.text().unwrap().split(' ').collect();
    let what = match words[1..] {
        ["received"] => What::Received,
        ["not_required"] => What::NotRequired,
        ["not_competent"] => What::NotCompetent,
        ["corrected_on_spot"] => What::CorrectedOnSpot,
        ["notified"] => What::Notified { correct_by: None, from_correction: false },
        ["corrected"] => What::Corrected { complete: true },
        ["corrected", "partly"] => What::Corrected { complete: false },
        ["accepted"] => What::Accepted,
        ["accepted_tolerantly"] => What::AcceptedTolerantly,
        ["supplemented"] => What::Supplemented { complete: true },
        ["step", step] => What::StepDone { step: step.parse().unwrap() },
        ["suspended", word] => What::Suspended { reason: reason(word), in_writing: true, days: None },
        ["suspended", word, days] => {
            What::Suspended { reason: reason(word), in_writing: true, days: Some(days.parse().unwrap()) }
        }
        ["resumed"] => What::Resumed { reason: None },
        ["resumed", word] => What::Resumed { reason: Some(reason(word)) },
        ["extended", by, days] => {
            let by = match by {
                "agency_head" => Approver::AgencyHead,
                "government_head" => Approver::GovernmentHead,
                _ => Approver::Other,
            };
            What::Extended { by, days: days.parse().unwrap(), reasons_given: true }
        }
        ["forwarded"] => What::Forwarded,
        ["decided", "granted"] => What::Decided { granted: true, reasons_given: true },
        ["decided", "refused", "silent"] => What::Decided { granted: false, reasons_given: false },
        ["issued"] => What::Issued,
        ["served"] => What::Served,
        ["returned"] => What::Returned,
        ["withdrawn"] => What::Withdrawn,
        ["revoked"] => What::Revoked,
        ["tied_fee"] => What::Found(Violation::TiedFee),
        ["unlawful_fee"] => What::Found(Violation::UnlawfulFee),
        ["off_window"] => What::Found(Violation::OffWindow),
        ["off_list_item"] => What::Found(Violation::OffListItem),
        _ => panic!("what is `{words:?}`?"),
    };
    Event { on: date(words[0]), what }
}

fn term(text: &str) -> Term {
    let (count, unit) = text.split_once(' ').unwrap_or((text, "workdays"));
    let unit = match unit {
        "workdays" => Unit::Workdays,
        "calendar_days" => Unit::CalendarDays,
        "months" => Unit::Months,
        _ => panic!("what is `{unit}`?"),
    };
    Term { count: count.parse().unwrap(), unit }
}

fn terms(case: &Node) -> Terms {
    let given = &case.get(&["terms"]).unwrap().value;
    let kind = match text(given, "kind").as_deref() {
        None => Kind::Promised,
        Some("joint") => Kind::Joint,
        Some("instant") => Kind::Instant,
        Some("forwarded") => Kind::Forwarded,
        Some(other) => panic!("what is `{other}`?"),
    };
    let mut terms = Terms::of(kind);
    for entry in given.entries().unwrap() {
        let value = entry.value.text().unwrap();
        match entry.key.as_str() {
            "kind" => {}
            "statutory" => terms.statutory = term(value),
            "promised" => terms.promised = term(value),
            "promised_reasons" => terms.promised_reasons = vec![reason(value)],
            "renews" => terms.renews = Some(date(value)),
            other => panic!("what is `{other}`?"),
        }
    }
    if let Some(steps) = case.get(&["steps"]) {
        terms.steps = steps.value.items().unwrap().iter().map(|step| step.text().unwrap().parse().unwrap()).collect();
    }
    terms
}

fn due(due: Due) -> String {
    match due {
        Due::On(date) => date.to_string(),
        Due::NotBefore { date, year } => format!("not before {date} ({year})"),
        Due::Missing { year } => format!("missing {year}"),
    }
}

fn deadline(deadline: Deadline) -> String {
    match deadline {
        Deadline::None => "none".to_owned(),
        Deadline::Waiting => "waiting".to_owned(),
        Deadline::Paused { since } => format!("paused {since}"),
        Deadline::Due(one) => due(one),
    }
}

fn count(count: Option<WorkdayCount>) -> String {
    match count {
        None => String::new(),
        Some(WorkdayCount::Exactly(days)) => days.to_string(),
        Some(WorkdayCount::Between { least, most, year }) => format!("{least}..{most} ({year})"),
        Some(WorkdayCount::Missing { year }) => format!("missing {year}"),
    }
}

fn show(clock: &CaseClock<'_>, key: &str) -> String {
    let deadlines = &clock.deadlines;
    let list = |words: Vec<String>| words.join(" ");
    match key {
        "state" => clock.state.code().to_owned(),
        "acceptance" => clock.acceptance.map_or("", |one| one.code()).to_owned(),
        "accepted_on" => clock.accepted_on.map_or(String::new(), |day| day.to_string()),
        "removed" => count(clock.removed),
        "notice" => deadline(deadlines.notice),
        "promised" => deadline(deadlines.promised),
        "statutory" => deadline(deadlines.statutory),
        "supplement" => deadline(deadlines.supplement),
        "forward" => deadline(deadlines.forward),
        "resume" => deadline(deadlines.resume),
        "certificate" => deadline(deadlines.certificate),
        "renewal" => match deadlines.renewal {
            Some(RenewBy::On(day)) => day.to_string(),
            other => format!("{other:?}"),
        },
        "supplement_state" => match clock.supplement {
            Supplement::None => "none".to_owned(),
            Supplement::Open => "open".to_owned(),
            Supplement::Completed(day) => format!("completed {day}"),
            Supplement::Lapsed => "lapsed".to_owned(),
        },
        "steps" => {
            let steps = deadlines.steps.iter();
            steps
                .map(|step| format!("{} {}", deadline(step.due), step.signal.lamp.code()))
                .collect::<Vec<_>>()
                .join(", ")
        }
        "lamp" => clock.signal.lamp.code().to_owned(),
        "remaining" => count(clock.signal.remaining),
        "overdue" => count(clock.signal.overdue_days),
        "breach" => clock.breach.code().to_owned(),
        "remarks" => {
            let place = |event: Option<usize>| event.map_or("-".to_owned(), |place| place.to_string());
            list(clock.remarks.iter().map(|one| format!("{}:{}", place(one.event), one.issue.code())).collect())
        }
        "documents" => list(clock.documents.iter().map(|(place, one)| format!("{place}:{}", one.code())).collect()),
        "next" => list(clock.next.iter().map(|one| one.action.code().to_owned()).collect()),
        "notices" => list(clock.notices.iter().map(|one| format!("{}/{}", one.year, one.place)).collect()),
        _ => panic!("what is `{key}`?"),
    }
}
