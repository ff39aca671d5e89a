//! The rule language of Yichuang: rule files in, a compiled pack or diagnostics out.
//!
//! ```text
//! files ──yaml · sheet · expr──▶ spanned trees ──lower──▶ Bundle {pack, forms}
//! ```
//!
//! [`compile`] is the whole of it; what it refuses, it refuses with a place and a way out
//! ([`Diagnostic`], [`render`]). [`compile_calendar`] does the same for holiday notices, and
//! [`read_cases`] with [`run_case`] for a pack's examples. [`format`](format()) gives a file its one layout.
//!
//! # Example: a pack of one question
//!
//! ```
//! use yichuang_rules::{Source, compile, render, Lang};
//!
//! let source = Source::new("pack.yaml", "
//! 规则包: {名称: 开店, 版本: 1}
//! 情形:
//!   - {id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}
//!   - {id: sells_food, 名称: 卖食品, 类型: 是否, 问法: 卖食品吗？}
//! 事项:
//!   - {id: food, 名称: 食品经营许可, 申请条件: 卖食品, 法定时限: 20, 依据: 原文 食品安全法第三十五条}
//! 承诺时限: {天数: 事项.法定最长, 依据: 本包默认 示例}
//! ");
//! let (bundle, diagnostics) = compile("demo/shop", std::slice::from_ref(&source));
//! assert!(diagnostics.is_empty());
//! assert_eq!(bundle.unwrap().pack.items[0].id, "food");
//!
//! // A slip is shown where it is, with a way out.
//! let slip = Source::new("pack.yaml", &source.text.replace("申请条件: 卖食品", "申请条件: 卖食"));
//! let (bundle, diagnostics) = compile("demo/shop", std::slice::from_ref(&slip));
//! assert!(bundle.is_none());
//! assert!(render(&diagnostics, &[slip], Lang::Zh).contains("您是不是想写「卖食品」？"));
//! ```

mod builder;
mod cases;
mod codes;
mod compile;
mod diagnostic;
mod expr;
mod fmt;
mod folder;
mod layers;
mod lexical;
mod lower;
mod national;
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
pub use fmt::format;
pub use folder::{find_packs, folders_above, pack_id, read_calendar, read_case_files, read_own_files, read_pack};
pub use layers::is_template;
pub use national::{CompiledCalendar, calendar_in};
pub use notices::{compile_calendar, compile_local_calendar, extended_calendar};
pub use render::{render, render_coloured};
pub use sheet::{Cell, Sheet, parse_sheet};
pub use source::{Source, SourceId, Span};
pub use yaml::{Entry, Node, NodeKind, ScalarStyle, parse};

#[cfg(test)]
mod tests;
