//! Parameters, rules and numbers that change with the date.

use yichuang_engine::{BasisId, Date, Dated, Formula, Lit, Operand};

use super::Lower;
use super::keys::Fields;
use super::symbols::Definition;
use crate::{Code, Diagnostic, Node, Span};

/// A version's bounds with the place where they are written.
type Bounds = (Option<Date>, Option<Date>, Span);

impl<'n> Lower<'n> {
    pub(super) fn define_param(&mut self, index: usize) -> Definition {
        let Some(fields) = self.params.get(index).map(|param| param.fields.clone()) else { return Definition::Faulty };
        let number = if let Some(values) = fields.get("values") {
            let dated = self.dated(values, "value", &[]);
            self.dated_operand(&dated)
        } else {
            self.required_basis(&fields);
            let Some(value) = self.require(&fields, "value") else { return Definition::Faulty };
            let Some(value) = self.whole(value) else { return Definition::Faulty };
            Operand::Integer(value)
        };
        Definition::Number(number)
    }

    pub(super) fn define_rule(&mut self, index: usize) -> Definition {
        let Some(rule) = self.rules.get(index).cloned() else { return Definition::Faulty };
        self.required_basis(&rule.fields);
        let in_force = self.in_force(&rule.fields);
        match (rule.fields.get("when"), rule.fields.get("value")) {
            (Some(when), None) => {
                let holds = self.condition(when);
                Definition::Condition(self.builder.all([in_force, holds]))
            }
            (None, Some(value)) => {
                let number = self.number_node(value);
                if in_force != Lit::TRUE {
                    self.report(
                        Diagnostic::error(
                            Code::LaterSyntax,
                            ("求数的规则不能写有效期", "a rule with a number cannot have `effective`"),
                        )
                        .at(rule.span, ("这条规则求的是数", "this rule gives a number"))
                        .help((
                            "按日期变化的数写成参数的「各期数值」",
                            "write dated numbers as a parameter with `values`",
                        )),
                    );
                }
                number.map_or(Definition::Faulty, Definition::Number)
            }
            (Some(_), Some(_)) | (None, None) => {
                self.report(
                    Diagnostic::error(
                        Code::MissingKey,
                        ("规则要有「条件」或「取值」，两者取一", "a rule has either `when` or `value`"),
                    )
                    .at(rule.span, ("这条规则", "this rule"))
                    .help((
                        "判断是否写「条件（when）」，求数写「取值（value）」",
                        "use `when` for yes or no, `value` for a number",
                    )),
                );
                Definition::Faulty
            }
        }
    }

    /// Versions of a number: one mapping, or a list of mappings with `from` and `to`. Holes and
    /// overlaps between versions are reported. `outer` is the basis where a version has none.
    pub(super) fn dated(&mut self, node: &'n Node, value: &'static str, outer: &[BasisId]) -> Vec<Dated> {
        let nodes = node.items().unwrap_or(std::slice::from_ref(node));
        let mut versions: Vec<(Bounds, Dated)> = Vec::new();
        for node in nodes {
            if node.text().is_some() {
                let number = self.count(node).map(i64::from).unwrap_or_default();
                let dated = Dated { in_force: Lit::TRUE, value: number, basis: outer.to_vec() };
                versions.push(((None, None, node.span), dated));
                continue;
            }
            let Some(fields) = self.fields(node, &["from", "to", value, "basis"]) else { continue };
            let number = self.require(&fields, value).and_then(|node| self.count(node)).map(i64::from);
            let basis = if outer.is_empty() || fields.get("basis").is_some() {
                self.required_basis(&fields)
            } else {
                outer.to_vec()
            };
            let bounds = self.read_bounds(&fields);
            let in_force = self.bounds(&fields);
            versions.push((bounds, Dated { in_force, value: number.unwrap_or_default(), basis }));
        }
        versions.sort_by_key(|((from, ..), _)| *from);
        for pair in versions.windows(2) {
            if let [(earlier, _), (later, _)] = pair {
                self.check_seam(*earlier, *later);
            }
        }
        versions.into_iter().map(|(_, dated)| dated).collect()
    }

    fn read_bounds(&mut self, fields: &Fields<'n>) -> Bounds {
        let read = |key: &str| fields.get(key).and_then(Node::text).and_then(Date::parse);
        (read("from"), read("to"), fields.span)
    }

    fn check_seam(&mut self, (_, to, first): Bounds, (from, _, second): Bounds) {
        let (code, zh, en) = match (to, from) {
            (Some(to), Some(from)) if to.tomorrow() == Some(from) => return,
            (Some(to), Some(from)) if to < from => (
                Code::PeriodHole,
                format!("{to} 到 {from} 之间没有规定"),
                format!("nothing is in force between {to} and {from}"),
            ),
            _ => (Code::PeriodOverlap, "两期的时间重叠".to_owned(), "two versions overlap".to_owned()),
        };
        self.report(
            Diagnostic::error(code, (zh, en))
                .at(second, ("后一期", "the later version"))
                .also(first, ("前一期", "the earlier version"))
                .help((
                    "后一期的「自」应是前一期「至」的第二天",
                    "the later `from` must be the day after the earlier `to`",
                )),
        );
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
