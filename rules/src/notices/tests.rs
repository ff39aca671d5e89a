//! The committed tables against the counts of the domain table, and the faults of calendar files.

use std::fs;
use std::path::Path;

use yichuang_engine::{Calendar, Date, DayKind, Due, WorkdayCount};

use super::{compile_calendar, compile_local_calendar};
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
    assert_eq!((notices(2004), notices(2014)), (vec![None], vec![Some(date("2013-12-11"))]));
}

/// Every day of the years of a table that was compiled independently, and its count of workdays.
#[test]
fn every_day_of_the_independent_table() {
    let mut sources = committed();
    for source in &mut sources {
        source.text = source.text.replace("settled_until: 12-28", "settled_until: 12-31");
    }
    let cn = compile(&sources);
    let rows: Vec<&str> = include_str!("years.txt").lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rows.len(), 18);
    for row in rows {
        let [year, off, work, total] = row.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        let year: i16 = year.parse().unwrap();
        let (mut day, mut count) = (Date::new(year, 1, 1).unwrap(), 0);
        while day.year() == year {
            let text = format!("{:02}{:02}", day.month(), day.day());
            let lists = |list: &str| list.split(' ').any(|one| one == text);
            let is_workday = lists(work) || !(day.weekday().is_weekend() || lists(off));
            assert_eq!(cn.is_workday(day), Some(is_workday), "{day}");
            count += u32::from(is_workday);
            day = day.tomorrow().unwrap();
        }
        assert_eq!(count, total.parse().unwrap(), "{year}");
        let (before, last) = (Date::new(year - 1, 12, 31).unwrap(), Date::new(year, 12, 31).unwrap());
        assert_eq!(cn.count_workdays(before, last), WorkdayCount::Exactly(count), "{year}");
    }
}

/// What held until the day before the later notice of a year, and what from that day on.
#[test]
fn what_was_known_before_the_later_notices() {
    let cn = compile(&committed());
    let kind = |known: &str, day: &str| cn.as_known_on(date(known)).unwrap().is_workday(date(day)).unwrap();
    for (published, before, changed) in [
        ("2015-05-13", "2015-05-12", [("2015-09-03", true), ("2015-09-04", true), ("2015-09-06", false)].as_slice()),
        (
            "2019-03-22",
            "2019-03-21",
            &[("2019-04-28", false), ("2019-05-02", true), ("2019-05-03", true), ("2019-05-05", false)],
        ),
        ("2020-01-27", "2020-01-26", &[("2020-01-31", true), ("2020-02-01", true)]),
    ] {
        let (old, new) = (cn.as_known_on(date(before)).unwrap(), cn.as_known_on(date(published)).unwrap());
        let mut day = Date::new(date(published).year(), 1, 1).unwrap();
        while day <= old.settled_until() {
            let differs = changed.iter().find(|(text, _)| date(text) == day);
            match differs {
                Some((text, was)) => {
                    assert_eq!((kind(before, text), kind(published, text)), (*was, !was), "{text}");
                }
                None => assert_eq!(old.kind(day), new.kind(day), "{day}"),
            }
            day = day.tomorrow().unwrap();
        }
    }
    assert!(!kind("2019-01-01", "2019-05-01"));
    assert_eq!((kind("2020-01-26", "2020-02-02"), kind("2020-01-26", "2020-02-03")), (false, true));
}

#[test]
fn the_difference_a_notice_makes() {
    let cn = compile(&committed());
    let due = |calendar: &Calendar| calendar.add_workdays(date("2015-09-01"), 5);
    let effects = cn.effects(due);
    let [effect] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((effect.before, effect.after), (Due::On(date("2015-09-08")), Due::On(date("2015-09-09"))));
    assert_eq!((effect.notice.year, effect.notice.notice.published), (2015, Some(date("2015-05-13"))));
    assert_eq!(cn.effects(|calendar| calendar.add_workdays(date("2015-10-09"), 5)), []);
    let labour = cn.effects(|calendar| calendar.add_workdays(date("2019-04-26"), 3));
    let moved: Vec<_> = labour.iter().map(|effect| (effect.before, effect.after)).collect();
    assert_eq!(moved, [(Due::On(date("2019-05-02")), Due::On(date("2019-04-30")))]);
}

#[test]
fn a_day_is_reckoned_under_its_notices() {
    let cn = compile(&committed());
    let used = |after, until| {
        let used = cn.notices_used(date(after), date(until));
        used.iter().map(|one| (one.year, one.place)).collect::<Vec<_>>()
    };
    assert_eq!(used("2015-03-02", "2015-05-06"), [(2015, 0)]);
    assert_eq!(used("2015-09-01", "2015-09-09"), [(2015, 0), (2015, 1)]);
    assert_eq!(used("2014-12-22", "2015-01-30"), [(2014, 0), (2015, 0)]);
    assert_eq!(used("2018-12-24", "2018-12-29"), [(2018, 0), (2019, 0)]);
    assert_eq!(used("2015-09-03", "2015-09-03"), [(2015, 0), (2015, 1)]);
}

