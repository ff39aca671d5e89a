//! Many cases at once: 64 of them in the bits of one word.
//!
//! A node has two words: bit `n` of the first one says that it is certainly true in case `n`, of
//! the second one that it is certainly false. AND is `&` of the first words and `|` of the second
//! ones, NOT is the other word. Numbers are computed case by case, formula by formula.

use alloc::vec::Vec;

use crate::columns::{CaseFacts, Column, Columns};
use crate::prepared::Prepared;
use crate::run::{Compute, Computed};
use crate::search::{Probe, Search};
use crate::{
    Atom, Calendar, Comparison, Date, FactId, Lit, Machine, Matched, Number, Operand, Pack, Stretch, Threshold,
    Verdict, VerdictLits,
};

/// How many cases a word holds.
pub(crate) const LANES: usize = 64;

/// How results that Kleene's logic leaves open are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// They stay open; a few of them may have a value that [`decide`](crate::decide()) finds.
    Stay,
    /// They are searched case by case, so that results are those of [`decide`](crate::decide()).
    Search,
}

/// Which results of many cases are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Literals.
    pub lits: Vec<Lit>,
    /// Numbers, by their places among [`Program::values`](crate::Program::values).
    pub values: Vec<u16>,
}

impl Chosen {
    /// What a decision says: the verdict, items, grounds, conflicts, checks, materials, fees and
    /// the numbers of its periods.
    #[must_use]
    pub fn results(pack: &Pack) -> Chosen {
        let VerdictLits { refused, not_needed, correctable, ready } = pack.verdict;
        let mut lits = alloc::vec![refused, not_needed, correctable, ready, pack.blocked];
        lits.extend(pack.items.iter().flat_map(|item| [item.selected, item.eligible, item.going]));
        let grounds = pack.not_required.iter().chain(&pack.not_competent);
        lits.extend(grounds.map(|ground| ground.condition.holds));
        lits.extend(pack.conflicts.iter().map(|conflict| conflict.condition.holds));
        lits.extend(pack.checks.iter().map(|check| check.condition.holds));
        for material in &pack.materials {
            lits.extend([material.required, material.waived_internal, material.waived_shared]);
            lits.extend([material.missing, material.defective]);
        }
        lits.extend(pack.fees.iter().map(|fee| fee.when));
        let mut values = alloc::vec![pack.statutory_sum, pack.statutory_max];
        values.extend(pack.promise.iter().map(|promise| promise.days));
        Chosen { lits, values }
    }

    /// Everything that is computed.
    #[must_use]
    pub fn everything(pack: &Pack) -> Chosen {
        let values = (0..pack.program.values.len()).filter_map(|value| u16::try_from(value).ok());
        Chosen { lits: (0..pack.program.node_count()).filter_map(Lit::new).collect(), values: values.collect() }
    }
}

/// The results of many cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes {
    cases: usize,
    /// By the numbers of nodes: where each wanted node stands among the planes of a block.
    places: Vec<Option<u32>>,
    /// By the numbers of values.
    value_places: Vec<Option<u32>>,
    /// For every 64 cases two words a wanted node.
    blocks: Vec<Vec<[u64; 2]>>,
    /// For every wanted value one number a case.
    numbers: Vec<Vec<Number>>,
    verdict: VerdictLits,
}

impl Outcomes {
    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// The value of a wanted literal in a case; `None` is open, or was not wanted.
    #[must_use]
    pub fn get(&self, case: usize, lit: Lit) -> Option<bool> {
        let [yes, no] = self.planes(case / LANES, lit)?;
        if yes >> (case % LANES) & 1 == 1 {
            return Some(true);
        }
        (no >> (case % LANES) & 1 == 1).then_some(false)
    }

    /// The value of a wanted number in a case; unknown if it was not wanted.
    #[must_use]
    pub fn number(&self, case: usize, value: u16) -> Number {
        let numbers = self
            .value_places
            .get(usize::from(value))
            .copied()
            .flatten()
            .and_then(|place| self.numbers.get(usize::try_from(place).ok()?)?.get(case));
        numbers.copied().unwrap_or(Number::Unknown)
    }

