//! Warnings for what is declared and used nowhere.

use yichuang_engine::{FactId, FactKind, FactRole};

use super::symbols::Symbol;
use super::{Lower, faults};
use crate::{Diagnostic, Node};

impl<'n> Lower<'n> {
    /// What nothing uses, once everything has been compiled.
    pub(super) fn unused(&mut self) {
        let mut found: Vec<Diagnostic> = Vec::new();
        for (index, (fact, span)) in self.facts.iter().zip(&self.fact_spans).enumerate() {
            if fact.role != FactRole::Question {
                continue;
            }
            if !self.used.symbols.contains(&Symbol::Fact(index)) {
                found.push(faults::unused_fact(&fact.name.zh, *span));
            } else if let FactKind::Choices(_) = &fact.kind {
                found.extend(self.unused_options(index));
            }
        }
        let unused = |symbol: Symbol| !self.used.symbols.contains(&symbol);
        let rules = self.rules.iter().enumerate().filter(|(index, _)| unused(Symbol::Rule(*index)));
        found.extend(rules.map(|(_, rule)| faults::unused_rule(&rule.name.zh, rule.span)));
        let params = self.params.iter().enumerate().filter(|(index, _)| unused(Symbol::Param(*index)));
        found.extend(params.map(|(_, param)| faults::unused_param(&param.name.zh, param.span)));
        found.extend(self.unused_tables());
        let functions = self.function_spans().filter(|(index, _)| unused(Symbol::Function(*index)));
        found.extend(functions.map(|(index, span)| faults::unused_rule(&self.function_name(index), span)));
        // What only packs above have is theirs to judge.
        found.retain(|warning| warning.span.is_none_or(|span| self.layer(span) == self.own_layer()));
        self.warnings.extend(found);
    }

    /// The options of a fact with several choices that no condition reads. (Of a single choice the
    /// unread ones are what remains, such as 其他.) A fact that is only on paper needs no conditions.
    fn unused_options(&self, index: usize) -> Vec<Diagnostic> {
        let fact = FactId::new(index);
        let read = |place: usize| u16::try_from(place).is_ok_and(|place| self.used.options.contains(&(fact, place)));
        let Some((name, options)) = self.facts.get(index).and_then(|fact| match &fact.kind {
            FactKind::Choices(options) => Some((&fact.name.zh, options)),
            _ => None,
        }) else {
            return Vec::new();
        };
        if !(0..options.len()).any(read) {
            return Vec::new();
        }
        let unread = options.iter().enumerate().filter(|(place, _)| !read(*place));
        let found = unread.filter_map(|(_, option)| {
            let span = self.option_node(index, &option.id)?.span;
            Some(faults::unused_option(name, &option.name.zh, span))
        });
        found.collect()
    }

    /// The id of an option as it is written.
    fn option_node(&self, fact: usize, option: &str) -> Option<&'n Node> {
        let id = &self.facts.get(fact)?.id;
        let with_id =
            |node: &&'n Node, id: &str| node.get(&["id", "标识"]).and_then(|entry| entry.value.text()) == Some(id);
        let fact = self.section("facts")?.items()?.iter().find(|node| with_id(node, id))?;
        let options = fact.get(&["options", "选项"])?.value.items()?;
        let option = options.iter().find(|node| with_id(node, option))?;
        Some(&option.get(&["id", "标识"])?.value)
    }
}