#[test]
fn before_a_notice_nothing_is_guessed() {
    let cn = compile(&committed());
    let known = |day: &str| cn.as_known_on(date(day));
    assert_eq!(known("2003-12-31"), None);
    assert_eq!(known("2004-01-01").unwrap().settled_until(), date("2004-12-28"));
    let before = known("2014-12-15").unwrap();
    assert_eq!(before.settled_until(), date("2014-12-28"));
    let due = before.add_workdays(date("2014-12-22"), 28);
    assert_eq!(due, Due::NotBefore { date: date("2015-01-21"), year: 2015 });
    let after = known("2014-12-16").unwrap();
    assert_eq!(after.add_workdays(date("2014-12-22"), 28), Due::On(date("2015-01-30")));
    assert_eq!(known("2026-01-01").unwrap(), cn);
    for year in [2005, 2006] {
        assert_eq!(cn.kind(Date::new(year, 6, 1).unwrap()), DayKind::Missing { year });
    }
}

/// All that is done when a notice comes is to add its file.
#[test]
fn next_year_is_one_file() {
    let mut sources = committed();
    let last = sources.last().unwrap().clone();
    assert_eq!(last.name, "calendar.yaml");
    let notice = "year: 2027\npublished: 2026-11-03\ntitle: 2027年\n\
                  off: [{date: 2027-01-01, name: 元旦}, {date: 2026-12-31, name: 元旦}]\n\
                  work: [{date: 2027-01-03, name: 元旦}]\n";
    let before = compile(&sources);
    sources.push(Source::new("2027.yaml", notice));
    let after = compile(&sources);
    let start = date("2026-12-28");
    assert_eq!(before.add_workdays(start, 4), Due::NotBefore { date: date("2027-01-01"), year: 2027 });
    assert_eq!(after.add_workdays(start, 4), Due::On(date("2027-01-04")));
    assert_eq!((after.settled_until(), after.is_workday(date("2027-01-03"))), (date("2027-12-28"), Some(true)));
    assert_eq!(after.as_known_on(date("2026-11-02")).unwrap(), before);
}

