//! What can be wrong with a chain of packs.

use crate::{Code, Diagnostic, Msg, Span};

pub(super) fn not_an_id(word: &str, span: Span) -> Diagnostic {
    let headline = (format!("「{word}」不是规则包的编号"), format!("`{word}` is not the id of a pack"));
    Diagnostic::error(Code::NoSuchPack, headline).at(span, ("这里要写编号", "an id is expected here")).help(PATH)
}

pub(super) fn no_such_pack(id: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::NoSuchPack, (format!("没有规则包「{id}」"), format!("there is no pack `{id}`")))
        .at(
            span,
            ("packs 下没有这个文件夹，或者里面没有规则文件", "no such folder below `packs`, or no rule files in it"),
        )
        .help(PATH)
}

const PATH: (&str, &str) = (
    "编号是上级规则包的文件夹在 packs 下的路径，例如 cn/three-in-one",
    "the id is the path of the pack's folder below `packs`, such as `cn/three-in-one`",
);

/// Packs that extend each other; `steps` are what each of them extends and where it says so.
pub(super) fn circle(id: &str, steps: &[(String, Span)]) -> Diagnostic {
    let ids = || std::iter::once(id).chain(steps.iter().map(|(id, _)| id.as_str()));
    let zh = ids().map(|id| format!("「{id}」")).collect::<Vec<_>>().join(" → ");
    let en = ids().collect::<Vec<_>>().join(" → ");
    let headline = (format!("规则包继承绕成了圈：{zh}"), format!("packs extend each other in a circle: {en}"));
    let mut diagnostic = Diagnostic::error(Code::ExtendsCircle, headline);
    if let Some(((last, span), before)) = steps.split_last() {
        diagnostic = diagnostic.at(*span, (format!("又继承「{last}」"), format!("extends `{last}` again")));
        let step =
            |(id, span): &(String, Span)| (*span, Msg::from((format!("继承「{id}」"), format!("extends `{id}`"))));
        diagnostic.labels = before.iter().map(step).collect();
    }
    diagnostic.help(("最上面的规则包不写「继承（extends）」", "remove `extends` from the pack that is to be the first"))
}

pub(super) fn too_deep(most: usize, span: Span) -> Diagnostic {
    let headline =
        (format!("规则包一层继承一层，超过了 {most} 层"), format!("more than {most} packs extend each other"));
    Diagnostic::error(Code::TooManyLayers, headline)
        .at(span, ("到这里已经太深", "too deep from here on"))
        .help(("把中间的几层合并成一个规则包", "merge some of the packs between"))
}

/// Says that a fault is in a pack above, which whoever writes the pack below may not own.
pub(crate) fn in_pack_above(diagnostic: Diagnostic, id: &str) -> Diagnostic {
    diagnostic.help((
        format!("错误在上级规则包「{id}」里，要先改好它"),
        format!("the fault is in the extended pack `{id}`, which must be put right first"),
    ))
}
