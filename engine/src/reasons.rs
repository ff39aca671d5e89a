//! Why a condition has its value: a walk over the values that deciding left behind.

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
/// literal has no reasons; what it hangs on is [`Finding::missing`](crate::Finding::missing).
#[must_use]
pub fn reasons(pack: &Pack, run: &Run, lit: Lit) -> Vec<Reason> {
    let instructions = pack.program.instructions();
    let mut seen = SortedSet::new();
    let mut found = SortedSet::new();
    let mut open = alloc::vec![lit];
    while let Some(lit) = open.pop() {
        let Some(value) = run.get(lit) else { continue };
        if !seen.insert(lit.node()) {
            continue;
        }
        let holds = value != lit.is_negated();
        match instructions.get(lit.node()) {
            None | Some(Instruction::True) => {}
            Some(Instruction::Atom(atom)) => {
                found.insert((lit.node(), Reason { atom: (*atom).clone(), holds }));
            }
            Some(Instruction::Gate(gate)) if holds => open.extend_from_slice(*gate),
            Some(Instruction::Gate(gate)) => {
                let mut failing = gate.iter().filter(|operand| run.get(**operand) == Some(false));
                let out_of_force = failing.clone().find(|operand| reads_date(pack, &instructions, **operand));
                open.extend(out_of_force.or_else(|| failing.next()));
            }
            Some(Instruction::Threshold(threshold)) => {
                open.extend(threshold.of.iter().filter(|operand| run.get(**operand) == Some(holds)));
            }
        }
    }
    found.into_iter().map(|(_, reason)| reason).collect()
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
