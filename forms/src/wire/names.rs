//! The words of the glossary for the engine's values.

use yichuang_engine::{
    CheckSeverity, Confidence, FactKind, MaterialState, MaterialStatus, Outcome, ToleranceStatus, Verdict,
};

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ready => "ready",
        Verdict::Correctable => "correctable",
        Verdict::Refused => "refused",
        Verdict::NotNeeded => "not_needed",
        Verdict::Undetermined => "undetermined",
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Undetermined => "undetermined",
    }
}

pub(super) fn severity(severity: CheckSeverity) -> &'static str {
    match severity {
        CheckSeverity::Error => "error",
        CheckSeverity::Warning => "warning",
        CheckSeverity::Notice => "notice",
    }
}

pub(super) fn status(status: MaterialStatus) -> &'static str {
    match status {
        MaterialStatus::Required => "required",
        MaterialStatus::NotRequired => "not_required",
        MaterialStatus::Undetermined => "undetermined",
        MaterialStatus::WaivedInternal => "waived_internal",
        MaterialStatus::WaivedShared => "waived_shared",
    }
}

pub(super) fn state(state: MaterialState) -> &'static str {
    match state {
        MaterialState::Provided => "provided",
        MaterialState::Missing => "missing",
        MaterialState::Defective => "defective",
        MaterialState::Unknown => "unknown",
    }
}

pub(super) fn tolerance(status: ToleranceStatus) -> &'static str {
    match status {
        ToleranceStatus::NotApplicable => "not_applicable",
        ToleranceStatus::Allowed => "allowed",
        ToleranceStatus::Refused => "refused",
        ToleranceStatus::Undetermined => "undetermined",
    }
}

pub(super) fn kind(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::Bool => "bool",
        FactKind::Integer { .. } => "integer",
        FactKind::Date => "date",
        FactKind::Text { .. } => "text",
        FactKind::Choice(_) => "choice",
        FactKind::Choices(_) => "choices",
    }
}

pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Report => "report",
        Confidence::Source => "source",
        Confidence::Unverified => "unverified",
        Confidence::PackDefault => "pack_default",
    }
}
