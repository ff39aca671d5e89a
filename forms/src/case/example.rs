//! Cases to look at before typing one.

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

impl CaseFields {
    /// The example of a name.
    #[must_use]
    pub fn example(name: &str) -> Option<CaseFields> {
        let (case, events): (&[(&'static str, &str)], &[&[(&'static str, &str)]]) = match name {
            "suspension" => (
                &[("statutory", "20"), ("on", "2014-10-31")],
                &[
                    &[("on", "2014-10-13"), ("what", "received")],
                    &[("on", "2014-10-13"), ("what", "accepted")],
                    &[("on", "2014-10-20"), ("what", "suspended"), ("reason", "expert_review"), ("days", "12")],
                    &[("on", "2014-10-31"), ("what", "resumed")],
                ],
            ),
            "site-check" => (
                &[("statutory", "20"), ("on", "2014-10-31")],
                &[
                    &[("on", "2014-10-13"), ("what", "received")],
                    &[("on", "2014-10-13"), ("what", "accepted")],
                    &[("on", "2014-10-20"), ("what", "suspended"), ("reason", "site_check")],
                    &[("on", "2014-10-31"), ("what", "resumed")],
                ],
            ),
            "correction" => (
                &[("on", "2014-05-06")],
                &[
                    &[("on", "2014-04-28"), ("what", "received")],
                    &[("on", "2014-05-06"), ("what", "notified"), ("correct_by", "2014-05-16")],
                ],
            ),
            "joint" => (
                &[("kind", "joint"), ("on", "2015-05-07")],
                &[
                    &[("on", "2015-03-02"), ("what", "received")],
                    &[("on", "2015-03-02"), ("what", "accepted")],
                    &[("on", "2015-05-06"), ("what", "extended"), ("by", "government_head"), ("days", "15")],
                ],
            ),
            "late" => (
                &[("statutory", "20"), ("promised", "15"), ("step_days", "5、5、5"), ("on", "2014-07-02")],
                &[
                    &[("on", "2014-06-03"), ("what", "received")],
                    &[("on", "2014-06-03"), ("what", "accepted")],
                    &[("on", "2014-06-10"), ("what", "step_done"), ("step", "1")],
                ],
            ),
            _ => return None,
        };
        let mut fields = CaseFields::default();
        case.iter().for_each(|(name, value)| fields.case.set(name, *value));
        for event in events {
            let mut typed = super::Typed::default();
            event.iter().for_each(|(name, value)| typed.set(name, *value));
            fields.events.push(typed);
        }
        Some(fields)
    }
}
