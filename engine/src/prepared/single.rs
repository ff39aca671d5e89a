//! One case by a prepared program.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::rows::{Index, Input, clamped};
use super::{LITS, NEGATED, Prepared, Source, Span, Step, Term};
use crate::facts::{NO, NONE, OTHER_OPTION, YES};
use crate::run::{Answered, Compute, Computed, FALSE, Known, TRUE, UNKNOWN, negated};
use crate::{Calendar, FactId, Facts, Lit, Matched, Number, Program, Run, Slot, Value};

/// Of so many gates the negations are written afterwards, all at once.
const MANY: u16 = 32;

/// Where a case is computed.
#[derive(Debug)]
pub(crate) struct State {
    /// By literals.
    bytes: Box<[u8; LITS]>,
    values: Vec<Number>,
    tables: Vec<Matched>,
    /// What a group gathers, and what becomes of it.
    gathered: Vec<u8>,
    joined: Vec<u8>,
}

impl Default for State {
    fn default() -> State {
        let bytes = alloc::vec![UNKNOWN; LITS].into_boxed_slice().try_into();
        State {
            bytes: bytes.unwrap_or_else(|_| Box::new([UNKNOWN; LITS])),
            values: Vec::new(),
            tables: Vec::new(),
            gathered: Vec::new(),
            joined: Vec::new(),
        }
    }
}

/// A state as the instructions of the program read it.
struct View<'s> {
    state: &'s State,
    places: &'s [u16],
}

impl Computed for View<'_> {
    fn get(&self, lit: Lit) -> Option<bool> {
        let place = self.places.get(lit.node()).copied()?;
        match self.state.lit(if lit.is_negated() { place | NEGATED } else { place }) {
            TRUE => Some(true),
            FALSE => Some(false),
            _ => None,
        }
    }

    fn number(&self, value: u16) -> Number {
        self.state.number(value)
    }

    fn matched(&self, table: u16) -> Option<&Matched> {
        self.state.tables.get(usize::from(table))
    }
}

#[allow(clippy::indexing_slicing, reason = "16 bits count no more than there are literals")]
pub(super) fn at<T: Copy>(bytes: &[T; LITS], lit: u16) -> T {
    bytes[usize::from(lit)]
}

#[allow(clippy::indexing_slicing, reason = "16 bits count no more than there are literals")]
pub(super) fn put<T>(bytes: &mut [T; LITS], lit: u16, value: T) {
    bytes[usize::from(lit)] = value;
}

impl State {
    fn lit(&self, lit: u16) -> u8 {
        at(&self.bytes, lit)
    }

    fn write(&mut self, place: u16, value: u8) {
        put(&mut self.bytes, place & !NEGATED, value);
        put(&mut self.bytes, place | NEGATED, negated(value));
    }
}

impl State {
    fn number(&self, value: u16) -> Number {
        self.values.get(usize::from(value)).copied().unwrap_or(Number::Unknown)
    }

    fn set_number(&mut self, value: u16, number: Number) {
        if let Some(own) = self.values.get_mut(usize::from(value)) {
            *own = number;
        }
    }

    fn set_table(&mut self, table: u16, matched: Matched) {
        if let Some(own) = self.tables.get_mut(usize::from(table)) {
            *own = matched;
        }
    }

    /// The places of some nodes.
    fn places(&mut self, place: u16, count: usize) -> &mut [u8] {
        let start = usize::from(place);
        self.bytes.get_mut(start..start + count).unwrap_or_default()
    }

    /// Writes the negations of some places.
    #[inline(never)]
    fn negate(&mut self, place: u16, count: usize) {
        let (positive, negative) = self.bytes.split_at_mut(LITS / 2);
        let range = usize::from(place)..usize::from(place) + count;
        if let Some((from, to)) = positive.get(range.clone()).zip(negative.get_mut(range)) {
            from.iter().zip(to).for_each(|(value, negation)| *negation = negated(*value));
        }
    }
}

/// What is computed: the program, the facts, the days.
#[derive(Clone, Copy)]
pub(crate) struct Case<'c> {
    pub(crate) program: &'c Program,
    pub(crate) facts: &'c Facts,
    pub(crate) calendar: Option<&'c Calendar>,
}

