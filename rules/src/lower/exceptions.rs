//! Exceptions 但: where a rule does not apply, or gives something else.
//!
//! The principle stands in the rule; of the exceptions that hold, the one with the highest
//! priority prevails, or the first one where the rule says so. Two exceptions of equal rank that
//! can hold together must give the same.

use yichuang_engine::{FactOption, Formula, Lit, Operand, Pack, Satisfied, satisfy};
use yichuang_forms::{Lang, value_text};

use super::declare::Declared;
use super::keys::Fields;
use super::number::Num;
use super::symbols::Definition;
use super::{Lower, faults};
use crate::{BinaryOp, Expr, Msg, Node, Span};

/// How many runs of a program are spent on showing that two exceptions exclude each other.
pub(super) const RUNS: usize = 20_000;

/// One exception, compiled.
#[derive(Clone, Debug)]
struct Exception {
    when: Lit,
    gives: Definition,
    priority: i64,
    span: Span,
}

/// Two exceptions of equal rank, and when they hold together with different results.
#[derive(Clone, Debug)]
pub(super) struct Clash {
    together: Lit,
    rule: String,
    spans: [Span; 2],
}

impl<'n> Lower<'n> {
    /// The definition of a rule with its exceptions.
    pub(super) fn with_exceptions(&mut self, rule: &Declared<'n>, principle: Definition) -> Definition {
        let Some(node) = rule.fields.get("unless") else { return principle };
        if matches!(principle, Definition::Faulty) {
            return principle;
        }
        let ranks = [("priority", "优先级", false), ("order", "先后", true)];
        let by_order = rule.fields.get("precedence").and_then(|node| self.choice(node, &ranks)).unwrap_or(false);
        let mut exceptions = Vec::new();
        for node in self.list(Some(node)) {
            let Some(exception) = self.exception(node, &principle) else { return Definition::Faulty };
            exceptions.push(exception);
        }
        if !by_order {
            self.note_clashes(&rule.name.zh, &exceptions);
            exceptions.sort_by_key(|exception| std::cmp::Reverse(exception.priority));
        }
        exceptions.into_iter().rev().fold(principle, |otherwise, exception| {
            self.choose_definition(exception.when, exception.gives, otherwise).unwrap_or(Definition::Faulty)
        })
    }

    fn exception(&mut self, node: &'n Node, principle: &Definition) -> Option<Exception> {
        let fields = self.fields(node, &["when", "value", "priority", "basis", "effective"])?;
        self.required_basis(&fields);
        // After an exception the principle holds again: no version is missing.
        let in_force = self.effective(&fields).map_or(Lit::TRUE, |bounds| self.between(&bounds));
        let when = self.require(&fields, "when").map(|node| self.condition(node));
        let priority = fields.get("priority").and_then(|node| self.whole(node)).unwrap_or(0);
        let gives = self.gives(&fields, principle)?;
        let when = self.builder.all([in_force, when?]);
        Some(Exception { when, gives, priority, span: fields.span })
    }

    /// What an exception gives: of the kind of the principle; without a value a condition fails.
    fn gives(&mut self, fields: &Fields<'n>, principle: &Definition) -> Option<Definition> {
        if let (Definition::Condition(_), None) = (principle, fields.entry("value")) {
            return Some(Definition::Condition(Lit::FALSE));
        }
        let node = self.require(fields, "value")?;
        let expr = self.expression(node)?;
        match principle {
            Definition::Condition(_) => self.truth(&expr).map(Definition::Condition),
            Definition::Number(_) => {
                let number = self.number(&expr)?;
                self.whole_part(number, expr.span).map(Definition::Number)
            }
            Definition::Date(_) => self.date_value(&expr).map(Definition::Date),
            Definition::Chosen(_, rule) => self.gives_option(&expr, *rule),
            Definition::Faulty => None,
        }
    }

    fn gives_option(&mut self, expr: &Expr, rule: usize) -> Option<Definition> {
        let options: Vec<FactOption> = self.rule_options(rule);
        self.chosen_option(expr, &options).map(|chosen| Definition::Chosen(chosen, rule))
    }

