//! `yichuang schema`.

use std::path::PathBuf;

use yichuang_forms::{Extent, Form, FormSchema, LoadedBundle, form_schema};

use crate::load::Context;
use crate::{Failure, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// 规则包的文件夹或 .ycp 文件 · pack folder or file
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// 表的编号，如 F-10；不写就列出有哪几张表 · the form; without it all forms are listed
    #[arg(value_name = "FORM")]
    form: Option<String>,
    /// 没有填完的也算对：不要求必填 · for drafts, in which nothing is required
    #[arg(long)]
    draft: bool,
    /// 列出 JSON Schema 表达不了、没有写进去的要求 · list what JSON Schema cannot express
    #[arg(long)]
    unexpressed: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let bundle = context.bundle(&args.pack)?;
    let Some(form) = &args.form else {
        output::print(&listed(&bundle, context));
        return Ok(());
    };
    let extent = if args.draft { Extent::Draft } else { Extent::Complete };
    let schema = form_schema(&bundle, form, context.forms_lang(), extent).ok_or_else(|| {
        let forms = listed(&bundle, context);
        let none = context.say("没有要申请人填的表", "none");
        let forms = if forms.is_empty() { none } else { forms.trim_end() };
        Failure::Usage(format!(
            "{}\n{forms}",
            context.say("规则包里没有这张要填的表。有的是：", "the pack has no such form to be filled in; it has:")
        ))
    })?;
    output::print(&if args.unexpressed { unexpressed(&schema, context) } else { schema.json });
    Ok(())
}

/// The forms that an applicant fills in, one a line.
fn listed(bundle: &LoadedBundle, context: &Context) -> String {
    let line = |form: &Form| format!("{} {}\n", form.id, context.forms_lang().pick(&form.sheet.name));
    bundle.value.forms.iter().filter(|form| !form.sample).map(line).collect()
}

fn unexpressed(schema: &FormSchema, context: &Context) -> String {
    let lines: String =
        schema.unexpressed.iter().map(|one| format!("{} {}  {}\n", one.fact, one.code, one.words)).collect();
    let all = context.say("全都写进去了。\n", "Everything is expressed.\n");
    if lines.is_empty() { all.to_owned() } else { lines }
}
