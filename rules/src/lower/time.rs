//! Promised period, steps, tolerance, fees, documents.

use yichuang_engine::{
    Document, Fee, Formula, Ground, Item, JointPlan, Lit, Material, Operand, Plan, Promise, Relief, Rounding, Step,
    Text, Tolerance, VerdictLits,
};

use super::overrides::about;
use super::units::Unit;
use super::{Lower, faults};
use crate::Node;

/// When a document belongs to a case.
#[derive(Clone, Copy)]
enum Occasion {
    Application,
    Accepted,
    NotCompetent,
    NotRequired,
    Correction,
    Tolerance,
    CopyNotice,
}

impl<'n> Lower<'n> {
    /// The joint plan, the promised period and the steps.
    pub(super) fn lower_periods(&mut self) -> (Option<JointPlan>, Option<Promise>, Plan) {
        let joint = self.lower_joint();
        let promise = self.lower_promise(joint.as_ref());
        (joint, promise, self.lower_plan().unwrap_or_default())
    }

    /// The promised period; without one a joint plan takes as long as it takes.
    fn lower_promise(&mut self, joint: Option<&JointPlan>) -> Option<Promise> {
        if let (false, Some(plan)) = (self.top.contains_key("promised"), joint) {
            return Some(Promise { days: plan.days, basis: plan.basis.clone() });
        }
        let sections = ["items", "pack"].into_iter().filter_map(|key| self.top.get(key));
        let mut spans = sections.map(|entry| entry.key_span).filter(|span| self.layer(*span) == self.own_layer());
        let promised = self.top.contains_key("promised") || self.is_template();
        if let (false, Some(span)) = (promised, spans.next()) {
            self.warnings.push(faults::no_promise(span));
        }
        let fields = self.section_fields("promised", &["days", "basis"])?;
        let basis = self.required_basis(&fields);
        let node = self.require(&fields, "days")?;
        let number = self.number_node(node)?;
        let days = self.count_in(number, "工作日", node.span)?;
        self.promise_changed();
        let days = match self.no_longer(node, days) {
            Operand::Value(value) => value,
            other => self.builder.value(Formula::Of(other)),
        };
        Some(Promise { days, basis })
    }

    fn lower_plan(&mut self) -> Option<Plan> {
        let fields = self.section_fields("plan", &["scaled", "steps", "basis"])?;
        let mut seen = std::collections::BTreeMap::new();
        let (mut steps, mut stated) = (Vec::new(), Some(0));
        for node in self.required_list(&fields, "steps") {
            let Some(step) = self.fields(node, &["id", "name", "days"]) else { continue };
            let Some((id, _)) = self.declared_id(&step, &mut seen) else { continue };
            let name = self.required_text(&step, "name");
            let days = self.require(&step, "days").and_then(|node| self.count(node));
            stated = stated.zip(days).map(|(sum, days)| sum + u32::from(days));
            steps.push(Step { id, name, days: days.unwrap_or(0) });
        }
        let basis = self.required_basis(&fields);
        let scaled = self.flag(fields.get("scaled"));
        if let Some(entry) = fields.entry("steps").filter(|_| scaled && !steps.is_empty() && stated == Some(0)) {
            self.report(faults::no_days(entry.key_span));
        }
        Some(Plan { scaled, steps, basis })
    }

    pub(super) fn lower_tolerance(&mut self, materials: &[Material]) -> Option<Tolerance> {
        let allowed = ["limit", "supplement_days", "excluded_if", "basis"];
        let fields = self.section_fields("tolerance", &allowed)?;
        let limit = self.require(&fields, "limit").and_then(|node| self.count(node)).unwrap_or(0);
        let supplement_days = self.require(&fields, "supplement_days").and_then(|node| self.count(node)).unwrap_or(0);
        let excluded = fields.get("excluded_if").map_or(Lit::FALSE, |node| self.condition(node));
        let basis = self.required_basis(&fields);
        let excluded = self.no_narrower(&fields, [limit, supplement_days], excluded, &basis);
        let missing: Vec<Lit> = materials.iter().map(|material| material.missing).collect();
        let main: Vec<Lit> =
            materials.iter().filter(|material| !material.deferrable).map(|material| material.missing).collect();
        let open = self.builder.any(missing.iter().copied());
        let main_missing = self.builder.any(main);
        let too_many = self.builder.at_least(limit.saturating_add(1), missing);
        let allowed = self.builder.all([open, !main_missing, !too_many, !excluded]);
        Some(Tolerance { open, main_missing, too_many, excluded, allowed, limit, supplement_days, basis })
    }