    fn choose_definition(&mut self, when: Lit, then: Definition, otherwise: Definition) -> Option<Definition> {
        let mut choose = |then, otherwise| Operand::Value(self.builder.value(Formula::Choose(when, then, otherwise)));
        Some(match (then, otherwise) {
            (Definition::Condition(a), Definition::Condition(b)) => {
                Definition::Condition(self.builder.choose(when, a, b))
            }
            (Definition::Date(a), Definition::Date(b)) => Definition::Date(choose(a, b)),
            (Definition::Chosen(a, rule), Definition::Chosen(b, _)) => Definition::Chosen(choose(a, b), rule),
            (Definition::Number(a), Definition::Number(b)) => {
                let spans = [self.stack_span(); 2];
                let (operands, places, unit) = self.all_aligned(vec![a, b], &spans)?;
                let [a, b] = <[Operand; 2]>::try_from(operands).ok()?;
                let of = Operand::Value(self.builder.value(Formula::Choose(when, a, b)));
                Definition::Number(Num { of, places, by: None, unit })
            }
            _ => return None,
        })
    }

    /// Where the rule that is being compiled stands.
    fn stack_span(&self) -> Span {
        let used = self.stack.last().and_then(|(_, span)| *span);
        used.unwrap_or_else(|| Span::new(crate::SourceId(0), 0, 0))
    }

    /// Remembers the pairs of equal rank whose results may differ, to be judged when the whole
    /// program is there.
    fn note_clashes(&mut self, rule: &str, exceptions: &[Exception]) {
        for (place, one) in exceptions.iter().enumerate() {
            for other in exceptions.iter().skip(place + 1).filter(|other| other.priority == one.priority) {
                let differ = self.differ(&one.gives, &other.gives, [one.span, other.span]);
                let together = self.builder.all([one.when, other.when, differ]);
                if together != Lit::FALSE {
                    self.clashes.push(Clash { together, rule: rule.to_owned(), spans: [one.span, other.span] });
                }
            }
        }
    }

    fn differ(&mut self, one: &Definition, other: &Definition, spans: [Span; 2]) -> Lit {
        match (one, other) {
            (Definition::Condition(a), Definition::Condition(b)) if a == b => Lit::FALSE,
            (Definition::Condition(a), Definition::Condition(b)) => self.builder.choose(*a, !*b, *b),
            (Definition::Number(a), Definition::Number(b)) => {
                self.compared(BinaryOp::Ne, a.clone(), b.clone(), spans).unwrap_or(Lit::FALSE)
            }
            (Definition::Date(a), Definition::Date(b)) | (Definition::Chosen(a, _), Definition::Chosen(b, _)) => {
                match (a, b) {
                    (a, b) if a == b => Lit::FALSE,
                    (Operand::Number(_) | Operand::Date(_), Operand::Number(_) | Operand::Date(_)) => Lit::TRUE,
                    (a, b) => self.compare(BinaryOp::Ne, a.clone(), b.clone()),
                }
            }
            _ => Lit::FALSE,
        }
    }

    /// Reports exceptions of equal rank that can hold together with different results, rows of
    /// tables that can match together and steps that need each other.
    pub(super) fn check_clashes(&mut self, pack: &Pack) {
        self.check_table_clashes(pack);
        self.check_joint_circles(pack);
        for clash in std::mem::take(&mut self.clashes) {
            match satisfy(pack, clash.together, RUNS) {
                Satisfied::Never => {}
                Satisfied::Yes(example) => {
                    let example = example_words(pack, &example);
                    self.report(faults::exceptions_clash(&clash.rule, clash.spans, Some(&example)));
                }
                Satisfied::NotShown => self.report(faults::exceptions_clash(&clash.rule, clash.spans, None)),
            }
        }
    }
}

/// The facts of an example in words.
pub(super) fn example_words(pack: &Pack, facts: &yichuang_engine::Facts) -> Msg {
    let mut words = [String::new(), String::new()];
    for (fact, slot) in facts.iter() {
        let (Some(fact), Some(value)) = (pack.facts.get(fact.index()), slot.value()) else { continue };
        for (text, (lang, apart, colon)) in words.iter_mut().zip([(Lang::Zh, "；", "："), (Lang::En, "; ", ": ")]) {
            if !text.is_empty() {
                text.push_str(apart);
            }
            text.push_str(lang.pick(&fact.name));
            text.push_str(colon);
            text.push_str(&value_text(fact, value, lang));
        }
    }
    let [zh, en] = words;
    Msg { zh, en }
}
