use std::fmt::Write as _;

use super::{Cell, parse_sheet};
use crate::parse_cell_expr;
use crate::source::SourceId;
use crate::tests::{check_table, rendered, slice};

#[test]
fn tables() {
    check_table("sheet/tables.txt", |text| {
        let text = text.replace('→', "\t").replace('␍', "\r");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let (sheet, diagnostics) = parse_sheet(SourceId(0), text);
        let mut output = rendered(&diagnostics, "材料.csv", text);
        for row in sheet.iter().flat_map(|sheet| std::iter::once(&sheet.headers).chain(&sheet.rows)) {
            let show = |cell: &Cell| format!("{:?} {:?}", cell.text, slice(text, cell.span));
            writeln!(output, "{}", row.iter().map(show).collect::<Vec<_>>().join(" | ")).unwrap();
        }
        output
    });
}

#[test]
fn a_byte_order_mark_in_the_text_is_passed() {
    let (sheet, diagnostics) = parse_sheet(SourceId(0), "\u{feff}id,名称\na,甲\n");
    let sheet = sheet.unwrap();
    assert!(diagnostics.is_empty());
    assert_eq!((sheet.column(&["id"]), sheet.column(&["name", "名称"])), (Some(0), Some(1)));
    assert_eq!(sheet.headers[0].span.start, 3);
}

#[test]
fn expressions_in_cells_keep_their_places() {
    let text = "条件\n\"\"\"热食\"\" 属于 项目 且 （甲）\"\n";
    let (sheet, _) = parse_sheet(SourceId(0), text);
    let faults = parse_cell_expr(SourceId(0), text, &sheet.unwrap().rows[0][0]).unwrap_err();
    let places: Vec<_> = faults.iter().map(|fault| fault.span.unwrap()).collect();
    assert_eq!(places.iter().map(|span| slice(text, *span)).collect::<Vec<_>>(), ["（", "）"]);
}
