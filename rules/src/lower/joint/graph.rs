//! The arrows of a plan: which steps need each other, and whether in a circle.

use yichuang_engine::{JointPlan, Lit};

/// How many circles are looked at one by one.
const MOST_CIRCLES: usize = 100;

/// How many arrows are followed in looking for them.
const MOST_WAYS: usize = 100_000;

/// Steps each of which needs the one before it, the first the last.
#[derive(Clone, Debug)]
pub(super) struct Circle {
    pub(super) steps: Vec<usize>,
    /// The arrows, by the step that needs and the place among what it needs.
    pub(super) arrows: Vec<(usize, usize)>,
    /// All of its arrows hold.
    pub(super) closes: Vec<Lit>,
}

/// An arrow from a step to one that needs it.
#[derive(Clone, Debug)]
struct Arrow {
    from: usize,
    to: usize,
    /// The step that names it: another one where they survey together.
    written: (usize, usize),
    holds: Vec<Lit>,
}

/// The groups of nodes that reach each other, each behind what it needs.
pub(super) fn components(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let reach = reach(needs);
    let reaches = |from: usize, to: usize| reach.get(from).is_some_and(|row| row.get(to) == Some(&true));
    let mut nodes: Vec<usize> = (0..needs.len()).collect();
    // Whoever is needed is reached from fewer nodes' needs than who needs it.
    nodes.sort_by_key(|node| reach.get(*node).map_or(0, |row| row.iter().filter(|reached| **reached).count()));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for node in nodes {
        let same =
            |group: &&mut Vec<usize>| group.first().is_some_and(|first| reaches(node, *first) && reaches(*first, node));
        match groups.iter_mut().find(same) {
            Some(group) => group.push(node),
            None => groups.push(vec![node]),
        }
    }
    groups
}

/// For each node which ones it needs, directly or through others.
fn reach(needs: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let direct = |needs: &Vec<usize>, count: usize| {
        let mut row = vec![false; count];
        for need in needs {
            if let Some(reached) = row.get_mut(*need) {
                *reached = true;
            }
        }
        row
    };
    let mut reach: Vec<Vec<bool>> = needs.iter().map(|row| direct(row, needs.len())).collect();
    for through in 0..needs.len() {
        let Some(further) = reach.get(through).cloned() else { continue };
        for row in &mut reach {
            if row.get(through) == Some(&true) {
                row.iter_mut().zip(&further).for_each(|(reached, more)| *reached |= *more);
            }
        }
    }
    reach
}

/// The circles in which steps may need each other; `None` if there are too many.
pub(super) fn circles(plan: &JointPlan) -> Option<Vec<Circle>> {
    let arrows = arrows(plan);
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); plan.steps.len()];
    for arrow in &arrows {
        if let Some(needs) = needs.get_mut(arrow.to) {
            needs.push(arrow.from);
        }
    }
    let groups = components(&needs);
    let mut ways =
        Ways { arrows: &arrows, within: &[], start: 0, way: Vec::new(), left: MOST_WAYS, circles: Vec::new() };
    for group in &groups {
        for (place, start) in group.iter().enumerate() {
            (ways.start, ways.within) = (*start, group.get(place..).unwrap_or_default());
            ways.go(*start)?;
        }
    }
    Some(ways.circles)
}

/// The ways from a node back to itself over the nodes `within`, each of which is met once.
struct Ways<'a> {
    arrows: &'a [Arrow],
    within: &'a [usize],
    start: usize,
    way: Vec<&'a Arrow>,
    /// How many arrows may still be followed.
    left: usize,
    circles: Vec<Circle>,
}

impl Ways<'_> {
    fn go(&mut self, node: usize) -> Option<()> {
        for arrow in self.arrows.iter().filter(|arrow| arrow.to == node && self.within.contains(&arrow.from)) {
            self.left = self.left.checked_sub(1)?;
            self.way.push(arrow);
            if arrow.from == self.start {
                self.circles.push(Circle {
                    steps: self.way.iter().map(|arrow| arrow.to).collect(),
                    arrows: self.way.iter().map(|arrow| arrow.written).collect(),
                    closes: self.way.iter().flat_map(|arrow| arrow.holds.iter().copied()).collect(),
                });
                (self.circles.len() <= MOST_CIRCLES).then_some(())?;
            } else if !self.way.iter().any(|before| before.to == arrow.from) {
                self.go(arrow.from)?;
            }
            self.way.pop();
        }
        Some(())
    }
}

/// Who surveys together begins together: what one of them needs all of them need.
fn arrows(plan: &JointPlan) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (to, step) in plan.steps.iter().enumerate() {
        for (place, (from, when)) in step.after.iter().enumerate() {
            let from = usize::from(*from);
            arrows.push(Arrow { from, to, written: (to, place), holds: vec![*when] });
            let Some((survey, _)) = step.survey else { continue };
            let others = plan.steps.iter().enumerate().filter(|(other, _)| *other != to);
            for (other, guest) in others.filter(|(_, guest)| guest.survey.is_some_and(|(of, _)| of == survey)) {
                let together = [*when, step.when, guest.when].into_iter().chain(plan.serial.map(|serial| !serial));
                arrows.push(Arrow { from, to: other, written: (to, place), holds: together.collect() });
            }
        }
    }
    arrows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_behind_what_they_need() {
        assert_eq!(components(&[vec![1], vec![2], vec![]]), [[2], [1], [0]]);
        let groups = components(&[vec![], vec![0, 2], vec![1], vec![2], vec![]]);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2, 1]);
        let place = |node| groups.iter().position(|group| group.contains(&node)).unwrap();
        assert!(place(0) < place(1) && place(1) == place(2) && place(2) < place(3));
    }
}
