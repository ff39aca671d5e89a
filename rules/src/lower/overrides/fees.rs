//! Overrides of fees: lower, or not at all.

use yichuang_engine::{Fee, Formula, Lit, Operand};
use yichuang_forms::money;

use super::super::{Lower, faults};
use super::materials::waiver_words;
use super::pieces::effective_words;
use super::{Override, Target, about, both};

impl<'n> Lower<'n> {
    /// What becomes of a fee: nothing, itself, or several of which one is charged at a time.
    pub(in crate::lower) fn override_fee(&mut self, fee: Fee) -> Vec<Fee> {
        let mut fees = vec![fee.clone()];
        let mut waived = Lit::FALSE;
        for change in self.overriding(Target::Fee, &fee.id) {
            self.lower_amount(&mut fees, &change);
            let Some((node, lit)) = self.waiver(&change) else { continue };
            if lit == Lit::FALSE || waived == Lit::TRUE {
                self.report(faults::changes_nothing(node.span, change.declared()));
            }
            let target = about(("收费", "fee"), &fee.name, ("", ""));
            self.changed(
                target,
                both("收取", "charged"),
                waiver_words(node, &change, ("免收", "waived")),
                &change.basis,
            );
            waived = self.builder.any([waived, lit]);
            fees.iter_mut().for_each(|fee| fee.basis.extend(&change.basis));
        }
        for fee in &mut fees {
            fee.when = self.builder.all([fee.when, !waived]);
        }
        fees.retain(|fee| fee.when != Lit::FALSE);
        fees
    }

    fn lower_amount(&mut self, fees: &mut Vec<Fee>, change: &Override<'n>) {
        let Some(node) = change.fields.get("amount") else { return };
        let Some(amount) = self.money(node) else { return };
        let amount = i128::from(amount);
        let stated = |fee: &Fee| match fee.amount {
            Operand::Number(amount) => Some(amount),
            _ => None,
        };
        let amounts: Option<Vec<i128>> = fees.iter().map(stated).collect();
        let (lowest, highest) =
            amounts.map_or((None, None), |all| (all.iter().min().copied(), all.iter().max().copied()));
        let yuan = money;
        if let Some(lowest) = lowest.filter(|lowest| amount > *lowest) {
            let (zh, en) = (format!("{} 元", yuan(lowest)), format!("{} yuan", yuan(lowest)));
            self.report(faults::stricter(node.span, (zh, en), change.declared()));
            return;
        }
        if Some(amount) == highest {
            self.report(faults::changes_nothing(node.span, change.declared()));
            return;
        }
        let in_force = self.while_effective(change);
        let lowered: Vec<Fee> = fees
            .iter()
            .map(|fee| {
                let basis = fee.basis.iter().chain(&change.basis).copied().collect();
                // Of a computed amount nobody knows beforehand whether it is higher.
                let amount = match fee.amount {
                    Operand::Number(_) => Operand::Number(amount),
                    _ => self.formula(Formula::Min(vec![fee.amount.clone(), Operand::Number(amount)])),
                };
                let payable = self.payable(&amount, &fee.reliefs);
                Fee { amount, payable, basis, when: self.builder.all([fee.when, in_force]), ..fee.clone() }
            })
            .collect();
        if let Some(fee) = lowered.first() {
            let target = about(("收费", "fee"), &fee.name, ("", ""));
            let effective = effective_words(change.fields.get("effective"));
            let new =
                both(format!("{} 元{}", yuan(amount), effective.zh), format!("{} yuan{}", yuan(amount), effective.en));
            let old = match highest {
                Some(highest) => both(format!("{} 元", yuan(highest)), format!("{} yuan", yuan(highest))),
                None => both("按算式", "as computed"),
            };
            self.changed(target, old, new, &change.basis);
        }
        for fee in &mut *fees {
            fee.when = self.builder.all([fee.when, !in_force]);
        }
        fees.extend(lowered);
        fees.retain(|fee| fee.when != Lit::FALSE);
    }
}
