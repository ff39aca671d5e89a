//! Holiday notices → [`Calendar`]: one file with the calendar's name, one file for each notice.
//!
//! The file called `calendar.yaml` (or `日历.yaml`) names the calendar; every other file holds
//! one notice. A year without a notice has no file and stays unknown.

mod faults;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use yichuang_engine::{Calendar, CalendarParts, CalendarYear, Date, NamedDay, Notice};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use crate::yaml::{self, Entry, Node};

/// A key of a mapping, in English and Chinese.
#[derive(Clone, Copy)]
struct Key {
    en: &'static str,
    zh: &'static str,
    required: bool,
}

const fn required(en: &'static str, zh: &'static str) -> Key {
    Key { en, zh, required: true }
}

const fn optional(en: &'static str, zh: &'static str) -> Key {
    Key { en, zh, required: false }
}

const CALENDAR: [Key; 5] = [
    required("id", "编号"),
    required("name", "名称"),
    required("source", "来源"),
    required("settled_until", "确定至"),
    optional("extends", "继承"),
];
const NOTICE: [Key; 7] = [
    required("year", "年份"),
    optional("published", "公布日期"),
    optional("replaces", "替代"),
    optional("title", "标题"),
    optional("address", "网址"),
    required("off", "放假"),
    required("work", "上班"),
];
const DAY: [Key; 2] = [required("date", "日期"), required("name", "名称")];

/// Compiles the files of one calendar, in any order.
///
/// There is no calendar if any diagnostic is an error. The calendar of a place, which `extends`
/// another, is an error here: see [`compile_local_calendar`].
pub fn compile_calendar(sources: &[Source]) -> (Option<Calendar>, Vec<Diagnostic>) {
    compile_over(None, sources)
}

/// Compiles the files of a place's calendar, whose local holidays lie over those of `base`, the
/// calendar it `extends`.
///
/// The years are those that have notices in both; see [`Calendar::layered`].
pub fn compile_local_calendar(base: &Calendar, sources: &[Source]) -> (Option<Calendar>, Vec<Diagnostic>) {
    compile_over(Some(base), sources)
}

/// The id of the calendar over which that of these files lies; none for one that stands by itself.
///
/// ```
/// use yichuang_rules::{Source, extended_calendar};
/// let header = Source::new("calendar.yaml", "id: ningxia\nextends: cn\n");
/// assert_eq!(extended_calendar(&[header]), Some("cn".to_owned()));
/// ```
#[must_use]
pub fn extended_calendar(sources: &[Source]) -> Option<String> {
    let header = sources.iter().find(|source| names_the_calendar(&source.name))?;
    let (node, _) = yaml::parse(SourceId(0), &header.text);
    let of = node?.get(&["extends", "继承"])?.value.text()?.trim().to_owned();
    (!of.is_empty()).then_some(of)
}

fn compile_over(base: Option<&Calendar>, sources: &[Source]) -> (Option<Calendar>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut header = None;
    let mut notices = Vec::new();
    for (position, source) in sources.iter().enumerate() {
        let id = SourceId(u16::try_from(position).unwrap_or(u16::MAX));
        let (node, found) = yaml::parse(id, &source.text);
        reader.diagnostics.extend(found);
        let Some(node) = node else { continue };
        if !names_the_calendar(&source.name) {
            notices.extend(reader.notice(&node));
        } else if let Some((_, first)) = header {
            reader.report(faults::header_twice(node.span, first));
        } else {
            header = Some((reader.header(&node, base), node.span));
        }
    }
    if !sources.iter().any(|source| names_the_calendar(&source.name)) {
        reader.report(faults::no_header());
    }
    reader.check_replaced(&notices);
    let header = header.and_then(|(header, _)| header);
    let calendar = header.and_then(|header| reader.finish(header, notices, base));
    (calendar, reader.diagnostics)
}

