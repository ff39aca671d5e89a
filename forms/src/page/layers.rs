//! What is otherwise here than elsewhere, one tap away.

use super::parts::source_list;
use crate::phrase::{plural, say};
use crate::{Element, OverrideView, View, el};

pub(super) fn overrides(view: &View) -> Option<Element> {
    let (lang, overrides) = (view.lang, &view.head.overrides);
    let count = overrides.len();
    let en = plural(count, "difference");
    let summary = el("summary").text(say!(lang, "和上级规定不同的地方（{count} 处）", "What is different here ({en})"));
    let change = |change: &OverrideView| el("li").text(&*change.text).child(source_list(&change.basis, lang));
    let list = el("ul").class("pilot").children(overrides.iter().map(change));
    (count > 0).then(|| el("details").key("overrides").class("about").child(summary).child(list))
}
