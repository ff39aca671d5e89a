//! The committed tables against the counts of the domain table, and the faults of calendar files.

use std::fs;
use std::path::Path;

use yichuang_engine::{Calendar, Date, DayKind, Due, WorkdayCount};

use super::compile_calendar;
use crate::diagnostic::Lang;
use crate::render;
use crate::source::Source;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn committed() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("calendars/cn");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        Source::new(name, &fs::read_to_string(path).unwrap())
    };
    paths.iter().map(read).collect()
}

fn compile(sources: &[Source]) -> Calendar {
    let (calendar, diagnostics) = compile_calendar(sources);
    assert_eq!(render(&diagnostics, sources, Lang::En), "");
    calendar.unwrap()
}

#[test]
fn the_years_are_those_with_a_table() {
    let cn = compile(&committed());
    let years: Vec<i16> = cn.years().iter().map(|year| year.year).collect();
    assert_eq!(years, [2004].into_iter().chain(2007..=2026).collect::<Vec<_>>());
    assert_eq!((cn.id(), cn.settled_until()), ("cn", date("2026-12-28")));
    let notices = |year: i16| {
        let year = cn.years().iter().find(|one| one.year == year).unwrap();
        year.notices.iter().map(|notice| notice.published).collect::<Vec<_>>()
    };
    assert_eq!(notices(2015), [Some(date("2014-12-16")), Some(date("2015-05-13"))]);
    assert_eq!(notices(2014), [None]);
}

/// The last column of the domain table: workdays of the year.
#[test]
fn workdays_of_each_year() {
    let mut sources = committed();
    for source in &mut sources {
        source.text = source.text.replace("settled_until: 2026-12-28", "settled_until: 2026-12-31");
    }
    let cn = compile(&sources);
    let first = (2004, 252);
    let from_2010 = [250, 250, 249, 250, 250, 249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248];
    for (year, expected) in [first].into_iter().chain((2010..=2026).zip(from_2010)) {
        let before = Date::new(year - 1, 12, 31).unwrap();
        let last = Date::new(year, 12, 31).unwrap();
        assert_eq!(cn.count_workdays(before, last), WorkdayCount::Exactly(expected), "{year}");
    }
}

/// `MMDD` of the domain table, by year: off from Monday to Friday, work on Saturday and Sunday.
#[test]
fn days_that_differ_from_the_ordinary_week() {
    let cn = compile(&committed());
    let differing = |year: i16| {
        let mut day = Date::new(year, 1, 1).unwrap();
        let (mut off, mut work) = (Vec::new(), Vec::new());
        while day.year() == year {
            let text = format!("{:02}{:02}", day.month(), day.day());
            match (day.weekday().is_weekend(), cn.is_workday(day)) {
                (false, Some(false)) => off.push(text),
                (true, Some(true)) => work.push(text),
                _ => {}
            }
            day = day.tomorrow().unwrap();
        }
        (off.join(" "), work.join(" "))
    };
    let table = [
        (
            2004,
            "0101 0122 0123 0126 0127 0128 0503 0504 0505 0506 0507 1001 1004 1005 1006 1007",
            "0117 0118 0508 0509 1009 1010",
        ),
        (
            2011,
            "0103 0202 0203 0204 0207 0208 0404 0405 0502 0606 0912 1003 1004 1005 1006 1007",
            "0130 0212 0402 1008 1009 1231",
        ),
        (
            2015,
            "0101 0102 0218 0219 0220 0223 0224 0406 0501 0622 0903 0904 1001 1002 1005 1006 1007",
            "0104 0215 0228 0906 1010",
        ),
        (
            2018,
            "0101 0215 0216 0219 0220 0221 0405 0406 0430 0501 0618 0924 1001 1002 1003 1004 1005 1231",
            "0211 0224 0408 0428 0929 0930 1229",
        ),
        (
            2020,
            "0101 0124 0127 0128 0129 0130 0131 0406 0501 0504 0505 0625 0626 1001 1002 1005 1006 1007 1008",
            "0119 0426 0509 0628 0927 1010",
        ),
        (
            2026,
            "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
            "0104 0214 0228 0509 0920 1010",
        ),
    ];
    for (year, off, work) in table {
        assert_eq!(differing(year), (off.to_owned(), work.to_owned()), "{year}");
    }
}

