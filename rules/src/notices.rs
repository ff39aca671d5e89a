//! Holiday notices → [`Calendar`]: one file with the calendar's name, one file for each year.
//!
//! The file called `calendar.yaml` (or `日历.yaml`) names the calendar; every other file holds
//! the notices of one year. A year without a notice has no file and stays unknown.

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

const CALENDAR: [Key; 4] =
    [required("id", "编号"), required("name", "名称"), required("source", "来源"), required("settled_until", "确定至")];
const YEAR: [Key; 4] =
    [required("year", "年份"), required("notices", "通知"), required("off", "放假"), required("work", "上班")];
const NOTICE: [Key; 3] = [optional("title", "标题"), optional("published", "公布日期"), optional("address", "网址")];
const DAY: [Key; 2] = [required("date", "日期"), required("name", "名称")];

/// Compiles the files of one calendar, in any order.
///
/// There is no calendar if any diagnostic is an error.
pub fn compile_calendar(sources: &[Source]) -> (Option<Calendar>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut header = None;
    let mut years = Vec::new();
    for (position, source) in sources.iter().enumerate() {
        let id = SourceId(u16::try_from(position).unwrap_or(u16::MAX));
        let (node, found) = yaml::parse(id, &source.text);
        reader.diagnostics.extend(found);
        let Some(node) = node else { continue };
        if !names_the_calendar(&source.name) {
            years.extend(reader.year(&node));
        } else if let Some((_, first)) = header {
            reader.report(faults::header_twice(node.span, first));
        } else {
            header = Some((reader.header(&node), node.span));
        }
    }
    if !sources.iter().any(|source| names_the_calendar(&source.name)) {
        reader.report(faults::no_header());
    }
    let header = header.and_then(|(header, _)| header);
    let calendar = header.and_then(|header| reader.finish(header, years));
    (calendar, reader.diagnostics)
}

/// What `calendar.yaml` says.
struct Header {
    id: String,
    name: String,
    source: String,
    settled_until: (Date, Span),
}

/// The diagnostics so far, and the places of what may be written only once.
#[derive(Default)]
struct Reader {
    diagnostics: Vec<Diagnostic>,
    years: BTreeMap<i16, Span>,
    days: BTreeMap<Date, (Span, List)>,
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

    fn header(&mut self, node: &Node) -> Option<Header> {
        let [id, name, source, settled] = self.fields(node, CALENDAR)?;
        let id = self.text(id);
        let name = self.text(name);
        let source = self.text(source);
        let settled_until = self.date(settled);
        Some(Header { id: id?, name: name?, source: source?, settled_until: settled_until? })
    }

    fn year(&mut self, node: &Node) -> Option<CalendarYear> {
        let [year, notices, off, work] = self.fields(node, YEAR)?;
        let year = year.and_then(|entry| self.year_number(&entry.value));
        let notices = self.notices(notices);
        let off = self.days(off, List::Off, year);
        let work = self.days(work, List::Work, year);
        Some(CalendarYear { year: year?, notices, off, work })
    }

    fn year_number(&mut self, node: &Node) -> Option<i16> {
        let text = self.keep(node.expect_text())?;
        let year = Date::parse(&format!("{text}-01-01")).map(Date::year);
        let Some(year) = year else {
            self.report(faults::bad_year(node.span, text));
            return None;
        };
        if let Some(first) = self.years.insert(year, node.span) {
            self.report(faults::year_twice(year, node.span, first));
        }
        Some(year)
    }

    fn notices(&mut self, entry: Option<&Entry>) -> Vec<Notice> {
        let Some(entry) = entry else {
            return Vec::new();
        };
        let items = self.keep(entry.value.expect_items()).unwrap_or_default();
        if items.is_empty() && entry.value.items().is_some() {
            self.report(faults::no_notice(entry.key_span));
        }
        items.iter().filter_map(|item| self.notice(item)).collect()
    }

    fn notice(&mut self, node: &Node) -> Option<Notice> {
        let [title, published, address] = self.fields(node, NOTICE)?;
        if title.is_none() && address.is_none() {
            self.report(faults::unnamed_notice(node.span));
        }
        Some(Notice {
            title: self.text(title),
            published: self.date(published).map(|(date, _)| date),
            address: self.text(address),
        })
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
        if let Some((first, in_list)) = self.days.insert(date, (span, list)) {
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

    fn finish(&mut self, header: Header, years: Vec<CalendarYear>) -> Option<Calendar> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return None;
        }
        let Header { id, name, source, settled_until: (settled_until, span) } = header;
        match Calendar::new(CalendarParts { id, name, source, settled_until, years }) {
            Ok(calendar) => Some(calendar),
            Err(error) => {
                self.report(faults::no_calendar(error, span));
                None
            }
        }
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