    /// The verdict of a case, if its literals were wanted.
    #[must_use]
    pub fn verdict(&self, case: usize) -> Verdict {
        let lits = self.verdict;
        let verdicts = [
            (lits.refused, Verdict::Refused),
            (lits.not_needed, Verdict::NotNeeded),
            (lits.correctable, Verdict::Correctable),
            (lits.ready, Verdict::Ready),
        ];
        let decided = verdicts.into_iter().find(|(lit, _)| self.get(case, *lit) == Some(true));
        decided.map_or(Verdict::Undetermined, |(_, verdict)| verdict)
    }

    /// In how many cases a wanted literal is true, and in how many it is false; it is open in the others.
    #[must_use]
    pub fn count(&self, lit: Lit) -> [usize; 2] {
        let mut counts = [0; 2];
        for block in 0..self.blocks.len() {
            let planes = self.planes(block, lit).unwrap_or_default();
            counts.iter_mut().zip(planes).for_each(|(count, plane)| *count += ones(plane));
        }
        counts
    }

    fn planes(&self, block: usize, lit: Lit) -> Option<[u64; 2]> {
        let place = usize::try_from(self.places.get(lit.node()).copied().flatten()?).ok()?;
        let [yes, no] = *self.blocks.get(block)?.get(place)?;
        Some(if lit.is_negated() { [no, yes] } else { [yes, no] })
    }

    /// States what a search found.
    fn settle(&mut self, case: usize, lit: Lit, value: bool) {
        let place = self.places.get(lit.node()).copied().flatten().and_then(|place| usize::try_from(place).ok());
        let planes = self.blocks.get_mut(case / LANES).zip(place).and_then(|(block, place)| block.get_mut(place));
        if let Some([yes, no]) = planes {
            *(if value == lit.is_negated() { no } else { yes }) |= 1 << (case % LANES);
        }
    }
}

fn ones(plane: u64) -> usize {
    usize::try_from(plane.count_ones()).unwrap_or(LANES)
}

/// Decides about many cases at once, on the day `on`.
///
/// A result is that of [`Run`](crate::Run); with [`Open::Search`] it is that of
/// [`decide`](crate::decide()), whose search costs as much for each open case as it does there.
#[must_use]
pub fn decide_many(
    pack: &Pack,
    calendar: &Calendar,
    columns: &Columns,
    on: Date,
    wanted: &Chosen,
    open: Open,
) -> Outcomes {
    decide_many_by(&Machine::new(pack), pack, calendar, columns, on, wanted, open)
}

/// [`decide_many`], by the machine of the same pack, which is made once for many calls.
#[must_use]
pub fn decide_many_by(
    machine: &Machine,
    pack: &Pack,
    calendar: &Calendar,
    columns: &Columns,
    on: Date,
    wanted: &Chosen,
    open: Open,
) -> Outcomes {
    let columns = &*columns.assumed(pack, on);
    let mut outcomes = Outcomes {
        cases: columns.cases(),
        places: places(wanted.lits.iter().map(|lit| lit.node()), pack.program.node_count()),
        value_places: places(wanted.values.iter().map(|value| usize::from(*value)), pack.program.values.len()),
        blocks: Vec::new(),
        numbers: alloc::vec![Vec::with_capacity(columns.cases()); wanted.values.len()],
        verdict: pack.verdict,
    };
    let mut block = Block::new(machine, pack, columns, calendar);
    for start in (0..columns.cases()).step_by(LANES) {
        block.compute(start);
        // Bits past the last case say nothing.
        let cases = !0_u64 >> (LANES - block.count);
        let planes = wanted.lits.iter().map(|lit| block.lanes.planes(lit.node()).map(|plane| plane & cases));
        outcomes.blocks.push(planes.collect());
        for (numbers, value) in outcomes.numbers.iter_mut().zip(&wanted.values) {
            numbers.extend((0..block.count).map(|lane| block.lanes.number(*value, lane)));
        }
    }
    if open == Open::Search {
        search(machine, pack, calendar, columns, wanted, &mut outcomes);
    }
    outcomes
}

