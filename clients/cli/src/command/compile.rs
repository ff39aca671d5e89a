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
    let bundle = context.bundle(&args.folder)?;
    let bytes = to_ycp(&bundle.value);
    fs::write(&args.output, &bytes).map_err(|error| context.cannot_read(&args.output, &error))?;
    output::line(&format!(
        "{} {} {} {}",
        args.output.display(),
        bytes.len(),
        context.say("字节，SHA-256", "bytes, SHA-256"),
        bundle.digest
    ));
    Ok(())
}
