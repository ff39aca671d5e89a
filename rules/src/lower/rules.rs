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
use super::versions::{Version, Whose};
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
struct DatedNumber {
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
        let whose = Whose { what: "param", id: &param.id, name: &param.name };
        let is_date = self.is_date_param(fields);
        let Some((values, places)) = self.param_values(whose, fields, param.span, &[], is_date) else {
            return Definition::Faulty;
        };
        let of = self.dated_operand(&values);
        let number = self.override_param(index, Num::new(of, places, unit), is_date);
        if !is_date {
            return Definition::Number(number);
        }
        // A date is computed with as its days.
        let day = |days: &i128| i32::try_from(*days).ok().and_then(Date::from_days);
        match number.of {
            Operand::Number(days) => day(&days).map_or(Definition::Faulty, |day| Definition::Date(Operand::Date(day))),
            of => Definition::Date(of),
        }
    }

    /// Whether a param is a date; only a number has a unit.
    fn is_date_param(&mut self, fields: &Fields<'n>) -> bool {
        let words = [("number", "数", false), ("date", "日期", true)];
        let is_date = fields.get("type").and_then(|node| self.choice(node, &words)).unwrap_or(false);
        if let Some(entry) = fields.entry("unit").filter(|_| is_date) {
            self.report(faults::unit_of_date(entry.key_span));
        }
        is_date
    }

    /// A day as the number of its days.
    fn days_of_date(&mut self, node: &'n Node) -> Option<(i128, u8)> {
        self.date(node).map(|date| (date.to_days().into(), 0))
    }

    /// The numbers of a param in their smallest place, when each is in force, and how many places
    /// they have; dates are the numbers of their days. `outer` is the basis where none is written.
    pub(super) fn param_values(
        &mut self,
        whose: Whose<'_>,
        fields: &Fields<'n>,
        span: Span,
        outer: &[BasisId],
        is_date: bool,
    ) -> Option<(Vec<(Lit, i128)>, u8)> {
        let read: Read<'n> = if is_date { Lower::days_of_date } else { Lower::decimal };
        match (fields.entry("value"), fields.entry("values")) {
            (None, Some(_)) => {
                let own = outer.is_empty() && fields.entry("basis").is_some();
                let basis = if own { self.required_basis(fields) } else { outer.to_vec() };
                let values = fields.get("values")?;
                let versions = self.dated_numbers(whose, values, ("value", read), &basis, Lit::TRUE);
                let places = versions.iter().map(|version| version.places).max().unwrap_or(0);
                let raised = |version: &DatedNumber| {
                    let factor = power_of_ten(places - version.places).unwrap_or(1);
                    (version.in_force, version.value.saturating_mul(factor))
                };
                Some((versions.iter().map(raised).collect(), places))
            }
            (Some(_), None) => {
                if outer.is_empty() {
                    self.required_basis(fields);
                }
                let (value, places) = fields.get("value").and_then(|value| read(self, value))?;
                Some((vec![(Lit::TRUE, value)], places))
            }
            (None, None) | (Some(_), Some(_)) => {
                let headline = ("参数要有「数值」或「各期数值」，两者取一", "a param has either `value` or `values`");
                let help = ("只有一个数写「数值（value）」，按日期变化写「各期数值（values）」", "write one of them");
                self.report(faults::exactly_one(headline, span, help));
                None
            }
        }
    }

    pub(super) fn define_rule(&mut self, index: usize) -> Definition {
        let Some(rule) = self.rules.get(index).cloned() else { return Definition::Faulty };
        let principle = self.principle(index, &rule);
        self.with_exceptions(&rule, principle)
    }

    /// A rule without its exceptions.
    fn principle(&mut self, index: usize, rule: &Declared<'n>) -> Definition {
        let whose = Whose { what: "rule", id: &rule.id, name: &rule.name };
        let versions = self.versions(whose, &rule.fields, &["when", "value"], Lit::TRUE);
        let bases = (self.own_basis(&rule.fields), self.version_bases(&rule.fields, &versions));
        self.rule_bases.insert(index, bases);
        let all = |key: &str, other: &str| {
            let only =
                |version: &Version<'_>| version.fields.entry(key).is_some() && version.fields.entry(other).is_none();
            versions.iter().all(only)
        };
        if versions.is_empty() {
            Definition::Faulty
        } else if all("when", "value") {
            let holds = self.rule_condition(&versions);
            self.not_encoded(whose, &rule.fields, holds);
            Definition::Condition(holds)
        } else if all("value", "when") {
            self.not_encoded(whose, &rule.fields, Lit::TRUE);
            self.rule_value(index, &versions).unwrap_or(Definition::Faulty)
        } else {
            let headline = ("规则要有「条件」或「取值」，两者取一", "a rule has either `when` or `value`");
            let help = (
                "判断是否写「条件（when）」，求数写「取值（value）」；各期要写同一种",
                "use `when` for yes or no, `value` for a number, the same in all versions",
            );
            self.report(faults::exactly_one(headline, rule.span, help));
            Definition::Faulty
        }
    }

    fn rule_condition(&mut self, versions: &[Version<'n>]) -> Lit {
        let mut held = Vec::new();
        for version in versions {
            let holds = version.fields.get("when").map_or(Lit::TRUE, |when| self.condition(when));
            held.push((version.in_force, holds));
        }
        self.in_some_version(held)
    }

    /// The value of a rule: a number, a date or one of its options. Outside its versions there is none.
    fn rule_value(&mut self, index: usize, versions: &[Version<'n>]) -> Option<Definition> {
        let in_force: Vec<Lit> = versions.iter().map(|version| version.in_force).collect();
        let mut exprs = Vec::new();
        for version in versions {
            exprs.push(self.expression(version.fields.get("value")?)?);
        }
        if self.rule_options.contains_key(&index) {
            let options = self.rule_options(index);
            let chosen: Option<Vec<Operand>> = exprs.iter().map(|expr| self.chosen_option(expr, &options)).collect();
            return Some(Definition::Chosen(self.operand_in_force(&in_force, chosen?), index));
        }
        let (mut numbers, mut dates, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        for expr in &exprs {
            let typed = self.known(expr)?;
            let kind = typed.kind();
            match typed {
                Typed::Number(number) if dates.is_empty() => numbers.push(number),
                Typed::Date(date) if numbers.is_empty() => dates.push(date),
                _ => {
                    return self.wrong_type(
                        expr.span,
                        if dates.is_empty() { faults::NUMBER } else { faults::DATE },
                        kind,
                    );
                }
            }
            spans.push(expr.span);
        }
        if numbers.is_empty() {
            return Some(Definition::Date(self.operand_in_force(&in_force, dates)));
        }
        let (numbers, places, unit) = self.all_aligned(numbers, &spans)?;
        let of = self.operand_in_force(&in_force, numbers);
        Some(Definition::Number(Num { of, places, by: None, unit }))
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
            let (basis, versions) = self.rule_bases.get(&index).cloned().unwrap_or_default();
            let shown = self.flag(rule.fields.get("shown"));
            if shown {
                self.used.symbols.insert(Symbol::Rule(index));
            }
            rules.push(Rule { id: rule.id, name: rule.name, kind, shown, result, basis, versions });
        }
        self.lower_table_rules(&mut rules);
        rules
    }

    /// What a rule gives, and of which type it is.
    pub(super) fn derived(&mut self, definition: Definition) -> Option<(FactKind, Derived)> {
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
    /// overlaps between versions are reported. `outer` is the basis where a version has none. While
    /// `concerns` holds the citizen is told when the versions have run out.
    pub(super) fn dated(
        &mut self,
        whose: Whose<'_>,
        node: &'n Node,
        value: &'static str,
        outer: &[BasisId],
        concerns: Lit,
    ) -> Vec<Dated> {
        let count = |lower: &mut Self, node: &'n Node| lower.count(node).map(|count| (i128::from(count), 0));
        let numbers = self.dated_numbers(whose, node, (value, count), outer, concerns).into_iter();
        numbers
            .map(|number| Dated {
                in_force: number.in_force,
                value: i64::try_from(number.value).unwrap_or_default(),
                basis: number.basis,
            })
            .collect()
    }

    /// Versions of a number under a key, as `read` reads it.
    fn dated_numbers(
        &mut self,
        whose: Whose<'_>,
        node: &'n Node,
        (key, read): (&'static str, Read<'n>),
        outer: &[BasisId],
        concerns: Lit,
    ) -> Vec<DatedNumber> {
        let nodes = if node.items().is_some() { self.list(Some(node)) } else { std::slice::from_ref(node) };
        let mut versions: Vec<(Bounds, DatedNumber)> =
            nodes.iter().filter_map(|node| self.dated_number(node, key, outer, read)).collect();
        self.in_order(&mut versions);
        self.note_end(whose, versions.last().map(|(bounds, _)| bounds), concerns);
        versions.into_iter().map(|(_, number)| number).collect()
    }

    /// Puts versions in the order of time and checks the seams between them.
    pub(super) fn in_order<T>(&mut self, versions: &mut [(Bounds, T)]) {
        versions.sort_by_key(|(bounds, _)| bounds.from.map(|(date, _)| date));
        for pair in versions.windows(2) {
            if let [(earlier, _), (later, _)] = pair {
                self.check_seam(earlier, later);
            }
        }
    }

    fn dated_number(
        &mut self,
        node: &'n Node,
        value: &'static str,
        outer: &[BasisId],
        read: Read<'n>,
    ) -> Option<(Bounds, DatedNumber)> {
        if node.text().is_some() {
            let (value, places) = read(self, node).unwrap_or_default();
            let bounds = Bounds { from: None, to: None, span: node.span, sound: true };
            return Some((bounds, DatedNumber { in_force: Lit::TRUE, value, places, basis: outer.to_vec() }));
        }
        let fields = self.fields(node, &["from", "to", value, "basis"])?;
        let number = self.require(&fields, value).and_then(|node| read(self, node));
        let own = outer.is_empty() || fields.entry("basis").is_some();
        let basis = if own { self.required_basis(&fields) } else { outer.to_vec() };
        let bounds = self.read_bounds(&fields);
        let in_force = self.between(&bounds);
        let (value, places) = number.unwrap_or_default();
        Some((bounds, DatedNumber { in_force, value, places, basis }))
    }

    /// The literal that an entry is in force within its `effective`.
    pub(super) fn in_force(&mut self, whose: Whose<'_>, fields: &Fields<'n>) -> Lit {
        let Some(bounds) = self.effective(fields) else { return Lit::TRUE };
        self.note_end(whose, Some(&bounds), Lit::FALSE);
        self.between(&bounds)
    }

    /// The bounds in `effective`.
    pub(super) fn effective(&mut self, fields: &Fields<'n>) -> Option<Bounds> {
        let node = fields.get("effective")?;
        if node.text().is_some() || node.entries().is_some_and(<[crate::Entry]>::is_empty) {
            self.report(faults::no_bounds(node.span));
            return None;
        }
        let bounds = self.fields(node, &["from", "to"])?;
        Some(self.read_bounds(&bounds))
    }

    /// `from` and `to`, checked.
    pub(super) fn read_bounds(&mut self, fields: &Fields<'n>) -> Bounds {
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
    pub(super) fn between(&mut self, bounds: &Bounds) -> Lit {
        let day = |bound: Option<(Date, Span)>| bound.map(|(date, _)| date);
        match &self.version_date {
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
        let (in_force, values): (Vec<Lit>, Vec<Operand>) =
            versions.iter().map(|(in_force, value)| (*in_force, Operand::Number(*value))).unzip();
        self.operand_in_force(&in_force, values)
    }

    pub(super) fn operand_in_force(&mut self, in_force: &[Lit], mut versions: Vec<Operand>) -> Operand {
        if let ([Lit::TRUE], Some(only)) = (in_force, versions.first()) {
            return only.clone();
        }
        let mut chosen = Operand::Value(self.builder.value(Formula::Nothing));
        for in_force in in_force.iter().rev() {
            let Some(version) = versions.pop() else { break };
            chosen = Operand::Value(self.builder.value(Formula::Choose(*in_force, version, chosen)));
        }
        chosen
    }
}
