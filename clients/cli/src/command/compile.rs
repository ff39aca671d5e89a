//! `yichuang compile`.

use std::fs;
use std::path::PathBuf;

use yichuang_forms::to_ycp;

use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹 · the pack folder
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// 写到哪个文件 · the file to write
    #[arg(short, long, value_name = "FILE.ycp")]
    output: PathBuf,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    if args.output.is_file() && args.output.extension().is_none_or(|extension| extension != "ycp") {
        let why = context.say("已有这个文件，它不是 .ycp 文件，没有覆盖", "it exists and is no .ycp file; it is kept");
        return Err(context.cannot_write(&args.output, &why));
    }
    let bundle = context.bundle(&args.folder)?;
    let bytes = to_ycp(&bundle.value);
    fs::write(&args.output, &bytes).map_err(|error| context.cannot_write(&args.output, &error))?;
    output::line(&format!(
        "{} {} {} {}",
        args.output.display(),
        bytes.len(),
        context.say("字节，SHA-256", "bytes, SHA-256"),
        bundle.digest
    ));
    Ok(())
}
