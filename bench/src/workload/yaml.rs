//! A workload as a rule file.

use std::fmt::Write as _;

use super::{Cond, Kind, LIMIT, MOST, PROMISED, Table, Workload};

/// The rule file of a workload.
#[must_use]
pub fn rule_file(workload: &Workload) -> String {
    let mut file = String::from("pack: {name: 生成的规则, edition: '1'}\n");
    facts(&mut file, workload);
    file += "rules:\n";
    for (place, table) in workload.tables.iter().enumerate() {
        write_table(&mut file, place, table);
    }
    for (place, rule) in workload.rules.iter().enumerate() {
        let when = text(rule);
        let _ = writeln!(file, "  - {{id: r{place}, name: 规则{place}号, basis: 本包默认 生成, when: '{when}'}}");
    }
    items(&mut file, workload);
    materials(&mut file, workload);
    let _ = writeln!(file, "promised: {{days: 'min({PROMISED}, items.statutory_max)', basis: 本包默认 生成}}");
    let excluded = workload.excluded;
    let _ = writeln!(
        file,
        "tolerance: {{limit: {LIMIT}, supplement_days: 5, excluded_if: f{excluded}, basis: 本包默认 生成}}"
    );
    file += "plan:\n  scaled: true\n  basis: 本包默认 生成\n  steps:\n";
    for (place, days) in [0, 5, 10, 3].into_iter().enumerate() {
        let _ = writeln!(file, "    - {{id: p{place}, name: 环节{place}, days: {days}}}");
    }
    file
}

fn facts(file: &mut String, workload: &Workload) {
    *file += "facts:\n  - {id: accepted_on, name: 受理日期, type: date, role: accepted_on, assumed: today}\n";
    for (place, fact) in workload.facts.iter().enumerate() {
        let _ = write!(file, "  - {{id: f{place}, name: 情况{place}号, question: 情况{place}号怎么样？, type: ");
        let _ = match fact.kind {
            Kind::Bool => write!(file, "bool"),
            Kind::Choice(count) => write!(file, "choice, options: [{}]", options(count)),
            Kind::Choices(count) => write!(file, "choices, options: [{}]", options(count)),
            Kind::Number => write!(file, "integer, min: 0, max: {MOST}"),
        };
        *file += "}\n";
    }
}

fn options(count: u64) -> String {
    (0..count).map(|option| format!("{{id: o{option}, name: 选项{option}号}}")).collect::<Vec<_>>().join(", ")
}

fn items(file: &mut String, workload: &Workload) {
    *file += "items:\n";
    for (place, item) in workload.items.iter().enumerate() {
        let (selected, days) = (text(&item.selected), item.days);
        let _ = writeln!(file, "  - id: i{place}\n    name: 许可{place}号\n    selected: '{selected}'");
        let _ = writeln!(file, "    statutory: {{days: {days}, basis: 本包默认 生成}}\n    basis: 本包默认 生成");
        if !item.conditions.is_empty() {
            *file += "    conditions:\n";
        }
        for (condition, when) in item.conditions.iter().enumerate() {
            let when = text(when);
            let _ = writeln!(
                file,
                "      - {{id: c{condition}, when: '{when}', message: 不满足{condition}号, basis: 本包默认 生成}}"
            );
        }
    }
    let [one, other] = workload.conflict;
    let _ = writeln!(
        file,
        "conflicts:\n  - {{id: clash, items: [i{one}, i{other}], message: 只能办一样, reopens: f0, basis: 本包默认 生成}}"
    );
    *file += "checks:\n";
    for (place, check) in workload.checks.iter().enumerate() {
        let (when, severity) = (text(&check.when), if check.is_error { "error" } else { "warning" });
        let _ = writeln!(
            file,
            "  - {{id: k{place}, when: '{when}', severity: {severity}, message: 核验{place}号, basis: 本包默认 生成}}"
        );
    }
}

fn materials(file: &mut String, workload: &Workload) {
    *file += "materials:\n";
    for (place, material) in workload.materials.iter().enumerate() {
        let needed_by: Vec<String> = material.needed_by.iter().map(|item| format!("i{item}")).collect();
        let needed_by = needed_by.join(", ");
        let _ = write!(
            file,
            "  - {{id: m{place}, name: 材料{place}号, originals: 1, needed_by: [{needed_by}], basis: 本包默认 生成"
        );
        if let Some(when) = &material.when {
            let _ = write!(file, ", when: '{}'", text(when));
        }
        if let Some(item) = material.produced_by {
            let _ = write!(file, ", produced_by: i{item}");
        }
        if let Some(when) = &material.shared_if {
            let _ = write!(file, ", shared_if: '{}'", text(when));
        }
        if let Some(when) = &material.variant {
            let _ = write!(file, ", variants: [{{name: 甲式, when: '{}'}}, {{name: 乙式}}]", text(when));
        }
        if material.deferrable {
            *file += ", deferrable: true";
        }
        *file += "}\n";
    }
}

/// How many rows fit into each other: an expression has a bound.
const NESTED: usize = 10;

/// The first row that holds, as conditions within each other; further rows are a rule of their own.
fn write_table(file: &mut String, place: usize, table: &Table) {
    for (part, rows) in table.rows.chunks(NESTED).enumerate() {
        let last = (part + 1) * NESTED >= table.rows.len();
        let otherwise = if last { table.otherwise.to_string() } else { format!("more{place}.r{}", part + 1) };
        let (id, name) = match part {
            0 => (format!("t{place}"), format!("表{place}号")),
            _ => (format!("more{place}.r{part}"), format!("表{place}号续{part}")),
        };
        let value = rows.iter().rev().fold(otherwise, |otherwise, (cells, result)| {
            format!("if {} {{ {result} }} else {{ {otherwise} }}", joined(cells, " && "))
        });
        let _ = writeln!(file, "  - {{id: {id}, name: {name}, basis: 本包默认 生成, value: '{value}'}}");
    }
}

fn joined(of: &[Cond], by: &str) -> String {
    of.iter().map(text).collect::<Vec<_>>().join(by)
}

fn text(cond: &Cond) -> String {
    match cond {
        Cond::Yes(fact) => format!("f{fact}"),
        Cond::Is(fact, option) => format!("(f{fact} == o{option})"),
        Cond::Has(fact, option) => format!("(o{option} in f{fact})"),
        Cond::AtLeast(fact, least) => format!("(f{fact} >= {least})"),
        Cond::Rule(rule) => format!("r{rule}"),
        Cond::Table(table, least) => format!("(t{table} >= {least})"),
        Cond::Not(of) => format!("(!{})", text(of)),
        Cond::All(of) => format!("({})", joined(of, " && ")),
        Cond::Any(of) => format!("({})", joined(of, " || ")),
    }
}
