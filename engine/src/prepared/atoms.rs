//! The predicates of facts in a prepared program.

use alloc::vec::Vec;

use super::plan::{Plan, constant, mix, narrow};
use super::{Source, Span, Step};
use crate::facts::OTHER_OPTION;
use crate::run::{FALSE, TRUE, UNKNOWN, fact_of};
use crate::{Atom, Comparison, FactId, Operand};

/// So many facts that are asked the same are computed together.
const CLASS: usize = 16;

/// Predicates of a class are read by no more gates than this on the average, if what reads them is
/// ordered by it: the states of materials are, what many rules ask is not.
const MOST_READERS: usize = 4;

/// The predicates of one fact by their kinds, as pairs of what they ask and their nodes.
#[derive(Clone, Debug, Default)]
struct Asked {
    options: Vec<(u16, u16)>,
    has: Vec<(u16, u16)>,
    bounds: Vec<(i64, u16)>,
    yes: Option<u16>,
}

/// What a comparison compares, and the bound below which it is, if it is one with such a bound.
pub(super) fn rung(atom: &Atom) -> Option<(Operand, i64)> {
    let Atom::Compare(left, by, right) = atom else { return None };
    let right = constant(right)?;
    let bound = match by {
        Comparison::Less => right,
        Comparison::LessOrEqual => right.checked_add(1)?,
        Comparison::Equal => return None,
    };
    // Numbers are clamped to 64 bits before they are compared.
    let bound = i64::try_from(bound).ok().filter(|bound| *bound > i64::MIN)?;
    matches!(left, Operand::Fact(_) | Operand::Value(_)).then(|| (left.clone(), bound))
}

fn sort<T: Ord>(list: &mut [T]) {
    list.sort_unstable();
}

