//! The result in one sentence, and what to do about it.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{FactId, Hit, MaterialState, MaterialStatus, Outcome, Verdict};

use super::{Desk, Tone, VerdictView};
use crate::Lang;
use crate::phrase::{materials, plural, say};

/// Required materials by the state that the citizen ticked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ticks {
    pub(super) required: usize,
    pub(super) provided: usize,
    pub(super) missing: usize,
    pub(super) defective: usize,
    pub(super) unticked: usize,
}

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn verdict(&self) -> VerdictView {
        let (code, tone, (headline, detail)) = match self.decision().verdict {
            Verdict::Ready => ("ready", Tone::Good, self.ready()),
            Verdict::Correctable => ("correctable", Tone::Warn, self.correctable()),
            Verdict::Refused => ("refused", Tone::Bad, self.refused()),
            Verdict::NotNeeded => ("not_needed", Tone::Good, self.not_needed()),
            Verdict::Undetermined => ("undetermined", Tone::Open, self.undetermined()),
        };
        VerdictView { code, tone, headline, detail, depends: self.verdict_depends() }
    }

    #[inline(never)]
    pub(super) fn ticks(&self) -> Ticks {
        let required = self.decision().materials.iter().filter(|material| material.status == MaterialStatus::Required);
        required.fold(Ticks::default(), |mut ticks, material| {
            ticks.required += 1;
            match material.state {
                MaterialState::Provided => ticks.provided += 1,
                MaterialState::Missing => ticks.missing += 1,
                MaterialState::Defective => ticks.defective += 1,
                MaterialState::Unknown => ticks.unticked += 1,
            }
            ticks
        })
    }

    fn ready(&self) -> (String, String) {
        let n = self.ticks().required;
        let count = materials(n, self.lang);
        let detail = match n {
            0 => say!(self.lang, "没有要带的材料。", "There is nothing to bring."),
            _ => {
                say!(self.lang, "{count}材料都齐了，带到窗口就行。", "All {count} are there. Bring them to the window.")
            }
        };
        (say!(self.lang, "可以提交", "Ready to hand in"), detail)
    }

    fn correctable(&self) -> (String, String) {
        if applies(&self.decision().conflicts) > 0 {
            return (
                say!(self.lang, "所选的事项不能一起办", "The chosen items exclude each other"),
                say!(
                    self.lang,
                    "看下面的说明，改一下答案就能接着办。",
                    "Read the note below and change one answer to go on."
                ),
            );
        }
        let errors = self.failed_errors();
        if errors > 0 {
            let places = plural(errors, "answer");
            return (
                say!(self.lang, "有 {errors} 处要改正", "{places} to correct"),
                say!(self.lang, "看下面的说明，改好就能接着办。", "Read the notes below; then you can go on."),
            );
        }
        self.lacking()
    }

    /// `还差 3 份材料`, `19 份里已有 16 份。补齐就可以提交。`
    fn lacking(&self) -> (String, String) {
        let Ticks { required, provided, missing, defective, unticked } = self.ticks();
        let (lacking, faulty) = (materials(missing, self.lang), materials(defective, self.lang));
        let headline = match (missing, defective) {
            (_, 0) => say!(self.lang, "还差 {lacking}材料", "{lacking} missing"),
            (0, _) => say!(self.lang, "{faulty}材料有问题", "{faulty} to put right"),
            _ => say!(
                self.lang,
                "还差 {lacking}材料，另有 {faulty}有问题",
                "{lacking} missing, {defective} to put right"
            ),
        };
        let detail = match unticked {
            0 => say!(
                self.lang,
                "{required} 份里已有 {provided} 份。补齐就可以提交。",
                "You have {provided} of {required}. Complete them and hand in.",
            ),
            _ => say!(
                self.lang,
                "{required} 份里已有 {provided} 份，还有 {unticked} 份没勾选。",
                "You have {provided} of {required}; {unticked} not ticked yet.",
            ),
        };
        (headline, detail)
    }

    fn refused(&self) -> (String, String) {
        let ground = self.decision().not_competent.iter().find(|hit| hit.finding.is(true));
        if let Some(ground) = ground.and_then(|hit| self.pack().not_competent.get(hit.index)) {
            let competent = self.pick(&ground.competent);
            return (
                say!(self.lang, "不予受理：不归本机关管", "Not accepted: another authority is competent"),
                say!(self.lang, "请向{competent}申请。", "Please apply to {competent}."),
            );
        }
        let failed = self.decision().items.iter().filter(|item| item.outcome == Outcome::Fail);
        let failed: Vec<_> = failed.map(|item| item.item).collect();
        let (count, names) = (failed.len(), self.item_names(&failed));
        let items = plural(count, "item");
        (
            say!(self.lang, "有 {count} 项不符合条件", "{items} cannot be granted"),
            say!(
                self.lang,
                "{names}现在办不了，原因在下面；其余事项照常预审。",
                "{names}: see why below. The other items go on as usual.",
            ),
        )
    }

    fn not_needed(&self) -> (String, String) {
        let ground = self.decision().not_required.iter().find(|hit| hit.finding.is(true));
        let ground = ground.and_then(|hit| self.pack().not_required.get(hit.index));
        (
            say!(self.lang, "不用办许可", "No licence is needed"),
            ground.map(|ground| self.text(&ground.condition.message)).unwrap_or_default(),
        )
    }

    fn undetermined(&self) -> (String, String) {
        let open = self.open_questions().len();
        let unticked = self.ticks().unticked;
        let count = materials(unticked, self.lang);
        if open > 0 {
            let questions = plural(open, "question");
            (
                match open {
                    1 => say!(self.lang, "再答 1 题就够了", "One question to answer"),
                    _ => say!(self.lang, "最多再答 {open} 题", "At most {questions} to answer"),
                },
                say!(
                    self.lang,
                    "答完就知道要办什么、带什么、几天办好。",
                    "Then you know what to apply for, what to bring and how long it takes."
                ),
            )
        } else if unticked > 0 {
            (
                say!(self.lang, "带 {count}材料，勾一勾有没有", "{count} to bring: tick what you have"),
                say!(
                    self.lang,
                    "全部勾完，就知道能不能提交。",
                    "When all are ticked you know whether you can hand in."
                ),
            )
        } else {
            (
                say!(self.lang, "请到窗口确认", "To be settled at the window"),
                say!(
                    self.lang,
                    "有的情形您说不清，窗口会帮您核对。",
                    "There are things you could not say; the window will check them with you."
                ),
            )
        }
    }

    /// On what the verdict hangs; while questions are open the next question says it better.
    fn verdict_depends(&self) -> String {
        let open = self.decision().verdict == Verdict::Undetermined && self.open_questions().is_empty();
        let unsure = self.unsure_names();
        match open && !unsure.is_empty() {
            true => say!(self.lang, "到窗口确认：{unsure}", "To be settled at the window: {unsure}"),
            false => String::new(),
        }
    }

    /// The facts that the citizen could not say and that still matter.
    #[inline(never)]
    pub(super) fn unsure_names(&self) -> String {
        let unsure = self.decision().missing.iter().filter(|missing| missing.unsure);
        let unsure: Vec<FactId> = unsure.map(|missing| missing.fact).collect();
        self.fact_names(&unsure)
    }

    fn failed_errors(&self) -> usize {
        let checks = self.decision().checks.iter().filter(|hit| hit.finding.is(true));
        let checks = checks.filter_map(|hit| self.pack().checks.get(hit.index));
        checks.filter(|check| check.severity == yichuang_engine::CheckSeverity::Error).count()
    }
}

/// How many hits certainly apply.
fn applies(hits: &[Hit]) -> usize {
    hits.iter().filter(|hit| hit.finding.is(true)).count()
}

impl Tone {
    /// Its class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Tone::Open => "open",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }

    /// It in one word, for those who see neither colour nor shape.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Tone::Open => lang.word("待定", "open"),
            Tone::Good => lang.word("通过", "fine"),
            Tone::Warn => lang.word("待补正", "to correct"),
            Tone::Bad => lang.word("不通过", "failed"),
        }
    }
}
