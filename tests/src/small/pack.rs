//! A small pack as it is drawn.

use yichuang_engine::Value;

use super::expr::{Cond, Num, Speech, numeral};
use super::tape::Tape;

/// The type of a fact and how many values it has.
#[derive(Clone, Debug)]
pub enum Kind {
    Bool,
    Choice(usize),
    Choices(usize),
    Integer { min: i64, max: i64 },
}

/// A fact.
#[derive(Clone, Debug)]
pub struct SmallFact {
    pub place: usize,
    pub kind: Kind,
}

/// An item.
#[derive(Clone, Debug)]
pub struct SmallItem {
    pub selected: Cond,
    pub conditions: Vec<Cond>,
    pub days: usize,
}

/// A material.
#[derive(Clone, Debug)]
pub struct SmallMaterial {
    pub needed_by: Vec<usize>,
    pub when: Option<Cond>,
    pub produced_by: Option<usize>,
    pub shared_if: Option<Cond>,
    /// The last one may have no condition.
    pub variants: Vec<Option<Cond>>,
    pub deferrable: bool,
}

/// A pack.
#[derive(Clone, Debug, Default)]
pub struct SmallPack {
    pub facts: Vec<SmallFact>,
    /// Rules that give conditions; each may read the earlier ones.
    pub conditions: Vec<Cond>,
    /// Rules that give numbers; each may read the earlier ones.
    pub numbers: Vec<Num>,
    pub items: Vec<SmallItem>,
    /// Each with its severity: 0 error, 1 warning, 2 notice.
    pub checks: Vec<(Cond, usize)>,
    pub not_required: Vec<Cond>,
    pub not_competent: Vec<Cond>,
    /// The fact that the conflict of the first two items asks again.
    pub conflict: Option<usize>,
    pub materials: Vec<SmallMaterial>,
    pub promised: Option<Num>,
    /// A limit and what excludes.
    pub tolerance: Option<(usize, Cond)>,
    pub fee: Option<Cond>,
    pub asks_by_effect: bool,
}

impl SmallPack {
    /// Draws a pack.
    #[must_use]
    pub fn draw(tape: &mut Tape<'_>) -> SmallPack {
        let mut pack = SmallPack::default();
        let facts = 3 + tape.below(4);
        pack.facts = (0..facts).map(|place| SmallFact { place, kind: Kind::draw(tape) }).collect();
        for _ in 0..tape.below(3) {
            let rule = Cond::draw(tape, &pack, 2);
            pack.conditions.push(rule);
        }
        for _ in 0..tape.below(3) {
            let rule = Num::draw(tape, &pack, 2);
            pack.numbers.push(rule);
        }
        let items = 1 + tape.below(3);
        pack.items = (0..items).map(|_| pack.draw_item(tape)).collect();
        pack.checks = (0..tape.below(3)).map(|_| (Cond::draw(tape, &pack, 3), tape.below(3))).collect();
        pack.not_required = (0..tape.below(2)).map(|_| Cond::draw(tape, &pack, 2)).collect();
        pack.not_competent = tape.rarely(4).then(|| Cond::draw(tape, &pack, 2)).into_iter().collect();
        pack.conflict = (items > 1 && tape.rarely(3)).then(|| tape.below(facts));
        pack.materials = (0..tape.below(3)).map(|_| pack.draw_material(tape)).collect();
        pack.promised = tape.rarely(2).then(|| Num::draw(tape, &pack, 2));
        pack.tolerance = tape.rarely(3).then(|| (tape.below(3), Cond::draw(tape, &pack, 1)));
        pack.fee = tape.rarely(3).then(|| Cond::draw(tape, &pack, 2));
        pack.asks_by_effect = tape.rarely(3);
        pack
    }

    fn draw_item(&self, tape: &mut Tape<'_>) -> SmallItem {
        let selected = Cond::draw(tape, self, 2);
        let conditions = (0..tape.below(3)).map(|_| Cond::draw(tape, self, 2)).collect();
        SmallItem { selected, conditions, days: tape.below(40) }
    }

    fn draw_material(&self, tape: &mut Tape<'_>) -> SmallMaterial {
        let needed_by = tape.some_below(self.items.len());
        let when = tape.rarely(2).then(|| Cond::draw(tape, self, 2));
        // By an item before all that need it: items that wait for each other are refused.
        let before = needed_by[0];
        let produced_by = (before > 0 && tape.rarely(2)).then(|| tape.below(before));
        let shared_if = tape.rarely(4).then(|| Cond::draw(tape, self, 1));
        let mut variants: Vec<Option<Cond>> = (0..tape.below(3)).map(|_| Some(Cond::draw(tape, self, 2))).collect();
        if !variants.is_empty() && tape.below(2) == 0 {
            variants.push(None);
        }
        SmallMaterial { needed_by, when, produced_by, shared_if, variants, deferrable: tape.below(2) == 1 }
    }
}

impl SmallFact {
    /// What the fact is called in conditions.
    #[must_use]
    pub fn name(&self, speech: Speech) -> String {
        match speech {
            Speech::English => format!("f{}", self.place),
            Speech::Chinese => format!("情况{}", numeral(self.place)),
        }
    }

    /// Every value that is an answer to it.
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        match self.kind {
            Kind::Bool => vec![Value::Bool(false), Value::Bool(true)],
            Kind::Choice(count) => (0..count).map(|option| Value::Choice(u16::try_from(option).unwrap())).collect(),
            // Nothing chosen is no answer.
            Kind::Choices(count) => (1..1 << count).map(Value::Choices).collect(),
            Kind::Integer { min, max } => (min..=max).map(|number| Value::Number(number.into())).collect(),
        }
    }
}

impl Kind {
    fn draw(tape: &mut Tape<'_>) -> Kind {
        match tape.below(6) {
            0 | 1 => Kind::Bool,
            2 => Kind::Choice(2 + tape.below(2)),
            3 => Kind::Choices(1 + tape.below(3)),
            _ => {
                let min = [0, 1, -3, -9, 4][tape.below(5)];
                Kind::Integer { min, max: min + 1 + i64::try_from(tape.below(3)).unwrap() }
            }
        }
    }
}
