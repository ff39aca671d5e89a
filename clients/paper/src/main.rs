//! `yichuang-paper`: a form or the result of a pre-check as PDF.
//!
//! Exit status: 0 fine, 1 the rules have faults, 2 wrong usage, a font is missing.

mod load;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use yichuang_engine::Date;
use yichuang_forms::forms_print::{blank_form, form_on_paper};
use yichuang_forms::{Answers, Lang, Precheck, Request, Tree, Ui, f00, page, view};
use yichuang_paper::{Fonts, Paper, Sheet};

use load::Loader;

/// 一窗：把表单和预审结果单印成 PDF · forms and the result of a pre-check as PDF
#[derive(Debug, Parser)]
#[command(
    name = "yichuang-paper",
    version,
    after_help = "字体：思源宋体（Debian 软件包 fonts-noto-cjk），罕用字另加花园明朝（fonts-hanazono）；\n在别处的用环境变量 YICHUANG_FONTS 指明文件夹。\n退出码：0 正常；1 规则有错；2 用法不对或缺字体"
)]
struct Args {
    /// 规则包的文件夹或 .ycp 文件 · pack folder or file
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// 印哪张表，如 F-10；plan 是联办计划；不写就印预审结果单 · which form, or plan
    #[arg(long, value_name = "ID", default_value = "F-00")]
    form: String,
    /// 填报：JSON 文件，- 表示标准输入 · answers as JSON, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    answers: Option<PathBuf>,
    /// 整个请求：JSON 文件，- 表示标准输入 · a whole request as JSON
    #[arg(long, value_name = "FILE", conflicts_with_all = ["on", "blank"])]
    request: Option<PathBuf>,
    /// 办理日期，如 2014-11-18；不写就是今天 · day of the request
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// 印空白表，留给手填 · a blank form, to be filled by hand
    #[arg(long, conflicts_with = "answers")]
    blank: bool,
    /// 案号，印在表头和二维码里 · number of the case
    #[arg(long, value_name = "NUMBER")]
    case: Option<String>,
    /// 写到哪个文件，- 表示标准输出 · where the PDF goes, - for standard output
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// 日历文件夹或 .ycc 文件；不写就用自带的全国日历 · calendar folder or file
    #[arg(long, value_name = "PATH")]
    calendar: Option<PathBuf>,
    /// 表上和提示用的语言 · language of the sheet and of messages
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    lang: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Zh,
    En,
}

/// What went wrong, and with which exit status it ends.
#[derive(Debug)]
enum Failure {
    /// The rules have faults; they have been printed.
    Faults,
    /// Wrong usage, with one sentence that says what to do.
    Usage(String),
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Faults) => ExitCode::from(1),
        Err(Failure::Usage(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let lang = match args.lang {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    };
    let loader = Loader { lang };
    let request = request(args, &loader)?;
    let lang = request.lang;
    let bundle = loader.bundle(&args.pack)?;
    let id = &bundle.value.pack.id;
    if let Some(other) = request.pack.as_ref().filter(|other| *other != id) {
        return Err(loader.usage(
            format!("请求要的是规则包「{other}」，给的是「{id}」。"),
            format!("the request means pack `{other}`, and this is `{id}`"),
        ));
    }
    let calendar = loader.calendar(args.calendar.as_deref())?;
    let on = request.on.map_or_else(|| today(&loader), Ok)?;
    let precheck = Precheck::new(&bundle, &calendar, &request.answers, on);
    let sheet = Sheet {
        tree: tree(args, &precheck, lang, &loader)?,
        lang,
        receipt: (!args.blank).then(|| precheck.receipt.code.clone()),
        case: args.case.clone(),
    };
    let fonts = Fonts::find().map_err(|error| Failure::Usage(error.message(loader.lang)))?;
    let pdf = Paper::new(fonts).pdf(&sheet).map_err(|error| Failure::Usage(error.message(loader.lang)))?;
    write(&args.output, &pdf, &loader)
}

fn tree(args: &Args, precheck: &Precheck<'_>, lang: Lang, loader: &Loader) -> Result<Tree, Failure> {
    if args.form == "F-00" && !args.blank {
        return Ok(f00::f00_on_paper(&view(precheck, lang, &Ui::default())));
    }
    if args.form == "plan" && !args.blank {
        let plan = page::plan_on_paper(&view(precheck, lang, &Ui::default()));
        return plan.ok_or_else(|| {
            loader.usage(
                "没有联办计划可印：规则包没有写，或者还有没有回答的。".to_owned(),
                "there is no joint plan to print: the pack has none, or something is not answered".to_owned(),
            )
        });
    }
    let forms = &precheck.bundle.value.forms;
    let Some(form) = forms.iter().find(|form| form.id == args.form) else {
        let ids = forms.iter().map(|form| form.id.as_str()).collect::<Vec<_>>().join("、");
        let wanted = &args.form;
        return Err(match wanted.as_str() {
            "F-00" => loader.usage(
                format!("预审结果单没有空白表。可印的空白表：{ids}。"),
                format!("there is no blank result of a pre-check; blank forms are {ids}"),
            ),
            _ => loader.usage(
                format!("这个规则包没有表「{wanted}」，只有 F-00、{ids}。"),
                format!("this pack has no form `{wanted}`, only F-00, {ids}"),
            ),
        });
    };
    Ok(if args.blank { blank_form(form, precheck, lang) } else { form_on_paper(form, precheck, lang) })
}

/// The request that the arguments make, or that they name.
fn request(args: &Args, loader: &Loader) -> Result<Request, Failure> {
    if let Some(path) = &args.request {
        let request = Request::from_json(&loader.text(path)?);
        return request.map_err(|error| loader.unusable(path, loader.lang.pick(&error.message)));
    }
    let answers = match &args.answers {
        Some(path) => Answers::from_json(&loader.text(path)?)
            .map_err(|error| loader.unusable(path, loader.lang.pick(&error.message)))?,
        None => Answers::default(),
    };
    let on = match &args.on {
        Some(text) => Some(Date::parse(text).ok_or_else(|| {
            loader.usage(
                format!("「{text}」不是日期。写成 2014-11-18 这样。"),
                format!("`{text}` is not a date; write it like 2014-11-18"),
            )
        })?),
        None => None,
    };
    Ok(Request { pack: None, on, lang: loader.lang, answers })
}

fn today(loader: &Loader) -> Result<Date, Failure> {
    let today = jiff::Zoned::now().date().to_string();
    Date::parse(&today).ok_or_else(|| {
        loader.usage(format!("今天是「{today}」？请用 --on 写明。"), format!("today is `{today}`? state --on"))
    })
}

fn write(path: &Path, pdf: &[u8], loader: &Loader) -> Result<(), Failure> {
    let written = match path.as_os_str() == "-" {
        true => std::io::stdout().lock().write_all(pdf),
        false => std::fs::write(path, pdf),
    };
    written.map_err(|error| {
        let path = path.display();
        loader.usage(format!("写不了「{path}」：{error}。"), format!("cannot write `{path}`: {error}"))
    })
}
