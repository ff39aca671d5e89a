//! A workload as a rule file.

use std::fmt::Write as _;

use super::{Cond, Kind, LIMIT, MOST, PROMISED, Table, Workload};

/// The rule file of a workload.
#[must_use]
pub fn rule_file(workload: &Workload) -> String {
    let mut file = String::from("pack: {name: 生成的规则, edition: '1'}\n");
    facts(&mut file, workload);
    file += "tables:\n";
    for (place, table) in workload.tables.iter().enumerate() {
        write_table(&mut file, place, table);
    }
    file += "rules:\n";
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

/// A decision table; of a fact that a row asks for more than once it has a condition.
fn write_table(file: &mut String, place: usize, table: &Table) {
    let mut asked: Vec<usize> = Vec::new();
    for cell in table.rows.iter().flat_map(|(cells, _)| cells) {
        if !asked.contains(&fact_of(cell)) {
            asked.push(fact_of(cell));
        }
    }
    let inputs: Vec<String> = asked.iter().map(|fact| format!("f{fact}")).collect();
    let _ =
        writeln!(file, "  - id: t{place}\n    name: 表{place}号\n    hit: first\n    inputs: [{}]", inputs.join(", "));
    let _ = writeln!(file, "    outputs: [{{id: t, name: 结果, type: integer}}]\n    rows:");
    for (cells, result) in &table.rows {
        let cells: Vec<String> = asked
            .iter()
            .map(|fact| {
                let own: Vec<&Cond> = cells.iter().filter(|cell| fact_of(cell) == *fact).collect();
                match own.as_slice() {
                    [] => "'-'".to_owned(),
                    [one] => format!("'{}'", written(one)),
                    [first, rest @ ..] => {
                        let rest: String = rest.iter().map(|cell| format!(" && {}", text(cell))).collect();
                        format!("'= {}{rest}'", text(first))
                    }
                }
            })
            .collect();
        let _ = writeln!(file, "      - [{}, {result}]", cells.join(", "));
    }
    let _ = writeln!(file, "    otherwise: {{t: {}}}\n    basis: 本包默认 生成", table.otherwise);
}

/// The fact that a cell asks for.
fn fact_of(cell: &Cond) -> usize {
    match cell {
        Cond::Yes(fact) | Cond::Is(fact, _) | Cond::Has(fact, _) | Cond::AtLeast(fact, _) => *fact,
        Cond::Not(of) => fact_of(of),
        Cond::Rule(_) | Cond::Table(..) | Cond::All(_) | Cond::Any(_) => usize::MAX,
    }
}

/// A cell as tables write it.
fn written(cell: &Cond) -> String {
    match cell {
        Cond::Yes(_) => "yes".to_owned(),
        Cond::Is(_, option) | Cond::Has(_, option) => format!("o{option}"),
        Cond::AtLeast(_, least) => format!(">= {least}"),
        Cond::Not(of) => match of.as_ref() {
            Cond::Yes(_) => "no".to_owned(),
            Cond::AtLeast(_, least) => format!("< {least}"),
            other => format!("not {}", written(other)),
        },
        Cond::Rule(_) | Cond::Table(..) | Cond::All(_) | Cond::Any(_) => format!("= {}", text(cell)),
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
