//! Dates, numbers, bases and periods.

use yichuang_engine::Date;

use crate::{Code, Diagnostic, Msg, Span};

pub(in crate::lower) fn bad_date(written: &str, span: Span) -> Diagnostic {
    let (label, help): (Msg, Msg) = match parts(written) {
        Some((year, month, day)) => match Date::new(year, month, day) {
            Some(date) => (("写法不对", "written otherwise").into(), msg!("写成 {date}", "write {date}")),
            None => (
                ("没有这一天", "no such day").into(),
                msg!("核对日期：{year} 年 {month} 月没有 {day} 日", "check it: {year}-{month} has no day {day}"),
            ),
        },
        None => (
            ("看不出是哪一天", "cannot be read as a day").into(),
            (
                "日期写成四位年-两位月-两位日，例如 2014-09-26",
                "write a date as year, month and day, such as 2014-09-26",
            )
                .into(),
        ),
    };
    Diagnostic::error(Code::BadDate, msg!("「{written}」不是日期", "`{written}` is not a date"))
        .at(span, label)
        .help(help)
}

/// Year, month and day of a date in another notation, such as `2014/9/26` or `2014年9月26日`.
fn parts(written: &str) -> Option<(i16, u8, u8)> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        other => other,
    };
    let written: String = written.chars().map(narrow).collect();
    let numbers: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)),
        _ => None,
    }
}

pub(in crate::lower) fn not_a_number(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, msg!("「{written}」不是整数", "`{written}` is not a whole number"))
        .at(span, ("这里要写整数", "a whole number is expected"))
        .help(("用半角数字写，例如 20，不带单位", "write digits only, such as 20, without a unit"))
}

pub(in crate::lower) fn out_of_range(number: i64, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, msg!("{number} 超出范围", "{number} is out of range"))
        .at(span, ("应在 0 到 65535 之间", "must be between 0 and 65535"))
        .help(("检查数字有没有写错", "check the number"))
}

pub(in crate::lower) fn min_above_max(min: &str, max: &str, span: Span, other: Span) -> Diagnostic {
    let headline = msg!("最小 {min} 比最大 {max} 还大", "the minimum {min} is above the maximum {max}");
    Diagnostic::error(Code::BadNumberValue, headline)
        .at(span, ("最小", "the minimum"))
        .also(other, ("最大", "the maximum"))
        .help(("改正其中一个", "correct one of them"))
}

pub(in crate::lower) fn not_an_amount(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, msg!("「{written}」不是金额", "`{written}` is not an amount"))
        .at(span, ("这里要写金额（元）", "an amount in yuan is expected"))
        .help(("写成元，最多两位小数，例如 10.00", "write yuan with at most two places, such as 10.00"))
}

pub(in crate::lower) fn not_a_percentage(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, msg!("「{written}」不是百分比", "`{written}` is not a percentage"))
        .at(span, ("这里要写 0 到 100 的整数", "a whole number from 0 to 100 is expected"))
        .help(("减免一半写 50，全免写 100", "write 50 for a half, 100 for all of it"))
}

pub(in crate::lower) fn no_days(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, ("各环节的天数都是 0", "the days of all steps are 0"))
        .at(span, ("没有天数可以折算", "there is nothing to scale"))
        .help(("写上各环节的天数，或者删去「按承诺折算（scaled）」", "state the days or remove `scaled`"))
}

pub(in crate::lower) fn unit_of_date(span: Span) -> Diagnostic {
    Diagnostic::error(Code::KeyOfOtherType, ("日期没有单位", "a date has no unit"))
        .at(span, ("这个参数是日期", "this param is a date"))
        .help(("删去「单位（unit）」", "remove `unit`"))
}

pub(in crate::lower) fn no_period(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NoPromise,
        ("没有法定时限，也没有承诺时限，算不出期限", "there is neither a statutory nor a promised period"),
    )
    .at(span, ("法律没有规定期限的", "the law states none"))
    .help((
        "写上「承诺时限（promised）」或者「联办（joint_plan）」，或者写上法定时限",
        "write `promised` or `joint_plan`, or state the statutory period",
    ))
}

pub(in crate::lower) fn missing_basis(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingBasis, ("没有写依据", "the basis is missing"))
        .at(span, ("这一条缺少「依据（basis）」", "this entry has no `basis`"))
        .help((
            "写明法律和条文，例如 `依据: 原文 行政许可法第三十二条`；由本包自定的写 `依据: 本包默认 理由`",
            "state law and article, such as `basis: source …`; what the pack chose itself is `basis: pack-default reason`",
        ))
}