impl Prepared {
    /// See [`Run::new`].
    pub(crate) fn run(&self, case: Case<'_>, state: &mut State) -> Run {
        state.values = alloc::vec![Number::Unknown; self.values];
        state.tables = alloc::vec![Matched::default(); self.tables];
        state.write(0, TRUE);
        for step in &self.steps {
            self.step(*step, case, state);
        }
        let slots = state.bytes.get(..self.used).unwrap_or_default().to_vec();
        let (values, tables) = (core::mem::take(&mut state.values), core::mem::take(&mut state.tables));
        Run::from_parts(slots, Some(self.places.clone()), values, tables)
    }

    #[inline(never)]
    fn step(&self, step: Step, case: Case<'_>, state: &mut State) {
        match step {
            Step::Gates { place, count, size, lits } => self.gates(state, place, count, size, lits),
            Step::Group { place, count, size, lits, terms, again } => {
                if size > 0 && !again {
                    self.gather(state, size, lits);
                }
                self.join(state, place, count.into(), size > 0, terms.of(&self.terms));
            }
            Step::Class { place, facts, options } => self.class(state, case.facts, place, facts, options),
            Step::Slices { place, fact, width, named, bytes, .. } => {
                let code = case.facts.codes().get(fact.index()).copied().unwrap_or(NONE);
                let row = if code <= OTHER_OPTION { code.min(named) } else { named + 1 };
                let (row, width) = (usize::from(row), usize::from(width));
                let slice = bytes.of(&self.bytes).get(row * width..(row + 1) * width).unwrap_or_default();
                for (byte, value) in state.places(place, width).iter_mut().zip(slice) {
                    *byte = *value;
                }
            }
            Step::Sets { place, fact, options } => {
                let set = match case.facts.get(fact) {
                    Slot::Known(Value::Choices(set)) => Some(*set),
                    _ => None,
                };
                let options = options.of(&self.lits);
                for (byte, option) in state.places(place, options.len()).iter_mut().zip(options) {
                    *byte = set.map_or(UNKNOWN, |set| of_bit(set.checked_shr((*option).into()).unwrap_or(0) & 1 == 1));
                }
            }
            Step::Ladder { place, of, bounds } => {
                let (bounds, number) = (bounds.of(&self.bounds), clamped(source(of, case.facts, state)));
                let places = state.places(place, bounds.len());
                match number {
                    None => places.fill(UNKNOWN),
                    Some(number) => {
                        for (byte, bound) in places.iter_mut().zip(bounds) {
                            *byte = of_bit(number < *bound);
                        }
                    }
                }
                if matches!(of, Source::Value(_)) {
                    state.negate(place, bounds.len());
                }
            }
            Step::Index(index) => {
                if let Some(index) = usize::try_from(index).ok().and_then(|index| self.indexes.get(index)) {
                    self.index(index, case, state);
                }
            }
            Step::Threshold { place, count, lits } => self.threshold(state, place, count, lits),
            Step::Negate { place, count } => state.negate(place, count.into()),
            _ => self.number(step, case, state),
        }
    }

    fn threshold(&self, state: &mut State, place: u16, count: u16, lits: Span) {
        let (mut certain, mut possible) = (0_u32, 0_u32);
        for lit in lits.of(&self.lits) {
            let value = state.lit(*lit);
            certain += u32::from(value & 1);
            possible += u32::from(value >> 7);
        }
        let count = u32::from(count);
        state.write(place, if certain >= count { TRUE } else { of_open(possible >= count) });
    }

