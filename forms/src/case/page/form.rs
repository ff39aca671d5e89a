//! The form of a case. Every row has the fields of all kinds of events; a style sheet shows those
//! of the kind that is chosen, so that no script is needed.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::Date;

use crate::case::words::{APPROVERS, EVENTS, EXPLAINED, KINDS, ORIGINS, REASONS, RESULTS, UNITS, WHOLE, WRITTEN, Word};
use crate::case::{CaseFault, CaseFields, MOST_EVENTS, Typed};
use crate::phrase::say;
use crate::{Element, Lang, Tree, el};

/// Empty rows behind those that were typed, and how many more a button asks for.
const EMPTY_ROWS: usize = 2;
const MORE_ROWS: usize = 6;

pub(super) fn form(fields: &CaseFields, faults: &[CaseFault], today: Date, lang: Lang) -> Element {
    let desk = Desk { faults, lang };
    let empty = if fields.more_rows { MORE_ROWS } else { EMPTY_ROWS };
    let shown = fields.events.len().min(MOST_EVENTS);
    let rows = (shown + empty).clamp(4, MOST_EVENTS.max(shown));
    let nothing = Typed::default();
    let row = |place| desk.row(place, fields.events.get(place).unwrap_or(&nothing));
    let beyond = fields.events.iter().enumerate().skip(MOST_EVENTS);
    el("form")
        .id("case")
        .attr("method", "post")
        .attr("action", "/case#result")
        .attr("autocomplete", "off")
        .flag("novalidate", true)
        // The first button is the one that Enter presses.
        .child(el("button").attr("type", "submit").flag("hidden", true).text(lang.word("计算", "Reckon")))
        .child(el("input").attr("type", "hidden").attr("name", "lang").attr("value", lang.code()))
        .child(desk.summary())
        .child(desk.item(&fields.case, today))
        .child(el("h2").id("events").text(lang.word("发生过的事", "What happened")))
        .child(desk.message(None, "events"))
        .children((0..rows).map(row))
        .children(beyond.flat_map(|(place, event)| carried(place, event)))
        .child(
            el("div")
                .class("row")
                .child(el("button").attr("type", "submit").class("primary").text(lang.word("计算", "Reckon")))
                .child((rows < MOST_EVENTS).then(|| {
                    let add = el("button").attr("type", "submit").attr("name", "add").attr("value", "1");
                    add.text(lang.word("再加几行", "More rows"))
                })),
        )
}

/// Events beyond the most there may be, which are not lost.
fn carried(place: usize, event: &Typed) -> Vec<Element> {
    let hidden = |(name, value): (&str, &str)| {
        el("input").attr("type", "hidden").attr("name", format!("e{place}.{name}")).attr("value", value)
    };
    event.iter().map(hidden).collect()
}

/// Builds fields, each with what is wrong with it.
struct Desk<'a> {
    faults: &'a [CaseFault],
    lang: Lang,
}

/// Where a field stands, and what it is called.
#[derive(Clone, Copy)]
struct Place {
    row: Option<usize>,
    field: &'static str,
}

impl Place {
    fn name(self) -> String {
        self.row.map_or_else(|| self.field.to_string(), |row| format!("e{row}.{}", self.field))
    }
}

