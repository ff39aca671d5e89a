//! What can be wrong with the files of a calendar.

use yichuang_engine::{CalendarError, Date};

use super::Key;
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::Entry;

pub(super) fn unknown_key(entry: &Entry, keys: &[Key]) -> Diagnostic {
    let key = &entry.key;
    let known = keys.iter().flat_map(|key| [key.en, key.zh]);
    let list = |words: Vec<&str>, between: &str| words.join(between);
    let zh = list(keys.iter().map(|key| key.zh).collect(), "、");
    let en = list(keys.iter().map(|key| key.en).collect(), ", ");
    Diagnostic::error(Code::UnknownKey, (format!("没有「{key}」这个键"), format!("unknown key `{key}`")))
        .at(entry.key_span, ("日历文件里没有这个键", "calendar files have no such key"))
        .suggest(key, known)
        .help((format!("这里可以写：{zh}"), format!("known here: {en}")))
}

pub(super) fn key_twice(first: &Entry, second: &Entry) -> Diagnostic {
    let (one, two) = (&first.key, &second.key);
    Diagnostic::error(
        Code::DuplicateKey,
        (format!("「{one}」和「{two}」是同一个键"), format!("`{one}` and `{two}` are the same key")),
    )
    .at(second.key_span, ("又写了一次", "written again"))
    .also(first.key_span, ("第一次在这里", "first here"))
    .help(("中文键和英文键只写一个", "write either the Chinese or the English key"))
}

pub(super) fn missing_key(key: Key, span: Span) -> Diagnostic {
    let Key { en, zh, .. } = key;
    Diagnostic::error(Code::MissingKey, (format!("缺少「{zh}」（{en}）"), format!("`{en}` is missing")))
        .at(span, ("在这里补上", "add it here"))
}

pub(super) fn empty(entry: &Entry) -> Diagnostic {
    let key = &entry.key;
    Diagnostic::error(Code::MissingKey, (format!("「{key}」没有内容"), format!("`{key}` is empty")))
        .at(entry.key_span, ("冒号后面没有内容", "nothing follows the colon"))
}

pub(super) fn bad_date(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadDate, (format!("「{text}」不是日期"), format!("`{text}` is not a date")))
        .at(span, ("没有这一天，或者写法不对", "no such day, or written otherwise"))
        .help((
            "写成「年-月-日」，用半角数字补足位数，例如 2015-09-03",
            "write year-month-day with all digits, such as 2015-09-03",
        ))
}

pub(super) fn bad_year(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(Code::BadDate, (format!("「{text}」不是年份"), format!("`{text}` is not a year")))
        .at(span, ("应当是四位数字", "four digits are expected"))
        .help(("例如 2015", "such as 2015"))
}

pub(super) fn year_twice(year: i16, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::YearTwice, (format!("{year} 年写了两次"), format!("the year {year} is given twice")))
        .at(span, ("又写了一次", "given again"))
        .also(first, ("第一次在这里", "first here"))
        .help((
            "一年只用一个文件；同年的几个通知都写在「通知」下",
            "use one file a year; put all notices of the year under `notices`",
        ))
}

pub(super) fn outside_year(date: Date, year: i16, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::DayOutsideYear,
        (format!("{date} 不在 {year} 年放假通知的范围内"), format!("{date} cannot belong to the notice for {year}")),
    )
    .at(span, ("通知只涉及本年和前后一年的日子", "a notice names days of its year and the ones beside it"))
    .help(("核对日期和「年份」", "check the date and `year`"))
}

pub(super) fn day_twice(date: Date, same_list: bool, span: Span, first: Span) -> Diagnostic {
    let message = if same_list {
        (format!("{date} 写了两次"), format!("{date} is named twice"))
    } else {
        (format!("{date} 既是放假又是上班"), format!("{date} is both a rest day and a workday"))
    };
    Diagnostic::error(Code::DayTwice, message)
        .at(span, ("又写了一次", "named again"))
        .also(first, ("第一次在这里", "first here"))
        .help(("按最后的通知只留一处", "keep one, by the last notice"))
}

pub(super) fn no_notice(span: Span) -> Diagnostic {
    Diagnostic::error(Code::NoNotice, ("没有写通知", "there is no notice"))
        .at(span, ("这里至少要有一个通知", "at least one is needed"))
        .help((
            "通知尚未公布的年份不要建文件，否则会被当作全年没有节假日",
            "leave a year out until its notice is published, or it would have no holidays",
        ))
}

pub(super) fn unnamed_notice(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, ("通知缺少网址或标题", "a notice needs an `address` or a `title`"))
        .at(span, ("在这里补上「网址」或「标题」", "add one of them here"))
}

pub(super) fn header_twice(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongCalendarFiles, ("日历的名称文件有两个", "two files name the calendar"))
        .at(span, ("这是第二个", "this is the second"))
        .also(first, ("第一个在这里", "the first is here"))
        .help(("只留一个 calendar.yaml", "keep one calendar.yaml"))
}

pub(super) fn no_header() -> Diagnostic {
    Diagnostic::error(Code::WrongCalendarFiles, ("没有 calendar.yaml", "there is no calendar.yaml")).help((
        "在年份文件旁边建 calendar.yaml，写编号、名称、来源、确定至",
        "put calendar.yaml with id, name, source, settled_until beside the years",
    ))
}

pub(super) fn no_calendar(error: CalendarError, settled: Span) -> Diagnostic {
    match error {
        CalendarError::SettledOutsideLastYear(date) => Diagnostic::error(
            Code::WrongCalendarFiles,
            (
                format!("「确定至」{date} 不在最后一个年份之内"),
                format!("`settled_until` {date} is not in the last year"),
            ),
        )
        .at(settled, ("应当是最后一年的 12 月底", "should be at the end of the last year"))
        .help((
            "加了新的年份后，把它改到那一年的 12 月 28 日",
            "after adding a year, move it to 28 December of that year",
        )),
        other => Diagnostic::error(
            Code::WrongCalendarFiles,
            ("这些文件不能组成日历：没有年份文件", format!("these files make no calendar: {other}")),
        ),
    }
}
