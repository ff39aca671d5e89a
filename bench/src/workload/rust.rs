//! A workload as straight-line Rust: two-valued, without branches.

use std::fmt::Write as _;

use super::{Cond, Item, Kind, LIMIT, Material, PROMISED, Table, Workload};

/// The module of a workload: its answers, its results, and the function between them.
#[must_use]
pub fn module(workload: &Workload) -> String {
    let shape = workload.shape;
    let [yes, chosen, sets, numbers] = workload.counts();
    let (rules, tables, items, materials) = (shape.rules, shape.tables, shape.items, shape.materials);
    let checks = workload.checks.len();
    let kinds: Vec<String> = workload.facts.iter().map(|fact| format!("({:?}, {})", fact.kind, fact.place)).collect();
    let mut text = format!(
        "pub mod {name} {{
use crate::straight::Verdict;
use crate::workload::Kind::{{self, Bool, Choice, Choices, Number}};
pub const FACTS: [(Kind, usize); {facts}] = [{kinds}];
#[derive(Clone, Debug)]
pub struct Answers {{ pub yes: [bool; {yes}], pub chosen: [u8; {chosen}], pub sets: [u16; {sets}], pub numbers: [i32; {numbers}], pub states: [u8; {materials}] }}
impl Default for Answers {{
fn default() -> Answers {{ Answers {{ yes: [false; {yes}], chosen: [0; {chosen}], sets: [0; {sets}], numbers: [0; {numbers}], states: [0; {materials}] }} }}
}}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {{
pub tables: [i32; {tables}], pub rules: [bool; {rules}], pub selected: [bool; {items}], pub eligible: [bool; {items}],
pub going: [bool; {items}], pub checks: [bool; {checks}], pub blocked: bool, pub required: [bool; {materials}],
pub internal: [bool; {materials}], pub shared: [bool; {materials}], pub missing: [bool; {materials}], pub defective: [bool; {materials}],
pub statutory_sum: i32, pub statutory_max: i32, pub promised: i32, pub tolerance: bool, pub verdict: Verdict }}
impl Default for Results {{
fn default() -> Results {{ Results {{
tables: [0; {tables}], rules: [false; {rules}], selected: [false; {items}], eligible: [false; {items}],
going: [false; {items}], checks: [false; {checks}], blocked: false, required: [false; {materials}],
internal: [false; {materials}], shared: [false; {materials}], missing: [false; {materials}], defective: [false; {materials}],
statutory_sum: 0, statutory_max: 0, promised: 0, tolerance: false, verdict: Verdict::default() }} }}
}}
",
        name = shape.name,
        facts = workload.facts.len(),
        kinds = kinds.join(", "),
    );
    text += "#[derive(Default)]\nstruct Sums { days: i32, longest: i32, asked: bool, refused: bool, faulty: bool, lacking: bool, main: bool, count: u32, incomplete: bool }\n";
    let writer = Writer { workload };
    let steps: Vec<String> = writer.steps();
    let parts = steps.chunks(PART).enumerate();
    let mut calls = String::new();
    for (place, part) in parts {
        let _ = write!(
            text,
            "#[inline(never)]\nfn part{place}(a: &Answers, r: &mut Results, s: &mut Sums) {{\n{}}}\n",
            part.concat()
        );
        let _ = writeln!(calls, "part{place}(a, r, s);");
    }
    let _ = write!(
        text,
        "#[inline(never)]\npub fn decide(a: &Answers, r: &mut Results) {{\nlet s = &mut Sums::default();\n{calls}{}}}\n}}\n",
        writer.verdict()
    );
    text
}

/// How many steps make a function: the compiler needs too long for one of all.
const PART: usize = 64;

struct Writer<'w> {
    workload: &'w Workload,
}

