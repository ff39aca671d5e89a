//! What can be wrong with a case, or has to be said of it: the rule, and the words for it.

/// How serious an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The event cannot have happened where it stands; it is not applied.
    Impossible,
    /// Something must have happened before it that is not there; it is applied all the same.
    Missing,
    /// The authority broke a rule.
    Violation,
    /// It has no effect, or less than may be thought.
    Warning,
    /// To be known.
    Notice,
}

impl Level {
    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Impossible => "impossible",
            Self::Missing => "missing",
            Self::Violation => "violation",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// What an issue says of itself.
struct Words {
    level: Level,
    code: &'static str,
    basis: &'static str,
    zh: &'static str,
    en: &'static str,
}

/// Declares the issues in one table.
macro_rules! issues {
    ($($name:ident $level:ident $code:literal $basis:literal $zh:literal $en:literal)*) => {
        /// What can be wrong with a case, or has to be said of it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Issue {
            $(#[doc = $zh] $name,)*
        }

        impl Issue {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            const fn words(self) -> Words {
                match self {
                    $(Self::$name => Words { level: Level::$level, code: $code, basis: $basis, zh: $zh, en: $en },)*
                }
            }
        }
    };
}

impl Issue {
    /// How serious it is.
    #[must_use]
    pub const fn level(self) -> Level {
        self.words().level
    }

    /// The word for it in JSON and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.words().code
    }

    /// The rule it rests on, law and article; `dft` for a choice of this system.
    #[must_use]
    pub const fn basis(self) -> &'static str {
        self.words().basis
    }

    /// What it says, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }

    /// What it says, in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        self.words().en
    }
}

