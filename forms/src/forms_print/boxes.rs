//! Questions with a few options, as boxes to tick on paper.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, FactOption, Slot, Value};

use super::{Desk, Entry, Medium};
use crate::{Element, Field, el};

/// With more options than these, what was chosen is printed in words.
const MOST_BOXES: usize = 12;

impl Desk<'_> {
    /// The boxes of a question that has a few options; nothing for others, and for one that need not
    /// be answered, which prints 无.
    pub(super) fn boxes(&self, id: FactId, field: &Field) -> Option<Entry> {
        let fact = self.precheck.bundle.value.pack.facts.get(id.index())?;
        let is_open = self.precheck.decision.run.get(fact.ask_if) != Some(false);
        let chosen = match self.medium {
            Medium::Page => return None,
            Medium::Filled if !is_open => return None,
            Medium::Filled => self.precheck.facts.get(id),
            Medium::Blank => &Slot::Unknown,
        };
        if self.medium == Medium::Filled && *chosen == Slot::Unknown && !self.is_open(id, field) {
            return None;
        }
        let options = self.options(fact, chosen)?;
        (options.len() <= MOST_BOXES).then_some(Entry::Boxes(options))
    }

    pub(super) fn is_missing(&self, id: FactId) -> bool {
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
            FactKind::Number { .. } | FactKind::Date | FactKind::Text { .. } | FactKind::Table { .. } => None,
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

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use yichuang_engine::Date;

    use crate::forms_print::{blank_form, form_on_paper, form_sheet};
    use crate::test_pack::{bundle, calendar, full_answers};
    use crate::{Answers, Field, FieldSource, Form, Lang, LoadedBundle, Precheck, Section, Sheet, Tree, html};

    /// A form with each of these facts.
    fn printed(facts: &[&str], answers: &Answers, print: fn(&Form, &Precheck<'_>, Lang) -> Tree) -> String {
        let (loaded, calendar) = (LoadedBundle::new(bundle()), calendar());
        let precheck = Precheck::new(&loaded, &calendar, answers, Date::parse("2014-11-18").unwrap());
        let field = |id: &&str| -> Field {
            let fact = precheck.pack().fact(id).unwrap();
            Field::new(id, fact.1.name.clone(), FieldSource::Fact(fact.0))
        };
        let section = Section { title: crate::words::text("栏目", ""), fields: facts.iter().map(field).collect() };
        let sheet = Sheet { name: crate::words::text("表", ""), sections: [section].into(), ..Sheet::default() };
        let form = Form { id: "F-99".into(), sample: true, sheet };
        html(&print(&form, &precheck, Lang::Zh))
    }

    #[test]
    fn on_paper_a_choice_has_boxes_and_only_what_was_chosen_is_ticked() {
        let facts = ["applicant.kind", "business.activities", "applicant.registered"];
        let ticked = "<span class=\"box ticked\"></span>";
        let count = |page: &str, part: &str| page.matches(part).count();
        let filled = printed(&facts, &full_answers(), form_on_paper);
        assert!(filled.contains(&(String::from(ticked) + "<span>企业</span>")), "{filled}");
        let blank = printed(&facts, &full_answers(), blank_form);
        assert_eq!((count(&blank, ticked), count(&blank, "<ul class=\"options\">")), (0, 3), "{blank}");
        assert_eq!(blank, printed(&facts, &Answers::default(), blank_form));
        let page = printed(&facts, &full_answers(), form_sheet);
        assert_eq!(count(&page, "options"), 0, "{page}");
    }

    #[test]
    fn an_open_question_has_boxes_and_a_code_has_a_line() {
        let page = printed(&["business.activities"], &Answers::default(), form_on_paper);
        assert!(
            page.contains("<span class=\"box\"></span><span>餐饮服务</span>") && !page.contains("ticked"),
            "{page}"
        );
        let page = printed(&["applicant.uscc"], &Answers::default(), blank_form);
        assert!(page.contains("<td class=\"by-hand\"></td>"), "{page}");
    }
}
