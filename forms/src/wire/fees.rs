//! Fees in yuan.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use yichuang_engine::Quantity;

use super::parts::{Bases, Undetermined};
use super::scribe::Scribe;
use crate::money;

#[derive(Debug, Serialize)]
pub(super) struct Fee<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    class: &'a str,
    due: Money<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relief: Option<Relief<'a>>,
    payable: Money<'a>,
    basis: Bases<'a>,
}

#[derive(Debug, Serialize)]
struct Relief<'a> {
    percent: u16,
    basis: Bases<'a>,
}

/// An amount that may be open.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Money<'a> {
    Known(String),
    Open(Undetermined<'a>),
}

impl<'a> Scribe<'a> {
    pub(super) fn fees(self) -> Vec<Fee<'a>> {
        let charged = self.precheck.decision.fees.charged.iter();
        charged
            .filter_map(|decided| {
                let fee = self.pack.fees.get(decided.fee)?;
                let relief = decided.relief.and_then(|place| fee.reliefs.get(place));
                Some(Fee {
                    id: &fee.id,
                    name: self.lang.pick(&fee.name),
                    class: self.lang.pick(&fee.class),
                    due: self.money(&decided.due),
                    relief: relief.map(|relief| Relief { percent: relief.percent, basis: self.bases(&relief.basis) }),
                    payable: self.money(&decided.payable),
                    basis: self.bases(&fee.basis),
                })
            })
            .collect()
    }

    pub(super) fn money(self, amount: &Quantity) -> Money<'a> {
        match amount {
            Quantity::Known(fen) => Money::Known(money(*fen)),
            Quantity::Open { missing, exact } => Money::Open(self.undetermined(missing, *exact)),
            Quantity::CannotCompute(cause) => Money::Open(Undetermined::CannotCompute { cannot_compute: cause.code() }),
        }
    }
}
