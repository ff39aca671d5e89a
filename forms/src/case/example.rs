//! Cases to look at before typing one.

use alloc::string::ToString;

use super::CaseFields;
use super::words::Word;

/// The examples by their names in addresses, each with its words.
pub const EXAMPLES: [Word; 5] = [
    ("suspension", "专家评审期间挂起", "suspended for an expert review"),
    ("site-check", "现场核查不停算", "a site check stops no clock"),
    ("correction", "最后一天告知补正", "notified on the last day"),
    ("joint", "联办四十五个工作日，延长十五日", "joint handling, 45 workdays and 15 more"),
    ("late", "办理超期", "past its day"),
];

type Fields = &'static [(&'static str, &'static str)];

const SUSPENSION: Fields = &[
    ("statutory", "20"),
    ("on", "2014-10-31"),
    ("e0.on", "2014-10-13"),
    ("e0.what", "received"),
    ("e1.on", "2014-10-13"),
    ("e1.what", "accepted"),
    ("e2.on", "2014-10-20"),
    ("e2.what", "suspended"),
    ("e2.reason", "expert_review"),
    ("e2.days", "12"),
    ("e3.on", "2014-10-31"),
    ("e3.what", "resumed"),
];

const CORRECTION: Fields = &[
    ("on", "2014-05-06"),
    ("e0.on", "2014-04-28"),
    ("e0.what", "received"),
    ("e1.on", "2014-05-06"),
    ("e1.what", "notified"),
    ("e1.correct_by", "2014-05-16"),
];

const JOINT: Fields = &[
    ("kind", "joint"),
    ("on", "2015-05-07"),
    ("e0.on", "2015-03-02"),
    ("e0.what", "received"),
    ("e1.on", "2015-03-02"),
    ("e1.what", "accepted"),
    ("e2.on", "2015-05-06"),
    ("e2.what", "extended"),
    ("e2.by", "government_head"),
    ("e2.days", "15"),
];

const LATE: Fields = &[
    ("statutory", "20"),
    ("promised", "15"),
    ("step_days", "5、5、5"),
    ("on", "2014-07-02"),
    ("e0.on", "2014-06-03"),
    ("e0.what", "received"),
    ("e1.on", "2014-06-03"),
    ("e1.what", "accepted"),
    ("e2.on", "2014-06-10"),
    ("e2.what", "step_done"),
    ("e2.step", "1"),
];

impl CaseFields {
    /// The example of a name, as the fields in which somebody would post it.
    #[must_use]
    pub fn example(name: &str) -> Option<CaseFields> {
        let fields = match name {
            "suspension" | "site-check" => SUSPENSION,
            "correction" => CORRECTION,
            "joint" => JOINT,
            "late" => LATE,
            _ => return None,
        };
        let reason = ("e2.reason", "site_check");
        let more = (name == "site-check").then_some(&reason);
        let fields = fields.iter().chain(more).map(|(name, value)| (name.to_string(), value.to_string()));
        Some(CaseFields::from_fields(fields))
    }
}