    /// The fees, what is due in all and what is payable in all.
    pub(super) fn lower_fees(&mut self) -> (Vec<Fee>, Operand, Operand) {
        let mut fees = Vec::new();
        for declared in self.declarations("fees", &["id", "name", "class", "amount", "relief", "when", "basis"]) {
            let fields = &declared.fields;
            let amount = self.require(fields, "amount").and_then(|node| self.fee_amount(node));
            let amount = amount.unwrap_or(Operand::Number(0));
            let when = fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            let class = self.optional_text(fields, "class");
            let reliefs = fields.entry("relief").map(|entry| self.reliefs(entry)).unwrap_or_default();
            let basis = self.required_basis(fields);
            if amount != Operand::Number(0) {
                self.added(
                    declared.span,
                    about(("收费", "fee"), &declared.name, ("", "")),
                    &Text::default(),
                    &[&basis],
                );
            }
            let payable = self.payable(&amount, &reliefs);
            let fee = Fee { id: declared.id, name: declared.name, class, amount, payable, when, reliefs, basis };
            fees.extend(self.override_fee(fee));
        }
        let [due, payable] = [|fee: &Fee| fee.amount.clone(), |fee: &Fee| fee.payable.clone()]
            .map(|amount: fn(&Fee) -> Operand| self.fee_total(&fees, amount));
        (fees, due, payable)
    }

    /// The amount of a fee in fen: 元 with two places, or a calculation that gives 元.
    fn fee_amount(&mut self, node: &'n Node) -> Option<Operand> {
        let is_plain = |c: char| c.is_ascii_digit() || c == '.';
        if node.text().is_none_or(|text| text.trim().chars().all(is_plain) || text.trim().ends_with('元')) {
            return self.money(node).map(|fen| Operand::Number(fen.into()));
        }
        let number = self.number_node(node)?;
        let unit = number.unit();
        if !unit.is_plain() && unit != Unit::of("元") {
            self.report(faults::wrong_unit(&unit.shown(), "元", node.span));
            return None;
        }
        let Some(missing) = 2_u8.checked_sub(number.places) else {
            self.report(faults::round_to_fen(node.span));
            return None;
        };
        Some(match self.shifted(number.of, missing) {
            Operand::Fact(fact) => Operand::Value(self.builder.value(Formula::Of(Operand::Fact(fact)))),
            amount => amount,
        })
    }

    /// What remains of an amount after relief, rounded to whole fen, half of one upwards.
    pub(super) fn payable(&mut self, amount: &Operand, reliefs: &[Relief]) -> Operand {
        let mut payable = amount.clone();
        for relief in reliefs.iter().rev() {
            let paid = Operand::Number(i128::from(100_u16.saturating_sub(relief.percent)));
            let hundredths = self.formula(Formula::Multiply(amount.clone(), paid));
            let rest = self.formula(Formula::Quotient(hundredths, Operand::Number(100), Rounding::HalfUp));
            payable = match relief.when {
                Lit::TRUE => rest,
                when => Operand::Value(self.builder.value(Formula::Choose(when, rest, payable))),
            };
        }
        payable
    }

    /// The sum of an amount over the fees that are charged.
    fn fee_total(&mut self, fees: &[Fee], amount: fn(&Fee) -> Operand) -> Operand {
        match fees {
            [] => Operand::Number(0),
            [only] if only.when == Lit::TRUE => amount(only),
            fees => {
                let parts = fees.iter().map(|fee| (fee.when, amount(fee))).collect();
                Operand::Value(self.builder.value(Formula::SumIf(parts)))
            }
        }
    }