/// Where each wanted thing stands, the last time that it is wanted.
fn places(wanted: impl Iterator<Item = usize>, count: usize) -> Vec<Option<u32>> {
    let mut places = alloc::vec![None; count];
    for (place, index) in wanted.enumerate() {
        if let Some(found) = places.get_mut(index) {
            *found = u32::try_from(place).ok();
        }
    }
    places
}

/// Searches what is open, as a decision does: the verdict as a whole, everything else by itself.
fn search(
    machine: &Machine,
    pack: &Pack,
    calendar: &Calendar,
    columns: &Columns,
    wanted: &Chosen,
    outcomes: &mut Outcomes,
) {
    let lits = pack.verdict;
    let verdict = [lits.refused, lits.not_needed, lits.correctable, lits.ready];
    for case in 0..columns.cases() {
        let is_open = |lit: &&Lit| outcomes.get(case, **lit).is_none();
        let open: Vec<Lit> = wanted.lits.iter().filter(is_open).copied().collect();
        let numbers = wanted.values.iter().enumerate();
        let open_numbers: Vec<(usize, u16)> = numbers
            .filter(|(_, value)| outcomes.number(case, **value) == Number::Unknown)
            .map(|(place, value)| (place, *value))
            .collect();
        if open.is_empty() && open_numbers.is_empty() {
            continue;
        }
        let facts = columns.case(case);
        let mut search = Search::new(machine, pack, &facts, Some(calendar));
        for lit in open {
            let in_verdict = verdict.iter().position(|of| of.node() == lit.node());
            let found = match in_verdict {
                Some(place) => {
                    let probe = Probe { lits: verdict.to_vec(), ..Probe::default() };
                    let value = search.observe(&probe).common.lits.get(place).copied().flatten();
                    value.map(|value| value != (verdict.get(place) != Some(&lit)))
                }
                None => search.finding(lit).value,
            };
            if let Some(value) = found {
                outcomes.settle(case, lit, value);
            }
        }
        for (place, value) in open_numbers {
            let probe = Probe { values: alloc::vec![value], ..Probe::default() };
            let found = search.observe(&probe).common.numbers.first().copied().unwrap_or(Number::Unknown);
            if let Some(number) = outcomes.numbers.get_mut(place).and_then(|numbers| numbers.get_mut(case)) {
                *number = found;
            }
        }
    }
}

/// The values of a program in 64 cases.
#[derive(Debug, Default)]
pub(crate) struct Lanes<'p> {
    /// Two words a node.
    pub(crate) planes: Vec<u64>,
    pub(crate) values: Vec<[Number; LANES]>,
    /// For every table what matches in each case.
    pub(crate) tables: Vec<Vec<Matched>>,
    prepared: Option<&'p Prepared>,
}

/// One case of them.
pub(crate) struct Lane<'l> {
    lanes: &'l Lanes<'l>,
    lane: usize,
}

impl Computed for Lane<'_> {
    fn get(&self, lit: Lit) -> Option<bool> {
        let is_set = |lit: Lit| self.lanes.plane(lit) >> self.lane & 1 == 1;
        if is_set(lit) { Some(true) } else { is_set(!lit).then_some(false) }
    }

    fn number(&self, value: u16) -> Number {
        self.lanes.number(value, self.lane)
    }

    fn matched(&self, table: u16) -> Option<&Matched> {
        self.lanes.tables.get(usize::from(table))?.get(self.lane)
    }
}

