//! Expressions as our own small tree, each part with its place.
//!
//! `且 或 非 属于 不属于 包含 真 假 如果 否则` are the same as `&& || ! in !in`, `包含`, `true false if
//! else`: both ways of writing give the same tree.

mod engine;
mod grammar;
mod methods;
mod names;
mod parse;
#[cfg(test)]
mod tests;
mod text;
mod tokens;

pub use engine::engine;
pub use names::{glued_operator, id_fault, is_reserved, name_fault};
pub use parse::{parse_cell_expr, parse_expr};

use crate::source::Span;

pub(crate) use methods::lonely_closure;
pub(crate) use names::{OPERATOR_WORDS, RESERVED, reserved};
pub(crate) use parse::{Lexemes, lexemes, parse_text, parse_unplaced};
pub(crate) use text::ExprText;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// Its place, without parentheses around it.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What a part of an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `真`, `true`, `假`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, or a whole number beyond 64 bits, as its shortest text.
    Decimal(String),
    /// `"…"`.
    Text(String),
    /// A name, dotted as in `事项.药品零售`.
    Name(String),
    /// `[…]`.
    Array(Vec<Expr>),
    /// `非 …`.
    Not(Box<Expr>),
    /// `-…`; the minus of a number belongs to the number.
    Neg(Box<Expr>),
    /// `… 且 …`, two or more.
    And(Vec<Expr>),
    /// `… 或 …`, two or more.
    Or(Vec<Expr>),
    /// A comparison or a calculation.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The operator's place.
        op_span: Span,
        /// Left of it.
        lhs: Box<Expr>,
        /// Right of it.
        rhs: Box<Expr>,
    },
    /// `needle 属于 haystack`, `haystack 包含 needle`.
    In {
        /// The operator's place.
        op_span: Span,
        /// What is looked for.
        needle: Box<Expr>,
        /// Where it is looked for.
        haystack: Box<Expr>,
        /// `不属于`.
        negated: bool,
    },
    /// `如果 cond { then } 否则 { otherwise }`.
    If {
        /// The condition.
        cond: Box<Expr>,
        /// The value when it holds.
        then: Box<Expr>,
        /// The value when it does not.
        otherwise: Box<Expr>,
    },
    /// A call of a function.
    Call {
        /// The function's name.
        name: String,
        /// The name's place.
        name_span: Span,
        /// What is given to it.
        args: Vec<Expr>,
    },
    /// `receiver.name(…)`: a computation over rows.
    Method {
        /// The rows.
        receiver: Box<Expr>,
        /// What is computed.
        name: String,
        /// The name's place.
        name_span: Span,
        /// What is given to it.
        args: Vec<Expr>,
    },
    /// `|param| body`, given to a method.
    Closure {
        /// What one row is called in the body.
        param: String,
        /// What is computed for each row.
        body: Box<Expr>,
    },
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
}

impl BinaryOp {
    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
        }
    }

    /// Whether the operator compares.
    pub fn is_comparison(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::Lt | Self::Le | Self::Gt | Self::Ge)
    }
}
