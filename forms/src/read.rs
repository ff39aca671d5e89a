//! Answers to facts: what was typed becomes values of the types that the pack declares.
//!
//! A bad value is reported and its fact counts as not answered; everything else is read. Only
//! the meaning is cleaned up (full-width digits, spaces around); the answers stay as typed.

use alloc::format;
use alloc::string::{String, ToString};
use core::slice;

use alloc::vec::Vec;

use yichuang_engine::{
    Date, Fact, FactId, FactKind, FactOption, Facts, NumberShape, Pack, Slot, Text, TextFormat, Value,
};

mod formats;
mod rows;

use crate::decimal::{NumberFault, number_text, parse_number};
use crate::words::text;
use crate::{Answer, Answers, LIMITS};

/// Integers of JSON reach as far as they are exact in every client: |n| < 2⁵³.
const EXACT: u128 = 1 << 53;

/// An answer that could not be read; it is kept, and its fact counts as not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerError {
    /// The fact; absent for a key that is no fact of the pack.
    pub fact: Option<FactId>,
    /// The key of the answer; a cell of a table is `shareholders[2].amount`, rows counted from 0.
    pub key: String,
    /// Which cell of the fact's table, in words: `第 3 行出资额`; empty for a whole answer.
    pub cell: Text,
    /// What is wrong, for programs: `not_date`, `uscc_checksum`.
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: Text,
}

