//! Packs that extend others: redeclared entries, overrides, what the list does not have.

use yichuang_engine::Text;

use super::super::keys::shown;
use crate::{Code, Diagnostic, Msg, Span};

pub(in crate::lower) fn redeclared(id: &str, span: Span, first: Span) -> Diagnostic {
    let headline = msg!("「{id}」在上级规则包里已经有了", "the extended pack has `{id}` already");
    Diagnostic::error(Code::Redeclared, headline)
        .at(span, ("这里又写了一次", "declared here again"))
        .also(first, ("上级规则包里的在这里", "in the extended pack"))
        .help((
            "参数、事项、材料、收费、情形要改，写到「改动（overrides）」里；其他的不能改，本来是另一样东西，就换一个 id",
            "params, items, materials, fees and facts are changed under `overrides`, other things are not; give another id to another thing",
        ))
}

pub(in crate::lower) fn nothing_above(span: Span) -> Diagnostic {
    let headline =
        ("没有继承别的规则包，没有东西可以改动", "the pack extends none, so that there is nothing to override");
    Diagnostic::error(Code::NothingAbove, headline)
        .at(span, ("改动的是上级规则包", "overrides are about an extended pack"))
        .help((
            "在「规则包」里写上「继承: 上级规则包的编号」；改自己的内容直接改",
            "write `extends` under `pack`; what is the pack's own is changed where it stands",
        ))
}

pub(in crate::lower) fn which_target(span: Span) -> Diagnostic {
    let headline = ("一条改动只改一样东西，要写明是哪一样", "an override names exactly one target");
    Diagnostic::error(Code::MissingKey, headline).at(span, ("这一条", "this entry")).help((
        "写「参数」「事项」「材料」「收费」「情形」之一，后面是它的 id 或名称；规则、核验等不能改动",
        "write one of `param`, `item`, `material`, `fee`, `fact` with its id or name; rules, checks and others cannot be overridden",
    ))
}

