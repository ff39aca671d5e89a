//! Names that are used and not declared, and names that need each other.

use yichuang_engine::{Fact, FactKind, FactOption};

use crate::{Code, Diagnostic, Msg, Span, glued_operator};

/// A name in a condition that is declared nowhere.
pub(in crate::lower) fn unknown_name<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    if let Some(spaced) = glued_operator(name) {
        return crate::lexical::glued(span, name, &spaced);
    }
    let diagnostic = Diagnostic::error(Code::UnknownName, msg!("不认识「{name}」", "unknown name `{name}`"))
        .at(span, ("规则包里没有这个名称", "the pack has no such name"));
    match name {
        "是" | "yes" => return diagnostic.help(("总是成立写「真」", "for always write `true`")),
        "否" | "no" => return diagnostic.help(("总不成立写「假」", "for never write `false`")),
        _ => {}
    }
    diagnostic.suggest(name, known).help((
        "条件里只能用情形、参数、规则和事项的名称或 id，名称要一字不差",
        "conditions use the names or ids of facts, params, rules and items",
    ))
}

pub(in crate::lower) fn unknown_option(fact: &Fact, name: &str, span: Span) -> Diagnostic {
    if let Some(spaced) = glued_operator(name) {
        return crate::lexical::glued(span, name, &spaced);
    }
    let options: &[FactOption] = match &fact.kind {
        FactKind::Choice(options) | FactKind::Choices(options) => options,
        _ => &[],
    };
    let zh = options.iter().map(|option| option.name.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>().join(", ");
    let known = options.iter().flat_map(|option| [option.id.as_str(), option.name.zh.as_str()]);
    let (fact_zh, fact_en) = (&fact.name.zh, &fact.id);
    Diagnostic::error(
        Code::UnknownOption,
        msg!("「{fact_zh}」没有选项「{name}」", "`{fact_en}` has no option `{name}`"),
    )
    .at(span, ("没有这个选项", "no such option"))
    .suggest(name, known)
    .help(msg!("可以写：{zh}", "the options are: {en}"))
}

/// A name that must be the one of an item or a fact.
pub(in crate::lower) fn unknown_entry<'a>(
    kind: (&str, &str),
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let (zh, en) = kind;
    Diagnostic::error(Code::UnknownName, msg!("没有{zh}「{name}」", "there is no {en} `{name}`"))
        .at(span, ("规则包里没有这个名称", "the pack has no such name"))
        .suggest(name, known)
        .help(msg!("写{zh}的 id 或名称", "write the id or the name of the {en}"))
}

pub(in crate::lower) fn rule_not_shown(name: &str, span: Span) -> Diagnostic {
    let headline = msg!(
        "规则「{name}」没有展示，表单里没有它的结果",
        "the rule `{name}` is not shown, so a form has no value of it"
    );
    Diagnostic::error(Code::RuleNotShown, headline)
        .at(span, ("结论里没有它的结果", "the decision does not list its value"))
        .help(msg!("给这条规则写上「展示（shown）: 是」", "write `shown: true` at the rule"))
}

pub(in crate::lower) fn unknown_word(name: &str, span: Span, words: &[(&str, &str)]) -> Diagnostic {
    let known: Vec<&str> = words.iter().flat_map(|(en, zh)| [*en, *zh]).collect();
    let zh = words.iter().map(|(en, zh)| format!("{zh}（{en}）")).collect::<Vec<_>>().join("、");
    let en = words.iter().map(|(en, _)| *en).collect::<Vec<_>>().join(", ");
    let headline = msg!("这里不能写「{name}」", "`{name}` is not one of the known words");
    Diagnostic::error(Code::UnknownWord, headline)
        .at(span, ("不是规定的用词", "not a known word"))
        .suggest(name, known)
        .help(msg!("可以写：{zh}", "allowed: {en}"))
}

pub(in crate::lower) fn unknown_function(name: &str, span: Span, known: &[&str]) -> Diagnostic {
    Diagnostic::error(Code::UnknownFunction, msg!("没有函数「{name}」", "there is no function `{name}`"))
        .at(span, ("不认识", "not known"))
        .suggest(name, known.iter().copied())
        .help((
            "常用的有：最小（min）、最大（max）、日期（date）、四舍五入（round_half_up）、加工作日（add_workdays）；全部见规则语言手册（rules/README.md）",
            "common ones are `min`, `max`, `date`, `round_half_up`, `add_workdays`; `rules/README.en.md` lists all",
        ))
}

/// An option that the rule does not declare.
pub(in crate::lower) fn unknown_rule_option(
    word: &str,
    span: Span,
    options: &[yichuang_engine::FactOption],
) -> Diagnostic {
    let names = options.iter().map(|option| format!("「{}」", option.name.zh)).collect::<Vec<_>>().join("、");
    let ids = options.iter().map(|option| format!("`{}`", option.id)).collect::<Vec<_>>().join(", ");
    Diagnostic::error(Code::UnknownOption, msg!("规则没有选项「{word}」", "the rule has no option `{word}`"))
        .at(span, ("不是它的选项", "not one of its options"))
        .suggest(word, options.iter().flat_map(|option| [option.id.as_str(), option.name.zh.as_str()]))
        .help(msg!("选项有：{names}", "its options are {ids}"))
}

pub(in crate::lower) fn arguments(name: &str, span: Span, example: &str) -> Diagnostic {
    Diagnostic::error(Code::UnknownFunction, msg!("「{name}」括号里的内容不对", "wrong arguments for `{name}`"))
        .at(span, ("个数或类型不对", "number or kind of arguments"))
        .help(msg!("例如 `{example}`", "for example `{example}`"))
}

/// Definitions that need each other; `steps` are the places where one needs the next.
pub(in crate::lower) fn circle(names: &[String], span: Span, steps: Vec<(Span, Msg)>) -> Diagnostic {
    let chain = names.iter().map(|name| format!("「{name}」")).collect::<Vec<_>>().join(" → ");
    let english = names.join(" → ");
    let headline = msg!("规则绕成了圈：{chain}", "rules need each other in a circle: {english}");
    let mut diagnostic =
        Diagnostic::error(Code::Circle, headline).at(span, ("这里又回到开头", "back at the beginning here"));
    diagnostic.labels = steps;
    diagnostic.help(("改写其中一条，使它不再用到后面的", "rewrite one of them so that it no longer needs the next"))
}

pub(in crate::lower) fn asks_itself(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Circle, ("提问条件用到了这个情形自己", "`ask_if` needs the fact itself"))
        .at(span, ("没有回答就不会问，不问就没有回答", "it is not asked before it is answered"))
        .help(("删去提问条件，或者改用别的情形", "remove `ask_if` or use other facts"))
}

pub(in crate::lower) fn material_circle(material: &str, item: &str, span: Span) -> Diagnostic {
    let headline = msg!(
        "材料「{material}」由「{item}」产生，办「{item}」又要先有它",
        "material `{material}` is produced by `{item}`, which needs it itself"
    );
    Diagnostic::error(Code::Circle, headline).at(span, ("绕成了圈", "a circle")).help((
        "改正「产生于（produced_by）」，或者改正哪些事项要这份材料",
        "correct `produced_by` or which items need it",
    ))
}

pub(in crate::lower) fn nested_too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, ("规则一条套一条，套得太深", "rules are nested too deeply in each other"))
        .at(span, ("读到这里停下了", "reading stopped here"))
        .help(("减少层层引用，把几条规则合成一条", "merge some of the rules"))
}
