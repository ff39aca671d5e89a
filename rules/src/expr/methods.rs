//! Dotted names, methods behind them, and the closures given to methods.
//!
//! Rhai makes a function of every closure and keeps it beside the expression.

use rhai::{AST, ASTNode, Dynamic, Expr as Rhai, FnCallExpr, FnPtr, Position, Stmt};

use super::ExprKind;
use super::parse::{Walk, Walked};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl Walk<'_> {
    /// The name `a.b.c` with the methods behind it, which rhai nests to the right.
    pub(super) fn dotted(&mut self, expr: &Rhai) -> Option<Walked> {
        let parts = parts(expr);
        let is_name = |part: &&Rhai| matches!(part, Rhai::Variable(..) | Rhai::Property(..));
        let names = parts.iter().take_while(|part| is_name(part)).count();
        let (names, methods) = parts.split_at(names);
        let mut walked = match (names, methods) {
            ([], [first, ..]) => match first {
                // `(a.b()).c()`.
                Rhai::Dot(..) => self.dotted(first)?,
                other => {
                    let at = self.tokens.at(other.position());
                    return self.refuse(dot(self.tokens.span(at, at)));
                }
            },
            _ => self.dotted_name(names)?,
        };
        let methods = methods.iter().skip(usize::from(names.is_empty()));
        for part in methods {
            let at = self.tokens.at(part.position());
            walked = match part {
                Rhai::MethodCall(call, _) => self.method(walked, call, at)?,
                _ => return self.refuse(dot(self.tokens.span(at, at))),
            };
        }
        Some(walked)
    }

    fn dotted_name(&mut self, parts: &[&Rhai]) -> Option<Walked> {
        let mut names: Vec<&str> = Vec::new();
        for part in parts {
            match part {
                Rhai::Variable(variable, ..) => names.push(&variable.1),
                Rhai::Property(property, _) => names.push(&property.2),
                _ => {}
            }
        }
        let place = |part: Option<&&Rhai>| part.map_or(0, |part| self.tokens.at(part.position()));
        let (first, last) = (place(parts.first()), place(parts.last()));
        if last - first != 2 * (names.len() - 1) {
            // `(a).b`: rhai forgets the parentheses.
            return self.refuse(dot(self.tokens.span(first, last)));
        }
        Some(self.walked(ExprKind::Name(names.join(".")), first, last))
    }

    /// `receiver.name(…)`, whose name stands at `at`.
    fn method(&mut self, receiver: Walked, call: &FnCallExpr, at: usize) -> Option<Walked> {
        let args: Vec<_> = call.args.iter().map(|arg| self.argument(arg)).collect();
        let args = args.into_iter().map(|walked| Some(walked?.expr)).collect::<Option<_>>()?;
        let last = self.tokens.partner(at + 1).unwrap_or(at + 1);
        let (name, name_span) = (call.name.to_string(), self.tokens.span(at, at));
        let kind = ExprKind::Method { receiver: Box::new(receiver.expr), name, name_span, args };
        Some(self.walked(kind, receiver.first, last))
    }

    /// An argument of a method: a closure, or a value. Rhai wraps a closure that uses a name from
    /// outside into `{ Share([x]); curry(closure, x) }`.
    fn argument(&mut self, arg: &Rhai) -> Option<Walked> {
        let wrapped = match arg {
            Rhai::Stmt(block) => match block.statements() {
                [Stmt::Share(_), Stmt::Expr(curry)] => match &**curry {
                    Rhai::FnCall(call, _) => call.args.first(),
                    _ => None,
                },
                _ => None,
            },
            other => Some(other),
        };
        match wrapped {
            Some(Rhai::DynamicConstant(value, position)) if value.is_fnptr() => self.closure(value, *position),
            _ => self.expr(arg),
        }
    }

    fn closure(&mut self, value: &Dynamic, position: Position) -> Option<Walked> {
        let at = self.tokens.at(position);
        let pointer = value.clone().try_cast::<FnPtr>()?;
        let mut functions = self.ast.shared_lib().iter_script_fn_info();
        let begins =
            functions.find(|(_, _, name, ..)| *name == pointer.fn_name()).map(|(.., of)| of.body.start_position());
        // The parameter stands between the bars, whatever rhai has put before it.
        let param = self.tokens.written(at + 1);
        let body = self.statements(&[body_at(self.ast, begins?)?], self.tokens.span(at, at))?;
        let last = body.last;
        Some(self.walked(ExprKind::Closure { param, body: Box::new(body.expr) }, at, last))
    }
}

/// The body of the closure that begins there: a walk comes by all of them.
fn body_at(ast: &AST, begins: Position) -> Option<Stmt> {
    let mut found = None;
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(body)] = path
            && body.position() == begins
        {
            found = Some((*body).clone());
        }
        true
    });
    found
}

/// The parts of `a.b.c()`, which rhai nests to the right.
fn parts(expr: &Rhai) -> Vec<&Rhai> {
    let (mut parts, mut rest) = (Vec::new(), expr);
    while let Rhai::Dot(pair, ..) = rest {
        parts.push(&pair.lhs);
        rest = &pair.rhs;
    }
    parts.push(rest);
    parts
}

/// `|r| …` anywhere but in a method's parentheses.
pub(crate) fn lonely_closure(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadClosure, ("「|…| …」不能写在这里", "`|…| …` cannot stand here"))
        .at(span, ("这里开始逐行计算", "it begins here"))
        .help((
            "写在名单的算法里，例如「股东.合计(|r| r.出资额)」",
            "give it to a computation over a table, such as `shareholders.sum(|r| r.amount)`",
        ))
}

fn dot(span: Span) -> Diagnostic {
    Diagnostic::error(Code::OutsideLanguage, ("「.」只能连接名称", "`.` can only join names"))
        .at(span, ("这里不是名称", "this is not a name"))
        .help(("写成「事项.药品零售」这样的名称", "write a name such as `items.drug_retail`"))
}
