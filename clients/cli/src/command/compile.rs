//! `yichuang compile`: a pack or a calendar in one file.

use std::fs;
use std::path::PathBuf;

use yichuang_forms::{to_ycc, to_ycp};

use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包或日历的文件夹 · the folder of a pack or a calendar
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// 写到哪个文件：规则包是 .ycp，日历是 .ycc · the file to write: .ycp of a pack, .ycc of a calendar
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let is = |wanted: &str| args.output.extension().is_some_and(|extension| extension == wanted);
    if args.output.is_file() && !is("ycp") && !is("ycc") {
        let why = context.say(
            "已有这个文件，它不是 .ycp 或 .ycc 文件，没有覆盖",
            "it exists and is no .ycp or .ycc file; it is kept",
        );
        return Err(context.cannot_write(&args.output, &why));
    }
    // One for the other would be a fault in every line.
    let is_calendar = args.folder.join("calendar.yaml").is_file();
    if args.folder.is_dir() && is_calendar != is("ycc") {
        let why = match is_calendar {
            true => context.say("这是日历，要写成 .ycc", "it is a calendar, which becomes a .ycc"),
            false => context.say(
                "里面没有 calendar.yaml，不是日历；规则包要写成 .ycp",
                "there is no calendar.yaml in it, so it is no calendar; a pack becomes a .ycp",
            ),
        };
        return Err(context.unusable(&args.folder, why));
    }
    let (bytes, digest) = if is("ycc") {
        let calendar = context.compiled_calendar(Some(&args.folder))?;
        (to_ycc(&calendar.value), calendar.digest)
    } else {
        let bundle = context.bundle(&args.folder)?;
        (to_ycp(&bundle.value), bundle.digest)
    };
    fs::write(&args.output, &bytes).map_err(|error| context.cannot_write(&args.output, &error))?;
    output::line(&format!(
        "{} {} {} {}",
        args.output.display(),
        bytes.len(),
        context.say("字节，SHA-256", "bytes, SHA-256"),
        digest
    ));
    Ok(())
}