impl Plan<'_> {
    /// Writes the steps of all predicates that read facts alone.
    pub(super) fn facts(&mut self) {
        let mut asked = alloc::vec![Asked::default(); self.pack.facts.len()];
        let mut others = Vec::new();
        for (atom, node) in self.program.atoms.iter().zip(self.atom_nodes.clone()) {
            let of = match atom {
                Atom::Holds(fact) | Atom::Is(fact, _) | Atom::Has(fact, _) => Some(*fact),
                _ => rung(atom).and_then(|(operand, _)| fact_of(&operand)),
            };
            let known = of.and_then(|fact| asked.get_mut(fact.index()));
            match (atom, known, rung(atom)) {
                (Atom::Holds(_), Some(asked), _) if asked.yes.is_none() => asked.yes = Some(node),
                (Atom::Is(_, option), Some(asked), _) if *option < OTHER_OPTION.into() => {
                    asked.options.push((*option, node));
                }
                (Atom::Has(_, option), Some(asked), _) => asked.has.push((*option, node)),
                (_, Some(asked), Some((_, bound))) => asked.bounds.push((bound, node)),
                _ if reads_facts(atom) => others.push(node),
                _ => {}
            }
        }
        for asked in &mut asked {
            sort(&mut asked.options);
            sort(&mut asked.bounds);
        }
        self.yes(&asked);
        self.choices(&asked);
        for (index, asked) in asked.iter().enumerate() {
            let fact = FactId::new(index);
            if !asked.has.is_empty() {
                let start = self.made.lits.len();
                self.made.lits.extend(asked.has.iter().map(|(option, _)| *option));
                let options = Span::since(&self.made.lits, start);
                let place = self.take(asked.has.iter().map(|(_, node)| *node));
                self.made.steps.push(Step::Sets { place, fact, options });
            }
            if !asked.bounds.is_empty() {
                self.ladder(Source::Fact(fact), &asked.bounds);
            }
        }
        self.made.steps.push(Step::Negate { place: 0, count: self.next });
        others.iter().for_each(|node| self.other_atom(*node));
    }

    /// All yes-no facts are one class.
    fn yes(&mut self, asked: &[Asked]) {
        let yes = asked.iter().enumerate().filter_map(|(fact, asked)| Some((FactId::new(fact), asked.yes?)));
        let (facts, nodes): (Vec<FactId>, Vec<u16>) = yes.unzip();
        self.class(&facts, &[crate::facts::YES.into()], &[nodes]);
    }

    /// Choices that are asked the same, if they are many; else each by itself.
    fn choices(&mut self, asked: &[Asked]) {
        let mut order: Vec<(u32, u32)> = Vec::new();
        for (fact, asked) in (0_u32..).zip(asked).filter(|(_, asked)| !asked.options.is_empty()) {
            order.push((asked.options.iter().fold(1, |key, (option, _)| mix(key, u32::from(*option) + 3)), fact));
        }
        sort(&mut order);
        let asked_of = |fact: u32| usize::try_from(fact).ok().and_then(|fact| asked.get(fact));
        let same = |one: &(u32, u32), other: &(u32, u32)| {
            let [one, other] = [one, other].map(|(_, fact)| asked_of(*fact).map(|asked| &asked.options));
            one.zip(other).is_some_and(|(one, other)| one.iter().map(|(o, _)| o).eq(other.iter().map(|(o, _)| o)))
        };
        for class in order.chunk_by(same) {
            let members: Vec<&Asked> = class.iter().filter_map(|(_, fact)| asked_of(*fact)).collect();
            let facts: Vec<FactId> =
                class.iter().filter_map(|(_, fact)| usize::try_from(*fact).ok()).map(FactId::new).collect();
            let options: Vec<u16> =
                members.first().map_or_else(Vec::new, |first| first.options.iter().map(|(o, _)| *o).collect());
            let distinct = options.windows(2).all(|pair| pair.first() != pair.last());
            if class.len() >= CLASS && distinct {
                let nodes: Vec<Vec<u16>> = (0..options.len())
                    .map(|place| {
                        members.iter().filter_map(|asked| asked.options.get(place)).map(|(_, node)| *node).collect()
                    })
                    .collect();
                self.class(&facts, &options, &nodes);
            } else {
                facts.iter().zip(members).for_each(|(fact, asked)| self.slices(*fact, &asked.options));
            }
        }
    }

    fn class(&mut self, facts: &[FactId], options: &[u16], nodes: &[Vec<u16>]) {
        if facts.is_empty() {
            return;
        }
        let all = || nodes.iter().flatten();
        let readers: usize =
            all().filter_map(|node| self.readers.get(usize::from(*node))).map(|count| usize::from(*count)).sum();
        if facts.len() >= CLASS && readers <= MOST_READERS * all().count() {
            let class = mix(0xC1A5, narrow(facts.first().copied().unwrap_or(FactId::new(0))) + 1);
            for (row, nodes) in (1..).zip(nodes) {
                for node in nodes {
                    if let Some(key) = self.keys.get_mut(usize::from(*node)) {
                        *key = mix(class, row) | 1;
                    }
                }
            }
        }
        let (first_fact, first_option) = (self.made.facts.len(), self.made.lits.len());
        self.made.facts.extend(facts.iter().map(|fact| narrow(*fact)));
        self.made.lits.extend(options);
        let facts = Span::since(&self.made.facts, first_fact);
        let options = Span::since(&self.made.lits, first_option);
        let place = self.take(nodes.iter().flatten().copied());
        self.made.steps.push(Step::Class { place, facts, options });
    }

    fn slices(&mut self, fact: FactId, options: &[(u16, u16)]) {
        let named = options.last().map_or(0, |(last, _)| last + 1);
        let (Ok(named), Ok(width)) = (u8::try_from(named), u16::try_from(options.len())) else { return };
        let start = self.made.bytes.len();
        // For one option more than are named nothing holds, and for none all is unknown.
        for chosen in 0..=u16::from(named) {
            self.made.bytes.extend(options.iter().map(|(option, _)| if *option == chosen { TRUE } else { FALSE }));
        }
        self.made.bytes.extend(options.iter().map(|_| UNKNOWN));
        let bytes = Span::since(&self.made.bytes, start);
        let start = self.made.lits.len();
        self.made.lits.extend(options.iter().map(|(option, _)| *option));
        let (place, options) = (self.take(options.iter().map(|(_, node)| *node)), Span::since(&self.made.lits, start));
        self.made.steps.push(Step::Slices { place, fact, width, named, bytes, options });
    }

    fn ladder(&mut self, of: Source, rungs: &[(i64, u16)]) {
        let start = self.made.bounds.len();
        self.made.bounds.extend(rungs.iter().map(|(bound, _)| *bound));
        let bounds = Span::since(&self.made.bounds, start);
        let place = self.take(rungs.iter().map(|(_, node)| *node));
        self.made.steps.push(Step::Ladder { place, of, bounds });
    }

    /// Comparisons of one number with bounds.
    pub(super) fn rungs(&mut self, nodes: &[u16]) {
        let mut rungs = Vec::with_capacity(nodes.len());
        let mut value = 0;
        for node in nodes {
            if let Some((Operand::Value(of), bound)) = self.atom(*node).and_then(|(_, atom)| rung(atom)) {
                value = of;
                rungs.push((bound, *node));
            }
        }
        sort(&mut rungs);
        self.ladder(Source::Value(value), &rungs);
    }

    /// A predicate as the program has it.
    pub(super) fn other_atom(&mut self, node: u16) {
        let Some((atom, _)) = self.atom(node) else { return };
        let place = self.take([node]);
        self.made.steps.push(Step::Atom { place, atom });
    }
}

/// Whether a predicate reads facts and constants alone.
fn reads_facts(atom: &Atom) -> bool {
    let is_there = |operand: &Operand| matches!(operand, Operand::Fact(_) | Operand::Number(_) | Operand::Date(_));
    match atom {
        Atom::Holds(_) | Atom::Is(..) | Atom::Has(..) | Atom::TextIs(..) | Atom::Text(..) => true,
        Atom::Compare(left, _, right) => is_there(left) && is_there(right),
        Atom::Workday(date) => is_there(date),
        #[allow(unreachable_patterns, reason = "a predicate that is added later")]
        _ => false,
    }
}