#[test]
fn check_vectors_and_the_ends_of_the_tables() {
    let cn = compile(&committed());
    let due = |start, days| cn.add_workdays(date(start), days);
    for (start, days, expected) in [
        ("2014-04-30", 3, "2014-05-06"),
        ("2015-02-17", 1, "2015-02-25"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2014-09-26", 5, "2014-10-09"),
        ("2014-12-22", 28, "2015-01-30"),
        ("2015-09-01", 5, "2015-09-09"),
        ("2026-02-13", 10, "2026-03-05"),
    ] {
        assert_eq!(due(start, days), Due::On(date(expected)), "{start} + {days}");
    }
    let golden_week = cn.count_workdays(date("2016-09-30"), date("2016-10-09"));
    assert_eq!(golden_week, WorkdayCount::Exactly(2));
    assert_eq!(cn.kind(date("2015-09-03")), DayKind::RestDay);
    assert_eq!(cn.kind(date("2015-09-06")), DayKind::Workday);

    assert_eq!(due("2026-12-30", 10), Due::NotBefore { date: date("2027-01-09"), year: 2027 });
    assert_eq!(due("2005-03-01", 3), Due::Missing { year: 2005 });
    assert_eq!(due("2004-12-30", 5), Due::Missing { year: 2005 });
    assert_eq!(cn.kind(date("2006-12-30")), DayKind::Missing { year: 2006 });
    let used = cn.years_used(date("2018-12-24"), date("2018-12-29"));
    assert_eq!(used.iter().map(|year| year.year).collect::<Vec<_>>(), [2018, 2019]);
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut sources = committed();
    let one = compile(&sources);
    sources.reverse();
    assert_eq!(compile(&sources), one);
    sources.rotate_left(7);
    assert_eq!(compile(&sources), one);
}

const HEADER: &str = "id: cn\nname: 全国\nsource: 表\nsettled_until: 2015-12-28\n";
const ENGLISH: &str = "year: 2015
notices: [{title: 甲, published: 2014-12-16, address: 'http://a'}]
off: [{date: 2015-01-01, name: 元旦}]
work: [{date: 2015-01-04, name: 元旦}]
";
const CHINESE: &str = "年份: 2015
通知:
  - {标题: 甲, 公布日期: 2014-12-16, 网址: 'http://a'}
放假:
  - {日期: 2015-01-01, 名称: 元旦}
上班:
  - {日期: 2015-01-04, 名称: 元旦}
";

fn small(year: &str) -> Vec<Source> {
    vec![Source::new("cn/calendar.yaml", HEADER), Source::new("cn/2015.yaml", year)]
}

#[test]
fn chinese_keys_mean_the_same() {
    let header = "编号: cn\n名称: 全国\n来源: 表\n确定至: 2015-12-28\n";
    let chinese = [Source::new("日历.yaml", header), Source::new("2015年.yaml", CHINESE)];
    assert_eq!(compile(&chinese), compile(&small(ENGLISH)));
}

/// Compiles files with faults; one line for each, `file:line:column code message`.
fn faults(sources: &[Source]) -> Vec<String> {
    let (calendar, diagnostics) = compile_calendar(sources);
    assert_eq!(calendar.is_none(), diagnostics.iter().any(|one| one.is_error()));
    let line = |diagnostic: &crate::Diagnostic| {
        let place = diagnostic.span.map_or(String::new(), |span| {
            let source = &sources[usize::from(span.source.0)];
            let (line, column) = source.line_column(span.start);
            format!("{}:{line}:{column} ", source.name)
        });
        format!("{place}{} {}", diagnostic.code.as_str(), diagnostic.message.zh)
    };
    diagnostics.iter().map(line).collect()
}

/// The faults of a year file in which one text is replaced by another.
fn faults_after(from: &str, to: &str) -> Vec<String> {
    assert!(CHINESE.contains(from));
    faults(&small(&CHINESE.replacen(from, to, 1)))
}

/// What is replaced in [`CHINESE`], by what, and the fault.
const FAULTS: &[(&str, &str, &str)] = &[
    ("2015-01-01", "2015-02-30", "cn/2015.yaml:5:10 YC0202 「2015-02-30」不是日期"),
    ("2015-01-01", "2015-1-1", "cn/2015.yaml:5:10 YC0202 「2015-1-1」不是日期"),
    ("2014-12-16", "20141216", "cn/2015.yaml:3:19 YC0202 「20141216」不是日期"),
    ("2015-01-01", "2051-01-01", "cn/2015.yaml:5:10 YC0902 2051-01-01 不在 2015 年放假通知的范围内"),
    ("年份: 2015", "年份: 今年", "cn/2015.yaml:1:5 YC0202 「今年」不是年份"),
    ("2015-01-01", "2015-01-04", "cn/2015.yaml:7:10 YC0903 2015-01-04 既是放假又是上班"),
    ("名称", "名字", "cn/2015.yaml:5:22 YC0200 没有「名字」这个键"),
    ("放假:", "放价:", "cn/2015.yaml:4:1 YC0200 没有「放价」这个键"),
    ("年份: 2015\n", "", "cn/2015.yaml:1:1 YC0201 缺少「年份」（year）"),
    ("年份: 2015", "年份: 2015\nyear: 2015", "cn/2015.yaml:2:1 YC0016 「年份」和「year」是同一个键"),
    ("名称: 元旦", "名称: ''", "cn/2015.yaml:5:22 YC0201 「名称」没有内容"),
    (
        "{标题: 甲, 公布日期: 2014-12-16, 网址: 'http://a'}",
        "{公布日期: 2014-12-16}",
        "cn/2015.yaml:3:5 YC0201 通知缺少网址或标题",
    ),
    ("\n  - {日期: 2015-01-01, 名称: 元旦}", " 元旦", "cn/2015.yaml:4:5 YC0027 这里应当是列表"),
    ("日期: 2015-01-01", "日期：2015-01-01", "cn/2015.yaml:5:8 YC0018 「日期」后用了全角冒号或全角空格"),
];

#[test]
fn faults_are_shown_at_their_place() {
    for (from, to, expected) in FAULTS {
        let found = faults_after(from, to);
        assert!(found.iter().any(|line| line == expected), "{to}: {found:#?}");
    }
}

#[test]
fn several_faults_are_shown_in_one_run() {
    let text = "year: 2015\nnotices: []\noff: [{date: 2015-13-01, name: 甲}]\nwork: [{date: 乙, name: 甲}]\n";
    let found = faults(&small(text));
    assert_eq!(
        found,
        [
            "cn/2015.yaml:2:1 YC0901 没有写通知",
            "cn/2015.yaml:3:14 YC0202 「2015-13-01」不是日期",
            "cn/2015.yaml:4:15 YC0202 「乙」不是日期",
        ]
    );
}

#[test]
fn a_year_or_a_day_in_two_files() {
    let mut sources = small(ENGLISH);
    sources.push(Source::new("cn/2015b.yaml", CHINESE));
    let found = faults(&sources);
    assert_eq!(
        found,
        [
            "cn/2015b.yaml:1:5 YC0900 2015 年写了两次",
            "cn/2015b.yaml:5:10 YC0903 2015-01-01 写了两次",
            "cn/2015b.yaml:7:10 YC0903 2015-01-04 写了两次",
        ]
    );
}

#[test]
fn the_file_that_names_the_calendar() {
    let year = Source::new("2015.yaml", ENGLISH);
    assert_eq!(faults(std::slice::from_ref(&year)), ["YC0904 没有 calendar.yaml"]);
    let header = Source::new("calendar.yaml", HEADER);
    assert_eq!(faults(std::slice::from_ref(&header)), ["YC0904 这些文件不能组成日历：没有年份文件"]);
    let twice = [header.clone(), year.clone(), header];
    assert_eq!(faults(&twice), ["calendar.yaml:1:1 YC0904 日历的名称文件有两个"]);
    let late = Source::new("calendar.yaml", &HEADER.replace("2015", "2016"));
    assert_eq!(faults(&[late, year.clone()]), ["calendar.yaml:4:16 YC0904 「确定至」2016-12-28 不在最后一个年份之内"]);
    let broken = Source::new("calendar.yaml", "id: cn\nname: 全国\nsource:\n");
    assert_eq!(
        faults(&[broken, year]),
        ["calendar.yaml:1:1 YC0201 缺少「确定至」（settled_until）", "calendar.yaml:3:1 YC0201 「source」没有内容"]
    );
}
