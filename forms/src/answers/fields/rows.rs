//! The fields of a table: `shareholders[0].name`, and `shareholders[0]` for a row as such.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::Fact;

use super::super::{Answer, Answers, NONE, UNSURE};
use super::posted::Posted;
use super::{keep_others, of_facts};
use crate::LIMITS;

/// Behind the name of a table: one row more.
pub(super) const ADDED: &str = "[+]";

/// Behind the name of a row: it goes.
pub(super) const REMOVED: &str = "[-]";

/// The rows of a table, whose fields are taken; `stated` are the values of the
/// fields with the name of the table itself. Rows with nothing in them are no answer, unless the
/// field of a row as such has a value.
pub(super) fn answer(id: &str, columns: &[Fact], stated: Vec<String>, posted: &mut Posted) -> Option<Answer> {
    let mut rows: Vec<Vec<(String, String)>> = Vec::new();
    let (mut added, mut kept) = (false, false);
    posted.take_within(id, |behind, values| {
        if behind == ADDED {
            added = true;
            return true;
        }
        let Some((place, rest)) = row_of(behind) else { return false };
        kept |= rest.is_empty() && values.iter().any(|value| !value.is_empty());
        if rows.len() <= place {
            rows.resize_with(place + 1, Vec::new);
        }
        if let Some(row) = rows.get_mut(place) {
            row.extend(values.drain(..).map(|value| (rest.into(), value)));
        }
        true
    });
    let before = rows.len();
    let mut rows: Vec<Answers> = rows.into_iter().filter_map(|fields| row(columns, fields)).collect();
    if rows.iter().all(Answers::is_empty) && !added && !kept {
        return match stated.last().map(String::as_str) {
            Some(UNSURE) => Some(Answer::Unsure),
            Some(NONE) => Some(Answer::Many(Vec::new())),
            // What is no answer to a table is kept, and reported when it is read.
            Some(other) if !other.trim().is_empty() => Some(Answer::Text(other.into())),
            Some(_) | None => None,
        };
    }
    if added {
        rows.resize_with(rows.len() + if before == 0 { 2 } else { 1 }, Answers::new);
    }
    // Where the last row goes there is none, as in JSON.
    Some(if rows.is_empty() { Answer::Many(Vec::new()) } else { Answer::Rows(rows) })
}

/// The place of the row in which a field stands, and the cells of that row.
pub(super) fn row_at(
    id: &str,
    columns: &[Fact],
    name: &str,
    fields: impl IntoIterator<Item = (String, String)>,
) -> Option<(usize, Answers)> {
    let (place, _) = row_of(name.strip_prefix(id)?)?;
    let own = fields.into_iter().filter_map(|(name, value)| {
        let (of, rest) = row_of(name.strip_prefix(id)?)?;
        (of == place).then(|| (rest.into(), value))
    });
    Some((place, row(columns, own.collect())?))
}

/// `[12].name` as row 12 and `name`; a row beyond all limits is none.
fn row_of(behind: &str) -> Option<(usize, &str)> {
    let (place, rest) = behind.strip_prefix('[')?.split_once(']')?;
    let place = place.parse().ok().filter(|place| *place <= usize::from(LIMITS.rows))?;
    Some((place, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The cells of a row, unless it goes.
fn row(columns: &[Fact], fields: Vec<(String, String)>) -> Option<Answers> {
    if fields.iter().any(|(name, _)| name == REMOVED) {
        return None;
    }
    let mut posted = Posted::new(fields);
    let mut cells = of_facts(columns, &mut posted);
    posted.retain(|name| !name.is_empty());
    keep_others(&mut cells, posted);
    Some(cells)
}
