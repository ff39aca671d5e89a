//! The keys of rule files, each with its Chinese alias, and reading a mapping by them.

use super::faults;
use crate::{Diagnostic, Entry, Node, Span, nearest};

/// Every key and what it is called in Chinese; which keys a place allows is said there.
const ALIASES: &[(&str, &[&str])] = &[
    ("accepted_on", &["受理日期"]),
    ("added_conditions", &["增加许可条件"]),
    ("added_items", &["增加适用事项"]),
    ("after", &["前置"]),
    ("aggregate", &["汇总方式"]),
    ("all", &["全部"]),
    ("amount", &["金额"]),
    ("answers", &["填报"]),
    ("any", &["任一"]),
    ("article", &["条文"]),
    ("ask_if", &["提问条件"]),
    ("assumed", &["未答时按"]),
    ("at", &["时机"]),
    ("authority", &["机关", "办理机关"]),
    ("autocomplete", &["自动填写"]),
    ("basis", &["依据"]),
    ("blank", &["手填"]),
    ("cases", &["用例"]),
    ("certificates", &["证照"]),
    ("checks", &["核验"]),
    ("class", &["类别"]),
    ("code", &["编号"]),
    ("columns", &["列"]),
    ("competent", &["受理机关"]),
    ("conditions", &["许可条件"]),
    ("conflicts", &["冲突"]),
    ("contact", &["电话"]),
    ("copies", &["复印件"]),
    ("copies_each", &["每项复印件"]),
    ("days", &["天数"]),
    ("declaration", &["声明"]),
    ("deferrable", &["容缺"]),
    ("documents", &["文书"]),
    ("edition", &["版本"]),
    ("effective", &["有效期"]),
    ("en", &["英文"]),
    ("excluded_if", &["排除条件"]),
    ("expect", &["预期"]),
    ("extends", &["继承"]),
    ("fact", &["情形"]),
    ("facts", &["情形"]),
    ("fee", &["收费"]),
    ("fees", &["收费"]),
    ("fields", &["栏"]),
    ("format", &["格式"]),
    ("forms", &["表单"]),
    ("from", &["自"]),
    ("functions", &["函数"]),
    ("help", &["帮助"]),
    ("hint", &["提示"]),
    ("hit", &["命中"]),
    ("hours", &["时间"]),
    ("id", &["标识"]),
    ("inputs", &["输入"]),
    ("item", &["事项"]),
    ("items", &["事项"]),
    ("joint_plan", &["联办"]),
    ("label", &["标签"]),
    ("limit", &["上限"]),
    ("material", &["材料"]),
    ("material_matrix", &["材料矩阵"]),
    ("materials", &["材料"]),
    ("max", &["最大"]),
    ("max_rows", &["最多行"]),
    ("message", &["说明", "不满足时说明"]),
    ("min", &["最小"]),
    ("name", &["名称"]),
    ("needed_by", &["适用事项"]),
    ("none", &["没有的说法"]),
    ("not_competent", &["不予受理"]),
    ("not_encoded", &["未编码"]),
    ("not_offered", &["不办"]),
    ("not_required", &["不受理"]),
    ("note", &["备注"]),
    ("notice", &["说明"]),
    ("on", &["办理日期"]),
    ("options", &["选项"]),
    ("order", &["提问顺序"]),
    ("originals", &["原件"]),
    ("otherwise", &["否则"]),
    ("outputs", &["输出"]),
    ("overrides", &["改动"]),
    ("pack", &["规则包"]),
    ("param", &["参数"]),
    ("params", &["参数"]),
    ("pay_after_service", &["先服务后收费"]),
    ("percent", &["百分比"]),
    ("place", &["地点"]),
    ("places", &["小数位"]),
    ("plan", &["流程"]),
    ("precedence", &["优先方式"]),
    ("priority", &["优先"]),
    ("produced_by", &["产生于"]),
    ("promised", &["承诺时限"]),
    ("question", &["问法"]),
    ("reason", &["原因"]),
    ("region", &["地区"]),
    ("relaxed_by", &["放宽方向"]),
    ("relief", &["减免"]),
    ("reopens", &["重问"]),
    ("required", &["必填"]),
    ("role", &["用途"]),
    ("rows", &["行"]),
    ("rule", &["算出"]),
    ("rules", &["规则"]),
    ("sample", &["样张"]),
    ("scaled", &["按承诺折算"]),
    ("sections", &["栏目"]),
    ("selected", &["申请条件"]),
    ("serial", &["串联"]),
    ("severity", &["级别"]),
    ("shared_if", &["共享条件"]),
    ("sheet", &["表格"]),
    ("show_original", &["验原件"]),
    ("shown", &["展示"]),
    ("signature", &["签名"]),
    ("statutory", &["法定时限"]),
    ("step", &["环节"]),
    ("steps", &["环节"]),
    ("summary", &["简介"]),
    ("supplement_days", &["补齐期限"]),
    ("survey", &["踏勘"]),
    ("tables", &["决策表"]),
    ("template", &["模板"]),
    ("title", &["标题"]),
    ("to", &["至"]),
    ("tolerance", &["容缺"]),
    ("type", &["类型"]),
    ("unit", &["单位"]),
    ("unless", &["但"]),
    ("validity", &["有效年限"]),
    ("value", &["数值", "取值", "内容"]),
    ("values", &["各期数值"]),
    ("variants", &["形态"]),
    ("versions", &["各期"]),
    ("versions_by", &["版本日期"]),
    ("waived", &["免交", "免收"]),
    ("when", &["条件"]),
    ("why", &["为什么问"]),
    ("window", &["窗口"]),
    ("years", &["年数"]),
    ("zh", &["中文"]),
];

