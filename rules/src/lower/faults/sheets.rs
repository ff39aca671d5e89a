//! The material matrix, and what does not agree with it.

use crate::{Cell, Code, Diagnostic, Span};

pub(in crate::lower) fn no_sheet<'a>(name: &str, span: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(Code::NoSuchFile, msg!("没有表格「{name}」", "there is no sheet `{name}`"))
        .at(span, ("文件夹里找不到它", "not in the folder"))
        .suggest(name, known)
        .help((
            "把 CSV 文件放在同一个文件夹里，文件名要一字不差，例如 materials.csv",
            "put the CSV file into the same folder",
        ))
}

/// A first row that holds none of the known columns.
pub(in crate::lower) fn no_header(first: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingColumn, ("表格的第一行不是列名", "the first row holds no column names"))
        .at(first, ("这里应当是列名", "column names belong here"))
        .help((
            "第一行写：id、材料、原件、复印件、验原件、各事项的编号、容缺、依据",
            "write in the first row: id, name, originals, copies, show_original, the items, deferrable, basis",
        ))
}

/// An entry of the list that has no row in the sheet and says nothing else of the material.
pub(in crate::lower) fn not_in_sheet<'a>(id: &str, span: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(Code::UnknownName, msg!("材料矩阵里没有「{id}」", "the sheet has no material `{id}`"))
        .at(span, ("矩阵里没有这一行", "no such row in the sheet"))
        .suggest(id, known)
        .help((
            "改正 id；不在矩阵里的材料，要写全名称、份数、适用事项和依据",
            "correct the id; a material that is not in the sheet needs name, pieces, items and basis",
        ))
}

pub(in crate::lower) fn missing_column(names: &[&str], header: Span) -> Diagnostic {
    let (zh, en) = (names.first().unwrap_or(&"id"), names.iter().find(|name| name.is_ascii()).unwrap_or(&"id"));
    Diagnostic::error(Code::MissingColumn, msg!("表格缺少「{zh}」列", "the sheet has no column `{en}`"))
        .at(header, ("表头在这里", "the header is here"))
        .help((
            "表头要有：id、材料、原件、复印件、验原件、各事项的编号、容缺、依据",
            "columns: id, name, originals, copies, show_original, the items, deferrable, basis",
        ))
}

pub(in crate::lower) fn same_column(second: &Cell, first: &Cell) -> Diagnostic {
    let (one, two) = (&first.text, &second.text);
    Diagnostic::error(
        Code::DuplicateColumn,
        msg!("列「{one}」和「{two}」是同一列", "columns `{one}` and `{two}` are the same"),
    )
    .at(second.span, ("又写了一次", "again here"))
    .also(first.span, ("第一次在这里", "first here"))
    .help(("只留一列", "keep one of them"))
}

pub(in crate::lower) fn unnamed_column(cell: &Cell) -> Diagnostic {
    let text = &cell.text;
    Diagnostic::error(Code::MissingColumn, ("这一列没有列名", "this column has no name"))
        .at(cell.span, msg!("「{text}」属于哪一列？", "`{text}` belongs to which column?"))
        .help(("在表头写上列名，或者删去这些内容", "name the column in the header or delete its content"))
}

pub(in crate::lower) fn unknown_column<'a>(header: &Cell, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let text = &header.text;
    let headline =
        msg!("列「{text}」不是事项，也不是固定的列", "column `{text}` is neither an item nor a known column");
    Diagnostic::error(Code::UnknownName, headline)
        .at(header.span, ("不认识这一列", "unknown column"))
        .suggest(text, known)
        .help(("列名写事项的编号、id 或名称", "use the item's code, id or name"))
}

pub(in crate::lower) fn empty_cell(span: Span, column: &str) -> Diagnostic {
    Diagnostic::error(Code::BadCell, msg!("「{column}」这一格是空的", "the cell of column `{column}` is empty"))
        .at(span, ("这一行", "this row"))
        .help(msg!("在「{column}」列写上内容", "fill column `{column}`"))
}

