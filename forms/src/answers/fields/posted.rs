//! The fields of a posted page by their names: each fact takes its own.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::sort;

/// Fields in the order of their names, each name once with its values in the order of the page.
pub(super) struct Posted {
    /// A name without values is taken.
    fields: Vec<(String, Vec<String>)>,
}

impl Posted {
    pub(super) fn new(fields: impl IntoIterator<Item = (String, String)>) -> Posted {
        let mut posted: Vec<(String, Vec<String>)> = Vec::new();
        for (name, value) in sort(fields.into_iter().collect()) {
            match posted.last_mut().filter(|(last, _)| *last == name) {
                Some((_, values)) => values.push(value),
                None => posted.push((name, Vec::from([value]))),
            }
        }
        Posted { fields: posted }
    }

    /// Takes all values of one name.
    pub(super) fn take(&mut self, name: &str) -> Vec<String> {
        let place = self.fields.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok();
        let field = place.and_then(|place| self.fields.get_mut(place));
        field.map(|(_, values)| core::mem::take(values)).unwrap_or_default()
    }

    /// Offers what stands in the brackets of a name, such as `[0].amount`, with its values; what is
    /// wanted is taken.
    pub(super) fn take_within(&mut self, name: &str, mut wants: impl FnMut(&str, &mut Vec<String>) -> bool) {
        let first = self.fields.partition_point(|(known, _)| known.as_str() < name);
        for (known, values) in self.fields.iter_mut().skip(first) {
            let Some(behind) = known.strip_prefix(name) else { break };
            if behind.starts_with('[') && !values.is_empty() && wants(behind, values) {
                values.clear();
            }
        }
    }

    /// Keeps the fields with these names.
    pub(super) fn retain(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        self.fields.retain(|(name, _)| is_kept(name));
    }
}

/// What nobody took.
impl IntoIterator for Posted {
    type Item = (String, Vec<String>);
    type IntoIter = alloc::vec::IntoIter<(String, Vec<String>)>;

    fn into_iter(self) -> Self::IntoIter {
        self.fields.into_iter()
    }
}
