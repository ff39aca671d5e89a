//! A random small pack, compiled, and what may be known about it.

use proptest::test_runner::TestCaseError;
use yichuang_engine::{Calendar, Date, Decision, FactId, FactRole, Facts, Pack, Slot, decide};
use yichuang_rules::{Lang, compile, render, sorted};

use crate::law::{Domains, Opinions, opinions, shown, states};
use crate::small::{Layout, SmallPack, Speech, Tape, sources};

/// A random pack, compiled.
#[derive(Debug)]
pub struct Trial {
    pub text: String,
    pub pack: Pack,
    /// Every value of every fact, but of the date of acceptance.
    pub domains: Domains,
    pub calendar: Calendar,
}

impl Trial {
    /// Draws a pack and compiles it.
    ///
    /// # Errors
    /// If it does not compile.
    pub fn draw(tape: &mut Tape<'_>, calendar: &Calendar) -> Result<Trial, TestCaseError> {
        let small = SmallPack::draw(tape);
        let files = sources(&small, Layout { speech: Speech::English, tape: Tape::new(&[]), files: 1 });
        let (bundle, diagnostics) = compile("test/small", &files);
        let faults = || TestCaseError::fail(render(&diagnostics, &sorted(&files), Lang::Zh));
        let pack = bundle.ok_or_else(faults)?.pack;
        let mut facts = Vec::new();
        for (index, fact) in pack.facts.iter().enumerate() {
            let own = small.facts.iter().find(|own| own.name(Speech::English) == fact.id);
            match (own, fact.role) {
                (Some(own), _) => facts.push((FactId::new(index), own.values())),
                (None, FactRole::MaterialState(_)) => facts.push((FactId::new(index), states())),
                (None, FactRole::Question | FactRole::AcceptedOn | FactRole::RequestDate) => {}
            }
        }
        let text = files.iter().map(|file| file.text.clone()).collect();
        Ok(Trial { text, pack, domains: Domains { facts }, calendar: calendar.clone() })
    }

    /// Answers some facts, leaves some to be completed in at most so many ways, and of those says
    /// that some are unsure.
    #[must_use]
    pub fn half_filled(&self, tape: &mut Tape<'_>, most_completions: usize) -> (Facts, Domains) {
        let mut facts = Facts::new(self.pack.facts.len());
        let mut unknown = Domains { facts: Vec::new() };
        for place in tape.order(self.domains.facts.len()) {
            let (fact, values) = &self.domains.facts[place];
            if tape.below(5) < 3 && unknown.count() * values.len() <= most_completions {
                unknown.facts.push((*fact, values.clone()));
                facts.set(*fact, if tape.rarely(8) { Slot::Unsure } else { Slot::Unknown });
            } else {
                facts.set(*fact, Slot::Known(values[tape.below(values.len())].clone()));
            }
        }
        (facts, unknown)
    }

    /// The day of all requests.
    ///
    /// # Panics
    /// Never: it is a day.
    #[must_use]
    pub fn on() -> Date {
        Date::parse("2014-11-18").unwrap()
    }

    /// The decision about some facts.
    #[must_use]
    pub fn decide(&self, facts: &Facts) -> Decision {
        decide(&self.pack, &self.calendar, facts, Trial::on())
    }

    /// All that is said of some facts.
    #[must_use]
    pub fn opinions(&self, facts: &Facts) -> Opinions {
        opinions(&self.pack, &self.decide(facts))
    }

    /// The facts and the pack, for messages.
    #[must_use]
    pub fn context(&self, facts: &Facts) -> String {
        format!("{}\n{}", shown(&self.pack, facts), self.text)
    }

    /// The ids of facts, for messages.
    #[must_use]
    pub fn names(&self, facts: &[FactId]) -> String {
        facts.iter().map(|fact| self.pack.facts[fact.index()].id.as_str()).collect::<Vec<_>>().join(" ")
    }
}
