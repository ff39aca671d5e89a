//! The rule language of Yichuang: rule files in, diagnostics and spanned trees out.

mod builder;
mod cases;
mod codes;
mod compile;
mod diagnostic;
mod expr;
mod folder;
mod lexical;
mod lower;
mod notices;
mod render;
mod sheet;
mod source;
mod yaml;

pub use cases::{Case, Compared, Expected, read_cases, run_case};
pub use codes::Code;
pub use compile::{compile, sorted};
pub use diagnostic::{Diagnostic, Lang, Msg, Severity, nearest};
pub use expr::{
    BinaryOp, Expr, ExprKind, engine, glued_operator, id_fault, is_reserved, name_fault, parse_cell_expr, parse_expr,
};
pub use folder::{find_packs, pack_id, read_calendar, read_pack};
pub use notices::compile_calendar;
pub use render::{render, render_coloured};
pub use sheet::{Cell, Sheet, parse_sheet};
pub use source::{Source, SourceId, Span};
pub use yaml::{Entry, Node, NodeKind, ScalarStyle, parse};

#[cfg(test)]
mod tests;
