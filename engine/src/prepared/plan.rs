//! The order of a prepared program: what reads what, and which gates are alike.
//!
//! Everything has a time, a phase and a level in it, later than the times of all it reads. A gate is
//! *keyed* if it reads a predicate of a class of facts or a keyed gate; its key says what of each. A
//! keyed gate opens a phase, so that all gates of a key and phase can be computed together; other
//! instructions stay in the phase of what they read, one level up.

use alloc::vec::Vec;

use super::rows::Index;
use super::{NEGATED, Prepared, Span, Step};
use crate::parts::{self, Part};
use crate::{Atom, FactId, Formula, Lit, Operand, Pack, Pick, Program, Stretch};

/// Groups of fewer gates are computed gate by gate.
const FEWEST: usize = 8;

const LEVELS: u32 = 1 << 12;
const PHASES: u32 = 1 << 8;

/// What is sorted by time: a table, a number, a predicate, a threshold, a keyed gate, any other gate.
const TABLE: u64 = 0;
const VALUE: u64 = 1;
const ATOM: u64 = 2;
const THRESHOLD: u64 = 3;
const KEYED: u64 = 4;
const GATE: u64 = 5;

/// What computes a node, by its place among its kind.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    True,
    Atom(u16),
    Gate(u16),
    Threshold(u16),
}

/// A prepared program in the making.
pub(super) struct Plan<'p> {
    pub(super) pack: &'p Pack,
    pub(super) program: &'p Program,
    pub(super) made: Prepared,
    pub(super) places: Vec<u16>,
    /// The next free place.
    pub(super) next: u16,
    pub(super) kinds: Vec<Kind>,
    /// The node of each atom.
    pub(super) atom_nodes: Vec<u16>,
    /// How many operands of gates each node is.
    pub(super) readers: Vec<u16>,
    /// The key of each node; zero is none.
    pub(super) keys: Vec<u32>,
    times: Vec<u32>,
    value_times: Vec<u32>,
    table_times: Vec<u32>,
    /// What is computed after the predicates of facts: time, kind, key and number, from high to low.
    items: Vec<u64>,
    latest: u32,
    is_late: bool,
}

impl Prepared {
    /// The prepared form of a program, unless it is too deep or too large for one.
    pub(crate) fn new(pack: &Pack) -> Option<Prepared> {
        let program = &pack.program;
        // Loops over bytes may write some places too far.
        if program.node_count() + 64 > Lit::MAX_NODES {
            return None;
        }
        let mut plan = Plan {
            pack,
            program,
            made: Prepared { values: program.values.len(), tables: program.tables.len(), ..Prepared::default() },
            places: alloc::vec![0; program.node_count()],
            next: 1,
            kinds: kinds(program),
            atom_nodes: Vec::new(),
            readers: alloc::vec![0; program.node_count()],
            keys: alloc::vec![0; program.node_count()],
            times: alloc::vec![0; program.node_count()],
            value_times: Vec::with_capacity(program.values.len()),
            table_times: Vec::with_capacity(program.tables.len()),
            items: Vec::with_capacity(program.gates.len()),
            latest: 0,
            is_late: false,
        };
        plan.count();
        plan.facts();
        plan.time();
        if plan.is_late {
            return None;
        }
        plan.order();
        plan.made.used = usize::from(plan.next);
        plan.made.places = plan.places.into();
        Some(plan.made)
    }
}

impl Prepared {
    /// Where a literal stands among all.
    pub(crate) fn slot(&self, lit: Lit) -> Option<usize> {
        let place = self.places.get(lit.node()).copied()?;
        Some(usize::from(if lit.is_negated() { place | NEGATED } else { place }))
    }
}

/// What computes each node.
fn kinds(program: &Program) -> Vec<Kind> {
    let mut kinds = Vec::with_capacity(program.node_count());
    kinds.push(Kind::True);
    let (mut atoms, mut gates, mut thresholds) = (0.., 0.., 0..);
    for stretch in &program.order {
        match *stretch {
            Stretch::Values(_) | Stretch::Tables(_) => {}
            Stretch::Atoms(n) => kinds.extend(atoms.by_ref().take(n.into()).map(Kind::Atom)),
            Stretch::Gates(n) => kinds.extend(gates.by_ref().take(n.into()).map(Kind::Gate)),
            Stretch::Thresholds(n) => kinds.extend(thresholds.by_ref().take(n.into()).map(Kind::Threshold)),
        }
    }
    kinds
}

