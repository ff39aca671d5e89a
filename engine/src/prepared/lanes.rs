//! 64 cases at once by a prepared program: what a literal's byte is for one case are two words here,
//! where it certainly holds and, at the negated literal, where it certainly does not.

use core::array;

use super::rows::{Index, Input, clamped};
use super::single::{at, put};
use super::{LITS, NEGATED, Prepared, Source, Span, Step, Term};
use crate::columns::Column;
use crate::facts::{NO, NONE, OTHER_OPTION, YES};
use crate::many::{Block, LANES, at_least};
use crate::{FactId, Matched, Number};

type Planes = [u64; LITS];

/// The bits of 64 cases.
fn plane(holds: impl Fn(usize) -> bool) -> u64 {
    let bytes: [u8; LANES] = array::from_fn(|lane| u8::from(holds(lane)));
    // The product brings the lowest bits of eight bytes together in the highest byte.
    let eights = bytes.as_chunks().0.iter().enumerate();
    eights.fold(0, |bits, (place, eight)| {
        bits | (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * place)
    })
}

fn write(planes: &mut Planes, place: u16, yes: u64, no: u64) {
    put(planes, place & !NEGATED, yes);
    put(planes, place | NEGATED, no);
}

/// A part of a column, with what is past the last case unknown.
fn part<T: Clone, U: Copy>(column: &[T], block: &Block<'_>, none: U, of: impl Fn(&T) -> U) -> [U; LANES] {
    let mut part = [none; LANES];
    let cases = column.get(block.start..block.start + block.count).unwrap_or_default();
    part.iter_mut().zip(cases).for_each(|(own, case)| *own = of(case));
    part
}

/// The codes of a fact, as those of [`Facts`](crate::Facts).
fn codes(block: &Block<'_>, fact: FactId) -> [u8; LANES] {
    part(block.columns.codes(fact), block, NONE, |code| *code)
}

/// The numbers of a source, and where they are known.
#[inline(never)]
fn numbers(block: &Block<'_>, of: Source) -> ([i64; LANES], u64) {
    let numbers = match of {
        Source::Value(value) => {
            let all = block.lanes.values.get(usize::from(value));
            all.map_or([None; LANES], |all| all.map(clamped))
        }
        Source::Fact(fact) => match block.columns.column(fact) {
            Some(Column::Number(all)) => {
                part(all, block, None, |number| clamped(number.map_or(Number::Unknown, Number::Known)))
            }
            Some(Column::Date(all)) => part(all, block, None, |date| date.map(|date| date.to_days().into())),
            Some(Column::Choice(all)) => part(all, block, None, |option| option.map(i64::from)),
            _ => [None; LANES],
        },
    };
    let known = plane(|lane| numbers.get(lane).is_some_and(Option::is_some));
    (numbers.map(|number| number.unwrap_or(0)), known)
}

fn bit(plane: u64, lane: usize) -> bool {
    plane >> lane & 1 == 1
}

impl Prepared {
    /// Computes the cases of a block.
    pub(crate) fn lanes(&self, block: &mut Block<'_>) {
        block.lanes.planes.resize(LITS, 0);
        block.lanes.values.resize(self.values, [Number::Unknown; LANES]);
        block.lanes.tables.resize_with(self.tables, || alloc::vec![Matched::default(); LANES]);
        if let Some(planes) = planes(block) {
            write(planes, 0, !0, 0);
        }
        for step in &self.steps {
            self.lane_step(*step, block);
        }
    }

    #[inline(never)]
    fn lane_step(&self, step: Step, block: &mut Block<'_>) {
        match step {
            Step::Value(value) => {
                let Some(formula) = block.pack.program.values.get(usize::from(value)) else { return };
                let mut numbers = [Number::Unknown; LANES];
                for (lane, number) in numbers.iter_mut().enumerate().take(block.count) {
                    *number = block.of_case(lane, |compute| compute.formula(formula));
                }
                set_numbers(block, value, numbers);
            }
            Step::Table(place) => lane_table(block, place),
            Step::Atom { place, atom } => {
                let Some(atom) = block.pack.program.atoms.get(usize::from(atom)) else { return };
                let [yes, no] = block.atom(atom);
                if let Some(planes) = planes(block) {
                    write(planes, place, yes, no);
                }
            }
            Step::Class { place, facts, options } => {
                let (facts, options) = (facts.of(&self.facts), options.of(&self.lits));
                for (fact, place) in facts.iter().zip(place..) {
                    let Ok(fact) = usize::try_from(*fact) else { continue };
                    choose(block, FactId::new(fact), place, facts.len(), options);
                }
            }
            Step::Slices { place, fact, options, .. } => choose(block, fact, place, 1, options.of(&self.lits)),
            Step::Sets { place, fact, options } => {
                let sets = match block.columns.column(fact) {
                    Some(Column::Choices(all)) => part(all, block, None, |set| *set),
                    _ => [None; LANES],
                };
                let known = plane(|lane| sets.get(lane).is_some_and(Option::is_some));
                let sets = sets.map(|set| set.unwrap_or(0));
                let Some(planes) = planes(block) else { return };
                for (option, place) in options.of(&self.lits).iter().zip(place..) {
                    let bit = 1_u64.checked_shl((*option).into()).unwrap_or(0);
                    let yes = plane(|lane| sets.get(lane).is_some_and(|set| set & bit != 0));
                    write(planes, place, yes, known & !yes);
                }
            }
            Step::Ladder { place, of, bounds } => {
                let (numbers, known) = numbers(block, of);
                let Some(planes) = planes(block) else { return };
                for (bound, place) in bounds.of(&self.bounds).iter().zip(place..) {
                    let below = plane(|lane| numbers.get(lane).is_some_and(|number| number < bound));
                    write(planes, place, known & below, known & !below);
                }
            }
            Step::Index(index) => {
                if let Some(index) = usize::try_from(index).ok().and_then(|index| self.indexes.get(index)) {
                    lane_index(block, index);
                }
            }
            Step::Negate { .. } => {}
            Step::Choose { .. } | Step::Fold { .. } | Step::Pick { .. } => self.lane_number(step, block),
            Step::Gates { .. } | Step::Group { .. } | Step::Threshold { .. } => {
                if let Some(planes) = planes(block) {
                    self.lane_gates(step, planes);
                }
            }
        }
    }

