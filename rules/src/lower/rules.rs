//! Parameters, rules and numbers that change with the date.

use yichuang_engine::{
    BasisId, Date, Dated, Derived, FactKind, FactOption, Formula, Lit, NumberShape, Operand, Rule, Text, power_of_ten,
};
use yichuang_forms::{MOST_PLACES, NumberFault, parse_number};

use super::declare::Declared;
use super::keys::Fields;
use super::number::Num;
use super::operand::Typed;
use super::symbols::{Definition, Symbol};
use super::units::Unit;
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

/// A number with the time in which it holds.
#[derive(Clone, Debug)]
struct Version {
    in_force: Lit,
    value: i128,
    places: u8,
    basis: Vec<BasisId>,
}

/// How a number of a version is read: in its smallest place, and how many places it has.
type Read<'n> = fn(&mut Lower<'n>, &'n Node) -> Option<(i128, u8)>;

impl<'n> Lower<'n> {
    pub(super) fn define_param(&mut self, index: usize) -> Definition {
        let Some(param) = self.params.get(index).cloned() else { return Definition::Faulty };
        let fields = &param.fields;
        let unit = fields.get("unit").and_then(|node| self.word(node)).map(Unit::parse).unwrap_or_default();
        let number = match (fields.entry("value"), fields.entry("values")) {
            (None, Some(_)) => {
                let basis = if fields.entry("basis").is_some() { self.required_basis(fields) } else { Vec::new() };
                let Some(values) = fields.get("values") else { return Definition::Faulty };
                let versions = self.versions(values, "value", &basis, Lower::decimal);
                let places = versions.iter().map(|version| version.places).max().unwrap_or(0);
                let raised = |version: &Version| {
                    let factor = power_of_ten(places - version.places).unwrap_or(1);
                    (version.in_force, version.value.saturating_mul(factor))
                };
                let values: Vec<(Lit, i128)> = versions.iter().map(raised).collect();
                Some((self.dated_operand(&values), places))
            }
            (Some(_), None) => {
                self.required_basis(fields);
                let value = fields.get("value").and_then(|value| self.decimal(value));
                value.map(|(value, places)| (Operand::Number(value), places))
            }
            (None, None) | (Some(_), Some(_)) => {
                let headline = ("参数要有「数值」或「各期数值」，两者取一", "a param has either `value` or `values`");
                let help = ("只有一个数写「数值（value）」，按日期变化写「各期数值（values）」", "write one of them");
                self.report(faults::exactly_one(headline, param.span, help));
                None
            }
        };
        number.map_or(Definition::Faulty, |(of, places)| Definition::Number(Num::new(of, places, unit)))
    }

    pub(super) fn define_rule(&mut self, index: usize) -> Definition {
        let Some(rule) = self.rules.get(index).cloned() else { return Definition::Faulty };
        let principle = self.principle(index, &rule);
        self.with_exceptions(&rule, principle)
    }

