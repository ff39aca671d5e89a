//! Tables: their columns, their limits, computations over their rows.

use super::Kind;
use crate::{Code, Diagnostic, Span};

pub(in crate::lower) fn tables_too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadTable, ("名单里的名单不能再有名单", "a table in a table cannot hold a third one"))
        .at(span, ("这已经是第二层", "this is the second level"))
        .help(("把第三层另写成一个情形", "make the third level a fact of its own"))
}

pub(in crate::lower) fn too_many_columns(count: usize, most: usize, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadTable, msg!("列有 {count} 个，太多", "{count} columns are too many"))
        .at(span, msg!("最多 {most} 列", "{most} at most"))
        .help(("把名单拆成两个", "split the table"))
}

pub(in crate::lower) fn rows_out_of_range(rows: u16, most: u16, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadTable, msg!("最多行数不能是 {rows}", "`max_rows` cannot be {rows}"))
        .at(span, ("超出了范围", "out of range"))
        .help(msg!("写 1 到 {most}", "write 1 to {most}"))
}

/// A name behind a row that is none of its columns.
pub(in crate::lower) fn unknown_row_column<'a>(
    name: &str,
    table: (&str, &str),
    span: Span,
    columns: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> Diagnostic {
    let (table_zh, table_en) = table;
    let zh = columns.clone().map(|(zh, _)| zh).collect::<Vec<_>>().join("、");
    let en = columns.clone().map(|(_, en)| en).collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        Code::UnknownColumn,
        msg!("名单「{table_zh}」没有「{name}」这一列", "the table `{table_en}` has no column `{name}`"),
    )
    .at(span, ("没有这一列", "no such column"))
    .suggest(name, columns.flat_map(|(zh, en)| [zh, en]))
    .help(msg!("它的列：{zh}", "its columns: {en}"))
}

/// `x.y` where x is no row.
pub(in crate::lower) fn column_of_no_row(name: &str, span: Span, found: Kind) -> Diagnostic {
    let (zh, en) = found;
    Diagnostic::error(Code::UnknownColumn, msg!("「{name}」是{zh}，没有列", "`{name}` is {en} and has no columns"))
        .at(span, ("只有名单的一行才有列", "only rows of a table have columns"))
        .help(msg!("直接写 `{name}`", "write `{name}` alone"))
}

/// The row of a closure around in a computation that does not depend on it.
pub(in crate::lower) fn row_of_other_table(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownMethod, msg!("这里不能用外层的一行「{name}」", "the row `{name}` cannot be used here"))
        .at(span, msg!("这个名单不是「{name}」的一列", "this table is no column of `{name}`"))
        .help(msg!(
            "一个名单的行不能逐一与另一个名单比较；里层的名单要是「{name}」的一列，如 `{name}.明细.合计(|x| x.金额)`",
            "rows of one table cannot be compared with those of another; the inner table must be a column: `{name}.parts.sum(|x| x.amount)`"
        ))
}

pub(in crate::lower) fn unknown_method<'a>(name: &str, span: Span, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownMethod,
        msg!("名单没有「.{name}(…)」这种算法", "tables have no computation `.{name}(…)`"),
    )
    .at(span, ("没有这种算法", "no such computation"))
    .suggest(name, known)
    .help((
        "可以写：筛选、取、任一、全部、个数、合计、最小、最大；其他函数写在前面，如「绝对值(甲)」",
        "there are filter, map, any, all, count, sum, min, max; write other functions first: `abs(a)`",
    ))
}

pub(in crate::lower) fn method_of_no_table(name: &str, span: Span, base: Span, found: Kind) -> Diagnostic {
    let (zh, en) = found;
    Diagnostic::error(Code::UnknownMethod, msg!("「.{name}(…)」只用于名单", "`.{name}(…)` is for tables only"))
        .at(span, ("前面不是名单", "what stands before it is no table"))
        .also(base, msg!("这是{zh}", "this is {en}"))
        .help(("函数写在前面，如「最大(甲, 乙)」", "write functions first: `max(a, b)`"))
}

/// `.sum(…).sum(…)`.
pub(in crate::lower) fn method_after_result(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownMethod,
        msg!("「.{name}(…)」已经得出结果，后面不能再接算法", "nothing can follow `.{name}(…)`, which gives a result"),
    )
    .at(span, ("到这里就算完了", "the computation ends here"))
    .help(("先写「筛选」「取」，最后写「合计」等", "write `filter` and `map` first, `sum` and the like last"))
}

/// `.filter(…)` alone.
pub(in crate::lower) fn unfinished_rows(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownMethod,
        msg!("「.{name}(…)」之后没有写要算什么", "nothing is computed after `.{name}(…)`"),
    )
    .at(span, ("这还是许多行", "these are still rows"))
    .help((
        "后面接「.个数()」「.合计(|r| …)」「.任一(|r| …)」等",
        "add `.count()`, `.sum(|r| …)`, `.any(|r| …)` or the like",
    ))
}

pub(in crate::lower) fn closure_needed(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadClosure, msg!("「{name}」的括号里要写「|r| …」", "`{name}` takes one `|r| …`"))
        .at(span, ("没有说明每一行怎样算", "it does not say what to do with a row"))
        .help(msg!("例如「.{name}(|r| r.出资额)」，r 代表一行", "for example `.{name}(|r| r.amount)`; r is one row"))
}

/// `.sum()` of whole rows.
pub(in crate::lower) fn what_of_row(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadClosure, ("没有写要用一行里的哪一列", "it does not say which column of a row is meant"))
        .at(span, ("这里得到的是整行", "this is a whole row"))
        .help(("写成「.合计(|r| r.出资额)」这样", "write it as in `.sum(|r| r.amount)`"))
}