pub(in crate::lower) fn no_change(span: Span, keys: &[&'static str]) -> Diagnostic {
    let (zh, en) = (keys.iter().map(|key| shown(key)).collect::<Vec<_>>().join("、"), keys.join(", "));
    Diagnostic::error(Code::MissingKey, ("这一条没有写改成什么", "the override does not say what changes"))
        .at(span, ("只写了改哪一样", "only the target is named"))
        .help(msg!("可以改：{zh}", "what can be changed: {en}"))
}

pub(in crate::lower) fn no_target(kind: &str, word: &str, span: Span, known: Vec<&str>) -> Diagnostic {
    let zh = super::super::keys::chinese(kind).first().copied().unwrap_or(kind);
    let headline = msg!("上级规则包里没有{zh}「{word}」", "the extended pack has no {kind} `{word}`");
    Diagnostic::error(Code::NoTarget, headline)
        .at(span, ("没有可以改的东西", "nothing to override"))
        .suggest(word, known)
        .help(msg!("写上级规则包里那个{zh}的 id 或名称", "write the id or the name of a {kind} in the extended pack"))
}

pub(in crate::lower) fn own_target(word: &str, span: Span, declared: Span) -> Diagnostic {
    let headline = msg!("「{word}」是这个规则包自己的", "`{word}` is this pack's own");
    Diagnostic::error(Code::NoTarget, headline)
        .at(span, ("改动的是上级规则包里的", "overrides are about an extended pack"))
        .also(declared, ("在这里声明", "declared here"))
        .help(("直接改那一条，删去这条改动", "change it where it is declared and remove the override"))
}

pub(in crate::lower) fn overridden_twice(key: &str, span: Span, first: Span, declared: Span) -> Diagnostic {
    let zh = shown(key);
    let headline = msg!("同一样东西的「{zh}」改动了两次", "`{key}` of the same target is overridden twice");
    Diagnostic::error(Code::GivenTwice, headline)
        .at(span, ("第二次", "the second time"))
        .also(first, ("第一次", "the first time"))
        .also(declared, ("改的都是它", "both are about this"))
        .help(("只留一条", "keep one of them"))
}

pub(in crate::lower) fn not_dated(key: &str, span: Span, change: Span) -> Diagnostic {
    let zh = shown(key);
    let headline = msg!("「{zh}」的改动不能写有效期", "an override of `{key}` has no `effective`");
    Diagnostic::error(Code::NotDated, headline)
        .at(span, ("这里写了有效期", "a period is given here"))
        .also(change, ("它不随日期变", "it does not depend on the date"))
        .help((
            "删去有效期；别的改动另写一条",
            "remove `effective`, or put the other changes into an entry of their own",
        ))
}

pub(in crate::lower) fn changes_nothing(span: Span, declared: Span) -> Diagnostic {
    Diagnostic::error(Code::ChangesNothing, ("这条改动什么也没有改", "the override changes nothing"))
        .at(span, ("和上级规则包一样", "the same as in the extended pack"))
        .also(declared, ("上级规则包里的在这里", "in the extended pack"))
        .help(("删去它，或者写上要改成的", "remove it, or write what it is to be"))
}

/// Something that is harder for people than above; `old` is how it is there.
pub(in crate::lower) fn stricter(span: Span, old: impl Into<Msg>, above: Span) -> Diagnostic {
    let old = old.into();
    let label = Msg { zh: format!("上级规则包：{}", old.zh), en: format!("in the extended pack: {}", old.en) };
    Diagnostic::error(Code::Stricter, ("比上级规则包更严", "stricter than the extended pack"))
        .at(span, ("这里不能更严", "it may not be stricter here"))
        .also(above, label)
        .help((
            "下级只能放宽：时限更短，材料更少，收费更低，容缺更宽；不放宽就删去",
            "a pack below may only relax: shorter periods, fewer materials, lower fees, wider tolerance; else remove it",
        ))
}

/// A param that is changed against the direction that its pack allows.
pub(in crate::lower) fn param_stricter(span: Span, old: &Text, way: (&str, &str), above: Span) -> Diagnostic {
    let (zh, en) = (&old.zh, &old.en);
    Diagnostic::error(Code::Stricter, ("比上级规则包更严", "stricter than the extended pack"))
        .at(span, (format!("这个参数只能{}", way.0), format!("this param may only be {}", way.1)))
        .also(above, msg!("上级规则包：{zh}", "in the extended pack: {en}"))
        .help(("改成放宽的，或者删去", "write what relaxes, or remove it"))
}

pub(in crate::lower) fn unknown_direction(span: Span, above: Span) -> Diagnostic {
    let headline = (
        "清单之外无审批：看不出这个改动是不是放宽，只写了本包默认",
        "nothing beyond the list: whether this relaxes is not known, and only a default of the pack is cited",
    );
    Diagnostic::error(Code::OutsideList, headline)
        .at(span, ("改成了这个数", "changed to this number"))
        .also(above, ("这个参数没有写放宽方向", "this param does not say what relaxes it"))
        .help((
            "写上法律、文件的依据（原文、报告、待核），或者请上级规则包给参数写上「放宽方向（relaxed_by）」",
            "cite a basis of law (source, report, unverified), or let the extended pack state `relaxed_by`",
        ))
}

pub(in crate::lower) fn no_pieces_left(name: &str, span: Span, above: Span) -> Diagnostic {
    let headline = msg!("材料「{name}」改得一份也不剩", "nothing is left of the material `{name}`");
    Diagnostic::error(Code::Stricter, headline)
        .at(span, ("原件和复印件都成了 0 份", "neither originals nor copies"))
        .also(above, ("上级规则包里的在这里", "in the extended pack"))
        .help(("不用交的写「免交: 是」", "write `waived: yes` for what is not asked for"))
}

/// Something that the packs above do not have and no law asks for.
pub(in crate::lower) fn outside_list(target: &Text, span: Span) -> Diagnostic {
    let (zh, en) = (&target.zh, &target.en);
    let headline = msg!("清单之外无审批：{zh}", "nothing beyond the list: {en}");
    Diagnostic::error(Code::OutsideList, headline)
        .at(
            span,
            (
                "上级规则包里没有，依据只有本包默认",
                "not in the extended pack, and only a default of this pack is cited",
            ),
        )
        .help((
            "写上法律、文件的依据（以原文、报告或待核开头）；没有依据就删去。核验可以改成警告或提示",
            "cite a basis of law (source, report or unverified) or remove it; a check may become a warning",
        ))
}