/// What `calendar.yaml` says.
struct Header {
    id: String,
    name: String,
    source: String,
    settled_until: (Settled, Span),
}

/// Until when no notice still to come is expected to touch a day.
enum Settled {
    /// Until this day.
    Until(Date),
    /// Until this month and day of the last year, whichever that is.
    EachYear(u8, u8),
}

/// A notice for a year, with the place of what it replaces.
struct Read {
    year: i16,
    notice: Notice,
    replaces: Option<Span>,
}

/// The diagnostics so far, and the places of what may be written only once.
#[derive(Default)]
struct Reader {
    diagnostics: Vec<Diagnostic>,
    years: BTreeMap<i16, Span>,
    days: BTreeMap<Date, (Span, List, Option<i16>)>,
}

/// Which list a day is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Off,
    Work,
}

impl Reader {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|diagnostic| self.report(diagnostic)).ok()
    }

    fn header(&mut self, node: &Node, base: Option<&Calendar>) -> Option<Header> {
        let [id, name, source, settled, extends] = self.fields(node, CALENDAR)?;
        match (self.text(extends), extends, base) {
            (Some(of), Some(entry), None) => self.report(faults::needs_base(&of, entry.value.span)),
            (Some(of), Some(entry), Some(base)) if of != base.id() => {
                self.report(faults::other_base(&of, base.id(), entry.value.span));
            }
            (None, None, Some(base)) => self.report(faults::extends_nothing(base.id(), node.span)),
            _ => {}
        }
        let id = self.text(id);
        let name = self.text(name);
        let source = self.text(source);
        let settled_until = self.settled(settled);
        Some(Header { id: id?, name: name?, source: source?, settled_until: settled_until? })
    }

    fn settled(&mut self, entry: Option<&Entry>) -> Option<(Settled, Span)> {
        let node = &entry?.value;
        // A leap year has every day that any year has.
        match node.text().and_then(|text| Date::parse(&format!("2000-{text}"))) {
            Some(day) => Some((Settled::EachYear(day.month(), day.day()), node.span)),
            None => self.date(entry).map(|(date, span)| (Settled::Until(date), span)),
        }
    }

    fn notice(&mut self, node: &Node) -> Option<Read> {
        let [year, published, replaces, title, address, off, work] = self.fields(node, NOTICE)?;
        if title.is_none() && address.is_none() {
            self.report(faults::no_notice(node.span));
        }
        if let (Some(replaces), None) = (replaces, published) {
            self.report(faults::unpublished(replaces.key_span));
        }
        let year = year.and_then(|entry| self.year_number(&entry.value, replaces.is_none()));
        let replaces = self.date(replaces);
        let notice = Notice {
            title: self.text(title),
            published: self.date(published).map(|(date, _)| date),
            replaces: replaces.map(|(date, _)| date),
            address: self.text(address),
            local: false,
            off: self.days(off, List::Off, year),
            work: self.days(work, List::Work, year),
        };
        Some(Read { year: year?, notice, replaces: replaces.map(|(_, span)| span) })
    }

    /// The year of a notice; only one notice of a year is the first.
    fn year_number(&mut self, node: &Node, is_first: bool) -> Option<i16> {
        let text = self.keep(node.expect_text())?;
        let year = Date::parse(&format!("{text}-01-01")).map(Date::year);
        let Some(year) = year else {
            self.report(faults::bad_year(node.span, text));
            return None;
        };
        if is_first && let Some(first) = self.years.insert(year, node.span) {
            self.report(faults::year_twice(year, node.span, first));
        }
        Some(year)
    }

    /// What a notice replaces must be of its year and published before.
    fn check_replaced(&mut self, notices: &[Read]) {
        for one in notices {
            let (Some(span), Some(day)) = (one.replaces, one.notice.replaces) else { continue };
            let is_replaced = |other: &Read| other.year == one.year && other.notice.published == Some(day);
            let is_later = one.notice.published.is_none_or(|published| published > day);
            if !is_later || !notices.iter().any(is_replaced) {
                self.report(faults::nothing_to_replace(one.year, day, span));
            }
        }
    }

    fn days(&mut self, entry: Option<&Entry>, list: List, year: Option<i16>) -> Vec<NamedDay> {
        let items = entry.and_then(|entry| self.keep(entry.value.expect_items()));
        let items = items.unwrap_or_default();
        items.iter().filter_map(|item| self.day(item, list, year)).collect()
    }

    fn day(&mut self, node: &Node, list: List, year: Option<i16>) -> Option<NamedDay> {
        let [date, name] = self.fields(node, DAY)?;
        let name = self.text(name);
        let (date, span) = self.date(date)?;
        if let Some(year) = year.filter(|year| year.abs_diff(date.year()) > 1) {
            self.report(faults::outside_year(date, year, span));
        }
        // Of the notices of one year the last one published decides.
        if let Some((first, in_list, of)) = self.days.insert(date, (span, list, year))
            && (first.source == span.source || of != year)
        {
            self.report(faults::day_twice(date, in_list == list, span, first));
        }
        Some(NamedDay { date, name: name? })
    }

    /// The entries of a mapping in the order of `keys`; reports what is unknown, twice or missing.
    fn fields<'a, const N: usize>(&mut self, node: &'a Node, keys: [Key; N]) -> Option<[Option<&'a Entry>; N]> {
        let entries = self.keep(node.expect_entries())?;
        for entry in entries {
            if !keys.iter().any(|key| key.is(&entry.key)) {
                self.report(faults::unknown_key(entry, &keys));
            }
        }
        Some(keys.map(|key| {
            let mut found = entries.iter().filter(|entry| key.is(&entry.key));
            let first = found.next();
            match (first, found.next()) {
                (Some(first), Some(second)) => self.report(faults::key_twice(first, second)),
                (None, _) if key.required => self.report(faults::missing_key(key, node.span)),
                _ => {}
            }
            first
        }))
    }

    fn text(&mut self, entry: Option<&Entry>) -> Option<String> {
        let entry = entry?;
        let text = self.keep(entry.value.expect_text())?.trim();
        if text.is_empty() {
            self.report(faults::empty(entry));
            return None;
        }
        Some(text.to_owned())
    }

    fn date(&mut self, entry: Option<&Entry>) -> Option<(Date, Span)> {
        let node = &entry?.value;
        let text = self.keep(node.expect_text())?;
        let date = Date::parse(text);
        if date.is_none() {
            self.report(faults::bad_date(text, node.span));
        }
        date.map(|date| (date, node.span))
    }

    fn finish(&mut self, header: Header, notices: Vec<Read>, base: Option<&Calendar>) -> Option<Calendar> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return None;
        }
        let Header { id, name, source, settled_until: (settled, span) } = header;
        let mut years: BTreeMap<i16, CalendarYear> = BTreeMap::new();
        for Read { year, notice, .. } in notices {
            years.entry(year).or_insert(CalendarYear { year, notices: Vec::new() }).notices.push(notice);
        }
        let last = years.keys().next_back().copied().unwrap_or(Date::MIN.year());
        let settled_until = match settled {
            Settled::Until(date) => date,
            // 29 February of a year that has none.
            Settled::EachYear(month, day) => Date::new(last, month, day).or_else(|| Date::new(last, month, 28))?,
        };
        let parts = CalendarParts { id, name, source, settled_until, years: years.into_values().collect() };
        let calendar = match base {
            Some(base) => base.layered(parts),
            None => Calendar::new(parts),
        };
        calendar.map_err(|error| self.report(faults::no_calendar(error, span))).ok()
    }
}

impl Key {
    fn is(self, word: &str) -> bool {
        word == self.en || word == self.zh
    }
}

fn names_the_calendar(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    matches!(stem, "calendar" | "日历")
}
