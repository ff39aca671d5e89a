//! Parameters, rules and numbers that change with the date.

use yichuang_engine::{BasisId, Date, Dated, Formula, Lit, Operand};

use super::keys::Fields;
use super::symbols::Definition;
use super::{Lower, faults};
use crate::{Node, Span};

/// A version's first and last day and where each is written; `None` for both if they are faulty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) from: Option<(Date, Span)>,
    pub(super) to: Option<(Date, Span)>,
    pub(super) span: Span,
    pub(super) sound: bool,
}

impl<'n> Lower<'n> {
    pub(super) fn define_param(&mut self, index: usize) -> Definition {
        let Some(param) = self.params.get(index).cloned() else { return Definition::Faulty };
        let fields = &param.fields;
        let number = match (fields.entry("value"), fields.entry("values")) {
            (None, Some(_)) => {
                let basis = if fields.entry("basis").is_some() { self.required_basis(fields) } else { Vec::new() };
                let Some(values) = fields.get("values") else { return Definition::Faulty };
                let dated = self.dated(values, "value", &basis);
                Some(self.dated_operand(&dated))
            }
            (Some(_), None) => {
                self.required_basis(fields);
                fields.get("value").and_then(|value| self.whole(value)).map(Operand::Integer)
            }
            (None, None) | (Some(_), Some(_)) => {
                let headline = ("参数要有「数值」或「各期数值」，两者取一", "a param has either `value` or `values`");
                let help = ("只有一个数写「数值（value）」，按日期变化写「各期数值（values）」", "write one of them");
                self.report(faults::exactly_one(headline, param.span, help));
                None
            }
        };
        number.map_or(Definition::Faulty, Definition::Number)
    }

    pub(super) fn define_rule(&mut self, index: usize) -> Definition {
        let Some(rule) = self.rules.get(index).cloned() else { return Definition::Faulty };
        self.required_basis(&rule.fields);
        let in_force = self.in_force(&rule.fields);
        match (rule.fields.entry("when"), rule.fields.entry("value")) {
            (Some(_), None) => {
                let holds = rule.fields.get("when").map_or(Lit::TRUE, |when| self.condition(when));
                Definition::Condition(self.builder.all([in_force, holds]))
            }
            (None, Some(_)) => {
                let number = rule.fields.get("value").and_then(|value| self.number_node(value));
                if rule.fields.entry("effective").is_some() {
                    self.report(faults::dated_rule(rule.span));
                }
                number.map_or(Definition::Faulty, Definition::Number)
            }
            (Some(_), Some(_)) | (None, None) => {
                let headline = ("规则要有「条件」或「取值」，两者取一", "a rule has either `when` or `value`");
                let help = (
                    "判断是否写「条件（when）」，求数写「取值（value）」",
                    "use `when` for yes or no, `value` for a number",
                );
                self.report(faults::exactly_one(headline, rule.span, help));
                Definition::Faulty
            }
        }
    }

    /// Versions of a number: one mapping, or a list of mappings with `from` and `to`. Holes and
    /// overlaps between versions are reported. `outer` is the basis where a version has none.
    pub(super) fn dated(&mut self, node: &'n Node, value: &'static str, outer: &[BasisId]) -> Vec<Dated> {
        let nodes = if node.items().is_some() { self.list(Some(node)) } else { std::slice::from_ref(node) };
        let mut versions: Vec<(Bounds, Dated)> =
            nodes.iter().filter_map(|node| self.version(node, value, outer)).collect();
        versions.sort_by_key(|(bounds, _)| bounds.from.map(|(date, _)| date));
        for pair in versions.windows(2) {
            if let [(earlier, _), (later, _)] = pair {
                self.check_seam(earlier, later);
            }
        }
        versions.into_iter().map(|(_, dated)| dated).collect()
    }

    fn version(&mut self, node: &'n Node, value: &'static str, outer: &[BasisId]) -> Option<(Bounds, Dated)> {
        if node.text().is_some() {
            let value = self.count(node).map(i64::from).unwrap_or_default();
            let bounds = Bounds { from: None, to: None, span: node.span, sound: true };
            return Some((bounds, Dated { in_force: Lit::TRUE, value, basis: outer.to_vec() }));
        }
        let fields = self.fields(node, &["from", "to", value, "basis"])?;
        let number = self.require(&fields, value).and_then(|node| self.count(node)).map(i64::from);
        let own = outer.is_empty() || fields.entry("basis").is_some();
        let basis = if own { self.required_basis(&fields) } else { outer.to_vec() };
        let bounds = self.read_bounds(&fields);
        let in_force = self.between(&bounds);
        Some((bounds, Dated { in_force, value: number.unwrap_or_default(), basis }))
    }

    /// The literal that the version in these `effective` bounds is in force.
    pub(super) fn in_force(&mut self, fields: &Fields<'n>) -> Lit {
        let Some(node) = fields.get("effective") else { return Lit::TRUE };
        if node.text().is_some() || node.entries().is_some_and(<[crate::Entry]>::is_empty) {
            self.report(faults::no_bounds(node.span));
            return Lit::TRUE;
        }
        let Some(bounds) = self.fields(node, &["from", "to"]) else { return Lit::TRUE };
        let bounds = self.read_bounds(&bounds);
        self.between(&bounds)
    }

    /// `from` and `to`, checked.
    fn read_bounds(&mut self, fields: &Fields<'n>) -> Bounds {
        let [from, to] = ["from", "to"].map(|key| fields.get(key).and_then(|node| Some((self.date(node)?, node.span))));
        let missing = |key: &str, read: bool| fields.entry(key).is_some() && !read;
        let mut sound = !missing("from", from.is_some()) && !missing("to", to.is_some());
        if let (Some((first, span)), Some((last, other))) = (from, to)
            && first > last
        {
            self.report(faults::reversed_period(first, last, span, other));
            sound = false;
        }
        Bounds { from, to, span: fields.span, sound }
    }

    /// The literal that the accepted date lies within the bounds.
    fn between(&mut self, bounds: &Bounds) -> Lit {
        let day = |bound: Option<(Date, Span)>| bound.map(|(date, _)| date);
        match self.accepted_on {
            Some(fact) => self.builder.within(fact, day(bounds.from), day(bounds.to)),
            None => Lit::TRUE,
        }
    }

    fn check_seam(&mut self, earlier: &Bounds, later: &Bounds) {
        if !earlier.sound || !later.sound {
            return;
        }
        let (first, second) = (earlier.to, later.from);
        let places = (second.map_or(later.span, |(_, span)| span), first.map_or(earlier.span, |(_, span)| span));
        match (first, second) {
            (Some((to, _)), Some((from, _))) if to.tomorrow() == Some(from) => {}
            (Some((to, _)), Some((from, _))) if to < from => {
                self.report(faults::period_hole(to, from, places.0, places.1));
            }
            _ => self.report(faults::period_overlap(places.0, places.1)),
        }
    }

    /// The number in force; outside all versions it cannot be computed.
    pub(super) fn dated_operand(&mut self, versions: &[Dated]) -> Operand {
        if let [Dated { in_force: Lit::TRUE, value, .. }] = versions {
            return Operand::Integer(*value);
        }
        let mut number = Operand::Value(self.builder.value(Formula::Nothing));
        for version in versions.iter().rev() {
            let choose = Formula::Choose(version.in_force, Operand::Integer(version.value), number);
            number = Operand::Value(self.builder.value(choose));
        }
        number
    }
}