impl Lanes<'_> {
    /// Where the literal is certainly true.
    fn plane(&self, lit: Lit) -> u64 {
        let slot = match self.prepared {
            Some(prepared) => prepared.slot(lit),
            None => Some(lit.slot()),
        };
        slot.and_then(|slot| self.planes.get(slot)).copied().unwrap_or(0)
    }

    fn planes(&self, node: usize) -> [u64; 2] {
        Lit::new(node).map_or([0; 2], |lit| [self.plane(lit), self.plane(!lit)])
    }

    fn number(&self, value: u16, lane: usize) -> Number {
        let numbers = self.values.get(usize::from(value));
        numbers.and_then(|numbers| numbers.get(lane)).copied().unwrap_or(Number::Unknown)
    }

    fn push(&mut self, [yes, no]: [u64; 2]) {
        self.planes.push(yes);
        self.planes.push(no);
    }

    fn gate(&self, gate: [Lit; 4]) -> [u64; 2] {
        let yes = gate.map(|lit| self.plane(lit));
        let no = gate.map(|lit| self.plane(!lit));
        [yes.into_iter().fold(!0, |all, plane| all & plane), no.into_iter().fold(0, |any, plane| any | plane)]
    }

    fn threshold(&self, threshold: &Threshold) -> [u64; 2] {
        let count = usize::from(threshold.count);
        let yes = at_least(count, threshold.of.iter().map(|lit| self.plane(*lit)));
        let possible = at_least(count, threshold.of.iter().map(|lit| !self.plane(!*lit)));
        [yes, !possible]
    }
}

/// In which cases at least so many of the planes have their bit set; the sums are counted bit by bit.
pub(crate) fn at_least(count: usize, planes: impl Iterator<Item = u64>) -> u64 {
    // `digits[n]` holds bit n of every case's sum; a sum is no larger than a `u16` list is long.
    let mut digits = [0_u64; 17];
    for plane in planes {
        let mut carry = plane;
        for digit in &mut digits {
            (*digit, carry) = (*digit ^ carry, *digit & carry);
            if carry == 0 {
                break;
            }
        }
    }
    // From the highest digit down: larger so far, or equal so far.
    let (mut larger, mut equal) = (0_u64, !0_u64);
    for (place, digit) in digits.into_iter().enumerate().rev() {
        if count >> place & 1 == 1 {
            equal &= digit;
        } else {
            larger |= equal & digit;
            equal &= !digit;
        }
    }
    larger | equal
}

/// The cases that are being computed.
pub(crate) struct Block<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) columns: &'a Columns,
    calendar: &'a Calendar,
    pub(crate) start: usize,
    pub(crate) count: usize,
    pub(crate) lanes: Lanes<'a>,
}

