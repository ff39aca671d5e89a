//! The words for what a case consists of, in both languages.

use alloc::string::String;

use yichuang_engine::clock::{Acceptance, Action, Breach, Document, Lamp, Level, State};
use yichuang_engine::{Date, Weekday};

use crate::Lang;
use crate::phrase::{full_day, say};

/// A code with its words.
pub(super) type Word = (&'static str, &'static str, &'static str);

pub(super) const KINDS: [Word; 4] = [
    ("promised", "承诺件", "within a promised period"),
    ("instant", "即办件", "done on the spot"),
    ("forwarded", "上报件", "forwarded to the level above"),
    ("joint", "联办件", "several departments together"),
];

pub(super) const UNITS: [Word; 4] = [
    ("workdays", "工作日", "workdays"),
    ("calendar_days", "自然日", "calendar days"),
    ("months", "个月", "months"),
    ("years", "年", "years"),
];

pub(super) const REASONS: [Word; 11] = [
    ("hearing", "听证", "hearing"),
    ("tender", "招标", "tender"),
    ("auction", "拍卖", "auction"),
    ("inspection", "检验", "inspection"),
    ("testing", "检测", "testing"),
    ("quarantine", "检疫", "quarantine"),
    ("appraisal", "鉴定", "appraisal"),
    ("expert_review", "专家评审", "expert review"),
    ("site_check", "现场核查", "site check"),
    ("rectification", "整改", "rectification"),
    ("other", "其他", "other"),
];

pub(super) const APPROVERS: [Word; 3] = [
    ("agency_head", "本行政机关负责人", "the head of the agency"),
    ("government_head", "本级人民政府负责人", "the head of the government"),
    ("other", "其他人", "somebody else"),
];

pub(super) const WHOLE: [Word; 2] = [("yes", "全部交齐", "all of it"), ("no", "只交了一部分", "a part of it")];
pub(super) const WRITTEN: [Word; 2] = [("yes", "已书面告知", "told in writing"), ("no", "没有书面告知", "not told")];
pub(super) const EXPLAINED: [Word; 2] = [("yes", "已说明理由", "reasons given"), ("no", "没有说明理由", "no reasons")];
pub(super) const RESULTS: [Word; 2] = [("yes", "准予许可", "granted"), ("no", "不予许可", "refused")];
pub(super) const ORIGINS: [Word; 2] =
    [("no", "收件时就缺", "missing from the start"), ("yes", "补正中新出现", "arose from the correction")];

/// The kinds of events, in the order of a case.
pub(super) const EVENTS: [Word; 25] = [
    ("received", "收件", "received"),
    ("not_required", "不受理（不需要许可）", "no licence needed"),
    ("not_competent", "不予受理（不属本机关职权）", "not for this authority"),
    ("corrected_on_spot", "当场更正后受理", "corrected on the spot"),
    ("notified", "一次性告知补正", "notified what is missing"),
    ("corrected", "申请人补正", "correction came"),
    ("accepted", "受理", "accepted"),
    ("accepted_tolerantly", "容缺受理", "accepted with papers missing"),
    ("supplemented", "容缺材料补齐", "missing papers came"),
    ("supplement_postponed", "补齐期限顺延（不可抗力）", "supplement postponed"),
    ("step_done", "环节办结", "step finished"),
    ("suspended", "挂起（特别程序）", "suspended"),
    ("resumed", "恢复", "resumed"),
    ("extended", "延期", "extended"),
    ("forwarded", "上报", "forwarded"),
    ("decided", "作出决定", "decided"),
    ("issued", "发证", "certificate issued"),
    ("served", "送达", "served"),
    ("returned", "退件", "papers returned"),
    ("withdrawn", "申请人撤回", "withdrawn"),
    ("revoked", "撤销", "revoked"),
    ("tied_fee", "查实：捆绑收费", "found: tied fee"),
    ("unlawful_fee", "查实：违规收费", "found: unlawful fee"),
    ("off_window", "查实：体外循环", "found: handled outside the window"),
    ("off_list_item", "查实：目录外审批", "found: item off the list"),
];

/// The words of a code; the code itself where it has none.
pub(super) fn word<'a>(words: &[Word], code: &'a str, lang: Lang) -> &'a str {
    words.iter().find(|(known, ..)| *known == code).map_or(code, |(_, zh, en)| lang.word(zh, en))
}