/// A basis that is not 可信程度, a space, 出处.
pub(in crate::lower) fn bad_basis(written: &str, span: Span, words: &[&str]) -> Diagnostic {
    let written = written.trim();
    let word = words.iter().find(|word| written.starts_with(**word));
    let (headline, label, help): (Msg, Msg, Msg) = match word {
        Some(word) if written == *word => (
            ("依据没有写出处", "the basis names no source").into(),
            ("只写了可信程度", "only how sure it is").into(),
            msg!(
                "在「{word}」后面空一格，写上文件和条文；自定的写上理由",
                "write law and article behind `{word}` and a space"
            ),
        ),
        Some(word) => (
            msg!("「{word}」后面没有空格", "no space behind `{word}`"),
            ("可信程度和出处连在一起", "how sure it is and the source are glued together").into(),
            msg!("在「{word}」后面空一格，再写出处", "put a space behind `{word}`"),
        ),
        None => (
            ("依据开头没有写可信程度", "the basis does not begin with how sure it is").into(),
            ("不知道这条依据有多可靠", "how sure is this?").into(),
            (
                "以「报告」「原文」「待核」「本包默认」之一开头，空一格，再写出处",
                "begin with `report`, `source`, `unverified` or `pack-default`, then a space and the source",
            )
                .into(),
        ),
    };
    Diagnostic::error(Code::BasisWithoutConfidence, headline).at(span, label).help(help)
}

pub(in crate::lower) fn reversed_period(from: Date, to: Date, span: Span, other: Span) -> Diagnostic {
    Diagnostic::error(Code::EmptyPeriod, msg!("{from} 在 {to} 之后，起止颠倒了", "{from} is after {to}"))
        .at(span, ("从这一天起", "from this day"))
        .also(other, ("到这一天止", "to this day"))
        .help(("把起止日期对调，或改正其中一个", "swap the dates or correct one of them"))
}

/// An entry with one period and several.
pub(in crate::lower) fn effective_and_versions(versions: Span, effective: Span) -> Diagnostic {
    Diagnostic::error(Code::GivenTwice, ("有效期写了两处", "the period is given twice"))
        .at(versions, ("各期自己写明起止", "the versions state their own days"))
        .also(effective, ("这里又写了有效期", "and here is a period"))
        .help((
            "删去「有效期（effective）」，起止写到「各期（versions）」里",
            "remove `effective`; state the days in `versions`",
        ))
}

pub(in crate::lower) fn no_bounds(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::MissingKey,
        ("有效期没有写明从哪天起、到哪天止", "the period does not say from when to when"),
    )
    .at(span, ("这里要有「自」或「至」", "`from` or `to` is needed here"))
    .help((
        "写成 `有效期: {自: 2014-01-01}`、`有效期: {至: 2015-09-30}`，或者两个都写",
        "write `effective: {from: 2014-01-01}`, `effective: {to: 2015-09-30}` or both",
    ))
}

pub(in crate::lower) fn period_hole(to: Date, from: Date, span: Span, other: Span) -> Diagnostic {
    let headline = msg!("{to} 到 {from} 之间没有规定", "nothing is in force between {to} and {from}");
    seam(Code::PeriodHole, headline, span, other)
}

pub(in crate::lower) fn period_overlap(span: Span, other: Span) -> Diagnostic {
    seam(Code::PeriodOverlap, ("两期的时间重叠", "two versions overlap").into(), span, other)
}

fn seam(code: Code, headline: Msg, span: Span, other: Span) -> Diagnostic {
    Diagnostic::error(code, headline)
        .at(span, ("后一期", "the later version"))
        .also(other, ("前一期", "the earlier version"))
        .help(("后一期的「自」应是前一期「至」的第二天", "the later `from` must be the day after the earlier `to`"))
}

/// Two exceptions of equal rank; without an example it could not be ruled out that they clash.
pub(in crate::lower) fn exceptions_clash(rule: &str, spans: [Span; 2], example: Option<&Msg>) -> Diagnostic {
    let headline = match example {
        Some(_) => msg!(
            "规则「{rule}」的两个例外可能同时成立，结果却不同",
            "two exceptions of the rule `{rule}` can hold together with different results"
        ),
        None => msg!(
            "规则「{rule}」的两个例外会不会同时成立，查不清",
            "it cannot be shown that two exceptions of the rule `{rule}` exclude each other"
        ),
    };
    let [first, second] = spans;
    let mut diagnostic = Diagnostic::error(Code::ExceptionsClash, headline)
        .at(second, ("第二个例外", "the second exception"))
        .also(first, ("第一个例外", "the first exception"));
    if let Some(Msg { zh, en }) = example {
        diagnostic = diagnostic.help(msg!("这样的情形下两个都成立：{zh}", "both hold in this case: {en}"));
    }
    diagnostic.help((
        "给其中一个写上更大的「优先（priority）」，或者在规则里写「优先方式: 先后」",
        "give one of them a higher `priority`, or write `precedence: order` in the rule",
    ))
}