#[test]
fn local_holidays_lie_over_the_national_ones() {
    let cn = compile(&committed());
    let header = "id: gx\nname: 广西\nsource: 表\nextends: cn\nsettled_until: 12-28\n";
    let file = |year: &str, day: &str| {
        let text = format!(
            "year: {year}\npublished: {year}-01-05\ntitle: 三月三\noff: [{{date: {day}, name: 三月三}}]\nwork: []\n"
        );
        Source::new(format!("{year}.yaml"), &text)
    };
    let sources = [Source::new("calendar.yaml", header), file("2014", "2014-04-02"), file("2015", "2015-04-21")];
    let local = |sources: &[Source]| {
        let (calendar, diagnostics) = compile_local_calendar(&cn, sources);
        (calendar, render(&diagnostics, sources, Lang::En))
    };
    let gx = local(&sources).0.unwrap();
    assert_eq!((gx.id(), gx.is_workday(date("2014-04-02"))), ("gx", Some(false)));
    assert_eq!(gx.is_workday(date("2014-10-11")), Some(true), "national make-up days stay");
    assert_eq!(gx.kind(date("2013-05-06")), DayKind::Missing { year: 2013 }, "no local notice");
    assert_eq!(gx.settled_until(), date("2015-12-28"));
    let used = gx.notices_used(date("2015-04-20"), date("2015-04-22"));
    assert_eq!(used.iter().map(|one| one.notice.local).collect::<Vec<_>>(), [false, true]);
    let early = gx.as_known_on(date("2014-12-31")).unwrap();
    assert_eq!(early.settled_until(), date("2014-12-28"), "the local notice for 2015 is awaited");

    assert_eq!(faults(&sources), ["calendar.yaml:4:10 YC0904 这是地方日历，要和它继承的日历「cn」一起编译"]);
    let of_none = [Source::new("calendar.yaml", &header.replace("extends: cn\n", "")), file("2014", "2014-04-02")];
    assert!(local(&of_none).1.contains("`extends` is missing"));
    let of_other =
        [Source::new("calendar.yaml", &header.replace("extends: cn", "extends: x")), file("2014", "2014-04-02")];
    assert!(local(&of_other).1.contains("it extends `x`"));
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
published: 2014-12-16
title: 甲
address: 'http://a'
off: [{date: 2015-01-01, name: 元旦}]
work: [{date: 2015-01-04, name: 元旦}]
";
const CHINESE: &str = "年份: 2015
公布日期: 2014-12-16
标题: 甲
网址: 'http://a'
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
    ("2015-01-01", "2015-02-30", "cn/2015.yaml:6:10 YC0202 「2015-02-30」不是日期"),
    ("2015-01-01", "2015-1-1", "cn/2015.yaml:6:10 YC0202 「2015-1-1」不是日期"),
    ("2014-12-16", "20141216", "cn/2015.yaml:2:7 YC0202 「20141216」不是日期"),
    ("2015-01-01", "2051-01-01", "cn/2015.yaml:6:10 YC0902 2051-01-01 不在 2015 年放假通知的范围内"),
    ("年份: 2015", "年份: 今年", "cn/2015.yaml:1:5 YC0202 「今年」不是年份"),
    ("2015-01-01", "2015-01-04", "cn/2015.yaml:8:10 YC0903 2015-01-04 既是放假又是上班"),
    ("名称", "名字", "cn/2015.yaml:6:22 YC0200 没有「名字」这个键"),
    ("放假:", "放价:", "cn/2015.yaml:5:1 YC0200 没有「放价」这个键"),
    ("年份: 2015\n", "", "cn/2015.yaml:1:1 YC0201 缺少「年份」（year）"),
    ("年份: 2015", "年份: 2015\nyear: 2015", "cn/2015.yaml:2:1 YC0016 「年份」和「year」是同一个键"),
    ("名称: 元旦", "名称: ''", "cn/2015.yaml:6:22 YC0201 「名称」没有内容"),
    ("标题: 甲\n网址: 'http://a'\n", "", "cn/2015.yaml:1:1 YC0901 没有写是哪个通知"),
    ("\n  - {日期: 2015-01-01, 名称: 元旦}", " 元旦", "cn/2015.yaml:5:5 YC0027 这里应当是列表"),
    ("日期: 2015-01-01", "日期：2015-01-01", "cn/2015.yaml:6:8 YC0018 「日期」后用了全角冒号或全角空格"),
    ("标题: 甲", "替代: 2014-12-01", "cn/2015.yaml:3:5 YC0905 2015 年没有更早的、2014-12-01 公布的通知"),
    ("公布日期: 2014-12-16", "替代: 2014-12-01", "cn/2015.yaml:2:1 YC0201 缺少「公布日期」（published）"),
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
    let text = "year: 2015\noff: [{date: 2015-13-01, name: 甲}]\nwork: [{date: 乙, name: 甲}]\n";
    let found = faults(&small(text));
    assert_eq!(
        found,
        [
            "cn/2015.yaml:1:1 YC0901 没有写是哪个通知",
            "cn/2015.yaml:2:14 YC0202 「2015-13-01」不是日期",
            "cn/2015.yaml:3:15 YC0202 「乙」不是日期",
        ]
    );
}

#[test]
fn a_year_or_a_day_in_two_files() {
    let mut sources = small(ENGLISH);
    sources.push(Source::new("cn/2015b.yaml", CHINESE));
    assert_eq!(faults(&sources), ["cn/2015b.yaml:1:5 YC0900 2015 年写了两次"]);
    // What lies in two years is decided by neither.
    let other = ENGLISH.replace("year: 2015", "year: 2016");
    sources.pop();
    sources.push(Source::new("cn/2016.yaml", &other));
    let found = faults(&sources);
    assert_eq!(found, ["cn/2016.yaml:5:14 YC0903 2015-01-01 写了两次", "cn/2016.yaml:6:15 YC0903 2015-01-04 写了两次"]);
}

/// A notice is changed by one published later, and only by one that says so.
#[test]
fn a_notice_that_replaces_another() {
    let later = |text: &str| {
        let mut sources = small(ENGLISH);
        sources.insert(0, Source::new("cn/2015-2.yaml", text));
        sources
    };
    let text = "year: 2015\npublished: 2015-05-13\nreplaces: 2014-12-16\ntitle: 乙\n\
                off: [{date: 2015-01-04, name: 乙}]\nwork: []\n";
    let cn = compile(&later(text));
    assert_eq!((cn.is_workday(date("2015-01-04")), cn.years()[0].notices.len()), (Some(false), 2));
    let of_none = text.replace("2014-12-16", "2014-12-17");
    let early = text.replace("2015-05-13", "2014-12-16");
    let twice = text.replace("work: []", "work: [{date: 2015-01-04, name: 乙}]");
    for (text, fault) in [
        (of_none, "cn/2015-2.yaml:3:11 YC0905 2015 年没有更早的、2014-12-17 公布的通知"),
        (early, "cn/2015-2.yaml:3:11 YC0905 2015 年没有更早的、2014-12-16 公布的通知"),
        (twice, "cn/2015-2.yaml:6:15 YC0903 2015-01-04 既是放假又是上班"),
    ] {
        assert_eq!(faults(&later(&text)), [fault]);
    }
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
