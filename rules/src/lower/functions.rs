//! The pack's own functions: an expression with named arguments, put in where it is called.

use std::collections::BTreeMap;

use super::operand::Typed;
use super::scopes::Local;
use super::symbols::Symbol;
use super::{Lower, faults};
use crate::{Expr, Span, name_fault};

/// A function 函数 of the pack.
#[derive(Clone, Debug)]
pub(super) struct Function {
    names: [String; 2],
    span: Span,
    params: Vec<String>,
    /// Absent where the expression cannot be read.
    body: Option<Expr>,
}

impl<'n> Lower<'n> {
    pub(super) fn declare_functions(&mut self) {
        let mut functions: Vec<Function> = Vec::new();
        for declared in self.declarations("functions", &["id", "name", "params", "value", "basis"]) {
            let names = [declared.id.clone(), declared.name.zh.clone()];
            for (name, span) in
                names.iter().zip([declared.span, self.place_of(&declared.fields, "name", declared.span)])
            {
                if super::calls::built_in_names().any(|known| known == name) {
                    self.report(faults::built_in_name(name, span));
                } else if let Some(fault) = name_fault(name, span).filter(|_| !name.is_empty()) {
                    self.report(fault);
                } else if let Some(first) = functions.iter().find(|known| known.names.contains(name)) {
                    self.report(faults::duplicate(name, span, first.span));
                }
            }
            let params = self.function_params(&declared.fields);
            let body = self.require(&declared.fields, "value").and_then(|node| self.expression(node));
            functions.push(Function { names, span: declared.span, params, body });
        }
        self.functions = functions;
    }

    fn place_of(&self, fields: &super::Fields<'n>, key: &str, otherwise: Span) -> Span {
        fields.get(key).map_or(otherwise, |node| node.span)
    }

    fn function_params(&mut self, fields: &super::Fields<'n>) -> Vec<String> {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut params = Vec::new();
        for node in self.required_list(fields, "params") {
            let Some(word) = self.word(node).map(str::to_owned) else { continue };
            if let Some(fault) = name_fault(&word, node.span) {
                self.report(fault);
            } else if let Some(first) = seen.insert(word.clone(), node.span) {
                self.report(faults::duplicate(&word, node.span, first));
            }
            params.push(word);
        }
        params
    }

    pub(super) fn function_named(&self, name: &str) -> Option<usize> {
        self.functions.iter().position(|function| function.names.iter().any(|known| known == name))
    }

    /// What a function is called, for reporting circles.
    pub(super) fn function_name(&self, index: usize) -> String {
        self.functions.get(index).map_or_else(String::new, |function| function.names[1].clone())
    }

    /// The value of the function's expression with the arguments put in.
    pub(super) fn own_call(&mut self, index: usize, args: &[Expr], span: Span) -> Option<Typed> {
        let function = self.functions.get(index)?.clone();
        self.used.symbols.insert(Symbol::Function(index));
        if args.len() != function.params.len() {
            let example = format!("{}({})", function.names[1], function.params.join(", "));
            self.report(faults::arguments(&function.names[1], span, &example));
            return None;
        }
        let values: Vec<Option<Typed>> = args.iter().map(|arg| self.known(arg)).collect();
        let values: Vec<Typed> = values.into_iter().collect::<Option<_>>()?;
        if !self.enter(Symbol::Function(index), Some(span)) {
            return None;
        }
        let outer = std::mem::replace(&mut self.first_local, self.locals.len());
        let level = self.level();
        let arguments = function.params.into_iter().zip(values);
        self.locals.extend(arguments.map(|(name, value)| Local { name, level, value }));
        let value = function.body.as_ref().and_then(|body| self.typed(body));
        self.locals.truncate(self.first_local);
        self.first_local = outer;
        self.stack.pop();
        value
    }

    pub(super) fn unknown_function(&mut self, name: &str, span: Span) {
        let mut known: Vec<&str> = super::calls::built_in_names().collect();
        for function in &self.functions {
            known.extend(function.names.iter().map(String::as_str));
        }
        let fault = faults::unknown_function(name, span, &known);
        self.report(fault);
    }

    /// The functions with their places, for finding what nothing calls.
    pub(super) fn function_spans(&self) -> impl Iterator<Item = (usize, Span)> + '_ {
        self.functions.iter().enumerate().map(|(index, function)| (index, function.span))
    }
}
