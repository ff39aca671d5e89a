//! What may legally happen next to a case.

use super::{Deadline, Document};

/// Something that may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// 收件
    Receive,
    /// 告知不受理
    DeclareNotRequired,
    /// 决定不予受理
    DeclareNotCompetent,
    /// 当场更正后受理
    CorrectOnSpot,
    /// 一次性告知
    Notify,
    /// 受理
    Accept,
    /// 容缺受理
    AcceptTolerantly,
    /// The applicant supplies what was notified 补正.
    Correct,
    /// The applicant supplies what was missing after tolerance 补齐.
    Supplement,
    /// A step is finished, by its place.
    FinishStep(usize),
    /// 挂起
    Suspend,
    /// 恢复
    Resume,
    /// 延期
    Extend,
    /// 上报
    Forward,
    /// 准予或者不予许可
    Decide,
    /// 发证
    Issue,
    /// 送达
    Serve,
    /// 退件
    GiveBack,
    /// The applicant withdraws 撤回.
    Withdraw,
    /// 撤销
    Revoke,
    /// The holder applies for renewal 延续.
    Renew,
}

impl Action {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.words().0
    }

    /// The rule that allows or asks for it; `dft` for a choice of this system.
    #[must_use]
    pub const fn basis(self) -> &'static str {
        self.words().1
    }

    /// The document that goes with it.
    #[must_use]
    pub const fn document(self) -> Option<Document> {
        self.words().2
    }

    const fn words(self) -> (&'static str, &'static str, Option<Document>) {
        match self {
            Self::Receive => ("receive", "行政许可法第二十九条", Some(Document::Application)),
            Self::DeclareNotRequired => {
                ("declare_not_required", "行政许可法第三十二条第一款第一项", Some(Document::NotAccepted))
            }
            Self::DeclareNotCompetent => {
                ("declare_not_competent", "行政许可法第三十二条第一款第二项", Some(Document::NotAccepted))
            }
            Self::CorrectOnSpot => {
                ("correct_on_spot", "行政许可法第三十二条第一款第三项", Some(Document::AcceptanceNotice))
            }
            Self::Notify => ("notify", "行政许可法第三十二条第一款第四项", Some(Document::OneTimeNotice)),
            Self::Accept => ("accept", "行政许可法第三十二条第一款第五项", Some(Document::AcceptanceNotice)),
            Self::AcceptTolerantly => ("accept_tolerantly", "dft", Some(Document::TolerancePromise)),
            Self::Correct => ("correct", "行政许可法第三十二条第一款第五项", None),
            Self::Supplement => ("supplement", "dft", None),
            Self::FinishStep(_) => ("finish_step", "dft", None),
            Self::Suspend => ("suspend", "行政许可法第四十五条", Some(Document::SuspensionNotice)),
            Self::Resume => ("resume", "行政许可法第四十五条", None),
            Self::Extend => ("extend", "行政许可法第四十二条", Some(Document::ExtensionNotice)),
            Self::Forward => ("forward", "行政许可法第四十三条", None),
            Self::Decide => ("decide", "行政许可法第三十八条", Some(Document::DecisionLetter)),
            Self::Issue => ("issue", "行政许可法第四十四条", Some(Document::ServiceReceipt)),
            Self::Serve => ("serve", "行政许可法第四十四条", Some(Document::ServiceReceipt)),
            Self::GiveBack => ("give_back", "dft", Some(Document::ServiceReceipt)),
            Self::Withdraw => ("withdraw", "dft", None),
            Self::Revoke => ("revoke", "行政许可法第六十九条", None),
            Self::Renew => ("renew", "行政许可法第五十条第一款", Some(Document::Application)),
        }
    }
}

/// Something that may happen next, and until when it is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// What.
    pub action: Action,
    /// Until when; [`Deadline::None`] if nothing says so.
    pub by: Deadline,
}