    /// One relief or several, of which the first that holds is granted.
    fn reliefs(&mut self, entry: &'n crate::Entry) -> Vec<Relief> {
        let node = &entry.value;
        let nodes = if node.items().is_some() { self.list(Some(node)) } else { std::slice::from_ref(node) };
        let (mut earlier, mut reliefs) = (Vec::new(), Vec::new());
        for (index, one) in nodes.iter().enumerate() {
            let Some(fields) = self.fields(one, &["percent", "when", "basis"]) else { continue };
            if fields.entry("when").is_none() && index + 1 < nodes.len() {
                self.report(faults::unreachable_relief(fields.span, entry.key_span));
            }
            let percent = self.require(&fields, "percent").and_then(|node| self.percent(node)).unwrap_or(0);
            let holds = fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            let when = self.builder.all(earlier.iter().map(|lit: &Lit| !*lit).chain([holds]));
            earlier.push(holds);
            reliefs.push(Relief { percent, when, basis: self.required_basis(&fields) });
        }
        reliefs
    }

    /// A whole number from 0 to 100, with or without the sign.
    fn percent(&mut self, node: &'n Node) -> Option<u16> {
        let written = self.word(node)?.trim();
        let percent = written.trim_end_matches(['%', '％']).trim_end().parse().ok().filter(|percent| *percent <= 100);
        if percent.is_none() {
            self.report(faults::not_a_percentage(written, node.span));
        }
        percent
    }

    pub(super) fn pay_after_service(&mut self) -> bool {
        let node = self.section("pay_after_service");
        self.flag(node)
    }

    /// An amount in 元 with at most two places, as fen.
    pub(super) fn money(&mut self, node: &'n Node) -> Option<i64> {
        let written = self.word(node)?.trim();
        let amount = fen(written);
        if amount.is_none() {
            self.report(faults::not_an_amount(written, node.span));
        }
        amount
    }

    pub(super) fn lower_documents(
        &mut self,
        verdict: &VerdictLits,
        items: &[Item],
        not_required: &[Ground],
        not_competent: &[Ground],
        tolerance: Option<&Tolerance>,
    ) -> Vec<Document> {
        let words = [
            ("application", "申请", Occasion::Application),
            ("accepted", "受理", Occasion::Accepted),
            ("not_competent", "不予受理", Occasion::NotCompetent),
            ("not_required", "不受理", Occasion::NotRequired),
            ("correction", "补正", Occasion::Correction),
            ("tolerance", "容缺", Occasion::Tolerance),
            ("copy_notice", "抄告", Occasion::CopyNotice),
        ];
        let going: Vec<Lit> = items.iter().map(|item| item.going).collect();
        let going = self.builder.any(going);
        let others = items.iter().filter(|item| item.authority > 0).map(|item| item.going);
        let handled_by_others = self.builder.any(others);
        let holding = |lower: &mut Self, grounds: &[Ground]| {
            let lits: Vec<Lit> = grounds.iter().map(|ground| ground.condition.holds).collect();
            lower.builder.any(lits)
        };
        let (no_licence, other_authority) = (holding(self, not_required), holding(self, not_competent));
        let tolerated = tolerance.map_or(Lit::FALSE, |tolerance| tolerance.allowed);
        let corrected = self.builder.all([going, verdict.correctable, !tolerated]);
        let mut documents = Vec::new();
        for declared in self.declarations("documents", &["id", "name", "at", "when"]) {
            let Some(at) = self.require(&declared.fields, "at").and_then(|node| self.choice(node, &words)) else {
                continue;
            };
            let (when, unless) = match at {
                Occasion::Application => (going, Lit::FALSE),
                Occasion::Accepted => (going, corrected),
                Occasion::NotCompetent => (other_authority, Lit::FALSE),
                Occasion::NotRequired => (no_licence, Lit::FALSE),
                Occasion::Correction => (corrected, Lit::FALSE),
                Occasion::Tolerance => (tolerated, Lit::FALSE),
                Occasion::CopyNotice => (handled_by_others, Lit::FALSE),
            };
            let when = match declared.fields.get("when") {
                Some(node) => {
                    let also = self.condition(node);
                    self.builder.all([when, also])
                }
                None => when,
            };
            documents.push(Document { id: declared.id, name: declared.name, when, unless });
        }
        documents
    }
}

fn fen(written: &str) -> Option<i64> {
    let (yuan, places) = written.split_once('.').unwrap_or((written, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if yuan.is_empty() || !digits(yuan) || !digits(places) || places.len() > 2 {
        return None;
    }
    let fen: i64 = format!("{places:0<2}").parse().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen)
}
