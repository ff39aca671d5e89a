//! Conditions over facts as schemas of the answers: what is certain, and nothing that is merely
//! possible.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use yichuang_engine::{Atom, Fact, FactId, FactKind, Instruction, Lit, Pack, TextFormat};

use super::{pattern, value};
use crate::Json;

/// How deep conditions are written out: a schema has no names for parts of conditions.
const MOST_PARTS: usize = 256;

pub(super) struct Conditions<'a> {
    pack: &'a Pack,
    nodes: Vec<Instruction<'a>>,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(pack: &'a Pack) -> Conditions<'a> {
        Conditions { pack, nodes: pack.program.instructions() }
    }

    /// All of the literals certainly hold; `None` if that cannot be said. `true` and `false` are the
    /// schemas of what always and never holds.
    pub(super) fn all(&self, lits: &[Lit]) -> Option<Json> {
        let mut left = MOST_PARTS;
        self.joint(lits.iter().copied(), true, &mut left)
    }

    /// The literal certainly holds.
    pub(super) fn holds(&self, lit: Lit) -> Option<Json> {
        self.all(&[lit])
    }

    /// All hold, or one of them.
    fn joint(&self, lits: impl Iterator<Item = Lit>, all: bool, left: &mut usize) -> Option<Json> {
        let mut parts = Vec::new();
        let mut is_open = false;
        for lit in lits {
            match self.lit(lit, left) {
                Some(Json::Bool(value)) if value == all => {}
                // One that decides by itself: the others need not be said.
                Some(Json::Bool(value)) => return Some(Json::Bool(value)),
                Some(part) => parts.push(part),
                None => is_open = true,
            }
        }
        match parts.len() {
            _ if is_open => None,
            0 => Some(Json::Bool(all)),
            _ if all => Some(value::all_of(parts)),
            _ => Some(value::any_of(parts)),
        }
    }

    fn lit(&self, lit: Lit, left: &mut usize) -> Option<Json> {
        *left = left.checked_sub(1)?;
        let holds = !lit.is_negated();
        match *self.nodes.get(lit.node())? {
            Instruction::True => Some(Json::Bool(holds)),
            Instruction::Gate(of) if holds => self.joint(of.iter().copied(), true, left),
            Instruction::Gate(of) => self.joint(of.iter().map(|lit| !*lit), false, left),
            // A count of conditions, as in tolerance, has no word of its own in JSON Schema.
            Instruction::Threshold(_) => None,
            Instruction::Atom(atom) => self.atom(atom, holds),
        }
    }

    fn fact(&self, id: FactId) -> Option<&'a Fact> {
        self.pack.facts.get(id.index())
    }

    fn atom(&self, atom: &Atom, holds: bool) -> Option<Json> {
        let (id, schema) = match atom {
            Atom::Holds(id) => (id, value::any_of(value::yes_or_no(Some(holds)))),
            Atom::Is(id, option) => {
                let FactKind::Choice(options) = &self.fact(*id)?.kind else { return None };
                let wanted = |place: usize| (place == usize::from(*option)) == holds;
                (id, value::any_of(value::is_option(options, wanted)))
            }
            Atom::Has(id, option) => {
                let FactKind::Choices(options) = &self.fact(*id)?.kind else { return None };
                let is_it = |place: usize| place == usize::from(*option);
                let (it, any) = (value::has_option(options, is_it), value::has_option(options, |_| true));
                let one = |wanted: &dyn Fn(usize) -> bool| value::is_option(options, wanted).into_iter().next();
                let list = if holds { it } else { value::all_of(vec![any, value::not(it)]) };
                let one = one(&|place| is_it(place) == holds);
                (id, value::any_of([Some(list), one].into_iter().flatten().collect()))
            }
            Atom::TextIs(id, text) => (id, self.text_is(*id, text, holds)?),
            Atom::Compare(..) | Atom::Text(..) | Atom::Workday(_) | Atom::Rows(_) | Atom::Outer(_) => return None,
        };
        let fact = self.fact(*id)?;
        Some(value::object(vec![
            ("required", Json::List(vec![value::text(&*fact.id)])),
            ("properties", value::object(vec![(&*fact.id, schema)])),
        ]))
    }

    /// A text that stands as it was typed: one that is written in several ways cannot be compared.
    fn text_is(&self, id: FactId, text: &str, holds: bool) -> Option<Json> {
        let FactKind::Text { format, none } = &self.fact(id)?.kind else { return None };
        let as_typed = matches!(format, TextFormat::Free | TextFormat::Multiline | TextFormat::PersonName);
        if !as_typed && !text.is_empty() {
            return None;
        }
        let is_it: String = if text.is_empty() { pattern::blank() } else { pattern::around(&pattern::one_of([text])) };
        let is_it = value::object(vec![("type", value::text("string")), ("pattern", value::text(is_it))]);
        if holds {
            return Some(is_it);
        }
        let least = if none.is_some() { String::new() } else { pattern::not_blank() };
        let any = value::object(vec![("type", value::text("string")), ("pattern", value::text(least))]);
        let other = value::all_of(vec![any, value::not(is_it)]);
        Some(if as_typed {
            other
        } else {
            value::any_of(vec![other, value::object(vec![("type", value::text("number"))])])
        })
    }
}