impl Desk<'_> {
    fn fault(&self, place: Place) -> Option<&CaseFault> {
        self.faults.iter().find(|fault| fault.row == place.row && fault.field == place.field)
    }

    fn message(&self, row: Option<usize>, field: &'static str) -> Option<Element> {
        let place = Place { row, field };
        let fault = self.fault(place)?;
        let name = place.name();
        let message = el("p").id(format!("{name}-error")).class("error").attr("data-error", name);
        Some(message.text(self.lang.pick(&fault.message)))
    }

    /// All that is wrong, each leading to its field.
    fn summary(&self) -> Option<Element> {
        let link = |fault: &CaseFault| {
            let name = Place { row: fault.row, field: fault.field }.name();
            let message = self.lang.pick(&fault.message);
            let words = match fault.row {
                Some(row) => {
                    let number = row + 1;
                    say!(self.lang, "第 {number} 件：{message}", "Event {number}: {message}")
                }
                None => message.into(),
            };
            el("li").child(el("a").attr("href", format!("#{name}")).text(words))
        };
        let head = self.lang.word("这些地方要改，改好才能计算：", "Nothing is reckoned until these are put right:");
        (!self.faults.is_empty()).then(|| {
            let list = el("ul").children(self.faults.iter().take(100).map(link));
            el("div").class("problems").attr("role", "alert").child(el("p").child(el("b").text(head))).child(list)
        })
    }

    fn item(&self, typed: &Typed, today: Date) -> Element {
        let lang = self.lang;
        let head = |field| Place { row: None, field };
        let period = |count, unit, zh, en, hint: (&'static str, &'static str)| {
            let count = self.text(head(count), typed, lang.word(zh, en), lang.word(hint.0, hint.1));
            let unit_label = say!(lang, "{zh}的单位", "unit of the {en}");
            let mut units = self.select(head(unit), typed, &unit_label, &UNITS, None).class("field bare");
            if let Some(Tree::Element(label)) = units.children.first_mut() {
                *label = label.clone().class("heard");
            }
            el("div").class("period").child(count.class("field many")).child(units)
        };
        el("fieldset")
            .class("item card")
            .child(el("legend").class("heard").text(lang.word("事项和时限", "Item and periods")))
            .child(self.select(head("kind"), typed, lang.word("办件类型", "Kind of item"), &KINDS, None))
            .child(self.text(head("on"), typed, lang.word("计算日", "Day of the clock"), &format!("{today}")))
            .child(period(
                "statutory",
                "statutory_unit",
                "法定时限",
                "Statutory period",
                ("20；联办件 45", "20; joint 45"),
            ))
            .child(period("promised", "promised_unit", "承诺时限", "Promised period", ("同法定时限", "as statutory")))
            .child(self.more(typed))
    }

    /// What few cases need, one tap away.
    fn more(&self, typed: &Typed) -> Element {
        let lang = self.lang;
        let head = |field| Place { row: None, field };
        let names = ["valid_years", "renews", "known_on", "step_days", "statutory_reasons", "promised_reasons"];
        let has_more = names.iter().any(|name| !typed.get(name).is_empty());
        el("details")
            .flag("open", has_more)
            .child(el("summary").text(lang.word(
                "环节、另外停算的事由、有效期、按当时所知",
                "Steps, more reasons to stop, validity, as known on",
            )))
            .child(self.text(
                head("step_days"),
                typed,
                lang.word("各环节的工作日数，依次", "Workdays of the steps, in order"),
                lang.word("如 5、10、5", "such as 5, 10, 5"),
            ))
            .child(self.text(
                head("statutory_reasons"),
                typed,
                lang.word("法律另有规定、法定和承诺时限都停算的事由", "Reasons of a special law: both clocks stop"),
                lang.word("如 整改", "such as rectification"),
            ))
            .child(self.text(
                head("promised_reasons"),
                typed,
                lang.word("只有承诺时限停算的事由", "Reasons for which the promised clock alone stops"),
                lang.word("如 现场核查", "such as site check"),
            ))
            .child(self.text(
                head("valid_years"),
                typed,
                lang.word("证件有效期（年）", "The licence is valid for (years)"),
                lang.word("不填：长期", "without end"),
            ))
            .child(self.text(
                head("renews"),
                typed,
                lang.word("延续：原证有效期至", "A renewal: valid until"),
                "2015-06-30",
            ))
            .child(self.text(
                head("known_on"),
                typed,
                lang.word("按哪一天所知的放假安排", "By the holidays as known on"),
                lang.word("不填：现在所知", "as known now"),
            ))
    }

    fn row(&self, row: usize, typed: &Typed) -> Element {
        let lang = self.lang;
        let at = |field| Place { row: Some(row), field };
        let number = row + 1;
        let is_typed = !typed.get("on").is_empty() || !typed.get("what").is_empty();
        let remove = is_typed.then(|| {
            let words = say!(lang, "删去第 {number} 件", "Remove event {number}");
            let button = el("button").attr("type", "submit").class("link").attr("name", "remove");
            button.attr("value", format!("{row}")).attr("aria-label", words).text(lang.word("删去", "Remove"))
        });
        let fields = ALL_DETAILS.iter().map(|field| self.detail(at(field), typed));
        el("fieldset")
            .class("event")
            .child(el("legend").text(say!(lang, "第 {number} 件", "Event {number}")))
            .child(self.text(at("on"), typed, lang.word("日期", "Day"), "2014-10-13").class("field day"))
            .child(
                self.select(at("what"), typed, lang.word("什么事", "What"), &EVENTS, Some(("请选择", "choose")))
                    .class("field what"),
            )
            .child(remove)
            .child(el("div").class("details").children(fields))
    }

    /// A detail, which the style sheet shows for the events that have it.
    fn detail(&self, place: Place, typed: &Typed) -> Element {
        let lang = self.lang;
        let field = match place.field {
            "correct_by" => {
                self.text(place, typed, lang.word("补正期限（可不填）", "To correct by (optional)"), "2014-05-16")
            }
            "from_correction" => self.select(place, typed, lang.word("所缺的内容", "What is missing"), &ORIGINS, None),
            "complete" => self.select(place, typed, lang.word("交来的材料", "What came"), &WHOLE, None),
            "until" => self.text(place, typed, lang.word("顺延到", "Until"), "2014-05-16"),
            "step" => self.text(place, typed, lang.word("第几个环节", "Which step"), "1"),
            "reason" => {
                let any = match typed.get("what") {
                    "suspended" => ("请选择", "choose"),
                    "resumed" => ("全部事由", "all reasons"),
                    _ => ("请选择（恢复时：全部）", "choose (resumed: all)"),
                };
                self.select(place, typed, lang.word("事由", "Reason"), &REASONS, Some(any))
            }
            "days" => {
                let hint = lang.word("挂起可不填", "optional if suspended");
                self.text(place, typed, lang.word("几个工作日", "Workdays"), hint)
            }
            "in_writing" => self.select(place, typed, lang.word("所需时间", "The time it takes"), &WRITTEN, None),
            "by" => {
                self.select(place, typed, lang.word("批准人", "Approved by"), &APPROVERS, Some(("请选择", "choose")))
            }
            "reasons_given" => self.select(place, typed, lang.word("理由", "Reasons"), &EXPLAINED, None),
            _ => self.select(place, typed, lang.word("结果", "Result"), &RESULTS, None),
        };
        field.class(format!("field d-{}", place.field.replace('_', "-")))
    }

    fn text(&self, place: Place, typed: &Typed, label: &str, hint: &str) -> Element {
        let name = place.name();
        let input = el("input").attr("type", "text").id(name.as_str()).attr("name", name.as_str());
        let input = input.attr("value", typed.get(place.field)).attr("placeholder", hint);
        let input = self.marked(input, place, &name);
        let label = el("label").attr("for", name).text(label);
        el("div").class("field").child(label).child(input).child(self.message(place.row, place.field))
    }

    /// A choice; what was typed and is none of the options is kept as one.
    fn select(
        &self,
        place: Place,
        typed: &Typed,
        label: &str,
        words: &[Word],
        blank: Option<(&'static str, &'static str)>,
    ) -> Element {
        let (name, value) = (place.name(), typed.get(place.field));
        let chosen = words.iter().find(|(code, zh, _)| *code == value.trim() || *zh == value.trim());
        let option = |(code, zh, en): &Word| {
            let is_chosen = chosen.is_some_and(|(other, ..)| other == code);
            let option = el("option").attr("value", *code).text(self.lang.word(zh, en));
            if is_chosen { option.attr("selected", "selected") } else { option }
        };
        let kept = (chosen.is_none() && !value.trim().is_empty())
            .then(|| el("option").attr("value", value).attr("selected", "selected").text(value));
        let select = el("select")
            .id(name.as_str())
            .attr("name", name.as_str())
            .child(blank.map(|(zh, en)| el("option").attr("value", "").text(self.lang.word(zh, en))))
            .child(kept)
            .children(words.iter().map(option));
        let select = self.marked(select, place, &name);
        let label = el("label").attr("for", name).text(label);
        el("div").class("field").child(label).child(select).child(self.message(place.row, place.field))
    }

    fn marked(&self, control: Element, place: Place, name: &str) -> Element {
        match self.fault(place) {
            Some(_) => control.attr("aria-invalid", "true").attr("aria-describedby", format!("{name}-error")),
            None => control,
        }
    }
}

/// The details of all kinds of events, in the order in which a row shows them.
const ALL_DETAILS: [&str; 11] = [
    "correct_by",
    "from_correction",
    "complete",
    "until",
    "step",
    "reason",
    "by",
    "days",
    "in_writing",
    "granted",
    "reasons_given",
];

#[cfg(test)]
mod tests {
    use super::ALL_DETAILS;
    use crate::case::read::details;
    use crate::case::words::EVENTS;

    #[test]
    fn every_detail_has_a_field_in_a_row() {
        assert!(EVENTS.iter().flat_map(|(code, ..)| details(code)).all(|field| ALL_DETAILS.contains(field)));
        assert!(ALL_DETAILS.iter().all(|field| EVENTS.iter().any(|(code, ..)| details(code).contains(field))));
    }
}
