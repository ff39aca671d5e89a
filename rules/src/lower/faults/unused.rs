//! What is declared and used nowhere, or left out: the pack works, but something was probably forgotten.

use crate::{Code, Diagnostic, Span};

pub(in crate::lower) fn unused_fact(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnusedFact, msg!("情形「{name}」没有用到", "nothing uses the fact `{name}`"))
        .at(span, ("没有条件、表单或材料用到它", "no condition, form or material uses it"))
        .help(("检查条件里是不是漏写了；确实不用就删去", "use it in a condition or delete it"))
}

pub(in crate::lower) fn unused_option(fact: &str, option: &str, span: Span) -> Diagnostic {
    let headline =
        msg!("「{fact}」的选项「{option}」选了也没有作用", "choosing option `{option}` of `{fact}` has no effect");
    Diagnostic::warning(Code::UnusedOption, headline)
        .at(span, ("没有条件用到它", "no condition uses it"))
        .help(("检查是不是有哪一项漏写了条件；确实不用就删去", "use it in a condition or delete it"))
}

pub(in crate::lower) fn unused_rule(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnusedRule, msg!("规则「{name}」没有用到", "nothing uses the rule `{name}`"))
        .at(span, ("没有条件用到它", "no condition uses it"))
        .help(("在条件里写上它的名称，或者删去", "use its name in a condition or delete it"))
}

pub(in crate::lower) fn unused_param(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnusedParam, msg!("参数「{name}」没有用到", "nothing uses the param `{name}`"))
        .at(span, ("没有条件或算式用到它", "no condition or calculation uses it"))
        .help(("在算式里写上它的名称，或者删去", "use its name in a calculation or delete it"))
}

pub(in crate::lower) fn unneeded_material(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnneededMaterial, msg!("没有事项要材料「{name}」", "no item needs the material `{name}`"))
        .at(span, ("这一行没有 ● 也没有 ○", "this row has neither ● nor ○"))
        .help(("在要它的事项下面填 ● 或 ○，或者删去这一行", "mark the items that need it or delete the row"))
}

pub(in crate::lower) fn unused_sheet(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnusedSheet, msg!("表格「{name}」没有用到", "nothing uses the sheet `{name}`"))
        .at(span, ("没有文件引用它", "no file refers to it"))
        .help((
            "写上 `材料矩阵: 文件名`；确实不用就移出文件夹",
            "write `material_matrix: file name`, or move it out of the folder",
        ))
}

/// An item whose column of the sheet is there and empty.
pub(in crate::lower) fn no_materials(name: &str, column: Span) -> Diagnostic {
    Diagnostic::warning(Code::NoMaterials, msg!("事项「{name}」不需要任何材料", "the item `{name}` needs no materials"))
        .at(column, ("这一列全是空的", "this column is empty"))
        .help((
            "在要带的材料那一行填 ● 或 ○；确实不用材料，就不必改",
            "mark the materials that it needs, if it needs any",
        ))
}

pub(in crate::lower) fn no_promise(items: Span) -> Diagnostic {
    Diagnostic::warning(Code::NoPromise, ("没有写承诺时限", "the promised period is missing"))
        .at(items, ("就按这些事项里最长的法定时限承诺", "the longest statutory period of these items is promised"))
        .help((
            "写上 `承诺时限`；如果就是法定最长，写「天数: 事项.法定最长」",
            "write `promised`; for the longest statutory period, `days: items.statutory_max`",
        ))
}
