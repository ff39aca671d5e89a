//! `yichuang why`.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::Value as Json;
use yichuang_forms::{Precheck, RequestError, Target};

use crate::command::decide::{answers, day};
use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹或 .ycp 文件 · pack folder or file
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// 要说明的结果，如 item:drug_retail、material:f06、verdict:ready · what is explained
    #[arg(value_name = "TARGET")]
    target: String,
    /// 填报：JSON 文件，- 表示标准输入 · answers as JSON, - for standard input
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// 办理日期，如 2014-11-18；不写就是今天 · day of the request
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// 想要的结果；不写就是现在的反面 · the value to which changes are looked for
    #[arg(long, value_name = "true|false")]
    wanted: Option<bool>,
    /// 输出 JSON，与服务器和浏览器的逐字节相同 · JSON, the same bytes as elsewhere
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let refused = |error: RequestError| Failure::Usage(context.forms_lang().pick(&error.message).to_owned());
    let target = Target::parse(&args.target).map_err(refused)?;
    let on = day(args.on.as_deref(), context)?;
    let answers = answers(&args.answers, context)?;
    let bundle = context.bundle(&args.pack)?;
    let calendar = context.calendar()?;
    let precheck = Precheck::new(&bundle, &calendar, &answers, on);
    let json = precheck.explain(&target, args.wanted, context.forms_lang()).map_err(refused)?;
    if args.json {
        output::line(&json);
    } else {
        output::print(&words(&json, context));
    }
    Ok(())
}

/// An explanation as people read it: the result, the tree of what decides it, what would change it,
/// and what is left to ask.
fn words(json: &str, context: &Context) -> String {
    let explanation: Json = serde_json::from_str(json).unwrap_or_default();
    let mut out = String::new();
    let mut why = of(&explanation, "why").clone();
    if text(&why, "name") != text(&explanation, "text") {
        let _ = writeln!(out, "{} {}", mark(&explanation), text(&explanation, "text"));
    }
    let is_searched = of(&why, "value") != of(&explanation, "value");
    if let Json::Object(why) = &mut why {
        why.insert("value".to_owned(), of(&explanation, "value").clone());
    }
    part(&mut out, &why, 0, context);
    if is_searched {
        out.push_str(context.say("不管怎样回答，结果都一样。\n", "It is the same whatever is answered.\n"));
    }
    for key in ["smallest_changes", "settling"] {
        let said = of(&explanation, key);
        let doubt = if is(said, "not_exact") { context.say("（没有试完）", " (not all was tried)") } else { "" };
        if !text(said, "text").is_empty() {
            let _ = writeln!(out, "{}{doubt}", text(said, "text"));
        }
    }
    out
}

fn part(out: &mut String, json: &Json, depth: usize, context: &Context) {
    let indent = "  ".repeat(depth);
    let _ = write!(out, "{indent}{} {}", mark(json), said(json, context));
    if let Some(number) = of(json, "part").as_u64() {
        let _ = write!(out, " #{number}");
    }
    let bases = of(json, "basis").as_array().into_iter().flatten();
    let bases: Vec<&str> = bases.map(|basis| text(basis, "citation")).collect();
    if !bases.is_empty() {
        let _ = write!(out, "〔{}〕", bases.join("；"));
    }
    out.push('\n');
    let parts = of(json, "parts").as_array().into_iter().flatten();
    parts.for_each(|inner| part(out, inner, depth + 1, context));
    if is(json, "cut") {
        let _ = writeln!(out, "{indent}  …");
    }
}

/// A part in words: its name, what it is, and of a predicate what was answered.
fn said(json: &Json, context: &Context) -> String {
    let (name, told) = (text(json, "name"), text(json, "text"));
    let told = if text(json, "kind") == "all" && !name.is_empty() { "" } else { told };
    let more = match text(json, "kind") {
        "predicate" if *of(json, "value") == Json::Bool(true) => String::new(),
        "predicate" | "fact" => {
            let actual = match text(json, "actual_text") {
                "" => context.say("还没有回答", "not answered").to_owned(),
                actual if text(json, "kind") == "fact" => actual.to_owned(),
                actual => format!("{}{actual}", context.say("现在：", "now: ")),
            };
            context.say("（甲）", " (甲)").replace('甲', &actual)
        }
        "number" if !text(json, "table").is_empty() => {
            context.say("（甲）", " (甲)").replace('甲', text(json, "table"))
        }
        _ => String::new(),
    };
    let between = if name.is_empty() || told.is_empty() { "" } else { context.say("：", ": ") };
    format!("{name}{between}{told}{more}")
}

fn mark(json: &Json) -> &'static str {
    match of(json, "value") {
        Json::Bool(true) => "√",
        Json::Bool(false) => "✗",
        Json::String(open) if open == "undetermined" => "?",
        _ => "=",
    }
}

fn of<'a>(json: &'a Json, key: &str) -> &'a Json {
    json.get(key).unwrap_or(&Json::Null)
}

fn text<'a>(json: &'a Json, key: &str) -> &'a str {
    of(json, key).as_str().unwrap_or_default()
}

fn is(json: &Json, key: &str) -> bool {
    *of(json, key) == Json::Bool(true)
}
