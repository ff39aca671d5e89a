//! Small words that JSON and pages share: the language of a request, values and money as text.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{
    Cause, Date, DerivedValue, Fact, FactKind, FactOption, Quantity, ROWS, Rule, Text, Value, ValueDecision,
};

use crate::decimal::number_text;
use crate::phrase::{full_day, joined, plural};

/// The language in which texts are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English; Chinese where a pack has no English.
    En,
}

impl Lang {
    /// The language of a code, `zh` or `en`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Lang> {
        match code {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// Its code, `zh` or `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The text in this language, or in Chinese where there is no other.
    #[must_use]
    pub fn pick(self, text: &Text) -> &str {
        match self {
            Lang::En if !text.en.is_empty() => &text.en,
            Lang::En | Lang::Zh => &text.zh,
        }
    }

    /// One of two words.
    pub(crate) fn word(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A text in both languages.
pub(crate) fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

/// An amount in yuan with two places: 12345 fen is `123.45`.
#[must_use]
pub fn money(fen: i128) -> String {
    number_text(fen, 2)
}

/// A value of a fact as it is said to people: `是`, `2014-11-18`, `30 m²`, `药品零售、餐饮服务`.
///
/// A value of another type than the fact declares is shown as it is, or not at all.
#[must_use]
pub fn value_text(fact: &Fact, value: &Value, lang: Lang) -> String {
    value_in_words(&fact.kind, value, lang)
}

/// A value of this kind in words.
pub(crate) fn value_in_words(kind: &FactKind, value: &Value, lang: Lang) -> String {
    match (value, kind) {
        (Value::Bool(true), _) => lang.word("是", "yes").into(),
        (Value::Bool(false), _) => lang.word("否", "no").into(),
        (Value::Number(number), FactKind::Number { places, unit, .. }) => {
            format!("{} {}", number_text(*number, *places), lang.pick(unit)).trim_end().to_string()
        }
        (Value::Number(number), _) => number_text(*number, 0),
        (Value::Date(date), _) => full_day(*date, lang),
        (Value::Text(text), FactKind::Text { none: Some(none), .. }) if text.is_empty() => lang.pick(none).into(),
        (Value::Text(text), _) => text.clone(),
        (Value::Choice(place), FactKind::Choice(options)) => {
            options.get(usize::from(*place)).map_or_else(String::new, |option| lang.pick(&option.name).into())
        }
        (Value::Choices(set), FactKind::Choices(options)) => {
            let names: Vec<&str> = chosen(options, *set).map(|option| lang.pick(&option.name)).collect();
            joined(&names, lang.word("、", ", "))
        }
        (Value::Table(rows), _) if ROWS => match (rows.len(), lang) {
            (rows, Lang::Zh) => format!("{rows} 行"),
            (rows, Lang::En) => plural(rows, "row"),
        },
        (Value::Choice(_) | Value::Choices(_) | Value::Table(_), _) => String::new(),
    }
}

/// The value that a shown rule has certainly.
pub(crate) fn derived_value(rule: &Rule, decided: &ValueDecision) -> Option<Value> {
    match &decided.value {
        DerivedValue::Condition(finding) => finding.value.map(Value::Bool),
        DerivedValue::Number(Quantity::Known(number)) => number_value(&rule.kind, *number),
        DerivedValue::Number(Quantity::Open { .. } | Quantity::CannotCompute(_)) => None,
    }
}

/// The value of this kind that a computed number stands for.
pub(crate) fn number_value(kind: &FactKind, number: i128) -> Option<Value> {
    match kind {
        FactKind::Date => Date::from_days(i32::try_from(number).ok()?).map(Value::Date),
        FactKind::Choice(_) => u16::try_from(number).ok().map(Value::Choice),
        _ => Some(Value::Number(number)),
    }
}

/// Why a number cannot be computed, in a few words.
pub(crate) fn cause_words(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::NotInForce => lang.word("这一天没有有效的数", "no number is in force on that day"),
        Cause::Overflow => lang.word("数字太大，算不出来", "the numbers are too large to compute"),
        Cause::DivisionByZero => lang.word("除数是零，算不出来", "a division by zero cannot be computed"),
        Cause::Calendar => lang.word("放假安排还没有公布，算不出来", "the holidays are not published yet"),
        Cause::NoSuchPart => lang.word("填写的内容里没有这个日期", "what was typed holds no such date"),
        Cause::Empty => lang.word("没有可以计算的内容", "there is nothing to compute from"),
    }
}

/// The options of a set, in the order of the pack.
pub(crate) fn chosen(options: &[FactOption], set: u64) -> impl Iterator<Item = &FactOption> {
    let is_chosen =
        move |place: usize| u32::try_from(place).ok().and_then(|place| set.checked_shr(place)).unwrap_or(0) & 1 == 1;
    options.iter().enumerate().filter(move |(place, _)| is_chosen(*place)).map(|(_, option)| option)
}

#[cfg(test)]
mod tests {
    use yichuang_engine::{Date, Value};

    use super::{Lang, money, text, value_text};
    use crate::test_pack::pack;

    #[test]
    fn money_has_two_places() {
        let shown = [0, 5, 100, 12_345, -5, i128::from(i64::MIN)].map(money);
        assert_eq!(shown, ["0.00", "0.05", "1.00", "123.45", "-0.05", "-92233720368547758.08"]);
    }

    #[test]
    fn english_falls_back_to_chinese() {
        assert_eq!(Lang::En.pick(&text("材料", "")), "材料");
        assert_eq!(Lang::En.pick(&text("材料", "material")), "material");
        assert_eq!(Lang::Zh.pick(&text("材料", "material")), "材料");
        assert_eq!([Lang::Zh, Lang::En].map(|lang| Lang::parse(lang.code())), [Some(Lang::Zh), Some(Lang::En)]);
        assert_eq!(Lang::parse("fr"), None);
    }

    #[test]
    fn values_are_said_in_words() {
        let pack = pack();
        let say = |id: &str, value| value_text(pack.fact(id).unwrap().1, &value, Lang::Zh);
        assert_eq!(say("applicant.registered", Value::Bool(true)), "是");
        assert_eq!(say("staff.count", Value::Number(3)), "3 人");
        assert_eq!(say("accepted_on", Value::Date(Date::parse("2014-11-18").unwrap())), "2014 年 11 月 18 日");
        assert_eq!(say("applicant.uscc", Value::Text("".into())), "还没有");
        assert_eq!(say("applicant.kind", Value::Choice(0)), "企业");
        assert_eq!(say("business.activities", Value::Choices(0b101)), "餐饮服务、药品零售");
        assert_eq!(say("applicant.kind", Value::Choice(99)), "");
    }
}