pub(super) fn state(state: State, lang: Lang) -> &'static str {
    let (zh, en) = match state {
        State::Draft => ("尚未收件", "nothing received yet"),
        State::Submitted => ("已收件，待受理", "received, not yet accepted"),
        State::CorrectionOpen => ("补正中", "correction open"),
        State::CorrectionClosed => ("补正结束，已受理", "corrected and accepted"),
        State::Accepted => ("已受理", "accepted"),
        State::DeptProcessing => ("部门办理中", "with the departments"),
        State::SpecialOpen => ("特别程序中（挂起）", "suspended"),
        State::SpecialClosed => ("特别程序结束，继续办理", "resumed"),
        State::NotAccepted => ("不受理：不需要许可", "no licence needed"),
        State::OutOfScope => ("不予受理：不属本机关职权", "not for this authority"),
        State::Granted => ("办结：准予许可", "granted"),
        State::GrantedTolerance => ("办结：容缺通过", "granted after tolerance"),
        State::Refused => ("办结：不予许可", "refused"),
        State::Withdrawn => ("申请人撤回", "withdrawn"),
        State::DeemedWithdrawn => ("容缺材料逾期未补，视为撤回", "deemed withdrawn"),
        State::DeemedRenewed => ("逾期未作决定，视为准予延续", "deemed renewed"),
        State::Revoked => ("已撤销", "revoked"),
    };
    lang.word(zh, en)
}

pub(super) fn acceptance(acceptance: Acceptance, lang: Lang) -> &'static str {
    let (zh, en) = match acceptance {
        Acceptance::NotRequired => ("不受理", "not required"),
        Acceptance::NotCompetent => ("不予受理", "not competent"),
        Acceptance::CorrectedOnSpot => ("当场更正后受理", "corrected on the spot"),
        Acceptance::CorrectionNotice => ("一次性告知补正", "correction notice"),
        Acceptance::DeemedAccepted => ("逾期不告知，视为受理", "deemed accepted"),
        Acceptance::Accepted => ("受理", "accepted"),
    };
    lang.word(zh, en)
}

pub(super) fn lamp(lamp: Lamp, lang: Lang) -> &'static str {
    let (zh, en) = match lamp {
        Lamp::None => ("不亮灯", "No lamp"),
        Lamp::Paused => ("蓝灯", "Blue lamp"),
        Lamp::Green => ("绿灯", "Green lamp"),
        Lamp::Yellow => ("黄灯", "Yellow lamp"),
        Lamp::Red => ("红灯", "Red lamp"),
        Lamp::DoneOnTime => ("按时办结", "Done on time"),
        Lamp::DoneLate => ("超时办结", "Done late"),
        Lamp::Unknown => ("灯色待定", "Lamp not known yet"),
    };
    lang.word(zh, en)
}

pub(super) fn breach(breach: Breach, lang: Lang) -> &'static str {
    let (zh, en) = match breach {
        Breach::None => ("没有超期", "none"),
        Breach::Promised => ("超过承诺时限", "past the promised day"),
        Breach::Statutory => ("超过法定时限", "past the statutory day"),
        Breach::Unknown => ("是否超期待定", "not known yet"),
    };
    lang.word(zh, en)
}

pub(super) fn level(level: Level, lang: Lang) -> &'static str {
    let (zh, en) = match level {
        Level::Impossible => ("不能成立，没有计入", "Cannot be so, not counted"),
        Level::Missing => ("前面缺一件事", "Something is missing before it"),
        Level::Violation => ("违反规定", "Violation"),
        Level::Warning => ("注意", "Note well"),
        Level::Notice => ("提示", "Note"),
    };
    lang.word(zh, en)
}

