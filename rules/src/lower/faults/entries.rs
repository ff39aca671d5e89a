//! Keys, ids and lists.

use super::super::keys::{chinese, shown};
use crate::{Code, Diagnostic, Entry, Msg, Span};

pub(in crate::lower) fn unknown_key(entry: &Entry, allowed: &[&'static str]) -> Diagnostic {
    let key = &entry.key;
    let known = allowed.iter().flat_map(|key| std::iter::once(*key).chain(chinese(key).iter().copied()));
    let (zh, en) = (allowed.iter().map(|key| shown(key)).collect::<Vec<_>>().join("、"), allowed.join(", "));
    Diagnostic::error(Code::UnknownKey, msg!("不认识的键「{key}」", "unknown key `{key}`"))
        .at(entry.key_span, ("这里没有这个键", "no such key here"))
        .suggest(key, known)
        .help(msg!("这里可以写：{zh}", "allowed here: {en}"))
}

pub(in crate::lower) fn key_twice(key: &str, entry: &Entry, first: &Entry) -> Diagnostic {
    let zh = shown(key);
    Diagnostic::error(Code::GivenTwice, msg!("「{zh}」写了两次", "`{key}` is given twice"))
        .at(entry.key_span, ("第二次", "the second time"))
        .also(first.key_span, ("第一次", "the first time"))
        .help(("中文键和英文键是同一个键，只留一个", "the Chinese and the English key are the same: keep one of them"))
}

pub(in crate::lower) fn empty_key(entry: &Entry) -> Diagnostic {
    let key = &entry.key;
    Diagnostic::error(Code::EmptyValue, msg!("「{key}」后面没有内容", "`{key}` is empty"))
        .at(entry.key_span, ("这里只有键", "there is only the key"))
        .help(("写上内容；不需要就删去这一行", "write the content, or delete the line"))
}

pub(in crate::lower) fn empty_text(key: &str, span: Span) -> Diagnostic {
    let zh = shown(key);
    Diagnostic::error(Code::EmptyValue, msg!("「{zh}」是空的", "`{key}` is empty"))
        .at(span, ("引号里没有文字", "no text between the quotes"))
        .help(("写上文字", "write a text"))
}

pub(in crate::lower) fn empty_list(span: Span) -> Diagnostic {
    Diagnostic::error(Code::EmptyValue, ("列表是空的", "the list is empty"))
        .at(span, ("这里至少要有一项", "at least one entry is needed"))
        .help(("每项另起一行，以「- 」开头", "put each entry on its own line after `- `"))
}

pub(in crate::lower) fn empty_condition(span: Span) -> Diagnostic {
    Diagnostic::error(Code::EmptyValue, ("条件是空的", "the condition is empty"))
        .at(span, ("这里没有条件", "there is no condition"))
        .help(("在「全部」或「任一」下面列出条件", "list conditions under `all` or `any`"))
}

/// A list of conditions that does not say whether all or one of them must hold.
pub(in crate::lower) fn list_without_all(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongShape, ("几个条件要说明怎样合起来", "several conditions need `all` or `any`"))
        .at(span, ("这里是列表", "this is a list"))
        .help(("在列表上面加一行：都要成立写「全部:」，一个成立即可写「任一:」", "put `all:` or `any:` above the list"))
}

pub(in crate::lower) fn missing_key(key: &str, span: Span) -> Diagnostic {
    let zh = shown(key);
    Diagnostic::error(Code::MissingKey, msg!("缺少「{zh}」", "`{key}` is missing"))
        .at(span, msg!("这一条里没有「{zh}」", "this entry has no `{key}`"))
        .help(msg!("补上「{zh}」", "add `{key}`"))
}

pub(in crate::lower) fn in_two_files(key: &str, second: Span, first: Span, file: &str) -> Diagnostic {
    let zh = shown(key);
    Diagnostic::error(Code::GivenTwice, msg!("「{zh}」在两个文件里都有", "`{key}` is in two files"))
        .at(second, ("第二次", "the second time"))
        .also(first, ("第一次", "the first time"))
        .help(msg!("全部写到 {file} 里，删去另一处", "put all of it into {file}"))
}

