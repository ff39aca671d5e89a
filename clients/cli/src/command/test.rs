//! `yichuang test`.

use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr as _;
use yichuang_forms::LoadedCalendar;
use yichuang_rules::{Compared, Diagnostic, Lang, SourceId, find_packs, read_case_files, read_cases, run_case};

use crate::load::{Compiled, Context};
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹，或装着几个规则包的文件夹 · pack folders, or folders of pack folders
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// 只运行名称里有这几个字的用例 · only cases whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// What came of the cases.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    passed: usize,
    failed: usize,
    faulty: bool,
}

impl Tally {
    pub(crate) fn line(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }

    pub(crate) fn is_sound(&self) -> bool {
        self.failed == 0 && !self.faulty
    }
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let calendar = context.calendar()?;
    let mut tally = Tally::default();
    for folder in &args.folders {
        let packs = find_packs(folder).map_err(|error| context.cannot_read(folder, &error))?;
        if packs.is_empty() {
            let why = context.say("里面没有规则包", "no pack in it");
            return Err(context.cannot_read(folder, &why));
        }
        for pack in packs {
            let compiled = context.compile(&pack)?;
            context.print(&compiled.diagnostics, &compiled.sources);
            cases(&pack, &compiled, &calendar, args.only.as_deref(), context, &mut tally);
        }
    }
    if let (Some(only), 0, false) = (&args.only, tally.passed + tally.failed, tally.faulty) {
        return Err(Failure::Usage(match context.lang {
            Lang::Zh => format!("没有用例的名称里有「{only}」。"),
            Lang::En => format!("no case has `{only}` in its name"),
        }));
    }
    output::line(&tally.line());
    if tally.is_sound() { Ok(()) } else { Err(Failure::Faults) }
}

/// Runs the cases of a compiled pack folder, or those of them whose name contains `only`.
pub(crate) fn cases(
    folder: &Path,
    compiled: &Compiled,
    calendar: &LoadedCalendar,
    only: Option<&str>,
    context: &Context,
    tally: &mut Tally,
) {
    let Some(bundle) = &compiled.bundle else {
        tally.faulty = true;
        return;
    };
    let (sources, unreadable) = read_case_files(folder);
    context.print(&unreadable, &sources);
    tally.faulty |= !unreadable.is_empty();
    let mut written = !unreadable.is_empty();
    for (index, source) in sources.iter().enumerate() {
        let id = SourceId(u16::try_from(index).unwrap_or(u16::MAX));
        let (cases, diagnostics) = read_cases(bundle, id, source);
        context.print(&diagnostics, &sources);
        tally.faulty |= diagnostics.iter().any(Diagnostic::is_error);
        written |= !cases.is_empty() || !diagnostics.is_empty();
        for case in cases.iter().filter(|case| only.is_none_or(|only| case.name.contains(only))) {
            let compared = run_case(bundle, calendar, case);
            let wrong: Vec<&Compared> = compared.iter().filter(|compared| !compared.agrees()).collect();
            if wrong.is_empty() {
                tally.passed += 1;
                continue;
            }
            tally.failed += 1;
            let (line, _) = source.line_column(case.span.start);
            output::line(&format!("✗ {} （{}:{line}）", case.name, source.name));
            output::print(&table(&wrong, context.lang));
        }
    }
    if !written && !compiled.is_template {
        let none = context.say("没有用例（cases/*.yaml）", "no cases (cases/*.yaml)");
        output::line(&format!("{}：{none}", bundle.value.pack.id));
        tally.faulty = true;
    }
}

/// What was expected and what came out, in columns that line up for Chinese too.
fn table(rows: &[&Compared], lang: Lang) -> String {
    let header = match lang {
        Lang::Zh => ["内容", "预期", "实得"],
        Lang::En => ["what", "expected", "got"],
    };
    let cells: Vec<[&str; 3]> = std::iter::once(header)
        .chain(rows.iter().map(|row| [row.key.as_str(), row.expected.as_str(), row.got.as_str()]))
        .collect();
    let width =
        |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths = (width(0), width(1));
    let padded = |cell: &str, width: usize| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())));
    cells
        .iter()
        .map(|[key, expected, got]| format!("  {}  {}  {got}\n", padded(key, widths.0), padded(expected, widths.1)))
        .collect()
}