impl Writer<'_> {
    /// One rule, table, item or material each.
    fn steps(&self) -> Vec<String> {
        let Workload { tables, rules, items, checks, materials, conflict: [one, other], .. } = self.workload;
        let mut steps: Vec<String> = Vec::new();
        let tables = tables.iter().enumerate();
        steps.extend(tables.map(|(place, table)| format!("r.tables[{place}] = {};\n", self.table(table))));
        let rules = rules.iter().enumerate();
        steps.extend(rules.map(|(place, rule)| format!("r.rules[{place}] = {};\n", self.cond(rule))));
        steps.extend(items.iter().enumerate().map(|(place, item)| self.item(place, item)));
        steps.push(format!("r.blocked = r.selected[{one}] & r.selected[{other}];\ns.faulty = r.blocked;\n"));
        steps.extend(items.iter().enumerate().map(|(place, item)| {
            let days = item.days;
            format!(
                "{{ let g = r.eligible[{place}] & !r.blocked;\nr.going[{place}] = g;\nlet d = i32::from(g) * {days};
s.days += d;\ns.longest = s.longest.max(d); }}\n"
            )
        }));
        steps.extend(checks.iter().enumerate().map(|(place, check)| {
            let faulty = if check.is_error { "s.faulty |= k; " } else { "" };
            format!("{{ let k = {};\nr.checks[{place}] = k; {faulty}}}\n", self.cond(&check.when))
        }));
        steps.extend(materials.iter().enumerate().map(|(place, material)| self.material(place, material)));
        steps
    }

    fn item(&self, place: usize, item: &Item) -> String {
        let conditions: String =
            item.conditions.iter().map(|condition| format!(" & {}", self.cond(condition))).collect();
        format!(
            "{{ let c = {};\nlet e = c{conditions};\nr.selected[{place}] = c;\nr.eligible[{place}] = e;
s.asked |= c;\ns.refused |= c & !e; }}\n",
            self.cond(&item.selected)
        )
    }

    fn material(&self, place: usize, material: &Material) -> String {
        let needed: Vec<String> = material.needed_by.iter().map(|item| format!("r.going[{item}]")).collect();
        let needed = needed.join(" | ");
        let when = material.when.as_ref().map_or_else(String::new, |when| format!(" & {}", self.cond(when)));
        let produced = material.produced_by.map_or_else(|| "false".to_owned(), |item| format!("r.going[{item}]"));
        let shared = material.shared_if.as_ref().map_or_else(|| "false".to_owned(), |when| self.cond(when));
        let main = if material.deferrable { "" } else { "s.main |= m;\n" };
        format!(
            "{{ let (n, p, h, o) = (({needed}){when}, {produced}, {shared}, a.states[{place}]);
let q = n & !p & !h;\nlet (m, x) = (q & (o == 1), q & (o == 2));
r.internal[{place}] = n & p;\nr.shared[{place}] = n & !p & h;
r.required[{place}] = q;\nr.missing[{place}] = m;\nr.defective[{place}] = x;
s.lacking |= m;\n{main}s.count += u32::from(m);\ns.faulty |= m | x;\ns.incomplete |= q & (o != 0); }}\n"
        )
    }

    fn verdict(&self) -> String {
        let excluded = self.cond(&Cond::Yes(self.workload.excluded));
        format!(
            "r.statutory_sum = s.days;\nr.statutory_max = s.longest;\nr.promised = s.longest.min({PROMISED});
r.tolerance = s.lacking & !s.main & (s.count <= {LIMIT}) & !{excluded};
let (asked, refused, faulty) = (s.asked, s.refused, s.faulty);
r.verdict = Verdict {{ refused, not_needed: !asked & !refused, correctable: asked & !refused & faulty,
ready: asked & !refused & !faulty & !s.incomplete }};\n"
        )
    }

    /// The bits of the rows that hold; the first of them, or the one past the last row, gives the result.
    fn table(&self, table: &Table) -> String {
        let rows = table.rows.iter().enumerate();
        let bits = rows.map(|(place, (cells, _))| {
            let cells: Vec<String> = cells.iter().map(|cell| self.cond(cell)).collect();
            format!("(u32::from({}) << {place})", cells.join(" & "))
        });
        let mut results: Vec<String> = table.rows.iter().map(|(_, result)| result.to_string()).collect();
        let past = results.len();
        let bits = format!("{} | (1 << {past})", bits.collect::<Vec<_>>().join(" | "));
        results.resize(32, table.otherwise.to_string());
        format!("[{}][(({bits}) as u32).trailing_zeros() as usize & 31]", results.join(", "))
    }

    fn cond(&self, cond: &Cond) -> String {
        let place = |fact: &usize| self.workload.facts[*fact].place;
        let joined = |of: &[Cond], by: &str| {
            let parts: Vec<String> = of.iter().map(|cond| self.cond(cond)).collect();
            format!("({})", parts.join(by))
        };
        debug_assert!(self.fits(cond), "{cond:?}");
        match cond {
            Cond::Yes(fact) => format!("a.yes[{}]", place(fact)),
            Cond::Is(fact, option) => format!("(a.chosen[{}] == {option})", place(fact)),
            Cond::Has(fact, option) => format!("(a.sets[{}] & {} != 0)", place(fact), 1_u16 << option),
            Cond::AtLeast(fact, least) => format!("(a.numbers[{}] >= {least})", place(fact)),
            Cond::Rule(rule) => format!("r.rules[{rule}]"),
            Cond::Table(table, least) => format!("(r.tables[{table}] >= {least})"),
            Cond::Not(of) => format!("(!{})", self.cond(of)),
            Cond::All(of) => joined(of, " & "),
            Cond::Any(of) => joined(of, " | "),
        }
    }

    fn fits(&self, cond: &Cond) -> bool {
        let kind = |fact: &usize| self.workload.facts[*fact].kind;
        match cond {
            Cond::Yes(fact) => kind(fact) == Kind::Bool,
            Cond::Is(fact, option) => matches!(kind(fact), Kind::Choice(count) if *option < count),
            Cond::Has(fact, option) => matches!(kind(fact), Kind::Choices(count) if *option < count),
            Cond::AtLeast(fact, _) => kind(fact) == Kind::Number,
            Cond::Rule(_) | Cond::Table(..) | Cond::Not(_) | Cond::All(_) | Cond::Any(_) => true,
        }
    }
}
