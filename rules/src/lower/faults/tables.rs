//! Decision tables.

use yichuang_engine::FactOption;

use crate::{Code, Diagnostic, Msg, Span};

use super::types::Kind;

pub(in crate::lower) fn no_input(span: Span, found: Kind) -> Diagnostic {
    let (zh, en) = found;
    Diagnostic::error(Code::TypeMismatch, msg!("决策表不能以{zh}为输入", "{en} cannot be an input of a table"))
        .at(span, msg!("这是{zh}", "this is {en}"))
        .help((
            "输入写情形、参数或规则的名称，或者算式，例如 面积、周岁(出生日期, 受理日期)",
            "name facts, params or rules, or write a calculation such as `age(born_on, accepted_on)`",
        ))
}

pub(in crate::lower) fn too_many_rows(rows: usize, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, msg!("决策表有 {rows} 行，太多了", "the table has {rows} rows, too many"))
        .at(span, ("最多 65535 行", "at most 65,535 rows"))
        .help(("分成几张表", "split it into several tables"))
}

/// A row that is neither a list nor a mapping.
pub(in crate::lower) fn no_row(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongShape, ("一行要写成列表或者键值", "a row is a list or a mapping"))
        .at(span, ("这里只有一个值", "this is a single value"))
        .help((
            "写成 `- [\"< 50\", 企业, 1.5]`，或者每列写「列名: 内容」",
            "write `- [\"< 50\", enterprise, 1.5]`, or `column: content` for each column",
        ))
}

pub(in crate::lower) fn cells_in_row(found: usize, columns: &[&str], span: Span) -> Diagnostic {
    let (wanted, names) = (columns.len(), columns.join("、"));
    let english = columns.join(", ");
    Diagnostic::error(
        Code::RaggedRow,
        msg!("这一行有 {found} 格，应当有 {wanted} 格", "this row has {found} cells, there should be {wanted}"),
    )
    .at(span, if found < wanted { ("缺格", "too few") } else { ("多格", "too many") })
    .help(msg!(
        "依次写：{names}；最后可以再写依据。有逗号的格子加引号；不论是什么都行的格子写 \"-\"",
        "write in order: {english}; a basis may follow. Quote cells with commas; write \"-\" where anything will do"
    ))
}

pub(in crate::lower) fn column_twice(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::GivenTwice, msg!("「{name}」在这一行里写了两次", "`{name}` is given twice in this row"))
        .at(span, ("第二次", "the second time"))
        .help(("只留一个", "keep one of them"))
}

pub(in crate::lower) fn no_table_column<'a>(
    name: &str,
    span: Span,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    Diagnostic::error(Code::UnknownName, msg!("决策表没有「{name}」这一列", "the table has no column `{name}`"))
        .at(span, ("既不是输入，也不是输出", "neither an input nor an output"))
        .suggest(name, known)
        .help(("列名写输入、输出的名称或 id，另可以有「依据」「备注」", "use the names or ids of inputs and outputs"))
}

pub(in crate::lower) fn no_column_for(kind: (&str, &str), name: &str, header: Span) -> Diagnostic {
    let (zh, en) = kind;
    Diagnostic::error(
        Code::MissingColumn,
        msg!("表格没有{zh}「{name}」这一列", "the sheet has no column for the {en} `{name}`"),
    )
    .at(header, ("表头在这里", "the header"))
    .help(msg!("加上「{name}」这一列", "add the column `{name}`"))
}

pub(in crate::lower) fn never_matches(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCell, msg!("「{written}」什么都不包括", "`{written}` matches nothing"))
        .at(span, ("这一行永远不会命中", "this row never matches"))
        .help((
            "检查范围的两端是不是写反了，或者是不是把全部都排除了",
            "check whether the ends are the wrong way round, or everything is excluded",
        ))
}

pub(in crate::lower) fn empty_part(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCell, ("逗号的一边没有内容", "there is nothing on one side of a comma"))
        .at(span, ("这一格", "this cell"))
        .help(("删去多余的逗号；没有上限写 `>= 50`", "remove the comma; without an upper end write `>= 50`"))
}

