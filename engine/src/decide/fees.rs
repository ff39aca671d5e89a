//! What is due, what of it is relieved and what is paid, in fen.

use alloc::vec::Vec;

use super::Desk;
use crate::{Cause, Fee, FeeDecision, Fees, Operand, Quantity};

impl Desk<'_> {
    /// The fees that are certainly charged, and their totals; what an open one hangs on is counted.
    pub(super) fn fees(&mut self) -> Fees {
        let pack = self.pack;
        let mut charged = Vec::new();
        for (place, fee) in pack.fees.iter().enumerate() {
            if self.finding(fee.when).is(true) {
                charged.push(self.fee(place, fee));
            }
        }
        Fees { charged, due_total: self.amount(&pack.due_total), payable_total: self.amount(&pack.payable_total) }
    }

    fn fee(&mut self, place: usize, fee: &Fee) -> FeeDecision {
        FeeDecision {
            fee: place,
            due: self.amount(&fee.amount),
            relief: fee.reliefs.iter().position(|relief| self.search.finding(relief.when).is(true)),
            payable: self.amount(&fee.payable),
        }
    }

    fn amount(&mut self, amount: &Operand) -> Quantity {
        match amount {
            Operand::Number(fen) => Quantity::Known(*fen),
            Operand::Value(value) => self.quantity(*value),
            Operand::Date(_) | Operand::Fact(_) => Quantity::CannotCompute(Cause::NoSuchPart),
        }
    }
}