/// The keys whose texts are expressions, alone or in a list.
pub(crate) const EXPRESSIONS: &[&str] = &[
    "all",
    "any",
    "ask_if",
    "days",
    "excluded_if",
    "required",
    "selected",
    "serial",
    "shared_if",
    "value",
    "waived",
    "when",
];

/// Every key with its Chinese words.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    ALIASES.iter().copied()
}

/// What a key is called in Chinese.
pub(crate) fn chinese(key: &str) -> &'static [&'static str] {
    ALIASES.iter().find(|(english, _)| *english == key).map_or(&[], |(_, aliases)| aliases)
}

/// The allowed key that `written` is, in English or Chinese.
pub(crate) fn canonical(written: &str, allowed: &[&'static str]) -> Option<&'static str> {
    allowed.iter().find(|key| **key == written || chinese(key).contains(&written)).copied()
}

/// A key as policy staff read it: the Chinese word and the English one.
pub(crate) fn shown(key: &str) -> String {
    chinese(key).first().map_or_else(|| key.to_owned(), |alias| format!("{alias}（{key}）"))
}

/// A mapping whose keys are known.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'n> {
    /// Where to point when something is missing: the first key.
    pub(crate) span: Span,
    entries: Vec<(&'static str, &'n Entry)>,
}

impl<'n> Fields<'n> {
    /// No keys yet.
    pub(crate) fn none(span: Span) -> Fields<'n> {
        Fields { span, entries: Vec::new() }
    }

    /// Reads a mapping; keys that the place does not allow, keys given twice (once in each
    /// language) and keys without content are reported.
    pub(crate) fn read(
        node: &'n Node,
        allowed: &[&'static str],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Fields<'n>> {
        let entries = match node.expect_entries() {
            Ok(entries) => entries,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return None;
            }
        };
        let span = entries.first().map_or(node.span, |entry| entry.key_span);
        let mut fields = Fields { span, entries: Vec::new() };
        for entry in entries {
            let known = canonical(&entry.key, allowed);
            if known.is_none() {
                diagnostics.push(faults::unknown_key(entry, allowed));
            }
            let Some(key) = known.or_else(|| meant(entry, entries, allowed)) else { continue };
            match fields.entry(key) {
                // The same word twice has been reported with the syntax.
                Some(first) if first.key == entry.key => {}
                Some(first) => diagnostics.push(faults::key_twice(key, entry, first)),
                None => fields.entries.push((key, entry)),
            }
            if entry.value.is_absent() {
                diagnostics.push(faults::empty_key(entry));
            }
        }
        Some(fields)
    }

    /// These keys, and those of `base` that are not among them.
    pub(crate) fn over(&self, base: &Fields<'n>) -> Fields<'n> {
        let mut entries = self.entries.clone();
        entries.extend(base.entries.iter().filter(|(key, _)| self.entry(key).is_none()));
        Fields { span: self.span, entries }
    }

    /// Puts an entry in the place of the one that the key had.
    pub(crate) fn set(&mut self, key: &'static str, entry: &'n Entry) {
        self.entries.retain(|(known, _)| *known != key);
        self.entries.push((key, entry));
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|(name, _)| *name == key).map(|(_, entry)| *entry)
    }

    /// The value of a key; an empty value counts as not given.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value).filter(|node| !node.is_absent())
    }

    /// The value of a key that must be there; an empty one has been reported before.
    pub(crate) fn require(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<&'n Node> {
        if self.entry(key).is_none() {
            diagnostics.push(faults::missing_key(key, self.span));
        }
        self.get(key)
    }
}

/// The key that an unknown one surely is, so that it is not reported as missing too.
fn meant(entry: &Entry, entries: &[Entry], allowed: &[&'static str]) -> Option<&'static str> {
    let known = allowed.iter().flat_map(|key| std::iter::once(*key).chain(chinese(key).iter().copied()));
    let key = canonical(nearest(&entry.key, known)?, allowed)?;
    let given = entries.iter().any(|other| canonical(&other.key, allowed) == Some(key));
    (!given).then_some(key)
}
