//! Names in conditions: what they stand for, compiled when first needed.

use yichuang_engine::{Formula, Lit, Operand};

use super::Lower;
use crate::{Code, Diagnostic, Span, glued_operator};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Symbol {
    Fact(usize),
    Param(usize),
    Rule(usize),
    /// The item is applied for.
    Item(usize),
    StatutoryMax,
    StatutorySum,
}

/// What a rule, parameter or item has been compiled to.
#[derive(Clone, Debug)]
pub(super) enum Definition {
    Condition(Lit),
    Number(Operand),
    /// It could not be compiled; that has been reported.
    Faulty,
}

impl<'n> Lower<'n> {
    /// The definition of a rule, parameter, item or built-in number.
    pub(super) fn definition(&mut self, symbol: Symbol, name: &str, span: Span) -> Definition {
        if let Some(known) = self.definitions.get(&symbol) {
            return known.clone();
        }
        if let Some(start) = self.stack.iter().position(|(active, _)| *active == symbol) {
            self.report_circle(start, name, span);
            return Definition::Faulty;
        }
        self.stack.push((symbol, name.to_owned()));
        let definition = match symbol {
            Symbol::Fact(_) => Definition::Faulty,
            Symbol::Param(index) => self.define_param(index),
            Symbol::Rule(index) => self.define_rule(index),
            Symbol::Item(index) => self.define_item(index),
            Symbol::StatutoryMax => Definition::Number(Operand::Value(self.statutory_value(Formula::MaxIf))),
            Symbol::StatutorySum => Definition::Number(Operand::Value(self.statutory_value(Formula::SumIf))),
        };
        self.stack.pop();
        self.definitions.insert(symbol, definition.clone());
        definition
    }

    /// Compiles every rule and item, needed or not, so that all faults are found.
    pub(super) fn all_definitions(&mut self) {
        let rules =
            self.rules.iter().enumerate().map(|(index, rule)| (Symbol::Rule(index), rule.id.clone(), rule.span));
        let params =
            self.params.iter().enumerate().map(|(index, param)| (Symbol::Param(index), param.id.clone(), param.span));
        let items =
            self.items.iter().enumerate().map(|(index, item)| (Symbol::Item(index), item.id.clone(), item.span));
        let all: Vec<(Symbol, String, Span)> = params.chain(rules).chain(items).collect();
        for (symbol, name, span) in all {
            self.definition(symbol, &name, span);
        }
    }

    fn report_circle(&mut self, start: usize, name: &str, span: Span) {
        let mut names: Vec<&str> = self.stack.iter().skip(start).map(|(_, name)| name.as_str()).collect();
        names.push(name);
        let chain = names.iter().map(|name| format!("「{name}」")).collect::<Vec<_>>().join(" → ");
        let english = names.join(" → ");
        self.report(
            Diagnostic::error(
                Code::Circle,
                (format!("规则绕成了圈：{chain}"), format!("rules need each other in a circle: {english}")),
            )
            .at(span, ("这里又用到了它自己", "needs itself here"))
            .help(("改写其中一条，使它不再用到后面的", "rewrite one of them so that it no longer needs the next")),
        );
    }

    pub(super) fn unknown_name(&mut self, name: &str, span: Span, options: &[String]) {
        let mut diagnostic =
            Diagnostic::error(Code::UnknownName, (format!("不认识「{name}」"), format!("unknown name `{name}`")))
                .at(span, ("没有声明过", "not declared"));
        if let Some(spaced) = glued_operator(name) {
            diagnostic = diagnostic.help((
                format!("运算词两边要有空格：写 `{spaced}`"),
                format!("put spaces around the operator: `{spaced}`"),
            ));
        } else {
            let known = self.symbols.keys().map(String::as_str).chain(options.iter().map(String::as_str));
            diagnostic = diagnostic.suggest(name, known);
            if !options.is_empty() {
                let shown = options.join("、");
                diagnostic =
                    diagnostic.help((format!("这个情形的选项有：{shown}"), format!("the options here are: {shown}")));
            }
        }
        self.report(diagnostic);
    }
}
