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
            "同年的后一个通知写「替代」，说明它改动哪一天公布的通知",
            "a later notice of the year says under `replaces` on which day the one it changes was published",
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
    Diagnostic::error(Code::NoNotice, ("没有写是哪个通知", "it is not said which notice this is"))
        .at(span, ("在这里补上「网址」或「标题」", "add an `address` or a `title`"))
        .help((
            "通知尚未公布的年份不要建文件，否则会被当作全年没有节假日",
            "leave a year out until its notice is published, or it would have no holidays",
        ))
}

pub(super) fn unpublished(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, ("缺少「公布日期」（published）", "`published` is missing"))
        .at(span, ("改动别的通知，就要写明自己的公布日期", "what changes another notice says when it was published"))
}

pub(super) fn nothing_to_replace(year: i16, day: Date, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NothingToReplace,
        (
            format!("{year} 年没有更早的、{day} 公布的通知"),
            format!("{year} has no earlier notice that was published on {day}"),
        ),
    )
    .at(span, ("改动的是哪个通知？", "which notice is changed?"))
    .help((
        "写被改动的通知的「公布日期」；它应当是同一年的，早于本通知",
        "write the `published` of the notice that is changed; it is for the same year and earlier than this one",
    ))
}

pub(super) fn needs_base(of: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongCalendarFiles,
        (
            format!("这是地方日历，要和它继承的日历「{of}」一起编译"),
            format!("this is the calendar of a place, to be compiled over `{of}`, which it extends"),
        ),
    )
    .at(span, ("继承在这里", "extended here"))
    .help(("全国日历不写「继承」", "a national calendar has no `extends`"))
}

pub(super) fn other_base(of: &str, base: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongCalendarFiles,
        (
            format!("继承的是「{of}」，给出的日历是「{base}」"),
            format!("it extends `{of}`, and the calendar that is given is `{base}`"),
        ),
    )
    .at(span, ("与给出的日历不同", "not the calendar that is given"))
}

pub(super) fn extends_nothing(base: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, ("缺少「继承」（extends）", "`extends` is missing"))
        .at(span, ("地方日历要写明继承哪个日历", "the calendar of a place says which one it extends"))
        .help((format!("给出的日历是「{base}」"), format!("the calendar that is given is `{base}`")))
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