/// Mixes a number into a key.
pub(super) fn mix(key: u32, with: u32) -> u32 {
    let mixed = (key ^ with).wrapping_mul(0x9E37_79B1);
    mixed ^ (mixed >> 15)
}

/// The facts, numbers and literals that a formula reads, if it is known here what all of them are.
fn reads(program: &Program, formula: &Formula, see: &mut dyn FnMut(Part)) -> bool {
    let is_known = matches!(
        formula,
        Formula::Nothing
            | Formula::Of(_)
            | Formula::Add(..)
            | Formula::Subtract(..)
            | Formula::Multiply(..)
            | Formula::Min(_)
            | Formula::Max(_)
            | Formula::SumIf(_)
            | Formula::MaxIf(_)
            | Formula::Choose(..)
            | Formula::Quotient(..)
            | Formula::Signed(..)
            | Formula::AddDays(..)
            | Formula::AddMonths(..)
            | Formula::YearsBetween(..)
            | Formula::AddWorkdays(..)
            | Formula::CountWorkdays(..)
            | Formula::DatePart(..)
            | Formula::TextPart(..)
            | Formula::TextPlace(..)
            | Formula::FromTable(..)
    );
    if is_known {
        parts::of_formula(program, formula, None, see);
    }
    is_known
}

impl Plan<'_> {
    fn count(&mut self) {
        self.atom_nodes = alloc::vec![0; self.program.atoms.len()];
        for (node, kind) in (0_u16..).zip(&self.kinds) {
            if let Kind::Atom(atom) = kind
                && let Some(own) = self.atom_nodes.get_mut(usize::from(*atom))
            {
                *own = node;
            }
        }
        for lit in self.program.gates.iter().flatten() {
            if let Some(readers) = self.readers.get_mut(lit.node()) {
                *readers = readers.saturating_add(1);
            }
        }
    }

    /// Takes so many places for nodes; the first of them.
    pub(super) fn take(&mut self, nodes: impl IntoIterator<Item = u16>) -> u16 {
        let first = self.next;
        for node in nodes {
            if let Some(place) = self.places.get_mut(usize::from(node)) {
                *place = self.next;
                self.next = self.next.wrapping_add(1);
            }
        }
        first
    }

    /// A literal as steps have it; its node has its place by now.
    pub(super) fn lit(&self, lit: Lit) -> u16 {
        let place = self.places.get(lit.node()).copied().unwrap_or(0);
        if lit.is_negated() { place | NEGATED } else { place }
    }

    pub(super) fn atom(&self, node: u16) -> Option<(u16, &Atom)> {
        match self.kinds.get(usize::from(node))? {
            Kind::Atom(atom) => Some((*atom, self.program.atoms.get(usize::from(*atom))?)),
            _ => None,
        }
    }

    pub(super) fn gate(&self, node: u16) -> &[Lit] {
        match self.kinds.get(usize::from(node)) {
            Some(Kind::Gate(gate)) => self.program.gates.get(usize::from(*gate)).map_or(&[], |gate| gate.as_slice()),
            _ => &[],
        }
    }

    /// Finds the times of everything, in the order of the program.
    fn time(&mut self) {
        let (mut node, mut value, mut table) = (1_u16, 0_u16, 0_u16);
        let program = self.program;
        for stretch in &program.order {
            match *stretch {
                Stretch::Values(n) => {
                    for _ in 0..n {
                        self.time_value(value);
                        value = value.wrapping_add(1);
                    }
                }
                Stretch::Tables(n) => {
                    for _ in 0..n {
                        self.time_table(table);
                        table = table.wrapping_add(1);
                    }
                }
                Stretch::Atoms(n) | Stretch::Gates(n) | Stretch::Thresholds(n) => {
                    for _ in 0..n {
                        self.time_node(node);
                        node = node.wrapping_add(1);
                    }
                }
            }
        }
    }

    fn part(&self, part: Part) -> u32 {
        let time = match part {
            Part::Lit(lit) => self.times.get(lit.node()),
            Part::Value(value) => self.value_times.get(usize::from(value)),
            Part::Fact(_) | Part::Option(..) => Some(&0),
            Part::Rows(_) | Part::Row(..) => None,
        };
        time.copied().unwrap_or(self.latest)
    }

    fn item(&mut self, after: u32, kind: u64, key: u32, number: u16) -> u32 {
        let time = if kind == KEYED { (after / LEVELS + 1) * LEVELS } else { after + 1 };
        self.is_late |= kind != KEYED && time.is_multiple_of(LEVELS) || time / LEVELS >= PHASES;
        self.latest = self.latest.max(time);
        let key = u64::from(key) & 0xFF_FFFF;
        self.items.push(u64::from(time) << 44 | kind << 40 | key << 16 | u64::from(number));
        time
    }

    fn time_value(&mut self, value: u16) {
        let program = self.program;
        let Some(formula) = program.values.get(usize::from(value)) else { return };
        let mut after = 0;
        if !reads(program, formula, &mut |part| after = after.max(self.part(part))) {
            after = self.latest;
        }
        if let Formula::FromTable(table, ..) = formula {
            after = after.max(self.table_times.get(usize::from(*table)).copied().unwrap_or(self.latest));
        }
        let time = self.item(after, VALUE, 0, value);
        self.value_times.push(time);
    }

    fn time_table(&mut self, place: u16) {
        let Some(table) = self.program.tables.get(usize::from(place)) else { return };
        let mut after = 0;
        parts::of_inputs(table, &mut |part| after = after.max(self.part(part)));
        for lit in &table.when.distinct {
            after = after.max(self.part(Part::Lit(*lit)));
        }
        let time = self.item(after, TABLE, 0, place);
        self.table_times.push(time);
    }

    fn time_node(&mut self, node: u16) {
        let program = self.program;
        let time = match self.kinds.get(usize::from(node)) {
            Some(Kind::Atom(_)) => {
                let Some((_, Atom::Compare(..) | Atom::Workday(_))) = self.atom(node) else {
                    // Predicates of facts are there already, other ones wait for everything before.
                    if self.places.get(usize::from(node)) == Some(&0) {
                        let time = self.item(self.latest, ATOM, 0, node);
                        self.set_time(node, time);
                    }
                    return;
                };
                if self.places.get(usize::from(node)) != Some(&0) {
                    return;
                }
                let (mut after, mut key) = (0, 0);
                if let Some((_, atom)) = self.atom(node) {
                    parts::of_atom(program, atom, &mut |part| after = after.max(self.part(part)));
                    if let Some((Operand::Value(value), _)) = super::atoms::rung(atom) {
                        key = u32::from(value) + 1;
                    }
                }
                self.item(after, ATOM, key, node)
            }
            Some(Kind::Gate(_)) => {
                let (mut after, mut key) = (0, 0_u32);
                for lit in self.gate(node) {
                    after = after.max(self.part(Part::Lit(*lit)));
                    let own = self.keys.get(lit.node()).copied().unwrap_or(0);
                    if own != 0 {
                        // The order of operands is that of their nodes, which does not matter.
                        key = key.wrapping_add(mix(own, u32::from(lit.is_negated()) + 7));
                    }
                }
                if key == 0 {
                    self.item(after, GATE, 0, node)
                } else {
                    let size = u32::try_from(self.gate(node).iter().filter(|lit| **lit != Lit::TRUE).count());
                    let key = mix(key, size.unwrap_or(0)) | 1;
                    let time = self.item(after, KEYED, key, node);
                    if let Some(own) = self.keys.get_mut(usize::from(node)) {
                        *own = mix(key, time / LEVELS) | 1;
                    }
                    time
                }
            }
            Some(Kind::Threshold(place)) => {
                let of = program.thresholds.get(usize::from(*place)).map_or(&[][..], |threshold| &threshold.of);
                let after = of.iter().map(|lit| self.part(Part::Lit(*lit))).max().unwrap_or(0);
                self.item(after, THRESHOLD, 0, node)
            }
            Some(Kind::True) | None => return,
        };
        self.set_time(node, time);
    }

    fn set_time(&mut self, node: u16, time: u32) {
        if let Some(own) = self.times.get_mut(usize::from(node)) {
            *own = time;
        }
    }

    /// Writes the steps in the order of their times.
    fn order(&mut self) {
        let mut items = core::mem::take(&mut self.items);
        items.sort_unstable();
        let mut rest = items.as_slice();
        let mut loose = [Vec::new(), Vec::new()];
        let mut group: Vec<u16> = Vec::new();
        while let Some(first) = rest.first() {
            // All of one time, kind and key.
            let (own, after) = rest.split_at(rest.partition_point(|item| item >> 16 == first >> 16));
            rest = after;
            group.clear();
            group.extend(own.iter().map(|item| u16::try_from(item & 0xFFFF).unwrap_or(0)));
            match first >> 40 & 0xF {
                TABLE => group.iter().for_each(|table| self.table(*table)),
                VALUE => group.iter().for_each(|value| self.value(*value)),
                ATOM if first >> 16 & 0xFF_FFFF != 0 => self.rungs(&group),
                ATOM => group.iter().for_each(|node| self.other_atom(*node)),
                THRESHOLD => group.iter().for_each(|node| self.threshold(*node)),
                KEYED if group.len() >= FEWEST && self.group(&group) => {}
                _ => {
                    for node in &group {
                        let is_wide = self.gate(*node).iter().filter(|lit| **lit != Lit::TRUE).count() > 2;
                        if let Some(list) = loose.get_mut(usize::from(is_wide)) {
                            list.push(*node);
                        }
                    }
                }
            }
            if rest.first().is_none_or(|next| next >> 44 != first >> 44) {
                for (list, size) in loose.iter_mut().zip([2, 4]) {
                    self.gates(list, size);
                    list.clear();
                }
            }
        }
    }

    fn table(&mut self, table: u16) {
        match Index::new(self, table) {
            Some(index) => {
                let place = u32::try_from(self.made.indexes.len()).unwrap_or(u32::MAX);
                self.made.indexes.push(index);
                self.made.steps.push(Step::Index(place));
            }
            None => self.made.steps.push(Step::Table(table)),
        }
    }

    fn value(&mut self, value: u16) {
        let step = self.short(value).unwrap_or(Step::Value(value));
        self.made.steps.push(step);
    }

    /// A formula of constants in a shorter form.
    fn short(&mut self, value: u16) -> Option<Step> {
        let program = self.program;
        match program.values.get(usize::from(value))? {
            Formula::Choose(lit, then, otherwise) => {
                let (then, otherwise) = (constant(then)?, constant(otherwise)?);
                let start = self.made.numbers.len();
                self.made.numbers.extend([then, otherwise].map(crate::Number::Known));
                let numbers = Span::since(&self.made.numbers, start);
                Some(Step::Choose { value, lit: self.lit(*lit), numbers })
            }
            Formula::SumIf(of) => self.fold(value, of, true),
            Formula::MaxIf(of) => self.fold(value, of, false),
            Formula::FromTable(place, output, Pick::First) => {
                let table = program.tables.get(usize::from(*place)).filter(|table| !table.collects)?;
                let output = table.outputs.get(usize::from(*output))?;
                let rows = (0..usize::from(table.rows)).map(|row| constant(output.cells.get(row)?));
                let rows: Vec<i128> = rows.chain([constant(output.otherwise.as_ref()?)]).collect::<Option<_>>()?;
                let start = self.made.numbers.len();
                self.made.numbers.extend(rows.into_iter().map(crate::Number::Known));
                Some(Step::Pick { value, table: *place, numbers: Span::since(&self.made.numbers, start) })
            }
            _ => None,
        }
    }

    /// A sum that cannot overflow, or a maximum, of constants.
    fn fold(&mut self, value: u16, of: &[(Lit, Operand)], is_sum: bool) -> Option<Step> {
        let numbers = of.iter().map(|(_, operand)| i64::try_from(constant(operand)?).ok());
        let numbers: Vec<i64> = numbers.collect::<Option<_>>()?;
        numbers.iter().try_fold(0_i64, |sum, number| sum.checked_add(number.checked_abs()?))?;
        let (first_lit, first_bound) = (self.made.lits.len(), self.made.bounds.len());
        let lits: Vec<u16> = of.iter().map(|(lit, _)| self.lit(*lit)).collect();
        self.made.lits.extend(lits);
        self.made.bounds.extend(numbers);
        let lits = Span::since(&self.made.lits, first_lit);
        Some(Step::Fold { value, lits, bounds: Span::since(&self.made.bounds, first_bound), is_sum })
    }

    fn threshold(&mut self, node: u16) {
        let Some(Kind::Threshold(threshold)) = self.kinds.get(usize::from(node)) else { return };
        let Some(threshold) = self.program.thresholds.get(usize::from(*threshold)) else { return };
        let start = self.made.lits.len();
        let lits: Vec<u16> = threshold.of.iter().map(|lit| self.lit(*lit)).collect();
        self.made.lits.extend(lits);
        let (lits, place) = (Span::since(&self.made.lits, start), self.take([node]));
        self.made.steps.push(Step::Threshold { place, count: threshold.count, lits });
    }
}

/// The number that is written in the pack.
pub(super) fn constant(operand: &Operand) -> Option<i128> {
    match operand {
        Operand::Number(number) => Some(*number),
        Operand::Date(date) => Some(date.to_days().into()),
        _ => None,
    }
}

/// The places of facts in a pack, as the steps have them.
pub(super) fn narrow(fact: FactId) -> u32 {
    u32::try_from(fact.index()).unwrap_or(u32::MAX)
}
