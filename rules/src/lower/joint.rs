//! Joint plans 联办: the steps of several departments, and how many workdays all of them take.

mod graph;
mod length;

use std::collections::BTreeMap;

use yichuang_engine::{Atom, Comparison, Formula, JointPlan, JointStep, Lit, Operand, Pack, Satisfied, Text, satisfy};

use super::exceptions::example_words;
use super::keys::Fields;
use super::{Lower, faults};
use crate::{Node, Span};

/// The most steps of a plan.
const MOST_STEPS: usize = 200;

/// How many runs of the program may show that a circle never closes.
const RUNS: usize = 20_000;

const STEP: &[&str] = &["id", "name", "item", "authority", "days", "when", "after", "survey", "note", "basis"];

/// Steps of a plan that need each other, if a literal can hold.
#[derive(Debug)]
pub(super) struct JointCircle {
    closes: Lit,
    steps: Vec<usize>,
    /// Where each of them says so.
    spans: Vec<Span>,
    /// Some of them only because they survey together.
    by_survey: bool,
}

/// A step as it is declared, before anything of it is compiled.
struct Declared<'n> {
    id: String,
    name: Text,
    fields: Fields<'n>,
    item: Option<yichuang_engine::ItemId>,
}

impl<'n> Lower<'n> {
    pub(super) fn lower_joint(&mut self) -> Option<JointPlan> {
        let fields = self.section_fields("joint_plan", &["serial", "steps", "basis"])?;
        let declared = self.joint_steps(&fields);
        let serial = fields.get("serial").map(|node| self.condition(node));
        let mut plan = JointPlan { serial, basis: self.required_basis(&fields), ..JointPlan::default() };
        let mut arrows: Vec<Vec<Span>> = Vec::new();
        for step in &declared {
            let (after, spans) = self.joint_after(&step.fields, &declared);
            arrows.push(spans);
            let going = step.item.map_or(Lit::TRUE, |item| self.going(item.index()));
            let when = step.fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            let days = self.joint_days(&step.fields);
            let own = step.fields.entry("basis").is_some();
            let step = JointStep {
                id: step.id.clone(),
                name: step.name.clone(),
                department: self.joint_department(step, &mut plan.departments),
                when: self.builder.all([going, when]),
                days,
                after,
                survey: self.joint_survey(&step.fields, &mut plan.surveys),
                note: self.optional_text(&step.fields, "note"),
                basis: if own { self.required_basis(&step.fields) } else { Vec::new() },
            };
            plan.steps.push(step);
        }
        match graph::circles(&plan) {
            Some(circles) => circles.into_iter().for_each(|circle| {
                let closes = self.builder.all(circle.closes);
                let arrow = |(step, arrow): &(usize, usize)| arrows.get(*step)?.get(*arrow).copied();
                let spans = circle.arrows.iter().filter_map(arrow).collect();
                let by_survey = circle.steps.iter().zip(&circle.arrows).any(|(step, (written, _))| step != written);
                self.joint_circles.push(JointCircle { closes, steps: circle.steps, spans, by_survey });
            }),
            None => self.report(faults::too_many_circles(fields.span)),
        }
        plan.days = length::days(&plan, &mut self.builder);
        Some(plan)
    }

    /// The steps with what can be known of them before their conditions.
    fn joint_steps(&mut self, fields: &Fields<'n>) -> Vec<Declared<'n>> {
        let mut seen = BTreeMap::new();
        let mut declared: Vec<Declared<'n>> = Vec::new();
        let nodes = self.required_list(fields, "steps");
        if let Some(node) = nodes.get(MOST_STEPS) {
            self.report(faults::too_many_steps(MOST_STEPS, node.span));
        }
        for node in nodes.iter().take(MOST_STEPS) {
            let Some(fields) = self.fields(node, STEP) else { continue };
            let Some((id, _)) = self.declared_id(&fields, &mut seen) else { continue };
            let item = fields.get("item").and_then(|node| self.item_reference(node));
            let of_item = item.and_then(|item| self.items.get(item.index())).map(|item| item.name.clone());
            let name = match of_item.filter(|_| fields.entry("name").is_none()) {
                Some(name) => name,
                None => self.required_text(&fields, "name"),
            };
            declared.push(Declared { id, name, fields, item });
        }
        declared
    }

    /// The steps that end before one begins, and where each of them is written.
    fn joint_after(&mut self, fields: &Fields<'n>, steps: &[Declared<'n>]) -> (Vec<(u16, Lit)>, Vec<Span>) {
        let (mut after, mut spans) = (Vec::new(), Vec::new());
        let node = fields.get("after");
        let nodes = node.map(|node| node.items().unwrap_or(std::slice::from_ref(node))).unwrap_or_default();
        for node in nodes {
            let (name, when) = match node.entries() {
                None => (Some(node), Lit::TRUE),
                Some(_) => {
                    let Some(fields) = self.fields(node, &["step", "when"]) else { continue };
                    let when = self.require(&fields, "when").map_or(Lit::TRUE, |node| self.condition(node));
                    (self.require(&fields, "step"), when)
                }
            };
            let Some(name) = name else { continue };
            let Some(place) = self.joint_step(name, steps) else { continue };
            after.push((place, when));
            spans.push(name.span);
        }
        (after, spans)
    }