    /// Numbers, and what is computed as the program has it.
    fn number(&self, step: Step, case: Case<'_>, state: &mut State) {
        match step {
            Step::Choose { value, lit, numbers } => {
                let number = match (numbers.of(&self.numbers), state.lit(lit)) {
                    ([then, otherwise], UNKNOWN) if then == otherwise => *then,
                    ([then, _], TRUE) => *then,
                    ([_, otherwise], FALSE) => *otherwise,
                    _ => Number::Unknown,
                };
                state.set_number(value, number);
            }
            Step::Fold { value, lits, bounds, is_sum } => {
                let (mut result, mut open) = (0_i64, false);
                for (lit, number) in lits.of(&self.lits).iter().zip(bounds.of(&self.bounds)) {
                    let value = state.lit(*lit);
                    open |= value == UNKNOWN;
                    let counts = number & -i64::from(value & 1);
                    result = if is_sum { result + counts } else { result.max(counts) };
                }
                state.set_number(value, if open { Number::Unknown } else { Number::Known(result.into()) });
            }
            Step::Pick { value, table, numbers } => {
                let numbers = numbers.of(&self.numbers);
                let picked = state.tables.get(usize::from(table)).filter(|matched| matched.possible.is_empty());
                let picked = picked.and_then(|matched| match matched.certain.first() {
                    Some(row) => numbers.get(usize::from(*row)),
                    None => numbers.last(),
                });
                match picked {
                    Some(number) => state.set_number(value, *number),
                    None => self.number(Step::Value(value), case, state),
                }
            }
            Step::Value(value) => {
                if let Some(formula) = case.program.values.get(usize::from(value)) {
                    let number = self.compute(case, state, |compute| compute.formula(formula));
                    state.set_number(value, number);
                }
            }
            Step::Table(place) => {
                if let Some(table) = case.program.tables.get(usize::from(place)) {
                    let matched = self.compute(case, state, |compute| compute.table(table));
                    state.set_table(place, matched);
                }
            }
            Step::Atom { place, atom } => {
                if let Some(atom) = case.program.atoms.get(usize::from(atom)) {
                    let known = self.compute(case, state, |compute| compute.atom(atom));
                    state.write(place, known.map_or(UNKNOWN, of_bit));
                }
            }
            _ => {}
        }
    }

    fn compute<T>(&self, case: Case<'_>, state: &State, of: impl FnOnce(&Compute<'_, View<'_>, Facts>) -> T) -> T {
        let Case { program, facts, calendar } = case;
        of(&Compute { run: &View { state, places: &self.places }, program, facts, calendar })
    }

    #[inline(never)]
    fn class(&self, state: &mut State, facts: &Facts, place: u16, members: Span, options: Span) {
        let codes = facts.codes();
        state.gathered.clear();
        let code = |fact: &u32| usize::try_from(*fact).ok().and_then(|fact| codes.get(fact)).copied();
        state.gathered.extend(members.of(&self.facts).iter().map(|fact| code(fact).unwrap_or(NONE)));
        let count = state.gathered.len();
        let mut rest = state.bytes.get_mut(usize::from(place)..).unwrap_or_default();
        let options = options.of(&self.lits);
        for option in options {
            let Some((own, after)) = core::mem::take(&mut rest).split_at_mut_checked(count) else { break };
            rest = after;
            let option = u8::try_from(*option).unwrap_or(NONE);
            // What is no answer to the question leaves it open.
            let (low, high) = if option == YES { (NO, YES) } else { (0, OTHER_OPTION) };
            for (byte, code) in own.iter_mut().zip(&state.gathered) {
                let open = if *code < low || *code > high { UNKNOWN } else { FALSE };
                *byte = if *code == option { TRUE } else { open };
            }
        }
    }

    #[inline(never)]
    fn gates(&self, state: &mut State, place: u16, count: u16, size: u8, lits: Span) {
        if count >= MANY {
            self.gather(state, size, lits);
            let places = state.bytes.get_mut(usize::from(place)..usize::from(place) + usize::from(count));
            if let Some(places) = places.filter(|places| places.len() == state.gathered.len()) {
                places.copy_from_slice(&state.gathered);
            }
            return state.negate(place, count.into());
        }
        let lits = lits.of(&self.lits);
        let bytes: &mut [u8; LITS] = &mut state.bytes;
        let places = place..place.wrapping_add(count);
        if size == 2 {
            for (place, [a, b]) in places.zip(lits.as_chunks().0) {
                let value = at(bytes, *a) & at(bytes, *b);
                put(bytes, place & !NEGATED, value);
                put(bytes, place | NEGATED, negated(value));
            }
        } else {
            for (place, [a, b, c, d]) in places.zip(lits.as_chunks().0) {
                let value = at(bytes, *a) & at(bytes, *b) & at(bytes, *c) & at(bytes, *d);
                put(bytes, place & !NEGATED, value);
                put(bytes, place | NEGATED, negated(value));
            }
        }
    }

