//! `yichuang`: check, compile, decide, explain, format, plan and test rule packs; schemas of forms.
//!
//! Exit status: 0 fine, 1 the rules or cases have faults or a file is not formatted, 2 wrong usage.

mod command;
mod load;
mod output;
mod replace;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// 一窗：检查、编译、试算、排版、测试规则包 · check, compile, decide, format and test rule packs
#[derive(Debug, Parser)]
#[command(name = "yichuang", version, after_help = "退出码：0 正常；1 规则或用例有错，或有文件要排版；2 用法不对")]
struct Cli {
    /// 提示用的语言 · language of messages
    #[arg(long, global = true, value_enum, default_value_t = Language::Zh)]
    lang: Language,
    /// 日历文件夹或 .ycc 文件，地方的日历也行；不写就用自带的全国日历 · calendar folder or file, also a local one
    #[arg(long, global = true, value_name = "PATH")]
    calendar: Option<std::path::PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查规则包，列出全部错误 · check a pack folder
    Check(command::check::Args),
    /// 把规则包或日历编译成一个文件 · compile a pack or calendar folder to one file
    Compile(command::compile::Args),
    /// 按填报给出预审结论 · decide about answers
    Decide(command::decide::Args),
    /// 给规则文件排版 · give rule files their one layout
    Fmt(command::fmt::Args),
    /// 做一对签名用的密钥 · make a pair of keys for signing
    Keygen(command::keys::Keygen),
    /// 联办计划，和假如改了会怎样 · the joint plan, and what if
    Plan(command::plan::Args),
    /// 一张表的填报的 JSON Schema，给对接的程序用 · the JSON Schema of a form's answers
    Schema(command::schema::Args),
    /// 给编译好的文件签名 · sign compiled files
    Sign(command::keys::Sign),
    /// 运行用例 · run the cases of pack folders
    Test(command::test::Args),
    /// 核对编译好的文件的签名 · check the signatures of compiled files
    Verify(command::keys::Verify),
    /// 说明一个结果：为什么、怎样会变、还差什么 · explain one result
    Why(command::why::Args),
}

/// What went wrong, and with which exit status it ends.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The rules or cases have faults; they have been printed.
    Faults,
    /// Wrong usage, with one sentence that says what to do.
    Usage(String),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let context = load::Context { lang: cli.lang.into(), calendar: cli.calendar };
    let result = context.check_calendar().and_then(|()| match cli.command {
        Command::Check(args) => command::check::run(&args, &context),
        Command::Compile(args) => command::compile::run(&args, &context),
        Command::Decide(args) => command::decide::run(&args, &context),
        Command::Fmt(args) => command::fmt::run(&args, &context),
        Command::Keygen(args) => command::keys::keygen(&args, &context),
        Command::Plan(args) => command::plan::run(&args, &context),
        Command::Schema(args) => command::schema::run(&args, &context),
        Command::Sign(args) => command::keys::sign(&args, &context),
        Command::Test(args) => command::test::run(&args, &context),
        Command::Verify(args) => command::keys::verify(&args, &context),
        Command::Why(args) => command::why::run(&args, &context),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Faults) => ExitCode::from(1),
        Err(Failure::Usage(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

impl From<Language> for yichuang_rules::Lang {
    fn from(language: Language) -> yichuang_rules::Lang {
        match language {
            Language::Zh => yichuang_rules::Lang::Zh,
            Language::En => yichuang_rules::Lang::En,
        }
    }
}