    #[inline(never)]
    fn lane_number(&self, step: Step, block: &mut Block<'_>) {
        match step {
            Step::Choose { value, lit, numbers } => {
                let Some(planes) = planes(block) else { return };
                let (yes, no) = (at(planes, lit), at(planes, lit ^ NEGATED));
                let [then, otherwise] = numbers.of(&self.numbers) else { return };
                let open = if then == otherwise { *then } else { Number::Unknown };
                let number = |lane| match (bit(yes, lane), bit(no, lane)) {
                    (true, _) => *then,
                    (_, true) => *otherwise,
                    _ => open,
                };
                set_numbers(block, value, array::from_fn(number));
            }
            Step::Fold { value, lits, bounds, is_sum } => {
                let Some(planes) = planes(block) else { return };
                let (mut results, mut known) = ([0_i64; LANES], !0);
                for (lit, number) in lits.of(&self.lits).iter().zip(bounds.of(&self.bounds)) {
                    let (yes, no) = (at(planes, *lit), at(planes, lit ^ NEGATED));
                    known &= yes | no;
                    for (lane, result) in results.iter_mut().enumerate() {
                        let counts = number & (yes << (63 - lane)).cast_signed() >> 63;
                        *result = if is_sum { *result + counts } else { counts.max(*result) };
                    }
                }
                let mut lane = 0..;
                let number = |result: i64| {
                    let is_known = lane.next().is_some_and(|lane| bit(known, lane));
                    if is_known { Number::Known(result.into()) } else { Number::Unknown }
                };
                set_numbers(block, value, results.map(number));
            }
            Step::Pick { value, table, numbers } => {
                let numbers = numbers.of(&self.numbers);
                let mut picked = [None; LANES];
                for (own, matched) in
                    picked.iter_mut().zip(block.lanes.tables.get(usize::from(table)).into_iter().flatten())
                {
                    if matched.possible.is_empty() {
                        *own = match matched.certain.first() {
                            Some(row) => numbers.get(usize::from(*row)),
                            None => numbers.last(),
                        };
                    }
                }
                let Some(formula) = block.pack.program.values.get(usize::from(value)) else { return };
                let mut given = [Number::Unknown; LANES];
                for (lane, (own, picked)) in given.iter_mut().zip(picked).enumerate().take(block.count) {
                    *own = match picked {
                        Some(number) => *number,
                        None => block.of_case(lane, |compute| compute.formula(formula)),
                    };
                }
                set_numbers(block, value, given);
            }
            _ => {}
        }
    }

    #[inline(never)]
    fn lane_gates(&self, step: Step, planes: &mut Planes) {
        match step {
            Step::Gates { place, size, lits, .. } => {
                let lits = lits.of(&self.lits);
                if size == 2 {
                    for (lits, place) in lits.as_chunks::<2>().0.iter().zip(place..) {
                        gate(planes, place, *lits);
                    }
                } else {
                    for (lits, place) in lits.as_chunks::<4>().0.iter().zip(place..) {
                        gate(planes, place, *lits);
                    }
                }
            }
            Step::Group { place, count, size, lits, terms, .. } => {
                self.lane_group(planes, [place, count], size, lits, terms.of(&self.terms));
            }
            Step::Threshold { place, count, lits } => {
                let (count, lits) = (usize::from(count), lits.of(&self.lits));
                let yes = at_least(count, lits.iter().map(|lit| at(planes, *lit)));
                let possible = at_least(count, lits.iter().map(|lit| !at(planes, lit ^ NEGATED)));
                write(planes, place, yes, !possible);
            }
            _ => {}
        }
    }

