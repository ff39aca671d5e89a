//! How many workdays a plan takes, as numbers of the program, so that it is searched and explained
//! like any number.
//!
//! A step ends at the latest end of what it needs plus its own days. Steps that need each other under
//! conditions that exclude each other are computed as many times as there are of them: however the
//! arrows among them lie in a case, no way through them is longer.

use yichuang_engine::{Formula, JointPlan, Lit, Operand};

use super::graph::components;
use crate::builder::Builder;

/// A step, or behind the steps a joint survey.
struct Node {
    needs: Vec<(usize, Lit)>,
    /// The days it takes, each part when a literal holds.
    days: Vec<(Lit, Operand)>,
    /// The longest of these; of a survey.
    longest: Vec<(Lit, Operand)>,
}

/// The place of the plan's length among the values.
pub(super) fn days(plan: &JointPlan, builder: &mut Builder) -> u16 {
    let nodes = nodes(plan, builder);
    let needs: Vec<Vec<usize>> = nodes.iter().map(|node| node.needs.iter().map(|(need, _)| *need).collect()).collect();
    let mut ends: Vec<Operand> = vec![Operand::Number(0); nodes.len()];
    for group in components(&needs) {
        for _ in 0..group.len() {
            let before = ends.clone();
            for place in &group {
                let Some(node) = nodes.get(*place) else { continue };
                let end = end(node, &before, builder);
                if let Some(slot) = ends.get_mut(*place) {
                    *slot = end;
                }
            }
        }
    }
    let joint = longest(ends, builder);
    let Some(serial) = plan.serial else { return value(joint, builder) };
    let all = plan.steps.iter().map(|step| (step.when, step.days.clone())).collect();
    let in_turn = Operand::Value(builder.value(Formula::SumIf(all)));
    builder.value(Formula::Choose(serial, in_turn, joint))
}

fn end(node: &Node, ends: &[Operand], builder: &mut Builder) -> Operand {
    let of = |need: &usize| ends.get(*need).cloned().unwrap_or(Operand::Number(0));
    let needs: Vec<(Lit, Operand)> = node.needs.iter().map(|(need, when)| (*when, of(need))).collect();
    let mut parts = node.days.clone();
    if !node.longest.is_empty() {
        parts.push((Lit::TRUE, Operand::Value(builder.value(Formula::MaxIf(node.longest.clone())))));
    }
    match needs.as_slice() {
        [] => {}
        [(Lit::TRUE, only)] => parts.push((Lit::TRUE, only.clone())),
        _ => parts.push((Lit::TRUE, Operand::Value(builder.value(Formula::MaxIf(needs))))),
    }
    parts.retain(|(when, days)| *when != Lit::FALSE && *days != Operand::Number(0));
    match parts.as_slice() {
        [] => Operand::Number(0),
        [(Lit::TRUE, only)] => only.clone(),
        _ => Operand::Value(builder.value(Formula::SumIf(parts))),
    }
}

fn longest(ends: Vec<Operand>, builder: &mut Builder) -> Operand {
    Operand::Value(builder.value(Formula::MaxIf(ends.into_iter().map(|end| (Lit::TRUE, end)).collect())))
}

fn value(operand: Operand, builder: &mut Builder) -> u16 {
    match operand {
        Operand::Value(value) => value,
        other => builder.value(Formula::Of(other)),
    }
}

fn nodes(plan: &JointPlan, builder: &mut Builder) -> Vec<Node> {
    let mut nodes: Vec<Node> = plan
        .steps
        .iter()
        .map(|step| Node {
            needs: step.after.iter().map(|(need, when)| (usize::from(*need), *when)).collect(),
            days: vec![(step.when, step.days.clone())],
            longest: Vec::new(),
        })
        .collect();
    for survey in 0..plan.surveys.len() {
        let members: Vec<usize> = (0..plan.steps.len())
            .filter(|place| {
                plan.steps.get(*place).and_then(|step| step.survey).is_some_and(|(of, _)| usize::from(of) == survey)
            })
            .collect();
        let apply: Vec<Lit> = members.iter().filter_map(|place| plan.steps.get(*place)).map(|step| step.when).collect();
        // One alone surveys by itself.
        let several = if apply.len() < 2 { Lit::FALSE } else { builder.at_least(2, apply) };
        let held = builder.all([several].into_iter().chain(plan.serial.map(|serial| !serial)));
        let place = nodes.len();
        let mut together = Node { needs: Vec::new(), days: Vec::new(), longest: Vec::new() };
        for member in members {
            let (Some(step), Some(node)) = (plan.steps.get(member), nodes.get_mut(member)) else { continue };
            let Some((_, own)) = step.survey else { continue };
            let joins = builder.all([held, step.when]);
            together.needs.extend(node.needs.iter().map(|(need, when)| (*need, builder.all([*when, joins]))));
            let own = builder.value(Formula::Min(vec![step.days.clone(), Operand::Number(own.into())]));
            together.longest.push((joins, Operand::Value(own)));
            let rest = builder.value(Formula::Subtract(step.days.clone(), Operand::Value(own)));
            let alone = builder.all([step.when, !joins]);
            node.days = vec![(alone, step.days.clone()), (joins, Operand::Value(rest))];
            node.needs.push((place, joins));
        }
        nodes.push(together);
    }
    nodes
}
