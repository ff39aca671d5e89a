//! `yichuang decide`.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use yichuang_engine::Date;
use yichuang_forms::{Answers, MaterialView, Precheck, Ui, View, view};

use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹或 .ycp 文件 · pack folder or file
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// 填报：JSON 文件，- 表示标准输入 · answers as JSON, - for standard input
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// 办理日期，如 2014-11-18；不写就是今天 · day of the request
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// 输出格式 · output format
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON, the same bytes as from the server and the browser
    Json,
    /// For people
    Text,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let on = day(args.on.as_deref(), context)?;
    let answers = answers(&args.answers, context)?;
    let bundle = context.bundle(&args.pack)?;
    let calendar = context.calendar()?;
    let precheck = Precheck::new(&bundle, &calendar, &answers, on);
    let lang = context.forms_lang();
    match args.format {
        Format::Json => output::line(&precheck.to_json(lang)),
        Format::Text => output::print(&words(&view(&precheck, lang, &Ui::default()), context)),
    }
    Ok(())
}

pub(super) fn day(on: Option<&str>, context: &Context) -> Result<Date, Failure> {
    match on {
        Some(text) => Date::parse(text).ok_or_else(|| {
            Failure::Usage(match context.lang {
                yichuang_rules::Lang::Zh => format!("「{text}」不是日期。写成 2014-11-18 这样。"),
                yichuang_rules::Lang::En => format!("`{text}` is not a date; write it like 2014-11-18"),
            })
        }),
        None => {
            let today = jiff::Zoned::now().date();
            Date::parse(&today.to_string()).ok_or_else(|| Failure::Usage("--on ?".to_owned()))
        }
    }
}

/// The answers in a file or on standard input, with or without a byte order mark.
pub(super) fn answers(path: &Path, context: &Context) -> Result<Answers, Failure> {
    let bytes = read(path, context)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(context.unusable(path, context.say("不是 UTF-8 编码。", "it is not UTF-8")));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_request(text) {
        let why = context.say(
            "这是整个请求。只写 answers 里面的那个对象。",
            "it is a whole request; pass only the object inside `answers`",
        );
        return Err(context.unusable(path, why));
    }
    Answers::from_json(text).map_err(|error| context.unusable(path, context.forms_lang().pick(&error.message)))
}

fn read(path: &Path, context: &Context) -> Result<Vec<u8>, Failure> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| context.unusable(path, &error.to_string()))?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|error| context.cannot_read(path, &error))
}

/// Whether the text is what the server takes, with the answers as a part of it.
fn is_request(text: &str) -> bool {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(text) else { return false };
    let known = |key: &String| matches!(key.as_str(), "pack" | "on" | "lang" | "answers");
    fields.get("answers").is_some_and(serde_json::Value::is_object) && fields.keys().all(known)
}

/// The decision as people read it, in the words of the page.
fn words(view: &View, context: &Context) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        let text = text.trim();
        if !text.is_empty() {
            let _ = writeln!(out, "{text}");
        }
    };
    line(&format!("{} · {}", view.head.title, view.head.office));
    line("");
    line(&format!("【{}】{}", view.verdict.headline, view.verdict.detail));
    line(&view.verdict.depends);
    for problem in &view.problems {
        line(&format!("✗ {}：{}", problem.name, problem.message));
    }
    for notice in &view.notices {
        line(&format!("{}：{}", notice.label, notice.message));
    }
    for judged in &view.to_be_judged {
        line(&format!("{}{}", context.say("由窗口判断：", "judged at the window: "), judged.words));
    }
    for certificate in &view.certificates {
        line(&format!("{}：", certificate.name));
        certificate.items.iter().for_each(|item| line(&format!("- {} {}", item.name, item.period)));
    }
    view.items.iter().for_each(|item| line(&format!("- {} {} {}", item.name, item.period, item.problems.join("；"))));
    if let Some(dates) = &view.dates {
        line(&format!("{} {} {}", dates.headline, dates.promise, dates.from));
        dates.steps.iter().for_each(|step| line(&format!("- {} {} {}", step.name, step.length, step.due_words)));
    }
    if let Some(joint) = view.joint.get() {
        line(&joint.headline);
        line(&joint.warning);
        let steps = joint.departments.iter().flat_map(|of| of.steps.iter().map(|step| (&of.name, step)));
        steps.for_each(|(who, step)| line(&format!("- {} {who} {} {}", step.name, step.length, step.due_words)));
    }
    if let Some(materials) = &view.materials {
        line(&format!("{} {}：", context.say("要带的材料", "materials to bring"), materials.rows.len()));
        materials.rows.iter().for_each(|row| line(&material(row)));
        materials.open.iter().for_each(|open| line(&format!("? {} {}", open.name, open.depends)));
        materials.spared.iter().for_each(|spared| line(&format!("× {}：{}", spared.name, spared.reason)));
    }
    line(&view.fees);
    if let Some(question) = &view.question {
        line(&format!("{} {}", context.say("下一题：", "next question:"), question.ask));
    }
    line(&format!("{} {} {}", view.head.rules, context.say("校验码", "receipt"), view.head.receipt));
    out
}

fn material(row: &MaterialView) -> String {
    let mark = match row.state {
        "provided" => "√",
        "missing" => "✗",
        "defective" => "!",
        _ => "□",
    };
    format!("{mark} {} {} {}", row.id, row.name, row.form)
}