    #[inline(never)]
    fn gather(&self, state: &mut State, size: u8, lits: Span) {
        let lits = lits.of(&self.lits);
        let (bytes, gathered): (&[u8; LITS], _) = (&state.bytes, &mut state.gathered);
        gathered.clear();
        match size {
            1 => gathered.extend(lits.iter().map(|lit| at(bytes, *lit))),
            2 => gathered.extend(lits.as_chunks().0.iter().map(|[a, b]| at(bytes, *a) & at(bytes, *b))),
            4 => gathered.extend(
                lits.as_chunks()
                    .0
                    .iter()
                    .map(|[a, b, c, d]| at(bytes, *a) & at(bytes, *b) & at(bytes, *c) & at(bytes, *d)),
            ),
            _ => {
                let all = lits.chunks_exact(size.into());
                gathered.extend(all.map(|gate| gate.iter().fold(TRUE, |all, lit| all & at(bytes, *lit))));
            }
        }
    }

    /// Joins what was gathered with stretches of places.
    #[inline(never)]
    fn join(&self, state: &mut State, place: u16, count: usize, is_gathered: bool, terms: &[Term]) {
        let mut joined = core::mem::take(&mut state.joined);
        joined.clear();
        if is_gathered {
            joined.extend_from_slice(&state.gathered);
        } else {
            joined.resize(count, TRUE);
        }
        for term in terms {
            let read = state.bytes.get(usize::from(term.start)..).unwrap_or_default();
            match term.width {
                1 => joined.iter_mut().zip(read).for_each(|(own, a)| *own &= a),
                2 => joined.iter_mut().zip(read.as_chunks().0).for_each(|(own, [a, b])| *own &= a & b),
                _ => joined.iter_mut().zip(read.as_chunks().0).for_each(|(own, [a, b, c, d])| *own &= a & b & c & d),
            }
        }
        let places = state.places(place, count);
        if places.len() == joined.len() {
            places.copy_from_slice(&joined);
        }
        state.negate(place, count);
        state.joined = joined;
    }

    #[inline(never)]
    fn index(&self, index: &Index, case: Case<'_>, state: &mut State) {
        let (mut certain, mut possible) = (index.all, index.all);
        for column in &index.columns {
            let set = match column.input {
                Input::Lit(lit) => match state.lit(lit) {
                    TRUE => Some(column.rows_of(0)),
                    FALSE => Some(column.rows_of(1)),
                    _ => None,
                },
                Input::Option(fact) => match case.facts.codes().get(fact.index()).copied().unwrap_or(NONE) {
                    // An option or number that has no code.
                    code if code > NONE - 4 && case.facts.get(fact).value().is_some() => {
                        return self.number(Step::Table(index.table), case, state);
                    }
                    code if code > NONE - 4 => None,
                    code => Some(column.rows_of(code.into())),
                },
                Input::Number(of) => clamped(source(of, case.facts, state)).map(|number| column.rows(number)),
            };
            certain &= set.unwrap_or(column.open);
            possible &= set.unwrap_or(index.all);
        }
        for (lit, rows) in &index.when {
            let value = state.lit(*lit);
            certain &= if value == TRUE { index.all } else { !rows };
            possible &= if value == FALSE { !rows } else { index.all };
        }
        state.set_table(index.table, index.matched(certain, possible));
    }
}

/// The number of a source, as an operand of the program has it.
fn source(of: Source, facts: &Facts, state: &State) -> Number {
    match of {
        Source::Fact(fact) => of_fact(facts, fact),
        Source::Value(value) => state.number(value),
    }
}

/// The number of a fact, as an operand of the program has it.
pub(super) fn of_fact(facts: &impl Answered, fact: FactId) -> Number {
    match facts.known(fact) {
        Some(Known::Number(number)) => Number::Known(number),
        Some(Known::Date(date)) => Number::Known(date.to_days().into()),
        Some(Known::Choice(option)) => Number::Known(option.into()),
        _ => Number::Unknown,
    }
}

fn of_bit(value: bool) -> u8 {
    if value { TRUE } else { FALSE }
}

fn of_open(value: bool) -> u8 {
    if value { UNKNOWN } else { FALSE }
}
