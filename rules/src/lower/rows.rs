//! Computations over the rows of a table: `股东.筛选(|r| r.在职).合计(|r| r.出资额)`.

use yichuang_engine::{Aggregate, Atom, FactKind, Formula, Lit, Operand, Rows};

use super::number::Num;
use super::operand::Typed;
use super::scopes::{Local, Table};
use super::units::Unit;
use super::{Lower, faults};
use crate::{Expr, ExprKind, Span};

/// A computation over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Filter,
    Map,
    Any,
    All,
    Count,
    Sum,
    Min,
    Max,
}

/// Every method by its English and its Chinese name.
const METHODS: &[(&str, &str, Method)] = &[
    ("filter", "筛选", Method::Filter),
    ("map", "取", Method::Map),
    ("any", "任一", Method::Any),
    ("all", "全部", Method::All),
    ("count", "个数", Method::Count),
    ("sum", "合计", Method::Sum),
    ("min", "最小", Method::Min),
    ("max", "最大", Method::Max),
];

/// One method as it is called.
struct Step<'e> {
    name: &'e str,
    name_span: Span,
    args: &'e [Expr],
    /// From the table to its closing parenthesis.
    span: Span,
}

/// What a chain of methods comes to, in the program of the rows.
struct Made {
    by: Aggregate,
    of: Operand,
    /// What the value outside is; its operand or literal is put in when the rows are closed.
    gives: Gives,
}

enum Gives {
    Any,
    All,
    Number { places: u8, unit: Option<Unit> },
    Date,
}

impl Lower<'_> {
    /// `table.method(…)`, or several methods one behind the other.
    pub(super) fn method(&mut self, expr: &Expr) -> Option<Typed> {
        let mut steps: Vec<Step<'_>> = Vec::new();
        let mut base = expr;
        while let ExprKind::Method { receiver, name, name_span, args } = &base.kind {
            steps.push(Step { name, name_span: *name_span, args, span: base.span });
            base = receiver;
        }
        steps.reverse();
        match self.known(base)? {
            Typed::Table(table) => {
                let level = table.level;
                // A table of an outer level is computed there, once, and not for every row.
                let typed = self.at_level(level, |lower| lower.over_rows(&table, &steps))?;
                Some(self.carried(typed, level))
            }
            other => {
                let step = steps.first()?;
                self.report(faults::method_of_no_table(step.name, step.name_span, base.span, other.kind()));
                None
            }
        }
    }

    fn over_rows(&mut self, table: &Table, steps: &[Step<'_>]) -> Option<Typed> {
        let FactKind::Table { columns, .. } = &self.declared(&table.place)?.kind else { return None };
        let columns = columns.len();
        self.open_rows(columns);
        let mut counts = Vec::new();
        let made = self.chain(table, steps, &mut counts);
        let counts = self.builder.all(counts);
        let program = self.close_rows()?.finish();
        let Some(program) = program else {
            self.builder.fail();
            return None;
        };
        let Made { by, of, gives } = made?;
        let columns = u16::try_from(columns).ok()?;
        let rows = self.builder.rows(Rows { table: table.id, columns, program, counts, of, by });
        Some(match gives {
            Gives::Any => Typed::Condition(self.builder.atom(Atom::Rows(rows))),
            Gives::All => Typed::Condition(!self.builder.atom(Atom::Rows(rows))),
            Gives::Number { places, unit } => {
                let of = Operand::Value(self.builder.value(Formula::Rows(rows)));
                Typed::Number(Num { of, places, by: None, unit })
            }
            Gives::Date => Typed::Date(Operand::Value(self.builder.value(Formula::Rows(rows)))),
        })
    }

    /// Compiles the methods in the program of the rows; `counts` are the conditions for a row to count.
    fn chain(&mut self, table: &Table, steps: &[Step<'_>], counts: &mut Vec<Lit>) -> Option<Made> {
        let mut element = Typed::Row(Table { level: self.level(), ..table.clone() });
        let (last, before) = steps.split_last()?;
        for step in before {
            match self.method_named(step)? {
                Method::Filter => {
                    let (holds, span) = self.each(step, &element)?;
                    counts.push(self.condition_of(holds, span)?);
                }
                Method::Map => element = self.each(step, &element)?.0,
                _ => {
                    self.report(faults::method_after_result(step.name, step.name_span));
                    return None;
                }
            }
        }
        let method = self.method_named(last)?;
        if matches!(method, Method::Filter | Method::Map) {
            self.report(faults::unfinished_rows(last.name, last.span));
            return None;
        }
        let (element, span) = match last.args {
            [] => (element, last.name_span),
            _ => self.each(last, &element)?,
        };
        self.result(method, element, span, !last.args.is_empty(), counts)
    }

    fn method_named(&mut self, step: &Step<'_>) -> Option<Method> {
        let found = METHODS.iter().find(|(en, zh, _)| *en == step.name || *zh == step.name);
        if found.is_none() {
            let known = METHODS.iter().flat_map(|(en, zh, _)| [*en, *zh]);
            self.report(faults::unknown_method(step.name, step.name_span, known));
        }
        found.map(|(.., method)| *method)
    }

    /// The value of a method's closure for one row, and its place.
    fn each(&mut self, step: &Step<'_>, element: &Typed) -> Option<(Typed, Span)> {
        let [Expr { kind: ExprKind::Closure { param, body }, .. }] = step.args else {
            self.report(faults::closure_needed(step.name, step.span));
            return None;
        };
        self.locals.push(Local { name: param.clone(), level: self.level(), value: element.clone() });
        let value = self.known(body);
        self.locals.pop();
        Some((value?, body.span))
    }

    /// What is made of all rows, from the value of one; `given` by a closure or by the rows before.
    fn result(
        &mut self,
        method: Method,
        element: Typed,
        span: Span,
        given: bool,
        counts: &mut Vec<Lit>,
    ) -> Option<Made> {
        if method == Method::Count && !given {
            return Some(count_of());
        }
        if matches!(element, Typed::Row(_)) {
            self.report(faults::what_of_row(span));
            return None;
        }
        match method {
            Method::Any | Method::All | Method::Count => {
                let holds = self.condition_of(element, span)?;
                counts.push(if method == Method::All { !holds } else { holds });
                let gives = if method == Method::All { Gives::All } else { Gives::Any };
                Some(match method {
                    Method::Count => count_of(),
                    _ => Made { by: Aggregate::Any, of: Operand::Number(0), gives },
                })
            }
            _ => self.folded(method, element, span),
        }
    }

    fn folded(&mut self, method: Method, element: Typed, span: Span) -> Option<Made> {
        let by = match method {
            Method::Min => Aggregate::Min,
            Method::Max => Aggregate::Max,
            _ => Aggregate::Sum,
        };
        match element {
            Typed::Number(number) => {
                let Num { of, places, unit, .. } = self.whole_part(number, span)?;
                Some(Made { by, of, gives: Gives::Number { places, unit } })
            }
            Typed::Date(of) if by != Aggregate::Sum => Some(Made { by, of, gives: Gives::Date }),
            other => self.wrong_type(span, faults::NUMBER, other.kind()),
        }
    }

    fn condition_of(&mut self, typed: Typed, span: Span) -> Option<Lit> {
        match typed {
            Typed::Condition(lit) => Some(lit),
            other => self.wrong_type(span, faults::CONDITION, other.kind()),
        }
    }
}

/// How many rows count.
fn count_of() -> Made {
    let gives = Gives::Number { places: 0, unit: Some(Unit::default()) };
    Made { by: Aggregate::Sum, of: Operand::Number(1), gives }
}
