//! What it costs, in one sentence.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{FeeDecision, Quantity};

use super::Desk;
use crate::money;
use crate::phrase::{joined, say};
use crate::words::cause_words;

impl Desk<'_> {
    /// `工本费 10.00 元，减免 50%，实付 5.00 元；合计 5.00 元；办好后再交`. A pack that says nothing of
    /// fees says neither that there is none.
    #[inline(never)]
    pub(super) fn fees(&self) -> String {
        if self.pack().fees.is_empty() {
            return String::new();
        }
        let fees = &self.decision().fees;
        let charged: Vec<&FeeDecision> = fees.charged.iter().filter(|fee| fee.due != Quantity::Known(0)).collect();
        let mut parts: Vec<String> = charged.iter().filter_map(|fee| self.fee(fee)).collect();
        match (&fees.payable_total, charged.as_slice()) {
            (Quantity::Known(0), []) => return say!(self.lang, "不收费", "No fee"),
            (total, [only]) if *total == only.payable => {}
            (total, _) => {
                let total = self.amount(total);
                parts.push(match parts.is_empty() {
                    true => say!(self.lang, "收费{total}", "Fee {total}"),
                    false => say!(self.lang, "合计{total}", "in all {total}"),
                });
            }
        }
        if self.pack().pay_after_service {
            parts.push(say!(self.lang, "办好后再交", "paid after the service"));
        }
        joined(&parts, self.lang.word("；", "; "))
    }

    fn fee(&self, decided: &FeeDecision) -> Option<String> {
        let fee = self.pack().fees.get(decided.fee)?;
        let (name, due) = (self.pick(&fee.name), self.amount(&decided.due));
        let mut words = say!(self.lang, "{name}{due}", "{name} {due}");
        if let Some(relief) = decided.relief.and_then(|place| fee.reliefs.get(place)) {
            let (percent, payable) = (relief.percent, self.amount(&decided.payable));
            words += &say!(self.lang, "，减免 {percent}%，实付{payable}", ", {percent}% relieved, pay {payable}");
        } else if decided.payable != decided.due {
            let payable = self.amount(&decided.payable);
            words += &say!(self.lang, "，能不能减免{payable}", ", relief {payable}");
        }
        Some(words)
    }

    /// ` 10.00 元`, or why it is not known.
    fn amount(&self, amount: &Quantity) -> String {
        match amount {
            Quantity::Known(fen) => {
                let amount = money(*fen);
                say!(self.lang, " {amount} 元", "{amount} yuan")
            }
            Quantity::Open { missing, .. } => {
                let depends = self.depends(missing);
                say!(self.lang, "还定不下来，{depends}", "not settled. {depends}")
            }
            Quantity::CannotCompute(cause) => cause_words(*cause, self.lang).into(),
        }
    }
}
