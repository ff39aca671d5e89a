//! `yichuang plan`.

use std::fmt::Write as _;
use std::path::PathBuf;

use yichuang_engine::schedule::{Change, Mode, compare};
use yichuang_engine::{Calendar, JointDecision, JointPlan, Planned, Quantity, Scheduled};
use yichuang_forms::{JointStepView, JointView, Precheck, Ui, view};

use crate::command::decide::{answers, day};
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
    /// 假如一个环节办这么多工作日，如 r4=30；可以写几次 · what if a step took so many workdays
    #[arg(long, value_name = "STEP=DAYS")]
    days: Vec<String>,
    /// 假如没有这个环节；可以写几次 · what if there were no such step
    #[arg(long, value_name = "STEP")]
    without: Vec<String>,
    /// 假如一个接一个办 · what if everything were handled one after the other
    #[arg(long, conflicts_with = "joint")]
    serial: bool,
    /// 假如一起办 · what if everything were handled jointly
    #[arg(long)]
    joint: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result<(), Failure> {
    let on = day(args.on.as_deref(), context)?;
    let answers = answers(&args.answers, context)?;
    let bundle = context.bundle(&args.pack)?;
    let calendar = context.calendar()?;
    let mut precheck = Precheck::new(&bundle, &calendar, &answers, on);
    let Some(plan) = bundle.value.pack.joint.get() else {
        return Err(Failure::Usage(context.say("这个规则包没有联办计划。", "the pack has no joint plan").to_owned()));
    };
    let changes = changes(args, plan, context)?;
    let lang = context.forms_lang();
    let shown = |precheck: &Precheck<'_>| view(precheck, lang, &Ui::default()).joint;
    let Some(before) = shown(&precheck).get().cloned() else {
        return Err(Failure::Usage(context.say("还没有申请什么，没有计划。", "nothing is applied for yet").to_owned()));
    };
    let decided = precheck.decision.joint.get().and_then(|joint| joint.scheduled.clone());
    let mut out = words(&before, context);
    if decided.is_none() && !changes.is_empty() {
        let open = "还有没有回答的，算不出假如改了会怎样。";
        let _ = writeln!(out, "{}", context.say(open, "what if cannot be computed before that is answered"));
    }
    if let (Some(scheduled), false) = (decided, changes.is_empty()) {
        let changed = what_if(&scheduled, &changes, &calendar.value, precheck.decision.accepted_on);
        let Some((after, moved)) = changed else {
            return Err(Failure::Usage(context.say("这样改就绕成了圈。", "this makes a circle").to_owned()));
        };
        precheck.decision.joint = Planned::from(Some(after));
        if let Some(after) = shown(&precheck).get() {
            out += &compared(plan, after, &moved, context);
        }
    }
    output::print(&out);
    Ok(())
}

/// What is changed, in the words of the command line.
fn changes(args: &Args, plan: &JointPlan, context: &Context) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    if args.serial || args.joint {
        changes.push(Change::AllModes(if args.serial { Mode::Serial } else { Mode::Joint }));
    }
    for written in &args.days {
        let parts = written.split_once('=').and_then(|(step, days)| Some((step, days.trim().parse().ok()?)));
        let Some((step, days)) = parts else {
            let sentence = match context.lang {
                yichuang_rules::Lang::Zh => {
                    format!("「{written}」写得不对。写成 r4=30 这样：环节的 id、等号、工作日。")
                }
                yichuang_rules::Lang::En => format!("`{written}` is not a step with its days; write it like r4=30"),
            };
            return Err(Failure::Usage(sentence));
        };
        changes.push(Change::Days { task: place(step.trim(), plan, context)?, days });
    }
    for step in &args.without {
        changes.push(Change::Applies { task: place(step, plan, context)?, applies: false });
    }
    Ok(changes)
}

fn place(step: &str, plan: &JointPlan, context: &Context) -> Result<usize, Failure> {
    let found = plan.steps.iter().position(|known| known.id == step || known.name.zh == step);
    found.ok_or_else(|| {
        let known: Vec<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
        let known = known.join(context.say("、", ", "));
        Failure::Usage(match context.lang {
            yichuang_rules::Lang::Zh => format!("没有环节「{step}」。环节有：{known}。"),
            yichuang_rules::Lang::En => format!("there is no step `{step}`; the steps are {known}"),
        })
    })
}

/// The plan after the changes, and by how many workdays each step moves.
fn what_if(
    scheduled: &Scheduled,
    changes: &[Change],
    calendar: &Calendar,
    from: yichuang_engine::Date,
) -> Option<(JointDecision, Vec<(usize, i64)>)> {
    let comparison = compare(&scheduled.tasks, changes).ok()?;
    let finish = |span: Option<yichuang_engine::schedule::Span>| span.map(|span| i64::from(span.finish));
    let moved = comparison.moved.iter();
    let moved = moved.filter_map(|moved| Some((moved.task, finish(moved.after)? - finish(moved.before)?))).collect();
    let tasks = yichuang_engine::schedule::changed(&scheduled.tasks, changes);
    let scheduled = Scheduled::new(tasks, from, calendar).ok()?;
    let days = Quantity::Known(scheduled.schedule.joint_days.into());
    Some((JointDecision { days, missing: Vec::new(), scheduled: Some(scheduled) }, moved))
}

/// A plan as people read it.
fn words(joint: &JointView, context: &Context) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        if !text.is_empty() {
            let _ = writeln!(out, "{text}");
        }
    };
    line(&joint.headline);
    line(&joint.compared);
    if !joint.warning.is_empty() {
        line(&format!("{}{}", context.say("警告：", "warning: "), joint.warning));
    }
    line(&joint.critical);
    joint.surveys.iter().for_each(|survey| line(&survey.words));
    for department in &joint.departments {
        line(&department.name);
        department.steps.iter().for_each(|step| line(&self::step(step, context)));
    }
    out
}

fn step(step: &JointStepView, context: &Context) -> String {
    let mark = if step.slack.is_empty() { "★" } else { "-" };
    let after = match (step.after.as_str(), context.lang) {
        ("", _) => String::new(),
        (after, yichuang_rules::Lang::Zh) => format!("前置：{after}"),
        (after, yichuang_rules::Lang::En) => format!("after: {after}"),
    };
    let parts = [&step.due_words, &step.length, &step.slack, &after];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    format!("{mark} {} {}  {}", step.id, step.name, parts.join(" · "))
}

/// What comes out otherwise after the changes.
fn compared(plan: &JointPlan, after: &JointView, moved: &[(usize, i64)], context: &Context) -> String {
    let mut out = format!("\n{}\n", context.say("改了以后", "after the changes"));
    let _ = writeln!(out, "{}", after.headline);
    if !after.warning.is_empty() {
        let _ = writeln!(out, "{}{}", context.say("警告：", "warning: "), after.warning);
    }
    if moved.is_empty() {
        let _ = writeln!(out, "{}", context.say("没有一个环节的日子变了。", "no step has other days"));
    }
    let steps = || after.departments.iter().flat_map(|department| &department.steps);
    for (place, days) in moved {
        let Some(declared) = plan.steps.get(*place) else { continue };
        let Some(step) = steps().find(|step| step.id == declared.id) else { continue };
        let _ = writeln!(out, "{:+} {}", days, self::step(step, context));
    }
    out
}
