//! On what a decided condition rests: a walk over the values that deciding left behind.

use alloc::vec::Vec;

use crate::sorted::SortedSet;
use crate::{Atom, Instruction, Lit, Operand, Pack, Run};

/// One predicate on which a decided result rests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// The predicate.
    pub atom: Atom,
    /// Whether it holds.
    pub holds: bool,
}

/// The predicates that together decide `lit`, each once, in the order of the program.
///
/// A true AND rests on all its operands, a false one on the first false one; that a version is not
/// in force goes before what the citizen answered, since no answer would change it. An undecided
/// literal has no reasons; what it hangs on is [`Finding::missing`](crate::Finding::missing). All
/// that decides is in [`why`](crate::why()).
#[must_use]
pub fn reasons(pack: &Pack, run: &Run, lit: Lit) -> Vec<Reason> {
    reasons_by(pack, &pack.program.instructions(), run, lit)
}

/// [`reasons`], by the instructions of the pack's program, which are listed once for many literals.
#[must_use]
pub fn reasons_by(pack: &Pack, instructions: &[Instruction<'_>], run: &Run, lit: Lit) -> Vec<Reason> {
    let reason = |lit: &Lit| match instructions.get(lit.node()) {
        Some(Instruction::Atom(atom)) => Some(Reason { atom: (*atom).clone(), holds: !lit.is_negated() }),
        _ => None,
    };
    grounds(pack, instructions, run, lit).iter().filter_map(reason).collect()
}

/// The atoms of [`reasons`] as literals that hold.
pub(crate) fn grounds(pack: &Pack, instructions: &[Instruction<'_>], run: &Run, lit: Lit) -> SortedSet<Lit> {
    let (mut seen, mut found) = (SortedSet::new(), SortedSet::new());
    let mut open = alloc::vec![lit];
    while let Some(lit) = open.pop() {
        let Some(value) = run.get(lit) else { continue };
        if !seen.insert(lit.node()) {
            continue;
        }
        if let Some((count, of)) = operands(instructions, lit) {
            // Of an AND that does not hold one operand is enough, of one that holds all are needed.
            let is_one = matches!(instructions.get(lit.node()), Some(Instruction::Gate(_))) && value == (count == 1);
            let enough = if is_one { 1 } else { of.len() };
            let decides = |lit: &Lit| run.get(*lit) == Some(value);
            let is_date = |lit: &Lit| reads_date(pack, instructions, *lit);
            let dates = of.iter().filter(|lit| decides(lit) && is_date(lit));
            let others = of.iter().filter(|lit| decides(lit) && !is_date(lit));
            open.extend(dates.chain(others).take(enough));
        } else if lit.node() > 0 {
            found.insert(if value { lit } else { !lit });
        }
    }
    found
}

/// The operands of a gate or threshold, and how many of them must hold for `lit` to hold: of the
/// negation of an AND one of the negated operands. `None` for atoms and constants.
pub(crate) fn operands(instructions: &[Instruction<'_>], lit: Lit) -> Option<(usize, Vec<Lit>)> {
    let (of, count): (&[Lit], _) = match instructions.get(lit.node())? {
        Instruction::True | Instruction::Atom(_) => return None,
        Instruction::Gate(gate) => (gate.as_slice(), None),
        Instruction::Threshold(threshold) => (&threshold.of, Some(usize::from(threshold.count))),
    };
    let used = of.iter().filter(|operand| count.is_some() || **operand != Lit::TRUE);
    let of: Vec<Lit> = used.map(|operand| if lit.is_negated() { !*operand } else { *operand }).collect();
    let count = count.unwrap_or(of.len());
    Some((if lit.is_negated() { (of.len() + 1).saturating_sub(count) } else { count }, of))
}

/// Whether a literal compares the date that selects versions.
fn reads_date(pack: &Pack, instructions: &[Instruction<'_>], lit: Lit) -> bool {
    match instructions.get(lit.node()) {
        Some(Instruction::Atom(Atom::Compare(left, _, right))) => {
            [left, right].into_iter().any(|operand| *operand == Operand::Fact(pack.versions.date))
        }
        _ => false,
    }
}