    fn joint_step(&mut self, node: &'n Node, steps: &[Declared<'n>]) -> Option<u16> {
        let name = self.word(node)?;
        let place = steps.iter().position(|step| step.id == name || step.name.zh == name);
        if place.is_none() {
            let known = steps.iter().flat_map(|step| [step.id.as_str(), step.name.zh.as_str()]);
            self.report(faults::unknown_entry(("环节", "step"), name, node.span, known));
        }
        u16::try_from(place?).ok()
    }

    /// The department of a step: its own, that of its item, or the window's.
    fn joint_department(&mut self, step: &Declared<'n>, departments: &mut Vec<Text>) -> u16 {
        let of_item = step.item.and_then(|item| self.items.get(item.index())).map(|item| item.fields.clone());
        let name = if step.fields.entry("authority").is_some() {
            self.required_text(&step.fields, "authority")
        } else if let Some(item) = of_item.filter(|item| item.entry("authority").is_some()) {
            super::read::plain_text(item.get("authority"))
        } else if let Some(lead) = self.authorities.first() {
            lead.clone()
        } else {
            self.require(&step.fields, "authority");
            Text::default()
        };
        place_of(departments, name)
    }

    fn joint_survey(&mut self, fields: &Fields<'n>, surveys: &mut Vec<Text>) -> Option<(u16, u16)> {
        let node = fields.get("survey")?;
        let survey = self.fields(node, &["name", "days"])?;
        let name = self.required_text(&survey, "name");
        let node = self.require(&survey, "days")?;
        let days = self.count(node)?;
        let of_step = fields.get("days").and_then(|node| node.text()?.trim().parse::<u16>().ok());
        if of_step.is_some_and(|of_step| days > of_step) {
            self.report(faults::survey_longer(node.span));
        }
        Some((place_of(surveys, name), days))
    }

    /// How many workdays a step takes: a number, or a computed value, which cannot be computed where it
    /// would be less than none.
    fn joint_days(&mut self, fields: &Fields<'n>) -> Operand {
        let none = Operand::Number(0);
        let Some(node) = self.require(fields, "days") else { return none };
        let number = self.number_node(node);
        match number.and_then(|number| self.count_in(number, "工作日", node.span)) {
            None => none,
            Some(Operand::Number(days)) if days < 0 => {
                self.report(faults::out_of_range(i64::try_from(days).unwrap_or(i64::MIN), node.span));
                none
            }
            Some(days @ Operand::Number(_)) => days,
            Some(days) => {
                let is_less = self.builder.atom(Atom::Compare(days.clone(), Comparison::Less, none));
                let nothing = Operand::Value(self.builder.value(Formula::Nothing));
                Operand::Value(self.builder.value(Formula::Choose(is_less, nothing, days)))
            }
        }
    }

    /// Reports steps that need each other in a circle, with a case in which they do.
    pub(super) fn check_joint_circles(&mut self, pack: &Pack) {
        let Some(plan) = pack.joint.get() else { return };
        for JointCircle { closes, steps, spans, by_survey } in std::mem::take(&mut self.joint_circles) {
            let example = match satisfy(pack, closes, RUNS) {
                Satisfied::Never => continue,
                Satisfied::Yes(example) => Some(example_words(pack, &example)),
                Satisfied::NotShown => None,
            };
            let names: Vec<&Text> = steps.iter().filter_map(|step| Some(&plan.steps.get(*step)?.name)).collect();
            let mut diagnostic = faults::joint_circle(&names, spans, example.as_ref());
            if by_survey {
                diagnostic = faults::by_survey(diagnostic);
            }
            self.report(diagnostic);
        }
    }
}

fn place_of(names: &mut Vec<Text>, name: Text) -> u16 {
    let known = names.iter().position(|known| known.zh == name.zh);
    let place = known.unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    });
    u16::try_from(place).unwrap_or(u16::MAX)
}
