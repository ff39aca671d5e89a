//! What can happen to a case, and the document that goes with it.

use crate::Date;

/// Something that happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The day on which it happened.
    pub on: Date,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// 收件: the application was received.
    Received,
    /// 不受理: no licence is needed (行政许可法第三十二条第一款第一项).
    NotRequired,
    /// 不予受理: outside the authority's powers (第二项).
    NotCompetent,
    /// 当场更正: errors were corrected at the counter, and the application accepted (第三项).
    CorrectedOnSpot,
    /// 一次性告知: everything to be supplied was notified (第四项).
    Notified {
        /// Until when it is to be supplied, if the notice says so.
        correct_by: Option<Date>,
        /// What it lists came about by the correction itself and could not be notified before.
        from_correction: bool,
    },
    /// 补正: the applicant supplied something.
    Corrected {
        /// It was all that was notified.
        complete: bool,
    },
    /// 受理 (第五项).
    Accepted,
    /// 容缺受理: accepted with secondary materials missing, against a signed promise.
    AcceptedTolerantly,
    /// 补齐: missing materials came after tolerance.
    Supplemented {
        /// None is missing any more.
        complete: bool,
    },
    /// Force majeure: the missing materials may come later.
    SupplementPostponed {
        /// Until this day.
        until: Date,
    },
    /// 环节办结
    StepDone {
        /// The step, by its place in [`super::Terms::steps`].
        step: usize,
    },
    /// 挂起(特别程序)
    Suspended {
        /// Why.
        reason: Reason,
        /// The applicant was told in writing how long it takes (行政许可法第四十五条).
        in_writing: bool,
        /// The workdays that the notice says it takes.
        days: Option<u32>,
    },
    /// 恢复
    Resumed {
        /// The reason that no longer holds; absent: none does.
        reason: Option<Reason>,
    },
    /// 延期
    Extended {
        /// Who approved it.
        by: Approver,
        /// By how many workdays.
        days: u32,
        /// The applicant was told the reasons (行政许可法第四十二条).
        reasons_given: bool,
    },
    /// 上报: the lower level forwarded the case (行政许可法第四十三条).
    Forwarded,
    /// 决定
    Decided {
        /// 准予, not 不予.
        granted: bool,
        /// A refusal says why, and how to seek review (行政许可法第三十八条).
        reasons_given: bool,
    },
    /// 发证: the certificate was issued (行政许可法第四十四条).
    Issued,
    /// 送达: a document was served.
    Served,
    /// 退件: the materials were given back.
    Returned,
    /// 撤回: the applicant withdrew.
    Withdrawn,
    /// 撤销: the licence was revoked (行政许可法第六十九条).
    Revoked,
    /// 查实违规: whoever supervises found a violation that no other event shows.
    Found(Violation),
}

/// A violation that supervision finds (e-supervision of Dongying, 2011).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// 捆绑收费: a fee was tied to another one.
    TiedFee,
    /// 违规收费: a fee without a law or administrative regulation (行政许可法第五十八条).
    UnlawfulFee,
    /// 体外循环: it was handled outside the window.
    OffWindow,
    /// 目录外审批: the item is not in the published list.
    OffListItem,
}

/// Why a case is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// 听证
    Hearing,
    /// 招标
    Tender,
    /// 拍卖
    Auction,
    /// 检验
    Inspection,
    /// 检测
    Testing,
    /// 检疫
    Quarantine,
    /// 鉴定
    Appraisal,
    /// 专家评审
    ExpertReview,
    /// 现场核查、踏勘, which 行政许可法第四十五条 does not name.
    SiteCheck,
    /// 整改, which some special statutes name.
    Rectification,
    /// Any other, by a number of the case's own.
    Other(u16),
}

impl Reason {
    /// Whether the statutory clock stops for it by law alone (行政许可法第四十五条, a closed list).
    #[must_use]
    pub const fn is_statutory(self) -> bool {
        !matches!(self, Self::SiteCheck | Self::Rectification | Self::Other(_))
    }

    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hearing => "hearing",
            Self::Tender => "tender",
            Self::Auction => "auction",
            Self::Inspection => "inspection",
            Self::Testing => "testing",
            Self::Quarantine => "quarantine",
            Self::Appraisal => "appraisal",
            Self::ExpertReview => "expert_review",
            Self::SiteCheck => "site_check",
            Self::Rectification => "rectification",
            Self::Other(_) => "other",
        }
    }
}

/// Who approved an extension (行政许可法第四十二条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approver {
    /// 本行政机关负责人: for 10 workdays.
    AgencyHead,
    /// 本级人民政府负责人: for 15 workdays of joint handling.
    GovernmentHead,
    /// Anybody else.
    Other,
}

/// A document that goes with what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// F-01 申请表
    Application,
    /// F-02 一次性告知单(补正告知书)
    OneTimeNotice,
    /// F-03 受理通知书
    AcceptanceNotice,
    /// F-04 不予受理决定书 / 不受理告知
    NotAccepted,
    /// F-05 送达回证
    ServiceReceipt,
    /// F-06 容缺受理告知承诺书
    TolerancePromise,
    /// F-07 挂起(特别程序)告知书
    SuspensionNotice,
    /// F-08 延期通知书
    ExtensionNotice,
    /// F-09 准予/不予行政许可决定书
    DecisionLetter,
}

impl Document {
    /// The number of its form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Application => "F-01",
            Self::OneTimeNotice => "F-02",
            Self::AcceptanceNotice => "F-03",
            Self::NotAccepted => "F-04",
            Self::ServiceReceipt => "F-05",
            Self::TolerancePromise => "F-06",
            Self::SuspensionNotice => "F-07",
            Self::ExtensionNotice => "F-08",
            Self::DecisionLetter => "F-09",
        }
    }
}

impl What {
    /// The document that goes with it.
    #[must_use]
    pub const fn document(self) -> Option<Document> {
        match self {
            Self::Received => Some(Document::Application),
            Self::NotRequired | Self::NotCompetent => Some(Document::NotAccepted),
            Self::CorrectedOnSpot | Self::Accepted => Some(Document::AcceptanceNotice),
            Self::Notified { .. } => Some(Document::OneTimeNotice),
            Self::AcceptedTolerantly => Some(Document::TolerancePromise),
            Self::Suspended { .. } => Some(Document::SuspensionNotice),
            Self::Extended { .. } => Some(Document::ExtensionNotice),
            Self::Decided { .. } => Some(Document::DecisionLetter),
            Self::Issued | Self::Served | Self::Returned => Some(Document::ServiceReceipt),
            Self::Corrected { .. }
            | Self::Supplemented { .. }
            | Self::SupplementPostponed { .. }
            | Self::StepDone { .. }
            | Self::Resumed { .. }
            | Self::Forwarded
            | Self::Withdrawn
            | Self::Revoked
            | Self::Found(_) => None,
        }
    }
}