pub(in crate::lower) fn missing_section(key: &str) -> Diagnostic {
    let zh = shown(key);
    Diagnostic::error(Code::MissingKey, msg!("规则包里没有「{zh}」", "the pack has no `{key}`"))
        .help(msg!("在其中一个文件里写上「{zh}」", "add `{key}` to one of the files"))
}

pub(in crate::lower) fn duplicate(id: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, msg!("「{id}」用了两次", "`{id}` is declared twice"))
        .at(second, ("第二次", "the second time"))
        .also(first, ("第一次", "the first time"))
        .help(("给其中一个换个名字；本来是同一个的，合并成一条", "give one of them another name, or merge the two"))
}

pub(in crate::lower) fn listed_twice(name: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::GivenTwice, msg!("「{name}」列了两次", "`{name}` is listed twice"))
        .at(second, ("第二次", "the second time"))
        .also(first, ("第一次", "the first time"))
        .help(("只留一个", "keep one of them"))
}

pub(in crate::lower) fn taken_prefix(id: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadName, msg!("「{id}」不能用作 id", "`{id}` cannot be an id"))
        .at(span, ("以 items. 或 materials. 开头", "begins with `items.` or `materials.`"))
        .help((
            "items.… 和 materials.… 由事项和材料自动产生，请换一个开头",
            "`items.…` and `materials.…` are made from items and materials: begin with something else",
        ))
}

pub(in crate::lower) fn built_in_name(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, msg!("「{name}」是自动产生的名称", "`{name}` is built in"))
        .at(span, ("与它重复", "the same name"))
        .help(("换一个 id 或名称", "choose another id or name"))
}

pub(in crate::lower) fn second_role((en, zh): (&str, &str), span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::GivenTwice, msg!("有两个情形都是{zh}", "two facts have the role `{en}`"))
        .at(span, ("第二个", "the second one"))
        .also(first, ("第一个", "the first one"))
        .help(msg!("只留一个情形写「用途: {zh}」", "keep `role: {en}` at one of them"))
}

/// The date that selects versions is held by no fact.
pub(in crate::lower) fn no_version_date((en, zh): (&str, &str), span: Span) -> Diagnostic {
    Diagnostic::error(Code::NoAcceptedOn, msg!("没有哪个情形是{zh}", "no fact has the role `{en}`"))
        .at(span, ("版本按这个日期选", "versions are chosen by this date"))
        .help(msg!(
            "加一个情形：`{{id: {en}, 名称: {zh}, 类型: 日期, 用途: {zh}, 未答时按: 当日}}`，或者删去「版本日期（versions_by）」",
            "add a fact: `{{id: {en}, name: …, type: date, role: {en}, assumed: today}}`, or remove `versions_by`"
        ))
}

pub(in crate::lower) fn no_accepted_on(facts: Span) -> Diagnostic {
    Diagnostic::error(Code::NoAcceptedOn, ("没有哪个情形是受理日期", "no fact has the role `accepted_on`"))
        .at(facts, ("时限从这一天起算，版本按这一天选", "periods run and versions are chosen from it"))
        .help((
            "加一个情形：`{id: accepted_on, 名称: 受理日期, 类型: 日期, 用途: 受理日期, 未答时按: 当日}`",
            "add a fact: `{id: accepted_on, name: …, type: date, role: accepted_on, assumed: today}`",
        ))
}

pub(in crate::lower) fn already_in_sheet(key: &str, span: Span) -> Diagnostic {
    let zh = shown(key);
    Diagnostic::error(Code::GivenTwice, msg!("「{zh}」在材料矩阵里已有", "`{key}` is already in the sheet"))
        .at(span, ("这里又写了一次", "given here again"))
        .help(("以矩阵为准，删去这里的", "keep the one in the sheet"))
}