pub(in crate::lower) fn cell_separator(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCell, ("格子里的几个值要用半角逗号隔开", "the values in a cell are separated by commas"))
        .at(span, ("这里应当是半角逗号「,」", "a comma `,` belongs here"))
        .help(("写成 `企业, 个体工商户`", "write `enterprise, sole_trader`"))
}

pub(in crate::lower) fn thousands(written: &str, span: Span) -> Diagnostic {
    let headline = msg!("「{written}」是一个数还是几个数？", "is `{written}` one number or several?");
    Diagnostic::error(Code::BadCell, headline)
        .at(span, ("数字里不能有逗号", "no commas in numbers"))
        .help(("一个数写 1000；几个数在逗号后空一格，写 1, 100", "write 1000, or `1, 100` with a space"))
}

pub(in crate::lower) fn odd_range(written: &str, right: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCell, msg!("范围不能写成「{written}」", "a range is not written as `{written}`"))
        .at(span, ("两端算不算在内要写明", "it must be plain whether the ends belong to it"))
        .help(msg!("写成 `{right}`", "write `{right}`"))
        .help((
            "`[50, 200)` 含 50、不含 200；`< 50` `<= 50` `> 50` `>= 50` 只有一端",
            "`[50, 200)` holds 50 and not 200; `< 50`, `<= 50`, `> 50`, `>= 50` have one end",
        ))
}

pub(in crate::lower) fn two_ends(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCell, msg!("「{written}」要有两端", "`{written}` must have two ends"))
        .at(span, ("范围是两个值，用逗号隔开", "a range is two values with a comma between"))
        .help(("写成 `[50, 200)`；没有上限写 `>= 50`", "write `[50, 200)`; without an upper end write `>= 50`"))
}

pub(in crate::lower) fn no_bound(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCell, ("这里少了一个值", "a value is missing here"))
        .at(span, ("和什么比？", "compared with what?"))
        .help((
            "写成 `< 50`、`[50, 200)`；没有上限写 `>= 50`",
            "write `< 50`, `[50, 200)`; without an upper end `>= 50`",
        ))
}

pub(in crate::lower) fn empty_output(span: Span, output: &str) -> Diagnostic {
    Diagnostic::error(Code::BadCell, msg!("「{output}」这一格是空的", "the cell of `{output}` is empty"))
        .at(span, ("这一行", "this row"))
        .help(msg!("写上命中这一行时「{output}」是什么", "write what `{output}` is where this row matches"))
}

pub(in crate::lower) fn output_rounding(places: u8, span: Span) -> Diagnostic {
    let headline = msg!("这里最多 {places} 位小数", "at most {places} decimal places here");
    Diagnostic::error(Code::RoundingMissing, headline).at(span, ("算出来的小数位更多", "this gives more places")).help(
        (
            "写明怎样取整，例如 `四舍五入(甲 * 乙, 2)`，或者改写输出的「小数位（places）」",
            "round it, such as `round_half_up(a * b, 2)`, or change the `places` of the output",
        ),
    )
}

pub(in crate::lower) fn otherwise_incomplete(outputs: &[&str], span: Span) -> Diagnostic {
    let (zh, en) = (outputs.join("、"), outputs.join(", "));
    Diagnostic::error(Code::MissingKey, ("「否则」要写出每个输出", "`otherwise` states every output"))
        .at(span, ("写得不全，或者多了", "some are missing, or too many are given"))
        .help(msg!("写上：{zh}", "state: {en}"))
}

pub(in crate::lower) fn text_output(span: Span) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, ("决策表不能给出文本", "a table cannot give texts"))
        .at(span, ("类型是文本", "is a text"))
        .help(("用单选，把几种文字列成选项", "use a choice with the texts as options"))
}

pub(in crate::lower) fn rows_output(span: Span) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, ("决策表不能给出名单", "a decision table cannot give rows"))
        .at(span, ("类型是名单", "is a table of rows"))
        .help(("要几个选项就用多选，要数就写数", "use choices for several options, a number for a number"))
}

pub(in crate::lower) fn several_options(span: Span) -> Diagnostic {
    let headline = ("汇总的决策表可能给出几个选项", "a table that collects may give several options");
    Diagnostic::error(Code::TypeMismatch, headline)
        .at(span, ("类型是单选", "is a choice of one"))
        .help(("写 `类型: 多选`，或者 `命中: 首个`", "write `type: choices`, or `hit: first`"))
}