pub(in crate::lower) fn bad_mark(cell: &Cell) -> Diagnostic {
    let written = &cell.text;
    let help = match written.as_str() {
        "√" | "✓" | "✔" | "是" | "1" => {
            ("要带就写 ●；满足条件才要带写 ○", "write ● for required, ○ for conditional")
        }
        "o" | "O" | "0" | "〇" | "◯" | "⭕" => (
            "这个字样子像 ○，其实是另一个字：请写 ○（U+25CB），可以从别的格子复制",
            "this only looks like ○: write ○ (U+25CB)",
        ),
        "•" | "⚫" | "⬤" | "·" => (
            "这个字样子像 ●，其实是另一个字：请写 ●（U+25CF），可以从别的格子复制",
            "this only looks like ●: write ● (U+25CF)",
        ),
        _ => ("写 ●（需要）、○（有条件）或留空（不需要）", "write ● (required), ○ (conditional) or nothing"),
    };
    Diagnostic::error(Code::BadCell, msg!("格子里不能写「{written}」", "a cell cannot hold `{written}`"))
        .at(cell.span, ("不认识", "not known"))
        .help(help)
}

pub(in crate::lower) fn bad_tick(cell: &Cell) -> Diagnostic {
    let written = &cell.text;
    Diagnostic::error(Code::BadCell, msg!("格子里不能写「{written}」", "a cell cannot hold `{written}`"))
        .at(cell.span, ("不认识", "not known"))
        .help(("写「是」或留空", "write 是 or nothing"))
}

pub(in crate::lower) fn not_pieces(cell: &Cell) -> Diagnostic {
    let written = &cell.text;
    Diagnostic::error(Code::BadNumberValue, msg!("「{written}」不是份数", "`{written}` is not a number of pieces"))
        .at(cell.span, ("这里要写整数", "a whole number is expected"))
        .help(("用半角数字写，例如 1；没有就留空", "write digits, such as 1, or nothing"))
}

pub(in crate::lower) fn sheet_basis_missing(id: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingBasis, ("没有写依据", "the basis is missing"))
        .at(id, ("这份材料缺少「依据」", "this material has no basis"))
        .help(("在「依据」列写明出处，例如 `待核 食品流通许可证管理办法`", "fill the basis column"))
}

pub(in crate::lower) fn no_pieces(name: &str, id: &str, span: Span) -> Diagnostic {
    let headline = msg!("材料「{name}」没有写要几份", "material `{id}` has neither originals nor copies");
    Diagnostic::error(Code::MissingKey, headline)
        .at(span, ("原件和复印件都是 0", "both are 0"))
        .help(("写「原件」或「复印件」的份数", "state the number of originals or copies"))
}

/// `○` in the sheet, and no condition in the list.
pub(in crate::lower) fn mark_without_condition(name: &str, id: &str, span: Span) -> Diagnostic {
    let headline = msg!("材料「{name}」有 ○，却没有写条件", "material `{id}` has ○ but no condition");
    Diagnostic::error(Code::NoCondition, headline).at(span, ("什么时候需要？", "required when?")).help(msg!(
        "在「材料」列表里给 {id} 写「条件（when）」，或改成 ●",
        "give {id} a `when` in `materials`, or write ●"
    ))
}

/// A condition in the list, and no `○` in the sheet.
pub(in crate::lower) fn condition_without_mark(name: &str, id: &str, span: Span) -> Diagnostic {
    let headline =
        msg!("材料「{name}」写了条件，矩阵里却没有 ○", "material `{id}` has a condition but no ○ in the sheet");
    Diagnostic::error(Code::NoCondition, headline)
        .at(span, ("这个条件用不上", "this condition is not used"))
        .help(("把受条件约束的格子改成 ○", "mark the conditional cells with ○"))
}

/// An item that neither the sheet nor the list knows.
pub(in crate::lower) fn item_without_column(name: &str, item: Span, matrix: Span) -> Diagnostic {
    let headline = msg!(
        "事项「{name}」在材料矩阵里没有一列，也没有材料适用于它",
        "the item `{name}` has no column in the sheet, and no material is needed by it"
    );
    Diagnostic::error(Code::ItemWithoutColumn, headline)
        .at(item, ("不带材料就算齐了？", "complete without any material?"))
        .also(matrix, ("矩阵在这里", "the sheet is named here"))
        .help((
            "在矩阵里给它加一列，填 ● 或 ○；确实不用材料，也加一列，全部留空",
            "add its column to the sheet; leave the column empty if it needs nothing",
        ))
}
