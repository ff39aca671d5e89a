//! Values of the wrong type.

use crate::{Code, Diagnostic, Span};

/// A type as people call it, in both languages.
pub(in crate::lower) type Kind = (&'static str, &'static str);

pub(in crate::lower) const CONDITION: Kind = ("条件", "a condition");
pub(in crate::lower) const NUMBER: Kind = ("数字", "a number");
pub(in crate::lower) const DATE: Kind = ("日期", "a date");
pub(in crate::lower) const TEXT: Kind = ("文字", "a text");
pub(in crate::lower) const CHOICE: Kind = ("单选", "a choice");
pub(in crate::lower) const CHOICES: Kind = ("多选", "a set of choices");
pub(in crate::lower) const TABLE: Kind = ("名单", "a table");
pub(in crate::lower) const ROW: Kind = ("名单的一行", "a row of a table");
pub(in crate::lower) const LIST: Kind = ("列表", "a list");
pub(in crate::lower) const OPTION: Kind = ("选项", "an option");

pub(in crate::lower) fn mismatch(span: Span, wanted: Kind, found: Kind) -> Diagnostic {
    let ((zh, en), (found_zh, found_en)) = (wanted, found);
    let help = match (wanted, found) {
        (_, TABLE) => (
            "写明要算什么，例如 `股东.个数()` 或 `股东.合计(|r| r.出资额)`",
            "say what to compute, such as `shareholders.count()` or `shareholders.sum(|r| r.amount)`",
        ),
        (_, ROW) => ("写明哪一列，例如 `r.出资额`", "say which column, such as `r.amount`"),
        (CONDITION, CHOICE) => {
            ("写出要比较的选项，例如 `申请人类型 == 企业`", "name the option, such as `applicant.kind == enterprise`")
        }
        (CONDITION, CHOICES) => (
            "写出要有的选项，例如 `经营活动 包含 餐饮服务`",
            "name the option, such as `catering in business.activities`",
        ),
        (CONDITION, NUMBER) => ("写成比较，例如 `人数 > 5`", "write a comparison, such as `staff > 5`"),
        (CONDITION, DATE) => (
            "写成比较，例如 `受理日期 < 日期(\"2014-09-26\")`",
            "write a comparison, such as `accepted_on < date(\"2014-09-26\")`",
        ),
        (CONDITION, _) => ("写成比较，例如 `甲 == 乙`", "write a comparison, such as `a == b`"),
        (CHOICES, CHOICE) => ("单选用 == 或者「属于」，例如 `申请人类型 == 企业`", "use `==` for a choice"),
        (CHOICES, _) => (
            "「包含」左边写多选的情形，「属于」右边写列表，例如 `水源 属于 [市政供水, 自备井水]`",
            "`in` takes a set of choices or a list on its right",
        ),
        (OPTION, _) => ("直接写选项的名字，不加引号", "write the option's name without quotes"),
        _ => ("换成同一种类型的值", "use a value of the same type"),
    };
    Diagnostic::error(
        Code::TypeMismatch,
        msg!("类型不对：这里要{zh}，写的是{found_zh}", "type mismatch: {en} is expected, this is {found_en}"),
    )
    .at(span, msg!("这是{found_zh}", "this is {found_en}"))
    .help(help)
}

/// Two values that cannot be compared with this sign.
pub(in crate::lower) fn incomparable(sign: &str, left: (Kind, Span), right: (Kind, Span)) -> Diagnostic {
    let (((zh_left, en_left), left_span), ((zh_right, en_right), right_span)) = (left, right);
    let kinds = [left.0, right.0];
    let both = |one: Kind, other: Kind| kinds.contains(&one) && kinds.contains(&other);
    let help = if kinds.contains(&LIST) {
        ("是不是其中之一，写 `水源 属于 [市政供水, 自备井水]`", "to test for one of several write `a in [b, c]`")
    } else if both(CHOICE, TEXT) || both(CHOICES, TEXT) {
        (
            "选项直接写名字，不加引号，例如 `申请人类型 == 企业`",
            "write options without quotes, such as `applicant.kind == enterprise`",
        )
    } else if left.0 == CHOICES && right.0 == CHOICES || left.0 == CHOICE && right.0 == CHOICE {
        ("情形要和选项比较，例如 `申请人类型 == 企业`", "compare a fact with an option")
    } else if left.0 == right.0 {
        ("这一类值只能用 == 和 != 比较", "such values can only be compared with `==` and `!=`")
    } else if kinds.contains(&DATE) {
        ("日期写成 `日期(\"2014-09-26\")`", "write dates as `date(\"2014-09-26\")`")
    } else if both(NUMBER, TEXT) {
        ("数字不加引号", "write numbers without quotes")
    } else {
        ("两边要是同一种类型", "both sides must be of one type")
    };
    Diagnostic::error(
        Code::TypeMismatch,
        msg!(
            "类型不对：{zh_left}和{zh_right}不能用 {sign} 比较",
            "type mismatch: {en_left} and {en_right} cannot be compared with {sign}"
        ),
    )
    .at(right_span, msg!("这是{zh_right}", "this is {en_right}"))
    .also(left_span, msg!("这是{zh_left}", "this is {en_left}"))
    .help(help)
}

/// `choices == option` or `choices in [options]`.
pub(in crate::lower) fn choices_compared(sign: &str, fact: &str, options: &[&str], span: Span) -> Diagnostic {
    let zh = options.iter().map(|option| format!("{fact} 包含 {option}")).collect::<Vec<_>>().join(" 或 ");
    let en = options.iter().map(|option| format!("{option} in {fact}")).collect::<Vec<_>>().join(" || ");
    Diagnostic::error(Code::TypeMismatch, msg!("多选不能用「{sign}」", "`{sign}` cannot be used with a set of choices"))
        .at(span, ("这是多选，可能同时选了几个", "this is a set of choices"))
        .help(msg!("写 `{zh}`", "write `{en}`"))
}

pub(in crate::lower) fn ordered_choice(sign: &str, span: Span) -> Diagnostic {
    let headline = msg!("选项之间不能用 {sign} 比较大小", "options cannot be compared with `{sign}`");
    Diagnostic::error(Code::TypeMismatch, headline)
        .at(span, ("这是单选", "this is a choice"))
        .help(("用 == 或者「属于」", "use `==` or `in`"))
}

/// `condition == 是`.
pub(in crate::lower) fn condition_compared(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, msg!("条件不用和「{word}」比较", "a condition is not compared with `{word}`"))
        .at(span, ("这一部分多余", "this part is too much"))
        .help(("成立就写名称，例如 `已有执照`；不成立写 `非 已有执照`", "write `registered` or `!registered`"))
}

/// A bare word where a text in quotes is needed.
pub(in crate::lower) fn text_without_quotes(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, msg!("文字「{word}」没有加引号", "the text `{word}` has no quotes"))
        .at(span, ("这里要文字", "a text is needed here"))
        .help(msg!("写 `\"{word}\"`，用半角双引号", "write `\"{word}\"`"))
}

pub(in crate::lower) fn role_not_date((en, zh): (&str, &str), span: Span) -> Diagnostic {
    Diagnostic::error(Code::TypeMismatch, msg!("{zh}必须是日期", "the fact with the role `{en}` must be a date"))
        .at(span, ("类型不是日期", "is not a date"))
        .help(("写 `类型: 日期`", "write `type: date`"))
}
