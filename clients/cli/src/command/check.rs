//! `yichuang check`.

use std::path::PathBuf;

use yichuang_rules::{Lang, folders_above};

use super::test::{Tally, cases};
use crate::load::Context;
use crate::{Failure, output, watch};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹，可以写几个 · pack folders
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// 没有错误就接着运行用例 · run the cases too
    #[arg(long)]
    test: bool,
    /// 文件一有改动就重新检查，按 Ctrl-C 结束 · check again whenever a file changes; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    if !args.watch {
        return check(args, context);
    }
    let calendar = context.calendar.iter().filter(|_| args.test);
    let stated: Vec<PathBuf> = args.folders.iter().chain(calendar).cloned().collect();
    let paths = || {
        let above = args.folders.iter().flat_map(|folder| folders_above(folder));
        let mut paths: Vec<PathBuf> = stated.iter().cloned().chain(above).collect();
        paths.dedup();
        paths
    };
    watch::watch(paths, context, || check(args, context))
}

fn check(args: &Args, context: &Context) -> Result<(), Failure> {
    let calendar = if args.test { Some(context.calendar()?) } else { None };
    let (mut faulty, mut tally) = (false, Tally::default());
    for folder in &args.folders {
        let compiled = context.compile(folder)?;
        context.print(&compiled.diagnostics, &compiled.sources);
        let errors = compiled.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let warnings = compiled.diagnostics.len() - errors;
        faulty |= compiled.bundle.is_none();
        output::line(&summary(context.lang, &compiled.id, errors, warnings));
        let left = compiled.bundle.as_ref().map_or(0, |bundle| bundle.value.pack.not_encoded.len());
        if left > 0 {
            output::line(&not_encoded(context.lang, &compiled.id, left));
        }
        if let Some(calendar) = &calendar {
            cases(folder, &compiled, calendar, None, context, &mut tally);
        }
    }
    if args.test {
        output::line(&tally.line());
    }
    if faulty || !tally.is_sound() { Err(Failure::Faults) } else { Ok(()) }
}

fn summary(lang: Lang, id: &str, errors: usize, warnings: usize) -> String {
    match (lang, errors, warnings) {
        (Lang::Zh, 0, 0) => format!("{id}：没有错误"),
        (Lang::Zh, _, _) => format!("{id}：{errors} 个错误，{warnings} 个警告"),
        (Lang::En, 0, 0) => format!("{id}: no errors"),
        (Lang::En, _, _) => format!("{id}: {errors} errors, {warnings} warnings"),
    }
}

/// How much of the law the pack leaves to the window.
fn not_encoded(lang: Lang, id: &str, left: usize) -> String {
    match (lang, left) {
        (Lang::Zh, _) => format!("{id}：{left} 处未编码，由窗口判断"),
        (Lang::En, 1) => format!("{id}: 1 part not encoded, judged at the window"),
        (Lang::En, _) => format!("{id}: {left} parts not encoded, judged at the window"),
    }
}