issues! {
    NotYet Notice "not_yet" "dft"
        "发生在计算日之后，不计入"
        "lies after the day of the clock and does not count yet"
    DoubleIntake Violation "double_intake" "行政许可法第二十六条"
        "已经收件，不得两头受理"
        "was received already: no case is taken in twice"
    BeforeReceipt Missing "before_receipt" "行政许可法第二十九条"
        "前面没有收件"
        "nothing was received before"
    AlreadyAccepted Impossible "already_accepted" "行政许可法第三十二条第一款第五项"
        "已经受理，受理只有一次"
        "was accepted already, and acceptance is once"
    AfterAcceptance Impossible "after_acceptance" "行政许可法第三十二条第一款"
        "受理以后不能再作受理阶段的处理"
        "cannot follow acceptance: it belongs to the window"
    BeforeAcceptance Impossible "before_acceptance" "行政许可法第四十二条第一款"
        "尚未受理，期限没有起算"
        "cannot come before acceptance: no period runs"
    DecidedBeforeAcceptance Missing "decided_before_acceptance" "行政许可法第三十二条第一款第五项"
        "作出决定前没有受理"
        "a decision needs acceptance before it"
    AfterEnd Impossible "after_end" "行政许可法第三十八条"
        "办件已经结束"
        "cannot follow the end of the case"
    NotOnTheSpot Impossible "not_on_the_spot" "行政许可法第三十二条第一款第三项"
        "当场更正只能在收件当日"
        "errors are corrected on the spot on the day of receipt only"
    NothingNotified Missing "nothing_notified" "行政许可法第三十二条第一款第四项"
        "前面没有一次性告知"
        "nothing was notified before"
    SecondCorrectionNotice Violation "second_correction_notice" "行政许可法第七十二条第四项"
        "补正内容应当一次告知"
        "what is missing is notified once"
    LateNotice Violation "late_notice" "行政许可法第三十二条第一款第四项"
        "超过五个工作日才告知补正，自收件之日起视为受理"
        "notified after the fifth workday: accepted as from receipt"
    NoNotice Violation "late_notice" "行政许可法第三十二条第一款第四项"
        "五个工作日内没有告知，自收件之日起视为受理"
        "nothing notified by the fifth workday: accepted as from receipt"
    CorrectionOverdue Notice "correction_overdue" "dft"
        "补正期限已过"
        "the day for the correction has passed"
    AcceptedLater Notice "accepted_later" "行政许可法第三十二条第一款"
        "受理通知晚于受理之日，期限自受理之日起算"
        "the notice of acceptance is later than acceptance, from which periods run"
    NoTolerance Impossible "no_tolerance" "dft"
        "没有容缺受理，无须补齐"
        "nothing was accepted with materials missing"
    DeemedWithdrawn Notice "deemed_withdrawn" "dft"
        "容缺材料逾期未补齐，视为撤回"
        "missing materials did not come in time: deemed withdrawn"
    DecidedBeforeSupplement Violation "decided_before_supplement" "dft"
        "容缺材料补齐前不得作出决定"
        "no decision before the missing materials have come"
    UnknownStep Impossible "unknown_step" "dft"
        "没有这个环节"
        "there is no such step"
    StepDoneTwice Impossible "step_done_twice" "dft"
        "环节已经办结"
        "the step was finished already"
    StepLate Violation "step_late" "dft"
        "环节超时"
        "a step ran past its day"
    SuspensionReasonNotAllowed Warning "suspension_reason_not_allowed" "行政许可法第四十五条"
        "法定时限只因听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审停算"
        "the statutory clock stops for the listed reasons only"
    SuspensionNotInWriting Violation "suspension_not_in_writing" "行政许可法第四十五条"
        "所需时间应当书面告知申请人"
        "the time it takes is notified in writing"
    AlreadySuspended Impossible "already_suspended" "行政许可法第四十五条"
        "同一事由已经挂起"
        "is suspended for this reason already"
    NotSuspended Impossible "not_suspended" "行政许可法第四十五条"
        "没有挂起，无从恢复"
        "cannot resume: it is not suspended"
    SuspendedAfterDue Warning "suspended_after_due" "dft"
        "期限已经届满，挂起不改变到期日"
        "the period had run out: the suspension changes nothing"
    SuspensionOverrun Warning "suspension_overrun" "行政许可法第四十五条"
        "挂起超过书面告知的时间"
        "the suspension takes longer than was notified"
    DecidedWhileSuspended Warning "decided_while_suspended" "行政许可法第四十五条"
        "挂起未恢复即作决定，视为当日恢复"
        "decided while suspended: taken to be resumed that day"
    WrongApprover Violation "wrong_approver" "行政许可法第四十二条"
        "延期批准人不符：十日须本行政机关负责人，联办十五日须本级人民政府负责人"
        "approved at the wrong level: the agency head for 10 days, the government head for 15 of joint handling"
    LateExtension Violation "late_extension" "行政许可法第四十二条"
        "期限届满后批准的延期无效"
        "approved after the last day"
    SecondExtension Violation "second_extension" "行政许可法第四十二条"
        "延期只有一次"
        "the period is extended once"
    ExtensionTooLong Violation "extension_too_long" "行政许可法第四十二条"
        "延长天数超过法律允许"
        "longer than the law allows"
    ExtensionReasonsNotGiven Violation "extension_reasons_not_given" "行政许可法第四十二条"
        "延长期限的理由应当告知申请人"
        "the applicant is told the reasons"
    NotForwardable Impossible "not_forwardable" "行政许可法第四十三条"
        "不是上报件，或者已经上报"
        "is no item to be forwarded, or was forwarded already"
    LateForward Violation "late_forward" "行政许可法第四十三条"
        "下级机关应当在二十个工作日内审查完毕"
        "the lower level forwards within 20 workdays"
    NoReasonRefusal Violation "no_reason_refusal" "行政许可法第三十八条第二款"
        "不予许可应当说明理由并告知救济途径"
        "a refusal gives reasons and remedies"
    TiedFee Violation "tied_fee" "dft"
        "捆绑收费"
        "a fee was tied to another one"
    UnlawfulFee Violation "unlawful_fee" "行政许可法第五十八条"
        "没有法律、行政法规的依据收费"
        "a fee without a law or administrative regulation"
    OffWindow Violation "off_window" "dft"
        "在窗口以外办理（体外循环）"
        "was handled outside the window"
    OffListItem Violation "off_list_item" "dft"
        "目录以外的审批"
        "the item is not in the published list"
    LatePromised Violation "late_promised" "优化营商环境条例第三十六条"
        "超过承诺时限"
        "past the promised day"
    LateStatutory Violation "late_statutory" "行政许可法第七十四条"
        "超过法定时限"
        "past the statutory day"
    NotGranted Impossible "not_granted" "行政许可法第四十四条"
        "没有准予许可"
        "nothing was granted"
    AlreadyIssued Impossible "already_issued" "行政许可法第四十四条"
        "证件已经颁发"
        "was issued already"
    LateCertificate Violation "late_certificate" "行政许可法第四十四条"
        "作出决定后十个工作日内应当颁发、送达证件"
        "the certificate is issued within 10 workdays of the decision"
    NothingToServe Impossible "nothing_to_serve" "行政许可法第四十四条"
        "没有可以送达的文书"
        "there is no document to serve"
    NothingToReturn Impossible "nothing_to_return" "dft"
        "办件没有退件的理由"
        "the case gives no reason to return the materials"
    PromiseTooLong Violation "promise_too_long" "优化营商环境条例第三十六条"
        "承诺时限长于法定时限"
        "the promised period is longer than the statutory one"
    JointCap45 Warning "joint_cap_45" "行政许可法第四十二条第二款"
        "联合办理不得超过四十五个工作日，延长须本级人民政府负责人批准"
        "joint handling takes no more than 45 workdays, unless the government head extends it"
    JointCap60 Violation "joint_cap_60" "行政许可法第四十二条第二款"
        "联合办理延长后也不得超过六十个工作日"
        "joint handling takes no more than 60 workdays even extended"
    DeemedRenewed Notice "deemed_renewed" "行政许可法第五十条第二款"
        "有效期届满前未作决定，视为准予延续"
        "no decision before the end of validity: deemed renewed"
    RenewalLate Warning "renewal_late" "行政许可法第五十条第一款"
        "延续申请晚于有效期届满三十日前"
        "renewal was applied for later than 30 days before the end"
}