    /// A rule without its exceptions.
    fn principle(&mut self, index: usize, rule: &Declared<'n>) -> Definition {
        let basis = self.required_basis(&rule.fields);
        self.rule_bases.insert(index, basis);
        let in_force = self.in_force(&rule.fields);
        match (rule.fields.entry("when"), rule.fields.entry("value")) {
            (Some(_), None) => {
                let holds = rule.fields.get("when").map_or(Lit::TRUE, |when| self.condition(when));
                Definition::Condition(self.builder.all([in_force, holds]))
            }
            (None, Some(_)) => self.rule_value(index, &rule.fields, in_force).unwrap_or(Definition::Faulty),
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

    /// The value of a rule: a number, a date or one of its options. Outside its period there is none.
    fn rule_value(&mut self, index: usize, fields: &Fields<'n>, in_force: Lit) -> Option<Definition> {
        let expr = self.expression(fields.get("value")?)?;
        if fields.entry("options").is_some() {
            let options = self.rule_options(index);
            let chosen = self.chosen_option(&expr, &options)?;
            return Some(Definition::Chosen(self.while_in_force(chosen, in_force), index));
        }
        match self.known(&expr)? {
            Typed::Number(number) => {
                let number = self.whole_part(number, expr.span)?;
                let of = self.while_in_force(number.of.clone(), in_force);
                Some(Definition::Number(Num { of, ..number }))
            }
            Typed::Date(date) => Some(Definition::Date(self.while_in_force(date, in_force))),
            other => self.wrong_type(expr.span, faults::NUMBER, other.kind()),
        }
    }

    fn while_in_force(&mut self, of: Operand, in_force: Lit) -> Operand {
        if in_force == Lit::TRUE {
            return of;
        }
        let nothing = Operand::Value(self.builder.value(Formula::Nothing));
        Operand::Value(self.builder.value(Formula::Choose(in_force, of, nothing)))
    }

    /// Reads the options of the rules that give one.
    pub(super) fn declare_rule_options(&mut self) {
        for (index, rule) in self.rules.clone().iter().enumerate() {
            if rule.fields.entry("options").is_some() {
                let options = self.declared_options(rule, &["id", "name", "hint"]);
                self.rule_options.insert(index, options);
            }
        }
    }

    pub(super) fn rule_options(&self, index: usize) -> Vec<FactOption> {
        self.rule_options.get(&index).cloned().unwrap_or_default()
    }

    /// A number with as many places as it is written with.
    fn decimal(&mut self, node: &'n Node) -> Option<(i128, u8)> {
        let written = self.word(node)?.trim();
        let fraction = written.split_once('.').map_or("", |(_, fraction)| fraction).trim_end_matches('0');
        let places = u8::try_from(fraction.len()).ok().filter(|places| *places <= MOST_PLACES).unwrap_or(MOST_PLACES);
        if parse_number(written, places) == Err(NumberFault::NotANumber) {
            self.report(faults::not_numeric(written, node.span));
            return None;
        }
        Some((self.stated(node, places)?, places))
    }

    /// The rules with their names, once every one is compiled.
    pub(super) fn lower_rules(&mut self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (index, rule) in self.rules.clone().into_iter().enumerate() {
            let Some(definition) = self.definitions.get(&Symbol::Rule(index)).cloned() else { continue };
            let Some((kind, result)) = self.derived(definition) else { continue };
            let basis = self.rule_bases.get(&index).cloned().unwrap_or_default();
            rules.push(Rule { id: rule.id, name: rule.name, kind, result, basis });
        }
        rules
    }

    /// What a rule gives, and of which type it is.
    fn derived(&mut self, definition: Definition) -> Option<(FactKind, Derived)> {
        let (kind, of) = match definition {
            Definition::Condition(lit) => return Some((FactKind::Bool, Derived::Condition(lit))),
            Definition::Number(Num { of, places, unit, .. }) => {
                let unit = unit.filter(|unit| !unit.is_plain()).map_or_else(String::new, |unit| unit.shown());
                let shape = if places == 0 { NumberShape::Integer } else { NumberShape::Decimal };
                let unit = Text { zh: unit, en: String::new() };
                (FactKind::Number { shape, places, unit, min: None, max: None }, of)
            }
            Definition::Date(of) => (FactKind::Date, of),
            Definition::Chosen(of, rule) => (FactKind::Choice(self.rule_options(rule)), of),
            Definition::Faulty => return None,
        };
        let value = match of {
            Operand::Value(value) => value,
            of => self.builder.value(Formula::Of(of)),
        };
        Some((kind, Derived::Number(value)))
    }

    /// Versions of a count: one mapping, or a list of mappings with `from` and `to`. Holes and
    /// overlaps between versions are reported. `outer` is the basis where a version has none.
    pub(super) fn dated(&mut self, node: &'n Node, value: &'static str, outer: &[BasisId]) -> Vec<Dated> {
        let count = |lower: &mut Self, node: &'n Node| lower.count(node).map(|count| (i128::from(count), 0));
        let versions = self.versions(node, value, outer, count).into_iter();
        versions
            .map(|version| Dated {
                in_force: version.in_force,
                value: i64::try_from(version.value).unwrap_or_default(),
                basis: version.basis,
            })
            .collect()
    }

    /// Versions of a number, as `read` reads it.
    fn versions(&mut self, node: &'n Node, value: &'static str, outer: &[BasisId], read: Read<'n>) -> Vec<Version> {
        let nodes = if node.items().is_some() { self.list(Some(node)) } else { std::slice::from_ref(node) };
        let mut versions: Vec<(Bounds, Version)> =
            nodes.iter().filter_map(|node| self.version(node, value, outer, read)).collect();
        versions.sort_by_key(|(bounds, _)| bounds.from.map(|(date, _)| date));
        for pair in versions.windows(2) {
            if let [(earlier, _), (later, _)] = pair {
                self.check_seam(earlier, later);
            }
        }
        versions.into_iter().map(|(_, version)| version).collect()
    }

    fn version(
        &mut self,
        node: &'n Node,
        value: &'static str,
        outer: &[BasisId],
        read: Read<'n>,
    ) -> Option<(Bounds, Version)> {
        if node.text().is_some() {
            let (value, places) = read(self, node).unwrap_or_default();
            let bounds = Bounds { from: None, to: None, span: node.span, sound: true };
            return Some((bounds, Version { in_force: Lit::TRUE, value, places, basis: outer.to_vec() }));
        }
        let fields = self.fields(node, &["from", "to", value, "basis"])?;
        let number = self.require(&fields, value).and_then(|node| read(self, node));
        let own = outer.is_empty() || fields.entry("basis").is_some();
        let basis = if own { self.required_basis(&fields) } else { outer.to_vec() };
        let bounds = self.read_bounds(&fields);
        let in_force = self.between(&bounds);
        let (value, places) = number.unwrap_or_default();
        Some((bounds, Version { in_force, value, places, basis }))
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

    /// The literal that the date that selects versions lies within the bounds.
    fn between(&mut self, bounds: &Bounds) -> Lit {
        let day = |bound: Option<(Date, Span)>| bound.map(|(date, _)| date);
        match &self.versions {
            Some(versions) => self.builder.within(versions.date, day(bounds.from), day(bounds.to)),
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
    pub(super) fn dated_operand(&mut self, versions: &[(Lit, i128)]) -> Operand {
        if let [(Lit::TRUE, value)] = versions {
            return Operand::Number(*value);
        }
        let mut number = Operand::Value(self.builder.value(Formula::Nothing));
        for (in_force, value) in versions.iter().rev() {
            let choose = Formula::Choose(*in_force, Operand::Number(*value), number);
            number = Operand::Value(self.builder.value(choose));
        }
        number
    }
}