/// A key that only facts of other types have.
pub(in crate::lower) fn key_of_other_type(key: &str, span: Span, owner: (&str, &str)) -> Diagnostic {
    let (zh, (owner_zh, owner_en)) = (shown(key), owner);
    let headline = msg!("「{zh}」只用于{owner_zh}", "`{key}` is only for {owner_en}");
    Diagnostic::error(Code::KeyOfOtherType, headline)
        .at(span, ("这个情形不是这种类型", "this fact has another type"))
        .help(("删去这个键，或者改「类型（type）」", "delete the key or change `type`"))
}

pub(in crate::lower) fn too_many_options(count: usize, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooManyOptions, msg!("选项有 {count} 个，太多", "{count} options are too many"))
        .at(span, ("最多 64 个", "64 at most"))
        .help(("把情形拆成两个，或合并相近的选项", "split the fact or merge similar options"))
}

pub(in crate::lower) fn few_conflicting(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, ("冲突至少涉及两个事项", "a conflict needs two items or more"))
        .at(span, ("这里不足两个", "fewer than two here"))
        .help(("在「事项（items）」里列出互相排斥的事项", "list the items that exclude each other"))
}

/// An item of another authority in a pack that does not say whose window it is.
pub(in crate::lower) fn no_lead_authority(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, ("没有写牵头的机关", "the leading authority is missing"))
        .at(span, ("这一项由别的机关办理", "another authority handles this item"))
        .help((
            "写上「窗口（window）」和其中的「机关（authority）」：窗口的机关牵头",
            "add `window` with its `authority`, which leads",
        ))
}

/// An entry that must have exactly one of several keys.
pub(in crate::lower) fn exactly_one(headline: impl Into<Msg>, span: Span, help: impl Into<Msg>) -> Diagnostic {
    Diagnostic::error(Code::MissingKey, headline).at(span, ("这一条", "this entry")).help(help)
}

pub(in crate::lower) fn unreachable_variant(span: Span, all: Span) -> Diagnostic {
    Diagnostic::error(Code::Unreachable, ("后面的形态用不上", "later variants are never used"))
        .at(span, ("没有条件，总是成立", "without a condition it always holds"))
        .also(all, ("从上往下，第一个成立的就是要带的", "the first that holds is taken"))
        .help(("把没有条件的形态放到最后，或者给它写「条件（when）」", "put it last or give it a `when`"))
}

pub(in crate::lower) fn unreachable_relief(span: Span, all: Span) -> Diagnostic {
    Diagnostic::error(Code::Unreachable, ("后面的减免用不上", "later reliefs are never granted"))
        .at(span, ("没有条件，总是减免", "without a condition it is always granted"))
        .also(all, ("从上往下，第一个成立的就是减免多少", "the first that holds is granted"))
        .help(("把没有条件的减免放到最后，或者给它写「条件（when）」", "put it last or give it a `when`"))
}

pub(in crate::lower) fn too_large(zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(
        Code::TooLarge,
        msg!("规则包过大：{zh}超过 65535", "the pack is too large: more than 65,535 {en}"),
    )
    .help(("分成几个规则包", "split it into several packs"))
}

pub(in crate::lower) fn odd_pack_id(id: &str) -> Diagnostic {
    let headline =
        msg!("规则包编号「{id}」里有空格、汉字或符号", "pack id `{id}` holds other characters than letters and digits");
    Diagnostic::warning(Code::OddPackId, headline).help((
        "编号取自文件夹的路径，会写进网址和结果：文件夹名用小写英文、数字和「-」",
        "the id comes from the folder and goes into addresses: name folders with letters, digits and `-`",
    ))
}

/// Items in one plain text, such as `[n1，n2]`.
pub(in crate::lower) fn full_width_comma(span: Span) -> Diagnostic {
    let headline = ("括号里的各项用了全角逗号隔开", "the entries in brackets are separated by a full-width comma");
    Diagnostic::error(Code::FullWidthComma, headline)
        .at(span, ("YAML 不把「，」当作逗号", "YAML does not take `，` for a comma"))
        .help(("写成半角逗号加一个半角空格「, 」", "write a half-width comma and a space `, `"))
}
