//! Generated rules in three sizes: the same ones are written as rule files and as straight-line
//! Rust. The build script reads this module too, so it depends on nothing.

mod draw;
mod rust;
mod yaml;

pub use rust::module;
pub use yaml::rule_file;

/// How large a workload is.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What it is called: `s`, `m`, `l`.
    pub name: &'static str,
    /// How many facts are asked; the states of materials come on top.
    pub facts: usize,
    /// How many rules there are.
    pub rules: usize,
    /// How many rules stand on top of each other at most.
    pub depth: usize,
    /// How many materials there are.
    pub materials: usize,
    /// How many items there are.
    pub items: usize,
    /// How many decision tables there are.
    pub tables: usize,
    /// How many rows a table has; a last one holds where no other does.
    pub rows: usize,
}

/// The three sizes.
pub const SHAPES: [Shape; 3] = [
    Shape { name: "s", facts: 12, rules: 10, depth: 3, materials: 25, items: 5, tables: 3, rows: 6 },
    Shape { name: "m", facts: 60, rules: 80, depth: 6, materials: 200, items: 30, tables: 20, rows: 12 },
    Shape { name: "l", facts: 400, rules: 800, depth: 12, materials: 2_000, items: 196, tables: 100, rows: 30 },
];

/// The largest number that is an answer.
pub const MOST: u64 = 1_000;

/// The type of a fact, with its place among the facts of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// One of so many options.
    Choice(u64),
    /// Some of so many options.
    Choices(u64),
    /// 0 to [`MOST`].
    Number,
}

/// A fact.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// Its type.
    pub kind: Kind,
    /// Its place among the facts of its type.
    pub place: usize,
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Cond {
    /// The yes-no fact holds.
    Yes(usize),
    /// The choice is this option.
    Is(usize, u64),
    /// The set has this option.
    Has(usize, u64),
    /// The number is at least so large.
    AtLeast(usize, u64),
    /// The rule holds.
    Rule(usize),
    /// The table gives at least so much.
    Table(usize, u64),
    /// It does not hold.
    Not(Box<Cond>),
    /// All of them hold.
    All(Vec<Cond>),
    /// One of them holds.
    Any(Vec<Cond>),
}

/// A decision table; the first row that holds gives the result.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its rows: the cells that are not empty, and the result.
    pub rows: Vec<(Vec<Cond>, u64)>,
    /// The result where no row holds.
    pub otherwise: u64,
}

/// An item.
#[derive(Clone, Debug)]
pub struct Item {
    /// When it is applied for.
    pub selected: Cond,
    /// What must hold for it to be granted.
    pub conditions: Vec<Cond>,
    /// Its statutory period.
    pub days: u64,
}

/// A material.
#[derive(Clone, Debug)]
pub struct Material {
    /// The items that need it.
    pub needed_by: Vec<usize>,
    /// When they need it.
    pub when: Option<Cond>,
    /// The item that produces it.
    pub produced_by: Option<usize>,
    /// When the authority fetches it.
    pub shared_if: Option<Cond>,
    /// When it takes its first form; else it takes its second.
    pub variant: Option<Cond>,
    /// It may be handed in later.
    pub deferrable: bool,
}

/// A check; one in three is an error, the others are warnings.
#[derive(Clone, Debug)]
pub struct Check {
    /// When it fails.
    pub when: Cond,
    /// It must be corrected.
    pub is_error: bool,
}

/// Rules of one size; the same ones every time.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Its size.
    pub shape: Shape,
    /// What is asked.
    pub facts: Vec<Fact>,
    /// Conditions with a name; each reads only earlier ones.
    pub rules: Vec<Cond>,
    /// Decision tables over facts.
    pub tables: Vec<Table>,
    /// Items.
    pub items: Vec<Item>,
    /// Materials.
    pub materials: Vec<Material>,
    /// Checks.
    pub checks: Vec<Check>,
    /// Two items that exclude each other.
    pub conflict: [usize; 2],
    /// The yes-no fact that excludes tolerance.
    pub excluded: usize,
}

/// How many materials may be missing.
pub const LIMIT: usize = 2;

/// The promised period is the longest statutory one, but no more than this.
pub const PROMISED: u64 = 28;

impl Workload {
    /// How many facts of each type there are: yes-no, choices, sets, numbers.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        let count = |is: fn(Kind) -> bool| self.facts.iter().filter(|fact| is(fact.kind)).count();
        [
            count(|kind| kind == Kind::Bool),
            count(|kind| matches!(kind, Kind::Choice(_))),
            count(|kind| matches!(kind, Kind::Choices(_))),
            count(|kind| kind == Kind::Number),
        ]
    }
}

/// A row of random numbers, the same one for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`.
    pub fn below(&mut self, count: u64) -> u64 {
        (self.number() >> 16) % count
    }

    /// A place in a list so long.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }
}