pub(in crate::lower) fn no_aggregate(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, ("没有写几行怎样合成一个", "it is not said how several rows become one result"))
        .at(span, ("几行命中时是多少？", "what if several rows match?"))
        .help((
            "写「汇总方式（aggregate）」：数用 合计、个数、最小、最大，日期用 最小、最大",
            "write `aggregate`: sum, count, min or max for numbers, min or max for dates",
        ))
}

pub(in crate::lower) fn aggregate_without_use(span: Span) -> Diagnostic {
    Diagnostic::error(Code::KeyOfOtherType, ("「汇总方式」用不在这里", "`aggregate` has no use here"))
        .at(
            span,
            (
                "只用于汇总的数和日期；日期只有最小、最大",
                "only for numbers and dates of a table that collects; dates have min and max",
            ),
        )
        .help(("删去它，或者写 `命中: 汇总`", "delete it, or write `hit: collect`"))
}

pub(in crate::lower) fn no_rows_in_sheet(span: Span) -> Diagnostic {
    Diagnostic::error(Code::EmptyValue, ("表格里没有一行", "the sheet has no rows"))
        .at(span, ("只有表头", "there is only the header"))
        .help(("在表头下面写上各行", "write rows below the header"))
}

pub(in crate::lower) fn no_such_option(word: &str, span: Span, options: &[FactOption]) -> Diagnostic {
    let zh = options.iter().map(|option| option.name.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>().join(", ");
    Diagnostic::error(Code::UnknownOption, msg!("没有选项「{word}」", "there is no option `{word}`"))
        .at(span, ("没有这个选项", "no such option"))
        .suggest(word, options.iter().flat_map(|option| [option.id.as_str(), option.name.zh.as_str()]))
        .help(msg!("可以写：{zh}", "the options are: {en}"))
}

/// Two rows that match together; by their places, from 0.
pub(in crate::lower) fn rows_overlap(table: &str, rows: [(usize, Span); 2], example: Option<&Msg>) -> Diagnostic {
    let [(one, first), (other, second)] = rows.map(|(row, span)| (row + 1, span));
    let headline = match example {
        Some(_) => msg!(
            "决策表「{table}」的第 {one} 行和第 {other} 行可能同时命中",
            "rows {one} and {other} of the table `{table}` can match together"
        ),
        None => msg!(
            "决策表「{table}」的第 {one} 行和第 {other} 行会不会同时命中，查不清",
            "it cannot be shown that rows {one} and {other} of the table `{table}` exclude each other"
        ),
    };
    let mut diagnostic = Diagnostic::error(Code::RowsOverlap, headline)
        .at(second, msg!("第 {other} 行", "row {other}"))
        .also(first, msg!("第 {one} 行", "row {one}"));
    if let Some(Msg { zh, en }) = example {
        diagnostic = diagnostic.help(msg!("例如：{zh}", "for example: {en}"));
    }
    diagnostic.help((
        "改写其中一行；前面的优先就写 `命中: 首个`，都算就写 `命中: 汇总`",
        "change one of them; `hit: first` if the earlier one prevails, `hit: collect` if both count",
    ))
}

pub(in crate::lower) fn row_not_reached(table: &str, rows: [(usize, Span); 2]) -> Diagnostic {
    let [(one, first), (other, second)] = rows.map(|(row, span)| (row + 1, span));
    Diagnostic::warning(
        Code::Unreachable,
        msg!("决策表「{table}」的第 {other} 行永远轮不到", "row {other} of the table `{table}` is never reached"),
    )
    .at(second, msg!("第 {other} 行", "row {other}"))
    .also(first, msg!("第 {one} 行已经包括了它", "row {one} covers it"))
    .help(("把它移到前面，或者删去", "move it to the front, or delete it"))
}

pub(in crate::lower) fn unused_table(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnusedTable, msg!("决策表「{name}」没有用到", "nothing uses the table `{name}`"))
        .at(span, ("没有条件或算式用到它", "no condition or calculation uses it"))
        .help(("在算式里写「表名.输出名」，或者删去", "write `table.output` in a calculation, or delete it"))
}
