//! One request, one response: the step that every client takes.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Date, Decision, Facts, Instruction, Pack, Reason, decide_by, reasons_by};

use crate::{AnswerError, Answers, LoadedBundle, LoadedCalendar, Request, RequestError, digest, read};

/// A pre-check 预审: a decision with all it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precheck<'a> {
    /// The rules.
    pub bundle: &'a LoadedBundle,
    /// The workdays.
    pub calendar: &'a LoadedCalendar,
    /// The day of the request.
    pub on: Date,
    /// What was typed.
    pub answers: &'a Answers,
    /// What it means.
    pub facts: Facts,
    /// What of it could not be read.
    pub errors: Vec<AnswerError>,
    /// The decision.
    pub decision: Decision,
    /// By what the decision can be found and checked again.
    pub receipt: Receipt,
    /// What computes each node, for the reasons.
    pub(crate) instructions: Vec<Instruction<'a>>,
    /// Why no conflict applies: almost everything rests on that.
    pub(crate) aside: Vec<Reason>,
}

impl<'a> Precheck<'a> {
    /// Decides about some answers on a day; it never fails.
    #[must_use]
    pub fn new(bundle: &'a LoadedBundle, calendar: &'a LoadedCalendar, answers: &'a Answers, on: Date) -> Self {
        let pack = &bundle.value.pack;
        let (facts, errors) = read(pack, answers);
        let decision = decide_by(&bundle.ready, pack, &calendar.value, &facts, on);
        let receipt = Receipt::new(bundle, calendar, answers, on);
        let instructions = pack.program.instructions();
        let aside = reasons_by(pack, &instructions, &decision.run, pack.blocked);
        Precheck { bundle, calendar, on, answers, facts, errors, decision, receipt, instructions, aside }
    }

    /// The rules.
    #[must_use]
    pub fn pack(&self) -> &'a Pack {
        &self.bundle.value.pack
    }
}

/// The receipt 校验码 of a decision: whoever has the pack, the calendar, the day and the answers
/// gets the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The SHA-256 of the canonical JSON of the answers.
    pub answers: String,
    /// The SHA-256 over the digests of pack and calendar, the day and the answers, one a line.
    pub code: String,
}

impl Receipt {
    fn new(bundle: &LoadedBundle, calendar: &LoadedCalendar, answers: &Answers, on: Date) -> Receipt {
        let json = answers.to_json();
        let lines = format!("{}\n{}\n{on}\n{json}", bundle.digest, calendar.digest);
        Receipt { answers: digest(json.as_bytes()), code: digest(lines.as_bytes()) }
    }

    /// The code as it is printed, its first eight digits: `7f3a·91c2`.
    #[must_use]
    pub fn short(&self) -> String {
        let part = |range| self.code.get(range).unwrap_or_default();
        format!("{}·{}", part(0..4), part(4..8))
    }
}

/// Answers one request: JSON text in, JSON text out, the same bytes on every client.
///
/// `today` is the day of the request where it states none.
///
/// # Errors
/// If the request cannot be understood, or means another pack.
pub fn step(
    bundle: &LoadedBundle,
    calendar: &LoadedCalendar,
    request: &str,
    today: Date,
) -> Result<String, RequestError> {
    let request = Request::from_json(request)?;
    if let Some(pack) = request.pack.filter(|pack| *pack != bundle.value.pack.id) {
        return Err(RequestError::unknown_pack(&pack));
    }
    let precheck = Precheck::new(bundle, calendar, &request.answers, request.on.unwrap_or(today));
    Ok(precheck.to_json(request.lang))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use serde_json::{Value as Json, json};
    use yichuang_engine::Date;

    use super::step;
    use crate::test_pack::{bundle, calendar, full_answers};
    use crate::{LoadedBundle, Precheck};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn respond(request: &Json) -> Json {
        let response = step(&LoadedBundle::new(bundle()), &calendar(), &request.to_string(), date("2014-11-18"));
        serde_json::from_str(&response.unwrap()).unwrap()
    }

    #[test]
    fn today_is_taken_unless_a_day_is_stated() {
        assert_eq!(respond(&json!({}))["on"], "2014-11-18");
        assert_eq!(respond(&json!({"on": "2014-06-03"}))["on"], "2014-06-03");
        assert_eq!(respond(&json!({"on": "2014-06-03"}))["accepted_on"], "2014-06-03");
        assert_eq!(respond(&json!({"answers": {"accepted_on": "2014-09-26"}}))["accepted_on"], "2014-09-26");
    }

    #[test]
    fn another_pack_is_refused() {
        let step = |request| step(&LoadedBundle::new(bundle()), &calendar(), request, date("2014-11-18"));
        let error = step(r#"{"pack":"putian/other"}"#).unwrap_err();
        assert_eq!((error.code, error.message.zh.as_str()), ("unknown_pack", "没有规则包「putian/other」。"));
        assert!(step(r#"{"pack":"test/small"}"#).is_ok());
    }

    #[test]
    fn the_receipt_changes_with_everything_it_covers() {
        let (loaded, calendar, answers) = (LoadedBundle::new(bundle()), calendar(), full_answers());
        let code = |bundle: &_, calendar: &_, answers: &_, on: &str| {
            Precheck::new(bundle, calendar, answers, date(on)).receipt.code
        };
        let first = code(&loaded, &calendar, &answers, "2014-11-18");
        assert_eq!(first, code(&loaded, &calendar, &answers, "2014-11-18"));
        assert_ne!(first, code(&loaded, &calendar, &answers, "2014-11-19"));
        let mut fewer = answers.clone();
        fewer.remove("accepted_on");
        assert_ne!(first, code(&loaded, &calendar, &fewer, "2014-11-18"));
        let mut edition = bundle();
        edition.pack.edition.push('2');
        assert_ne!(first, code(&LoadedBundle::new(edition), &calendar, &answers, "2014-11-18"));
        let mut later = calendar.clone();
        later.digest.push('0');
        assert_ne!(first, code(&loaded, &later, &answers, "2014-11-18"));
    }

    #[test]
    fn the_receipt_is_printed_short() {
        let (loaded, calendar, answers) = (LoadedBundle::new(bundle()), calendar(), full_answers());
        let receipt = Precheck::new(&loaded, &calendar, &answers, date("2014-11-18")).receipt;
        let short = receipt.short();
        assert!(receipt.code.starts_with(&short.replace('·', "")));
        assert_eq!((receipt.code.len(), short.chars().count()), (64, 9));
    }
}