pub(super) fn document(document: Document, lang: Lang) -> &'static str {
    let (zh, en) = match document {
        Document::Application => ("申请表", "application form"),
        Document::OneTimeNotice => ("一次性告知单（补正告知书）", "one-time notice of what is missing"),
        Document::AcceptanceNotice => ("受理通知书", "notice of acceptance"),
        Document::NotAccepted => ("不予受理决定书或不受理告知", "notice of non-acceptance"),
        Document::ServiceReceipt => ("送达回证", "proof of service"),
        Document::TolerancePromise => ("容缺受理告知承诺书", "promise of acceptance with papers missing"),
        Document::SuspensionNotice => ("挂起（特别程序）告知书", "notice of suspension"),
        Document::ExtensionNotice => ("延期通知书", "notice of extension"),
        Document::DecisionLetter => ("准予或不予行政许可决定书", "letter of decision"),
    };
    lang.word(zh, en)
}

pub(super) fn action(action: Action, lang: Lang) -> String {
    let (zh, en) = match action {
        Action::Receive => ("收件", "receive the application"),
        Action::DeclareNotRequired => ("告知不受理", "say that no licence is needed"),
        Action::DeclareNotCompetent => ("决定不予受理", "say that another authority is competent"),
        Action::CorrectOnSpot => ("当场更正后受理", "correct on the spot and accept"),
        Action::Notify => ("一次性告知补正", "notify at once all that is missing"),
        Action::Accept => ("受理", "accept"),
        Action::AcceptTolerantly => ("容缺受理", "accept with papers missing"),
        Action::Correct => ("申请人补正", "the applicant supplies what was notified"),
        Action::Supplement => ("申请人补齐容缺材料", "the applicant supplies the missing papers"),
        Action::FinishStep(step) => {
            let step = step.saturating_add(1);
            return say!(lang, "办结环节 {step}", "finish step {step}");
        }
        Action::Suspend => ("挂起（特别程序）", "suspend"),
        Action::Resume => ("恢复", "resume"),
        Action::Extend => ("延期", "extend"),
        Action::Forward => ("上报", "forward"),
        Action::Decide => ("准予或者不予许可", "grant or refuse"),
        Action::Issue => ("发证", "issue the certificate"),
        Action::Serve => ("送达", "serve the document"),
        Action::GiveBack => ("退件", "return the papers"),
        Action::Withdraw => ("申请人撤回", "the applicant withdraws"),
        Action::Revoke => ("撤销", "revoke"),
        Action::Renew => ("申请延续", "apply for renewal"),
    };
    lang.word(zh, en).into()
}

/// The rule that something rests on; what no law says is a default of this system.
pub(super) fn basis(basis: &'static str, lang: Lang) -> &'static str {
    if basis == "dft" { lang.word("系统默认", "system default") } else { basis }
}

/// `2014 年 11 月 21 日（星期五）`
pub(super) fn day(date: Date, lang: Lang) -> String {
    let (day, weekday) = (full_day(date, lang), weekday(date.weekday(), lang));
    say!(lang, "{day}（{weekday}）", "{weekday}, {day}")
}

fn weekday(weekday: Weekday, lang: Lang) -> &'static str {
    let (zh, en) = match weekday {
        Weekday::Monday => ("星期一", "Monday"),
        Weekday::Tuesday => ("星期二", "Tuesday"),
        Weekday::Wednesday => ("星期三", "Wednesday"),
        Weekday::Thursday => ("星期四", "Thursday"),
        Weekday::Friday => ("星期五", "Friday"),
        Weekday::Saturday => ("星期六", "Saturday"),
        Weekday::Sunday => ("星期日", "Sunday"),
    };
    lang.word(zh, en)
}
