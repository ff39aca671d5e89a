use super::{Compared, compare, effective_words, flat, pieces, within, words};
use crate::{Node, SourceId, parse};

fn node(text: &str) -> Node {
    parse(SourceId(0), text).0.unwrap()
}

const PLAIN: &str = "20";
const DATED: &str = "[{至: 2015-09-30, 天数: 20}, {自: 2015-10-01, days: 10}]";

#[test]
fn numbers_are_compared_day_by_day() {
    for (new, effective, old, expected) in [
        ("20", "", PLAIN, Compared::Same),
        ("15", "", PLAIN, Compared::Otherwise),
        ("21", "", PLAIN, Compared::Worse),
        ("{天数: 15}", "", PLAIN, Compared::Otherwise),
        ("15", "", DATED, Compared::Worse),
        ("10", "", DATED, Compared::Otherwise),
        ("10", "{自: 2015-10-01}", DATED, Compared::Same),
        ("15", "{至: 2015-09-30}", DATED, Compared::Otherwise),
        ("15", "{to: 2015-10-01}", DATED, Compared::Worse),
        ("15", "{自: 2015-09-30, 至: 2015-09-30}", DATED, Compared::Otherwise),
        (DATED, "", DATED, Compared::Same),
        (DATED, "", PLAIN, Compared::Otherwise),
        ("[{至: 2015-09-29, 天数: 20}, {自: 2015-09-30, 天数: 10}]", "", DATED, Compared::Otherwise),
        ("[{至: 2015-10-01, 天数: 20}, {自: 2015-10-02, 天数: 10}]", "", DATED, Compared::Worse),
        // What lies outside of all bounds changes nothing.
        ("[{至: 2015-09-30, 天数: 5}]", "{自: 2015-10-01}", DATED, Compared::Same),
        // A period for days that had none is new.
        ("5", "", "[{自: 2015-10-01, 天数: 5}]", Compared::Otherwise),
        ("0.10", "", "0.1", Compared::Same),
        ("0.11", "", "{天数: 0.1}", Compared::Worse),
    ] {
        let effective = (!effective.is_empty()).then(|| node(effective));
        let [newer, older] = [new, old].map(node);
        let pieces = [&newer, &older].map(|node| pieces(node, "days").unwrap());
        let [newer, older] = pieces;
        let newer = within(newer, effective.as_ref()).unwrap();
        assert_eq!(compare(&newer, &older, |new, old| new > old), expected, "{new} {effective:?} {old}");
    }
}

#[test]
fn what_is_written_wrongly_is_not_compared() {
    for text in ["二十", "{天数: x}", "{自: 2015-10-01}", "{自: 2015/10/01, 天数: 3}", "[[1]]", "{自: [], 天数: 3}"]
    {
        assert_eq!(pieces(&node(text), "days"), None, "{text}");
    }
    assert_eq!(within(pieces(&node("20"), "days").unwrap(), Some(&node("{自: 明天}"))), None);
}

#[test]
fn numbers_over_time_in_words() {
    let dated = words(&pieces(&node(DATED), "days").unwrap(), (" 个工作日", " workdays"));
    assert_eq!(dated.zh, "20 个工作日（至 2015-09-30）、10 个工作日（自 2015-10-01）");
    assert_eq!(dated.en, "20 workdays (until 2015-09-30), 10 workdays (from 2015-10-01)");
    let between = node("{自: 2014-01-01, 至: 2014-12-31}");
    assert_eq!(effective_words(Some(&between)).zh, "（自 2014-01-01 至 2014-12-31）");
    assert_eq!(effective_words(Some(&between)).en, " (from 2014-01-01 until 2014-12-31)");
    assert_eq!(effective_words(None).zh, "");
}

#[test]
fn numbers_over_time_without_overlaps() {
    let shown = |text: &str| words(&flat(&pieces(&node(text), "days").unwrap()), ("", "")).zh;
    assert_eq!(shown("20"), "20");
    assert_eq!(
        shown("[{自: 2015-10-01, 天数: 10}, {至: 2015-09-30, 天数: 20}]"),
        "20（至 2015-09-30）、10（自 2015-10-01）"
    );
    assert_eq!(shown("[{天数: 5}, {至: 2015-09-30, 天数: 20}]"), "5");
    let middle = "[{自: 2014-01-01, 至: 2014-12-31, 天数: 5}, {至: 2015-09-30, 天数: 20}, {自: 2015-10-01, 天数: 20}]";
    assert_eq!(shown(middle), "20（至 2013-12-31）、5（自 2014-01-01 至 2014-12-31）、20（自 2015-01-01）");
    let hole = "[{至: 2013-12-31, 天数: 5}, {自: 2015-01-01, 天数: 5}]";
    assert_eq!(shown(hole), "5（至 2013-12-31）、5（自 2015-01-01）");
}
