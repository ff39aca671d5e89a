//! Faults of joint plans.

use yichuang_engine::Text;

use crate::{Code, Diagnostic, Msg, Span};

/// Steps that need each other; `spans` are the places where each of them says so.
pub(in crate::lower) fn joint_circle(steps: &[&Text], spans: Vec<Span>, example: Option<&Msg>) -> Diagnostic {
    let first = steps.first().copied();
    let chain = |text: fn(&Text) -> &str, apart: &str| {
        steps.iter().copied().chain(first).map(text).collect::<Vec<_>>().join(apart)
    };
    let zh = chain(|text| &text.zh, "」要等「");
    let en = chain(|text| if text.en.is_empty() { &text.zh } else { &text.en }, " → ");
    let mut diagnostic = Diagnostic::error(
        Code::Circle,
        msg!("联办的环节绕成了圈：「{zh}」", "steps of the joint plan need each other in a circle: {en}"),
    );
    for (place, span) in spans.into_iter().enumerate() {
        diagnostic = match place {
            0 => diagnostic.at(span, ("要等这个环节", "this step is needed")),
            _ => diagnostic.also(span, ("又要等这个", "and this one")),
        };
    }
    let help = match example {
        Some(Msg { zh, en }) if !zh.is_empty() => {
            msg!("这样的情形下谁也不能先办：{zh}", "none can begin in this case: {en}")
        }
        Some(_) => msg!("任何情形下谁也不能先办", "none of them can ever begin"),
        None => msg!("这些前置会不会同时成立，查不清", "it cannot be shown that these arrows never hold together"),
    };
    diagnostic.help(help).help((
        "删去其中一个「前置（after）」，或者给它写上条件：`{环节: …, 条件: …}`",
        "remove one of the `after`, or give it a condition: `{step: …, when: …}`",
    ))
}

/// Says that steps which survey together wait for the same.
pub(in crate::lower) fn by_survey(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help((
        "一起踏勘的环节一起开始：其中一个要等的，别的也要等",
        "steps that survey together begin together: what one of them needs, all of them need",
    ))
}

pub(in crate::lower) fn too_many_circles(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Circle,
        (
            "联办的环节之间可能绕成的圈太多，查不清",
            "the steps of the joint plan may form too many circles to be checked",
        ),
    )
    .at(span, ("这个计划", "this plan"))
    .help(("少写一些互为前置的环节", "have fewer steps that need each other"))
}

pub(in crate::lower) fn too_many_steps(most: usize, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::BadNumberValue,
        msg!("联办的环节超过了 {most} 个", "the joint plan has more than {most} steps"),
    )
    .at(span, ("从这里起多出来了", "from here on there are too many"))
    .help(("把计划分成几个规则包", "split the plan into several packs"))
}

pub(in crate::lower) fn survey_longer(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadNumberValue, ("踏勘的天数比整个环节还多", "the survey takes longer than the whole step"))
        .at(span, ("环节的天数包括踏勘在内", "the days of a step include its survey"))
        .help(("改正其中一个天数", "correct one of the numbers"))
}
