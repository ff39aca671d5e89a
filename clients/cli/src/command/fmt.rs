//! `yichuang fmt`.

use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;
use yichuang_rules::{Diagnostic, Lang, Source, SourceId, find_packs, format, read_case_files, read_own_files};

use crate::load::Context;
use crate::{Failure, output, replace};

/// So many lines of a file's differences are shown.
const SHOWN: usize = 40;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹、装着几个规则包的文件夹，或者规则文件 · pack folders, folders of packs, or rule files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 只看不改：列出要排版的文件和改动，有就以 1 退出 · write nothing; exit with 1 if a file would change
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Default)]
struct Tally {
    files: usize,
    changed: usize,
    faulty: usize,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for path in &args.paths {
        files.extend(rule_files(path, context, &mut tally)?);
    }
    files.sort();
    files.dedup();
    for file in &files {
        one(file, args.check, context, &mut tally)?;
    }
    output::line(&summary(&tally, args.check, context.lang));
    let failed = tally.faulty > 0 || args.check && tally.changed > 0;
    if failed { Err(Failure::Faults) } else { Ok(()) }
}

/// The rule files and case files that a path stands for.
fn rule_files(path: &Path, context: &Context, tally: &mut Tally) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        let known = path.extension().is_some_and(|extension| extension == "yaml" || extension == "csv");
        let why = context.say("不是规则文件（*.yaml、*.csv）", "not a rule file (*.yaml, *.csv)");
        return if known { Ok(vec![path.to_owned()]) } else { Err(context.cannot_read(path, &why)) };
    }
    let packs = find_packs(path).map_err(|error| context.cannot_read(path, &error))?;
    if packs.is_empty() {
        let why = context.say("里面没有规则文件（*.yaml）", "no rule files (*.yaml) in it");
        return Err(context.cannot_read(path, &why));
    }
    let mut files = Vec::new();
    for pack in packs {
        let (mut sources, mut unreadable) = read_own_files(&pack);
        let (cases, unreadable_cases) = read_case_files(&pack);
        sources.extend(cases);
        unreadable.extend(unreadable_cases);
        context.print(&unreadable, &[]);
        tally.faulty += unreadable.len();
        files.extend(sources.iter().map(|source| pack.join(&source.name)));
    }
    Ok(files)
}

fn one(path: &Path, check: bool, context: &Context, tally: &mut Tally) -> Result<(), Failure> {
    tally.files += 1;
    let bytes = fs::read(path).map_err(|error| context.cannot_read(path, &error))?;
    match formatted(path, &bytes, context) {
        None => tally.faulty += 1,
        Some(formatted) if formatted.as_bytes() == bytes => {}
        Some(formatted) if check => {
            tally.changed += 1;
            output::line(&format!("{}{}", context.say("要排版：", "not formatted: "), path.display()));
            output::print(&differences(&String::from_utf8_lossy(&bytes), &formatted, context));
        }
        Some(formatted) => {
            replace::replace(path, &bytes, formatted.as_bytes()).map_err(|error| context.cannot_write(path, &error))?;
            tally.changed += 1;
            output::line(&format!("{}{}", context.say("已排版：", "formatted: "), path.display()));
        }
    }
    Ok(())
}

/// The file in the one layout; a file with faults is left alone, and they are shown.
fn formatted(path: &Path, bytes: &[u8], context: &Context) -> Option<String> {
    let name = path.display().to_string();
    let refused = |diagnostics: Vec<Diagnostic>, sources: &[Source]| context.print(&diagnostics, sources);
    let source = Source::from_bytes(name, bytes).map_err(|diagnostic| refused(vec![diagnostic], &[])).ok()?;
    format(SourceId(0), &source).map_err(|diagnostics| refused(diagnostics, &[source])).ok()
}

/// What would change, in the manner of `diff -u`.
fn differences(before: &str, after: &str, context: &Context) -> String {
    let seen = before.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    if seen == after {
        let unseen = context.say("只有换行符或文件开头的 BOM 不同", "only line ends or the byte order mark differ");
        return format!("  {unseen}\n");
    }
    let diff = TextDiff::from_lines(seen.as_str(), after);
    let shown = diff.unified_diff().context_radius(1).to_string();
    let mut lines: Vec<&str> = shown.lines().collect();
    let left_out = lines.len().saturating_sub(SHOWN);
    lines.truncate(SHOWN);
    let mut text: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    if left_out > 0 {
        text.push_str(&match context.lang {
            Lang::Zh => format!("  …… 还有 {left_out} 行\n"),
            Lang::En => format!("  … {left_out} more lines\n"),
        });
    }
    text
}

fn summary(tally: &Tally, check: bool, lang: Lang) -> String {
    let Tally { files, changed, faulty } = tally;
    let (zh, en) = if check { ("要排版", "would change") } else { ("改了排版", "changed") };
    match (lang, faulty) {
        (Lang::Zh, 0) => format!("{files} 个文件，{changed} 个{zh}"),
        (Lang::Zh, _) => format!("{files} 个文件，{changed} 个{zh}，{faulty} 个有错没有动"),
        (Lang::En, 0) => format!("{files} files, {changed} {en}"),
        (Lang::En, _) => format!("{files} files, {changed} {en}, {faulty} with faults left alone"),
    }
}
