//! Gates that are alike, in a prepared program.

use alloc::vec::Vec;

use super::plan::Plan;
use super::{Span, Step, Term};
use crate::Lit;

/// The operands of a gate, those with a key first: the key with the polarity, and the literal.
#[derive(Clone, Copy)]
struct Operands {
    all: [(u64, u16); 4],
    count: usize,
}

impl core::ops::Deref for Operands {
    type Target = [(u64, u16)];

    fn deref(&self) -> &[(u64, u16)] {
        self.all.get(..self.count).unwrap_or_default()
    }
}

impl Plan<'_> {
    fn operands(&self, node: u16) -> Operands {
        let used = self.gate(node).iter().filter(|lit| **lit != Lit::TRUE);
        let operand = |lit: &Lit| {
            let key = match self.keys.get(lit.node()) {
                Some(key) if *key != 0 => u64::from(*key) << 1 | u64::from(lit.is_negated()),
                _ => u64::MAX,
            };
            (key, self.lit(*lit))
        };
        let mut operands = Operands { all: [(u64::MAX, u16::MAX); 4], count: 0 };
        for (own, lit) in operands.all.iter_mut().zip(used) {
            *own = operand(lit);
            operands.count += 1;
        }
        // What is not used comes last.
        operands.all.sort_unstable();
        operands
    }

    /// Writes gates of one key as a group, if they read stretches of places.
    pub(super) fn group(&mut self, nodes: &[u16]) -> bool {
        let all: Vec<Operands> = nodes.iter().map(|node| self.operands(*node)).collect();
        let Some(first) = all.first() else { return false };
        let alike = |other: &Operands| first.iter().map(|(key, _)| key).eq(other.iter().map(|(key, _)| key));
        if !all.iter().all(alike) {
            return false;
        }
        let (mut terms, mut loose, mut column) = (Vec::new(), Vec::new(), 0);
        for cluster in first.chunk_by(|one, other| one.0 == other.0) {
            let columns = column..column + cluster.len();
            column = columns.end;
            let keyed = cluster.first().is_some_and(|(key, _)| *key != u64::MAX);
            match keyed.then(|| stretch(&all, columns.clone())).flatten() {
                Some(term) => terms.push(term),
                None => loose.extend(columns),
            }
        }
        let (Ok(size), Ok(count)) = (u8::try_from(loose.len()), u16::try_from(nodes.len())) else { return false };
        if terms.is_empty() {
            return false;
        }
        let mut lits = Vec::with_capacity(nodes.len() * loose.len());
        for operands in &all {
            lits.extend(loose.iter().filter_map(|column| operands.get(*column)).map(|(_, lit)| *lit));
        }
        let before = match self.made.steps.last() {
            Some(Step::Group { size: before, lits: list, .. }) if *before == size && size > 0 => Some(*list),
            _ => None,
        };
        let again = before.filter(|before| before.of(&self.made.lits) == lits);
        let lits = again.unwrap_or_else(|| {
            let start = self.made.lits.len();
            self.made.lits.extend(lits);
            Span::since(&self.made.lits, start)
        });
        let start = self.made.terms.len();
        self.made.terms.extend(terms);
        let terms = Span::since(&self.made.terms, start);
        let place = self.take(nodes.iter().copied());
        self.made.steps.push(Step::Group { place, count, size, lits, terms, again: again.is_some() });
        true
    }

    /// Writes gates with room for so many literals.
    pub(super) fn gates(&mut self, nodes: &[u16], size: u8) {
        let Ok(count) = u16::try_from(nodes.len()) else { return };
        if count == 0 {
            return;
        }
        let start = self.made.lits.len();
        for node in nodes {
            // The literal of the constant true has place zero.
            let mut lits = [0; 4];
            let used = self.gate(*node).iter().filter(|lit| **lit != Lit::TRUE);
            lits.iter_mut().zip(used).for_each(|(own, lit)| *own = self.lit(*lit));
            self.made.lits.extend(lits.into_iter().take(size.into()));
        }
        let lits = Span::since(&self.made.lits, start);
        let place = self.take(nodes.iter().copied());
        self.made.steps.push(Step::Gates { place, count, size, lits });
    }
}

/// The stretch that some columns of operands read, gate by gate.
fn stretch(all: &[Operands], columns: core::ops::Range<usize>) -> Option<Term> {
    let width = u8::try_from(columns.len()).ok().filter(|width| matches!(width, 1 | 2 | 4))?;
    let start = all.first()?.get(columns.start)?.1;
    let mut next = start;
    for operands in all {
        for (_, lit) in operands.get(columns.clone())? {
            if *lit != next {
                return None;
            }
            next = next.checked_add(1)?;
        }
    }
    Some(Term { start, width })
}