    #[inline(never)]
    fn lane_group(&self, planes: &mut Planes, [place, count]: [u16; 2], size: u8, lits: Span, terms: &[Term]) {
        let mut lits = lits.of(&self.lits);
        for own in 0..count {
            let (mut yes, mut no) = (!0, 0);
            let (gathered, rest) = lits.split_at(usize::from(size).min(lits.len()));
            lits = rest;
            for lit in gathered {
                yes &= at(planes, *lit);
                no |= at(planes, lit ^ NEGATED);
            }
            for term in terms {
                let width = u16::from(term.width);
                let first = term.start.wrapping_add(own.wrapping_mul(width));
                for lit in first..first.wrapping_add(width) {
                    yes &= at(planes, lit);
                    no |= at(planes, lit ^ NEGATED);
                }
            }
            write(planes, place.wrapping_add(own), yes, no);
        }
    }
}

fn planes<'b>(block: &'b mut Block<'_>) -> Option<&'b mut Planes> {
    block.lanes.planes.as_mut_slice().try_into().ok()
}

fn set_numbers(block: &mut Block<'_>, value: u16, numbers: [Number; LANES]) {
    if let Some(own) = block.lanes.values.get_mut(usize::from(value)) {
        *own = numbers;
    }
}

#[inline(never)]
fn gate<const N: usize>(planes: &mut Planes, place: u16, lits: [u16; N]) {
    let yes = lits.iter().fold(!0, |all, lit| all & at(planes, *lit));
    let no = lits.iter().fold(0, |any, lit| any | at(planes, lit ^ NEGATED));
    write(planes, place, yes, no);
}

/// Where a fact is answered by each of some options; their places are `step` apart.
#[inline(never)]
fn choose(block: &mut Block<'_>, fact: FactId, place: u16, step: usize, options: &[u16]) {
    let codes = codes(block, fact);
    let (low, high) = if options == [u16::from(YES)] { (NO, YES) } else { (0, OTHER_OPTION) };
    let known = plane(|lane| codes.get(lane).is_some_and(|code| (low..=high).contains(code)));
    let Some(planes) = planes(block) else { return };
    let places = (place..).step_by(step.max(1));
    for (option, place) in options.iter().zip(places) {
        let option = u8::try_from(*option).unwrap_or(NONE);
        let yes = plane(|lane| codes.get(lane).is_some_and(|code| *code == option));
        write(planes, place, yes, known & !yes);
    }
}

fn lane_table(block: &mut Block<'_>, place: u16) {
    let Some(table) = block.pack.program.tables.get(usize::from(place)) else { return };
    let matched = (0..block.count).map(|lane| block.of_case(lane, |compute| compute.table(table)));
    let mut matched: alloc::vec::Vec<Matched> = matched.collect();
    matched.resize(LANES, Matched::default());
    if let Some(own) = block.lanes.tables.get_mut(usize::from(place)) {
        *own = matched;
    }
}

#[inline(never)]
fn lane_index(block: &mut Block<'_>, index: &Index) {
    let (mut certain, mut possible) = ([index.all; LANES], [index.all; LANES]);
    for column in &index.columns {
        let sets: [Option<u64>; LANES] = match column.input {
            Input::Lit(lit) => {
                let Some(planes) = planes(block) else { return };
                let (yes, no) = (at(planes, lit), at(planes, lit ^ NEGATED));
                let [then, otherwise] = [0, 1].map(|place| column.rows_of(place));
                array::from_fn(|lane| match (bit(yes, lane), bit(no, lane)) {
                    (true, _) => Some(then),
                    (_, true) => Some(otherwise),
                    _ => None,
                })
            }
            Input::Option(fact) => {
                codes(block, fact).map(|code| (code <= OTHER_OPTION).then(|| column.rows_of(code.into())))
            }
            Input::Number(of) => {
                let (numbers, known) = numbers(block, of);
                let mut lane = 0..;
                numbers.map(|number| {
                    let is_known = lane.next().is_some_and(|lane| bit(known, lane));
                    is_known.then(|| column.rows(number))
                })
            }
        };
        for ((certain, possible), set) in certain.iter_mut().zip(&mut possible).zip(sets) {
            *certain &= set.unwrap_or(column.open);
            *possible &= set.unwrap_or(index.all);
        }
    }
    for (lit, rows) in &index.when {
        let Some(planes) = planes(block) else { return };
        let (yes, no) = (at(planes, *lit), at(planes, lit ^ NEGATED));
        for (lane, (certain, possible)) in certain.iter_mut().zip(&mut possible).enumerate() {
            *certain &= if bit(yes, lane) { index.all } else { !rows };
            *possible &= if bit(no, lane) { !rows } else { index.all };
        }
    }
    if let Some(own) = block.lanes.tables.get_mut(usize::from(index.table)) {
        for ((own, certain), possible) in own.iter_mut().zip(certain).zip(possible) {
            *own = index.matched(certain, possible);
        }
    }
}
