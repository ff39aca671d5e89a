//! The answers of a form, to be looked over before it is printed or handed in.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, Facts, ROWS, Slot, TextFormat, Value};

use super::fields::{Entry, Merged, Standing};
use super::steps::Page;
use super::{ReviewGroup, ReviewLine, ReviewView, Reviewed};
use crate::phrase::{plural, say};
use crate::view::ask::typed;

impl<'a> Merged<'a> {
    pub(super) fn review(&self, page: &Page) -> ReviewView {
        let mut groups: Vec<ReviewGroup> = Vec::new();
        let mut last = None;
        let mut left = 0;
        for (place, entry) in self.entries.iter().enumerate() {
            let standing = page.stands(place);
            if standing == Standing::Hidden {
                continue;
            }
            left += usize::from(standing != Standing::Good);
            if last != Some(entry.section) {
                let title = self.titles.get(entry.section).copied().unwrap_or_default();
                groups.push(ReviewGroup { title: title.into(), lines: Vec::new() });
                last = Some(entry.section);
            }
            if let Some(group) = groups.last_mut() {
                group.lines.push(self.line(entry, standing));
            }
        }
        let lang = self.desk.lang;
        let fields = plural(left, "field");
        let headline = match (left, groups.is_empty()) {
            (_, true) => say!(lang, "这张表没有要填的内容", "There is nothing to fill in"),
            (0, _) => say!(lang, "都填好了", "Everything is filled in"),
            _ => say!(lang, "还有 {left} 处没有填好", "{fields} to go"),
        };
        ReviewView { headline, left, groups }
    }

    fn line(&self, entry: &Entry<'a>, standing: Standing) -> ReviewLine {
        let named = entry.facts.len() > 1;
        ReviewLine {
            key: entry.key(self.desk).into(),
            label: self.label(entry),
            answers: self.parts(entry).filter_map(|(id, fact)| self.reviewed(id, fact, named)).collect(),
            is_empty: standing == Standing::Empty,
            error: self.faults(entry, true).into_iter().next().map(|(_, message)| message),
        }
    }

    /// An answer in words; what was typed where it cannot be read, nothing where there is none.
    fn reviewed(&self, id: FactId, fact: &Fact, named: bool) -> Option<Reviewed> {
        let desk = self.desk;
        let slot = desk.precheck.facts.get(id);
        let mut rows = Vec::new();
        let text = match (slot, &fact.kind) {
            (Slot::Known(Value::Table(known)), FactKind::Table { columns, .. }) if ROWS && !known.is_empty() => {
                rows = known.iter().map(|row| self.cells(columns, row)).collect();
                desk.value(fact, &Value::Table(known.clone()))
            }
            (Slot::Known(Value::Table(_)), _) => say!(desk.lang, "没有", "none"),
            (Slot::Known(value), _) => desk.value(fact, value),
            (Slot::Unsure, _) => say!(desk.lang, "说不清，到窗口确认", "cannot say; to be settled at the window"),
            (Slot::Unknown, _) => typed(desk.precheck.answers.get(&fact.id)),
        };
        let masked = match (&fact.kind, slot) {
            (FactKind::Text { format, .. }, Slot::Known(_)) => mask(*format, &text),
            _ => None,
        };
        let name = if named { desk.text(&fact.name) } else { String::new() };
        (!text.is_empty()).then_some(Reviewed { name, text, masked, rows })
    }

    fn cells(&self, columns: &[Fact], row: &Facts) -> Vec<(String, String)> {
        let cell = |(place, column): (usize, &Fact)| match row.get(FactId::new(place)) {
            Slot::Known(value) => Some((self.desk.text(&column.name), self.desk.value(column, value))),
            Slot::Unknown | Slot::Unsure => None,
        };
        columns.iter().enumerate().filter_map(cell).collect()
    }
}

/// A number that belongs to a person with its middle hidden: `110***********002X`, `138****5678`.
fn mask(format: TextFormat, text: &str) -> Option<String> {
    let (head, tail) = match format {
        TextFormat::IdNo | TextFormat::Mobile | TextFormat::Phone => (3, 4),
        _ => return None,
    };
    let hidden = text.len().checked_sub(head + tail)?;
    let (head, tail) = (text.get(..head)?, text.get(head + hidden..)?);
    Some(format!("{head}{}{tail}", "*".repeat(hidden)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_persons_number_is_hidden() {
        let masked = |format, text| mask(format, text).unwrap_or_default();
        assert_eq!(masked(TextFormat::IdNo, "11010519491231002X"), "110***********002X");
        assert_eq!(masked(TextFormat::Mobile, "13812345678"), "138****5678");
        assert_eq!(masked(TextFormat::Phone, "0594-2692345"), "059*****2345");
        assert_eq!(masked(TextFormat::Phone, "123"), "");
        assert_eq!(masked(TextFormat::PersonName, "林小明"), "");
    }
}
