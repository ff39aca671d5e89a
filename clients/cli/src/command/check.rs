//! `yichuang check`.

use std::path::PathBuf;

use yichuang_rules::Lang;

use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹，可以写几个 · pack folders
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let mut faulty = false;
    for folder in &args.folders {
        let compiled = context.compile(folder)?;
        context.print(&compiled.diagnostics, &compiled.sources);
        let errors = compiled.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let warnings = compiled.diagnostics.len() - errors;
        faulty |= compiled.bundle.is_none();
        output::line(&summary(context.lang, &compiled.id, errors, warnings));
    }
    if faulty { Err(Failure::Faults) } else { Ok(()) }
}

fn summary(lang: Lang, id: &str, errors: usize, warnings: usize) -> String {
    match (lang, errors, warnings) {
        (Lang::Zh, 0, 0) => format!("{id}：没有错误"),
        (Lang::Zh, _, _) => format!("{id}：{errors} 个错误，{warnings} 个警告"),
        (Lang::En, 0, 0) => format!("{id}: no errors"),
        (Lang::En, _, _) => format!("{id}: {errors} errors, {warnings} warnings"),
    }
}
