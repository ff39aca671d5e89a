//! What is said about the whole application: grounds, conflicts, checks, what the window settles.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{CheckSeverity, Condition, Ending, FactId, Hit};

use super::{Desk, JudgedView, Notice, Tone};
use crate::phrase::{full_day, list, say};

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn notices(&self) -> Vec<Notice> {
        let (pack, decision) = (self.pack(), self.decision());
        let mut notices = Vec::new();
        for ground in hits(&decision.not_competent).filter_map(|hit| pack.not_competent.get(hit.index)) {
            let label = say!(self.lang, "不予受理", "Not accepted");
            notices.push(self.notice(Tone::Bad, label, &ground.condition, None));
        }
        for ground in hits(&decision.not_required).filter_map(|hit| pack.not_required.get(hit.index)) {
            let label = say!(self.lang, "不用办许可", "No licence needed");
            notices.push(self.notice(Tone::Good, label, &ground.condition, None));
        }
        for conflict in hits(&decision.conflicts).filter_map(|hit| pack.conflicts.get(hit.index)) {
            let label = say!(self.lang, "冲突", "Conflict");
            notices.push(self.notice(Tone::Bad, label, &conflict.condition, Some(conflict.reopens)));
        }
        for check in hits(&decision.checks).filter_map(|hit| pack.checks.get(hit.index)) {
            let (tone, label) = match check.severity {
                CheckSeverity::Error => (Tone::Bad, say!(self.lang, "要改正", "To correct")),
                CheckSeverity::Warning => (Tone::Warn, say!(self.lang, "请注意", "Please note")),
                CheckSeverity::Notice => (Tone::Open, say!(self.lang, "提示", "Note")),
            };
            notices.push(self.notice(tone, label, &check.condition, check.fact));
        }
        notices.extend(self.at_the_window());
        notices.extend(self.out_of_date());
        notices
    }

    fn notice(&self, tone: Tone, label: String, condition: &Condition, fact: Option<FactId>) -> Notice {
        Notice {
            tone,
            label,
            message: self.text(&condition.message),
            basis: self.bases(&condition.basis),
            fact: fact.and_then(|fact| self.fact(fact)).map(|fact| fact.id.clone()),
        }
    }

    /// What the citizen could not say and still matters.
    fn at_the_window(&self) -> Option<Notice> {
        let names = self.unsure_names();
        (!names.is_empty()).then(|| Notice {
            tone: Tone::Warn,
            label: say!(self.lang, "到窗口确认", "To be settled at the window"),
            message: say!(
                self.lang,
                "{names}您说不清，到窗口时请工作人员核对。",
                "You could not say: {names}. Please ask at the window."
            ),
            basis: Vec::new(),
            fact: None,
        })
    }

    /// What the window judges. While questions are open, what may not matter is not worth a word,
    /// nor is anything before an item is certain.
    #[inline(never)]
    pub(super) fn judged(&self) -> Vec<JudgedView> {
        let asked = self.decision().next_question.is_some();
        let shown = |hit: &&Hit| !asked || (hit.finding.is(true) && !self.is_start());
        let hits = self.decision().to_be_judged.iter().filter(shown);
        let entries = hits.filter_map(|hit| self.pack().not_encoded.get(hit.index));
        let judged = entries.map(|entry| {
            let (article, reason) = (self.pick(&entry.article), self.pick(&entry.reason));
            let mut words = say!(self.lang, "{article}：{reason}", "{article}: {reason}");
            if let Some(beside) = &entry.beside {
                let name = self.pick(&beside.name).trim_end_matches(['。', '.']);
                words += &say!(self.lang, "（{name}）", " ({name})");
            }
            JudgedView { words, basis: self.bases(&entry.basis) }
        });
        judged.collect()
    }

    /// The rules do not reach to the day whose rules are wanted.
    fn out_of_date(&self) -> Option<Notice> {
        let (decision, run) = (self.decision(), &self.decision().run);
        let endings = decision.expired.iter().filter_map(|place| self.pack().versions.endings.get(*place));
        let endings: Vec<&Ending> = endings.filter(|ending| run.holds(ending.concerns)).collect();
        let message = if let Some(day) = decision.not_yet_in_force {
            let day = full_day(day, self.lang);
            say!(
                self.lang,
                "这里的规定从 {day}起执行，现在只供参考。",
                "These rules apply from {day}; until then they are for information."
            )
        } else if let Some(pack) = endings.iter().find(|ending| ending.what == "pack") {
            let day = full_day(pack.to, self.lang);
            say!(
                self.lang,
                "这里的规定只到 {day}，请到窗口问现在怎么办。",
                "These rules end on {day}; please ask at the window."
            )
        } else if endings.is_empty() {
            return None;
        } else {
            let names = list(endings.iter().map(|ending| self.pick(&ending.name)), self.lang);
            say!(
                self.lang,
                "{names}：还没有录入现在的规定，请到窗口问。",
                "The present rules on {names} are not recorded here; please ask at the window."
            )
        };
        let label = say!(self.lang, "规定的期限", "Period of the rules");
        Some(Notice { tone: Tone::Warn, label, message, basis: Vec::new(), fact: None })
    }
}

/// The hits that certainly apply.
pub(super) fn hits(hits: &[Hit]) -> impl Iterator<Item = &Hit> {
    hits.iter().filter(|hit| hit.finding.is(true))
}