impl<'a> Block<'a> {
    fn new(machine: &'a Machine, pack: &'a Pack, columns: &'a Columns, calendar: &'a Calendar) -> Block<'a> {
        let lanes = Lanes {
            prepared: machine.prepared(pack),
            planes: Vec::with_capacity(pack.program.node_count() * 2),
            values: Vec::with_capacity(pack.program.values.len()),
            tables: Vec::with_capacity(pack.program.tables.len()),
        };
        Block { pack, columns, calendar, start: 0, count: 0, lanes }
    }

    /// Computes the program over the cases from `start` on.
    fn compute(&mut self, start: usize) {
        (self.start, self.count) = (start, LANES.min(self.columns.cases() - start));
        if let Some(prepared) = self.lanes.prepared {
            return prepared.lanes(self);
        }
        self.lanes.planes.clear();
        self.lanes.values.clear();
        self.lanes.tables.clear();
        self.lanes.push([!0, 0]);
        let program = &self.pack.program;
        let mut formulas = program.values.iter();
        let mut atoms = program.atoms.iter();
        let mut gates = program.gates.iter();
        let mut thresholds = program.thresholds.iter();
        let mut tables = program.tables.iter();
        for stretch in &program.order {
            match *stretch {
                Stretch::Values(n) => formulas.by_ref().take(n.into()).for_each(|formula| {
                    let mut numbers = [Number::Unknown; LANES];
                    for (lane, number) in numbers.iter_mut().enumerate().take(self.count) {
                        *number = self.of_case(lane, |compute| compute.formula(formula));
                    }
                    self.lanes.values.push(numbers);
                }),
                Stretch::Atoms(n) => atoms.by_ref().take(n.into()).for_each(|atom| {
                    let planes = self.atom(atom);
                    self.lanes.push(planes);
                }),
                Stretch::Gates(n) => gates.by_ref().take(n.into()).for_each(|gate| {
                    let planes = self.lanes.gate(*gate);
                    self.lanes.push(planes);
                }),
                Stretch::Thresholds(n) => thresholds.by_ref().take(n.into()).for_each(|threshold| {
                    let planes = self.lanes.threshold(threshold);
                    self.lanes.push(planes);
                }),
                Stretch::Tables(n) => tables.by_ref().take(n.into()).for_each(|table| {
                    let matched = (0..self.count).map(|lane| self.of_case(lane, |compute| compute.table(table)));
                    let matched = matched.collect();
                    self.lanes.tables.push(matched);
                }),
            }
        }
    }

    pub(crate) fn of_case<T>(&self, lane: usize, of: impl Fn(Compute<'_, Lane<'_>, CaseFacts<'_>>) -> T) -> T {
        let facts = CaseFacts { columns: self.columns, case: self.start + lane };
        of(Compute {
            run: &Lane { lanes: &self.lanes, lane },
            program: &self.pack.program,
            facts: &facts,
            calendar: Some(self.calendar),
        })
    }

    /// A predicate in all cases: from its column where it reads one that it compares with what is
    /// written in the pack, else case by case.
    pub(crate) fn atom(&self, atom: &Atom) -> [u64; 2] {
        let column = |fact: FactId| self.columns.column(fact);
        match atom {
            Atom::Holds(fact) => match column(*fact) {
                Some(Column::Bool(all)) => self.each(all, |value| *value),
                _ => [0; 2],
            },
            Atom::Is(fact, option) => match column(*fact) {
                Some(Column::Choice(all)) => self.each(all, |chosen| chosen == option),
                _ => [0; 2],
            },
            Atom::Has(fact, option) => match column(*fact) {
                Some(Column::Choices(all)) => {
                    let bit = 1_u64.checked_shl((*option).into()).unwrap_or(0);
                    self.each(all, |set| set & bit != 0)
                }
                _ => [0; 2],
            },
            Atom::Compare(Operand::Fact(fact), by, Operand::Number(number)) => match (column(*fact), by) {
                (Some(Column::Number(all)), Comparison::Equal) => self.each(all, |value| value == number),
                (Some(Column::Number(all)), Comparison::Less) => self.each(all, |value| value < number),
                (Some(Column::Number(all)), Comparison::LessOrEqual) => self.each(all, |value| value <= number),
                _ => self.case_by_case(atom),
            },
            Atom::Compare(..)
            | Atom::TextIs(..)
            | Atom::Text(..)
            | Atom::Workday(_)
            | Atom::Rows(_)
            | Atom::Outer(_) => self.case_by_case(atom),
        }
    }

    fn each<T>(&self, column: &[Option<T>], holds: impl Fn(&T) -> bool) -> [u64; 2] {
        let (mut yes, mut known) = (0, 0);
        let cases = column.get(self.start..self.start + self.count).unwrap_or(&[]);
        for (lane, value) in cases.iter().enumerate() {
            known |= u64::from(value.is_some()) << lane;
            yes |= u64::from(value.as_ref().is_some_and(&holds)) << lane;
        }
        [yes, known & !yes]
    }

    fn case_by_case(&self, atom: &Atom) -> [u64; 2] {
        let (mut yes, mut no) = (0, 0);
        for lane in 0..self.count {
            match self.of_case(lane, |compute| compute.atom(atom)) {
                Some(true) => yes |= 1 << lane,
                Some(false) => no |= 1 << lane,
                None => {}
            }
        }
        [yes, no]
    }
}