type Fault = (&'static str, Text);

/// Reads answers over the facts of a pack.
///
/// Empty texts and sets are not answers, except for a fact that has words for "there is none".
#[must_use]
pub fn read(pack: &Pack, answers: &Answers) -> (Facts, Vec<AnswerError>) {
    let mut facts = Facts::new(pack.facts.len());
    let mut errors = Vec::new();
    let mut answered = 0;
    for (index, fact) in pack.facts.iter().enumerate() {
        let id = FactId::new(index);
        let Some(answer) = answers.get(&fact.id) else { continue };
        answered += 1;
        let read = slot_of(answer, |answer| match &fact.kind {
            FactKind::Table { .. } => rows::read(id, fact, answer, &mut errors),
            _ => value(fact, answer),
        });
        match read {
            Ok(slot) => facts.set(id, slot),
            Err((code, message)) => {
                errors.push(AnswerError { fact: Some(id), key: fact.id.clone(), cell: Text::default(), code, message })
            }
        }
    }
    // Looking for each key among the facts takes long, and mostly there are no others.
    if answered != answers.len() {
        errors.extend(unknown_facts(pack, answers));
    }
    (facts, errors)
}

/// Reports answers to facts that the pack does not have: the first twenty by name, the others
/// together.
fn unknown_facts(pack: &Pack, answers: &Answers) -> Vec<AnswerError> {
    let unknown: Vec<&str> = answers.iter().map(|(key, _)| key).filter(|key| pack.fact(key).is_none()).collect();
    let report = |key: &str, message| AnswerError {
        fact: None,
        key: key.into(),
        cell: Text::default(),
        code: "unknown_fact",
        message,
    };
    let mut errors: Vec<AnswerError> = unknown
        .iter()
        .take(NAMED_UNKNOWN_FACTS)
        .map(|key| report(key, text(format!("没有「{key}」这一项。"), format!("there is no fact `{key}`"))))
        .collect();
    if let Some(next) = unknown.get(NAMED_UNKNOWN_FACTS) {
        let more = unknown.len() - NAMED_UNKNOWN_FACTS;
        errors.push(report(
            next,
            text(format!("另有 {more} 项也不是这个规则包的情形。"), format!("{more} more are no facts of this pack")),
        ));
    }
    errors
}

/// How many unknown facts are reported by name.
const NAMED_UNKNOWN_FACTS: usize = 20;

/// What an answer says, where `value` reads the value of one.
fn slot_of(answer: &Answer, value: impl FnOnce(&Answer) -> Result<Option<Value>, Fault>) -> Result<Slot, Fault> {
    match answer {
        Answer::Unsure => Ok(Slot::Unsure),
        Answer::Other(json) if json == "null" => Ok(Slot::Unknown),
        _ => Ok(value(answer)?.map_or(Slot::Unknown, Slot::Known)),
    }
}

/// The value of an answer to a fact, or to a column, that is no table.
fn value(fact: &Fact, answer: &Answer) -> Result<Option<Value>, Fault> {
    match &fact.kind {
        FactKind::Bool => read_bool(answer),
        FactKind::Number { shape, places, unit, min, max } => read_number(answer, *shape, *places, (*min, *max), unit),
        FactKind::Date => read_date(answer),
        FactKind::Text { format, none } => read_text(answer, *format, none.is_some()),
        FactKind::Choice(options) => read_choice(answer, options),
        FactKind::Choices(options) => read_choices(answer, options),
        FactKind::Table { .. } => Ok(None),
    }
}

fn read_bool(answer: &Answer) -> Result<Option<Value>, Fault> {
    let fault = || ("not_bool", text("请回答是或否。", "the answer is yes or no: `true` or `false`"));
    match answer {
        Answer::Bool(value) => Ok(Some(Value::Bool(*value))),
        _ => match plain(answer).ok_or_else(fault)?.as_str() {
            "" => Ok(None),
            "true" | "是" => Ok(Some(Value::Bool(true))),
            "false" | "否" => Ok(Some(Value::Bool(false))),
            _ => Err(fault()),
        },
    }
}

/// A number with its bounds; `range` is the smallest and the largest that is allowed.
fn read_number(
    answer: &Answer,
    shape: NumberShape,
    places: u8,
    range: (Option<i128>, Option<i128>),
    unit: &Text,
) -> Result<Option<Value>, Fault> {
    let typed = plain(answer).unwrap_or_default();
    if typed.is_empty() && plain(answer).is_some() {
        return Ok(None);
    }
    if shape == NumberShape::Integer && typed.contains('.') {
        return Err(number_fault(NumberFault::NotANumber, shape, places));
    }
    let number = parse_number(&typed, places).map_err(|fault| number_fault(fault, shape, places))?;
    let allowed = |word: (&str, &str), bound: i128| {
        let (bound, zh, en) = (number_text(bound, places), unit.zh.as_str(), unit_en(unit));
        text(
            format!("不能{} {bound} {zh}", word.0).trim_end().to_string() + "。",
            format!("the number is at {} {bound} {en}", word.1).trim_end(),
        )
    };
    if shape == NumberShape::Integer && number.unsigned_abs() >= EXACT {
        return Err(number_fault(NumberFault::TooLarge, shape, places));
    }
    match range {
        (Some(min), _) if number < min => Err(("too_small", allowed(("小于", "least"), min))),
        (_, Some(max)) if number > max => Err(("too_large", allowed(("大于", "most"), max))),
        _ => Ok(Some(Value::Number(number))),
    }
}

fn number_fault(fault: NumberFault, shape: NumberShape, places: u8) -> Fault {
    match (fault, shape) {
        (NumberFault::TooLarge, _) => {
            ("number_out_of_range", text("这个数太大，无法计算。", "the number is too large to compute with"))
        }
        (_, NumberShape::Integer) => {
            ("not_integer", text("请填写整数，只用数字。", "the answer is a whole number, in digits only"))
        }
        (NumberFault::TooManyPlaces, _) => (
            "too_many_places",
            text(format!("小数点后最多 {places} 位。"), format!("at most {places} digits behind the point")),
        ),
        (NumberFault::NotANumber, _) => (
            "not_number",
            text(
                "请填写数字，例如 12.5，不加逗号和单位。",
                "the answer is a number such as 12.5, without commas and units",
            ),
        ),
    }
}

fn unit_en(unit: &Text) -> &str {
    if unit.en.is_empty() { &unit.zh } else { &unit.en }
}

fn read_date(answer: &Answer) -> Result<Option<Value>, Fault> {
    let fault = || {
        (
            "not_date",
            text(
                "没有这一天，请按年、月、日填写，例如 2014-06-03。",
                "there is no such day; write year, month and day, such as 2014-06-03",
            ),
        )
    };
    let typed = match answer {
        Answer::Text(_) => plain(answer).ok_or_else(fault)?,
        _ => return Err(fault()),
    };
    if typed.is_empty() {
        return Ok(None);
    }
    Date::parse(&typed).map(|date| Some(Value::Date(date))).ok_or_else(|| short_year(&typed).unwrap_or_else(fault))
}

/// What is said of `14-06-03`, whose century nobody guesses.
fn short_year(typed: &str) -> Option<Fault> {
    let (year, _) = typed.split_once('-')?;
    let is_short = (1..4).contains(&year.len()) && year.bytes().all(|byte| byte.is_ascii_digit());
    let words = || text("年份写四位，例如 2014-06-03。", "write the year with four digits, such as 2014-06-03");
    is_short.then(|| ("not_date", words()))
}

fn read_text(answer: &Answer, format: TextFormat, may_be_none: bool) -> Result<Option<Value>, Fault> {
    let fault = || ("not_text", text("请填写文字。", "the answer is a text"));
    let typed = match (answer, format) {
        (Answer::Text(typed), TextFormat::Free | TextFormat::Multiline | TextFormat::PersonName) => {
            String::from(typed.trim())
        }
        (Answer::Text(_), _) => plain(answer).ok_or_else(fault)?,
        (Answer::Number(_), TextFormat::Free | TextFormat::Multiline | TextFormat::PersonName) => return Err(fault()),
        (Answer::Number(_), _) => plain(answer).ok_or_else(fault)?,
        _ => return Err(fault()),
    };
    if typed.is_empty() {
        return Ok(may_be_none.then_some(Value::Text(typed)));
    }
    if typed.chars().nth(LIMITS.text).is_some() {
        return Err(("text_too_long", text("最多 10000 个字。", "at most 10000 characters")));
    }
    formats::check(format, typed).map(|text| Some(Value::Text(text)))
}

fn read_choice(answer: &Answer, options: &[FactOption]) -> Result<Option<Value>, Fault> {
    let typed = match answer {
        Answer::Many(typed) => match typed.as_slice() {
            [] => return Ok(None),
            [one] => one.trim(),
            _ => return Err(("several_options", text("只能选一项。", "only one option can be chosen"))),
        },
        Answer::Text(typed) => typed.trim(),
        Answer::Bool(_) | Answer::Number(_) | Answer::Rows(_) | Answer::Unsure | Answer::Other(_) => {
            return Err(not_an_option());
        }
    };
    if typed.is_empty() { Ok(None) } else { option(typed, options).map(|place| Some(Value::Choice(place))) }
}

fn read_choices(answer: &Answer, options: &[FactOption]) -> Result<Option<Value>, Fault> {
    let typed = match answer {
        Answer::Many(typed) => typed.as_slice(),
        Answer::Text(typed) => slice::from_ref(typed),
        Answer::Bool(_) | Answer::Number(_) | Answer::Rows(_) | Answer::Unsure | Answer::Other(_) => {
            return Err(not_an_option());
        }
    };
    let mut set = 0_u64;
    for typed in typed.iter().map(|typed| typed.trim()).filter(|typed| !typed.is_empty()) {
        let place = option(typed, options)?;
        set |= 1_u64.checked_shl(place.into()).ok_or_else(not_an_option)?;
    }
    Ok((set != 0).then_some(Value::Choices(set)))
}

/// The option of this id, or of this name.
fn option(typed: &str, options: &[FactOption]) -> Result<u16, Fault> {
    let place = options.iter().position(|option| option.id == typed);
    let place = place.or_else(|| options.iter().position(|option| option.name.zh == typed));
    place.and_then(|place| u16::try_from(place).ok()).ok_or_else(|| {
        (
            "unknown_option",
            text(format!("没有「{typed}」这个选项，请重新选择。"), format!("there is no option `{typed}`")),
        )
    })
}

fn not_an_option() -> Fault {
    ("unknown_option", text("请从列出的选项中选择。", "the answer is one of the options"))
}

/// The text of an answer without the spaces around, full-width letters and digits made plain;
/// `None` where it is more than one word.
fn plain(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(typed) | Answer::Number(typed) => Some(typed.trim().chars().map(half_width).collect()),
        Answer::Many(typed) if typed.is_empty() => Some(String::new()),
        Answer::Bool(_) | Answer::Many(_) | Answer::Rows(_) | Answer::Unsure | Answer::Other(_) => None,
    }
}

/// `９` as `9`, `Ａ` as `A`: full-width forms lie 0xFEE0 above their plain twins.
pub(crate) fn half_width(typed: char) -> char {
    match typed {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(typed) - 0xFEE0).unwrap_or(typed),
        _ => typed,
    }
}

#[cfg(test)]
mod tests;
