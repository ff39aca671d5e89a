//! Drawing a workload.

use super::{Check, Cond, Fact, Item, Kind, MOST, Material, Random, Shape, Table, Workload};

impl Workload {
    /// Draws the workload of a size.
    #[must_use]
    pub fn draw(shape: Shape) -> Workload {
        let mut draw =
            Draw { random: Random(0x5943 + shape.facts as u64), shape, facts: Vec::new(), levels: Vec::new() };
        draw.facts();
        let tables = (0..shape.tables).map(|_| draw.table()).collect();
        let rules = (0..shape.rules).map(|_| draw.rule()).collect();
        let items: Vec<Item> = (0..shape.items).map(|_| draw.item()).collect();
        let checks = (0..shape.items / 2).map(|place| draw.check(place)).collect();
        let materials = (0..shape.materials).map(|_| draw.material()).collect();
        let excluded = draw.fact(|kind| kind == Kind::Bool);
        Workload { shape, facts: draw.facts, rules, tables, items, materials, checks, conflict: [0, 1], excluded }
    }
}

struct Draw {
    random: Random,
    shape: Shape,
    facts: Vec<Fact>,
    /// How many rules stand on top of each other up to each rule.
    levels: Vec<usize>,
}

impl Draw {
    /// In ten facts: four yes-no, three choices, one set, two numbers.
    fn facts(&mut self) {
        let mut places = [0; 4];
        for index in 0..self.shape.facts {
            let (of, kind) = match index % 10 {
                0 | 3 | 5 | 8 => (0, Kind::Bool),
                1 | 4 | 6 => (1, Kind::Choice(3 + self.random.below(6))),
                2 => (2, Kind::Choices(6 + self.random.below(5))),
                _ => (3, Kind::Number),
            };
            self.facts.push(Fact { kind, place: places[of] });
            places[of] += 1;
        }
    }

    fn fact(&mut self, is: fn(Kind) -> bool) -> usize {
        loop {
            let fact = self.random.place(self.facts.len());
            if is(self.facts[fact].kind) {
                return fact;
            }
        }
    }

    fn predicate(&mut self) -> Cond {
        let fact = self.random.place(self.facts.len());
        self.predicate_of(fact)
    }

    fn predicate_of(&mut self, fact: usize) -> Cond {
        let cond = match self.facts[fact].kind {
            Kind::Bool => Cond::Yes(fact),
            Kind::Choice(options) => Cond::Is(fact, self.random.below(options)),
            Kind::Choices(options) => Cond::Has(fact, self.random.below(options)),
            Kind::Number => Cond::AtLeast(fact, 1 + self.random.below(MOST)),
        };
        if self.random.percent(40) { Cond::Not(Box::new(cond)) } else { cond }
    }

    /// A condition of a fact, of a table or of a rule below this level.
    fn leaf(&mut self, level: usize) -> Cond {
        match self.random.below(10) {
            0 => {
                let table = self.random.place(self.shape.tables);
                Cond::Table(table, 1 + self.random.below(99))
            }
            1..=3 => {
                let rule = self.random.place(self.levels.len().max(1));
                match self.levels.get(rule) {
                    Some(below) if *below < level => Cond::Rule(rule),
                    _ => self.predicate(),
                }
            }
            _ => self.predicate(),
        }
    }

    fn leaves(&mut self, level: usize) -> Vec<Cond> {
        let count = 2 + self.random.below(3);
        (0..count).map(|_| self.leaf(level)).collect()
    }

    /// Two to four parts, of which some have parts themselves.
    fn cond(&mut self, level: usize) -> Cond {
        let all = self.random.percent(50);
        let count = 2 + self.random.below(3);
        let parts = (0..count).map(|_| match self.random.below(3) {
            0 if all => Cond::Any(self.leaves(level)),
            0 => Cond::All(self.leaves(level)),
            _ => self.leaf(level),
        });
        let parts = parts.collect();
        if all { Cond::All(parts) } else { Cond::Any(parts) }
    }

    fn rule(&mut self) -> Cond {
        let level = 1 + self.levels.len() * self.shape.depth / self.shape.rules;
        self.levels.push(level);
        self.cond(level)
    }

    /// Four columns over facts; in one cell of three nothing is written.
    fn table(&mut self) -> Table {
        let columns: Vec<usize> = (0..4).map(|_| self.random.place(self.facts.len())).collect();
        let rows = (0..self.shape.rows).map(|_| {
            let mut cells = Vec::new();
            for fact in &columns {
                if self.random.percent(67) {
                    cells.push(self.predicate_of(*fact));
                }
            }
            if cells.is_empty() {
                cells.push(self.predicate_of(columns[0]));
            }
            (cells, self.random.below(100))
        });
        let rows = rows.collect();
        Table { rows, otherwise: self.random.below(100) }
    }

    fn item(&mut self) -> Item {
        let selected = Cond::All((0..3).map(|_| self.predicate()).collect());
        let count = self.random.below(3);
        let conditions = (0..count).map(|_| Cond::Any(self.leaves(usize::MAX))).collect();
        Item { selected, conditions, days: 1 + self.random.below(60) }
    }

    fn check(&mut self, place: usize) -> Check {
        Check { when: Cond::All(self.leaves(usize::MAX)), is_error: place.is_multiple_of(3) }
    }

    fn material(&mut self) -> Material {
        let mut needed_by: Vec<usize> =
            (0..1 + self.random.below(2)).map(|_| self.random.place(self.shape.items)).collect();
        needed_by.sort_unstable();
        needed_by.dedup();
        // By an item before all that need it: items that wait for each other are refused.
        let first = needed_by[0];
        let produced = first > 0 && self.random.percent(10);
        let produced_by = produced.then(|| self.random.place(first));
        let when = self.random.percent(50).then(|| self.leaf(usize::MAX));
        let shared_if = self.random.percent(10).then(|| self.predicate());
        let variant = self.random.percent(10).then(|| self.predicate());
        Material { needed_by, when, produced_by, shared_if, variant, deferrable: self.random.percent(30) }
    }
}
