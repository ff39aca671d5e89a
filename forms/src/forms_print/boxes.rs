//! Questions with a few options, as boxes to tick on paper.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, FactOption, Slot, Value};

use super::{Desk, Entry, Medium};
use crate::{Element, el};

/// With more options than these, what was chosen is printed in words.
const MOST_BOXES: usize = 12;

impl Desk<'_> {
    /// The boxes of a question that has a few options; nothing for others, and for one that decides
    /// nothing, which prints 无.
    pub(super) fn boxes(&self, id: FactId) -> Option<Entry> {
        let fact = self.precheck.bundle.value.pack.facts.get(id.index())?;
        let is_open = self.precheck.decision.run.get(fact.ask_if) != Some(false);
        let chosen = match self.medium {
            Medium::Page => return None,
            Medium::Filled if !is_open => return None,
            Medium::Filled => self.precheck.facts.get(id),
            Medium::Blank => &Slot::Unknown,
        };
        if self.medium == Medium::Filled && *chosen == Slot::Unknown && !self.is_missing(id) {
            return None;
        }
        let options = self.options(fact, chosen)?;
        (options.len() <= MOST_BOXES).then_some(Entry::Boxes(options))
    }

    fn is_missing(&self, id: FactId) -> bool {
        self.precheck.decision.missing.iter().any(|missing| missing.fact == id)
    }

    fn options(&self, fact: &Fact, chosen: &Slot) -> Option<Vec<(bool, String)>> {
        let value = match chosen {
            Slot::Known(value) => Some(value),
            Slot::Unknown | Slot::Unsure => None,
        };
        match &fact.kind {
            FactKind::Bool => {
                let row = |wanted, word: &str| (value == Some(&Value::Bool(wanted)), word.to_string());
                Some(Vec::from([row(true, self.lang.word("是", "yes")), row(false, self.lang.word("否", "no"))]))
            }
            FactKind::Choice(options) => Some(self.named(options, |place| match value {
                Some(Value::Choice(chosen)) => usize::from(*chosen) == place,
                _ => false,
            })),
            FactKind::Choices(options) => Some(self.named(options, |place| match (value, u32::try_from(place)) {
                (Some(Value::Choices(set)), Ok(place)) => set.checked_shr(place).is_some_and(|rest| rest & 1 == 1),
                _ => false,
            })),
            FactKind::Number { .. } | FactKind::Date | FactKind::Text { .. } => None,
        }
    }

    /// The options that are offered, and one that is chosen although it is not.
    fn named(&self, options: &[FactOption], is_chosen: impl Fn(usize) -> bool) -> Vec<(bool, String)> {
        let is_offered = |option: &FactOption| self.precheck.decision.run.get(option.offered) != Some(false);
        let row = |(place, option): (usize, &FactOption)| {
            let chosen = is_chosen(place);
            (chosen || is_offered(option)).then(|| (chosen, self.lang.pick(&option.name).to_string()))
        };
        options.iter().enumerate().filter_map(row).collect()
    }
}

/// The boxes one after the other; what is ticked is marked as in F-00.
pub(super) fn list(options: Vec<(bool, String)>) -> Element {
    let row = |(chosen, name): (bool, String)| {
        el("li").child(el("span").class(if chosen { "box ticked" } else { "box" })).child(el("span").text(name))
    };
    el("ul").class("options").children(options.into_iter().map(row))
}
