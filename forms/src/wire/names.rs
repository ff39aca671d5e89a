//! The words of the glossary for the engine's values.

use yichuang_engine::{
    CheckSeverity, Confidence, FactKind, MaterialState, MaterialStatus, NumberShape, Outcome, TextFormat,
    ToleranceStatus, Verdict, VersionsBy,
};

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ready => "ready",
        Verdict::Correctable => "correctable",
        Verdict::Refused => "refused",
        Verdict::NotNeeded => "not_needed",
        Verdict::Undetermined => "undetermined",
    }
}

pub(super) fn versions_by(by: VersionsBy) -> &'static str {
    match by {
        VersionsBy::Received => "received",
        VersionsBy::Accepted => "accepted",
        VersionsBy::Decided => "decided",
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
        MaterialStatus::WaivedLocal => "waived_local",
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
        FactKind::Number { shape, .. } => match shape {
            NumberShape::Integer => "integer",
            NumberShape::Decimal => "decimal",
            NumberShape::Money => "money",
        },
        FactKind::Date => "date",
        FactKind::Text { .. } => "text",
        FactKind::Choice(_) => "choice",
        FactKind::Choices(_) => "choices",
        FactKind::Table { .. } => "table",
    }
}

/// The name of a format that answers are checked by; free text has none.
pub(super) fn format(format: TextFormat) -> Option<&'static str> {
    Some(match format {
        TextFormat::Free => return None,
        TextFormat::Uscc => "uscc",
        TextFormat::IdNo => "id_no",
        TextFormat::OrgCode => "org_code",
        TextFormat::Mobile => "mobile",
        TextFormat::Phone => "phone",
        TextFormat::Postcode => "postcode",
        TextFormat::PersonName => "person_name",
        TextFormat::Multiline => "multiline",
        TextFormat::Landline => "landline",
        TextFormat::Division => "division",
    })
}

pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Report => "report",
        Confidence::Source => "source",
        Confidence::Unverified => "unverified",
        Confidence::PackDefault => "pack_default",
    }
}
