//! An explanation as JSON.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use yichuang_engine::{
    Atom, Cause, Changes, DerivedValue, Explanation, Fact, FactId, FactKind, Facts, Named, Number, Operand, Quantity,
    Settling, Slot, Value, Wanted, WhyKind, WhyPart, explain,
};

use super::names::confidence;
use super::scribe::Scribe;
use super::tree::{Object, said, words as word_list};
use crate::explain::{Sayer, Target, called, change_words, if_words, is_any_other, set_words, words, words_within};
use crate::json::Json;
use crate::phrase::{fill, list};
use crate::reason::{matched_words, table_of};
use crate::words::{cause_words, number_value, value_in_words};
use crate::{Lang, Precheck, RequestError};

/// How deep parts may stand in each other.
const DEEPEST: usize = 40;

impl Precheck<'_> {
    /// Explains one result as JSON: why it is so, the smallest changes of answers after which it is
    /// as `wanted` (absent: the opposite), and what is left to ask until it is settled.
    ///
    /// # Errors
    /// If the pack has no such target.
    pub fn explain(&self, target: &Target, wanted: Option<bool>, lang: Lang) -> Result<String, RequestError> {
        let (named, derived) = target.find(self.pack())?;
        let explanation = explain(self.pack(), &self.calendar.value, &self.facts, self.on, (named, derived), wanted);
        let scribe = Scribe::new(self, lang);
        let mut out = String::new();
        scribe.explain(target, named, &explanation).write(&mut out);
        Ok(out)
    }
}

/// The parts of an explanation while they are written down.
struct Tree<'e> {
    explanation: &'e Explanation,
    /// The parts that were written with all that is in them.
    written: Vec<usize>,
}

impl Tree<'_> {
    /// Whether something that is in a part stands in another one as well.
    fn is_shared(&self, place: usize) -> bool {
        let all = &self.explanation.why.parts;
        let places = all.iter().flat_map(|part| &part.of);
        places.filter(|other| **other == place).count() > 1 && all.get(place).is_some_and(|part| !part.of.is_empty())
    }
}

impl<'a> Scribe<'a> {
    fn explain(self, target: &'a Target, named: Named, explanation: &'a Explanation) -> Json {
        let (precheck, pack, decision) = (self.precheck, self.pack, &self.precheck.decision);
        let about = words(pack, &decision.run, named, self.lang).map(|words| words.text).unwrap_or_default();
        let (value, missing, exact, cause) = match &explanation.result {
            DerivedValue::Condition(finding) => {
                (truth(finding.value), &finding.missing[..], finding.exact, finding.cannot_compute)
            }
            DerivedValue::Number(Quantity::Known(number)) => (self.number(named, *number), &[][..], true, None),
            DerivedValue::Number(Quantity::Open { missing, exact }) => (truth(None), &missing[..], *exact, None),
            DerivedValue::Number(Quantity::CannotCompute(cause)) => (truth(None), &[][..], true, Some(*cause)),
        };
        let smallest = explanation.changes.as_ref().map(|wanted| {
            let is_so = matches!(&value, Json::Bool(value) if *value == wanted.value);
            self.smallest(&about, wanted, is_so)
        });
        let mut json = Object::default();
        let mut edition = Object::default();
        edition.text("id", &pack.id);
        edition.text("edition", &pack.edition);
        edition.text("digest", &precheck.bundle.digest);
        json.put("pack", edition.done());
        json.text("on", &precheck.on.to_string());
        json.text("accepted_on", &decision.accepted_on.to_string());
        let mut aim = Object::default();
        aim.text(target.kind, &target.id);
        json.put("target", aim.done());
        json.text("text", &about);
        json.put("value", value);
        json.maybe("missing", self.fact_list(missing));
        json.flag("not_exact", !exact);
        json.text("cannot_compute", cause.map_or("", Cause::code));
        json.put("why", self.part(&mut Tree { explanation, written: Vec::new() }, 0, 0));
        json.maybe("smallest_changes", smallest);
        json.put("settling", self.settling(&explanation.settling));
        json.maybe("assumed", self.fact_list(&decision.assumed));
        let errors = precheck.errors.iter().map(|error| {
            let mut json = Object::default();
            json.text("key", &error.key);
            json.text("code", error.code);
            json.text("message", self.lang.pick(&error.message));
            json.done()
        });
        json.put("errors", Json::List(errors.collect()));
        json.done()
    }

    fn fact_list(self, facts: &[FactId]) -> Option<Json> {
        (!facts.is_empty()).then(|| word_list(self.facts(facts)))
    }

    fn part(self, tree: &mut Tree<'a>, place: usize, depth: usize) -> Json {
        let mut json = Object::default();
        let Some(part) = tree.explanation.why.parts.get(place) else { return json.done() };
        let (is_shared, is_written) = (tree.is_shared(place), tree.written.contains(&place));
        let is_same = is_shared && is_written;
        if is_same {
            json.text("kind", "same");
            if !matches!(part.kind, WhyKind::Number { .. }) {
                json.put("value", truth(part.value));
            }
            json.text("text", self.lang.word("见前面", "as above"));
        } else {
            self.kind(&mut json, part, tree.explanation);
        }
        if is_shared {
            json.count("part", place);
        }
        let word = if place == 0 { words } else { words_within };
        let named = part.name.and_then(|named| word(self.pack, &self.precheck.decision.run, named, self.lang));
        if let Some(named) = named {
            json.text("about", named.about);
            json.text("id", named.id);
            json.text("name", &named.text);
            if !named.basis.is_empty() && !is_same {
                let bases = named.basis.iter().filter_map(|id| self.pack.bases.get(id.index())).map(|basis| {
                    let mut json = Object::default();
                    json.text("confidence", confidence(basis.confidence));
                    json.text("citation", &basis.citation);
                    json.done()
                });
                json.put("basis", Json::List(bases.collect()));
            }
        }
        if is_same || part.of.is_empty() {
            return json.done();
        }
        json.flag("cut", part.is_cut || depth == DEEPEST);
        if depth < DEEPEST {
            tree.written.push(place);
            let parts = part.of.iter().map(|place| self.part(tree, *place, depth + 1)).collect();
            json.put("parts", Json::List(parts));
        }
        json.done()
    }

    /// What is peculiar to the kind of a part.
    fn kind(self, json: &mut Object, part: &'a WhyPart, explanation: &'a Explanation) {
        let (kind, zh, en) = match &part.kind {
            WhyKind::Constant => ("constant", "不管怎样回答", "whatever is answered"),
            WhyKind::Not => ("not", "不成立", "does not hold"),
            WhyKind::AtLeast { count, of } if count == of => ("all", "全部成立", "all of them hold"),
            WhyKind::AtLeast { count: 1, .. } => ("any", "任一成立", "one of them holds"),
            WhyKind::AtLeast { .. } => ("at_least", "至少这么多项成立", "at least so many of them hold"),
            WhyKind::Atom { .. } => ("predicate", "", ""),
            WhyKind::Number { .. } => ("number", "", ""),
            WhyKind::Fact(_) => ("fact", "", ""),
            WhyKind::Row { .. } => ("row", "", ""),
        };
        json.text("kind", kind);
        let sayer = self.sayer();
        match &part.kind {
            WhyKind::Atom { atom, negated } => {
                json.put("value", truth(part.value));
                json.text("text", &sayer.say(atom, !negated));
                let about = match atom {
                    Atom::Rows(place) => self.pack.program.rows.get(usize::from(*place)).map(|rows| rows.table),
                    _ => sayer.fact_of(atom).map(|(id, _)| id),
                };
                self.answer(json, about, explanation);
                if let Some(value) = part.value {
                    json.text("needed", &sayer.say(atom, value == *negated));
                }
            }
            WhyKind::Number { value, number } => self.computed(json, *value, *number),
            WhyKind::Fact(fact) => {
                let name = self.pack.facts.get(fact.index()).map_or("", |fact| called(self.pack, fact, self.lang));
                json.text("text", name);
                self.answer(json, Some(*fact), explanation);
            }
            WhyKind::Row { table, row, columns, cannot_compute } => {
                json.put("value", truth(part.value));
                json.text("text", &self.row((*table, *row), columns, &explanation.facts));
                json.text("fact", self.pack.facts.get(table.index()).map_or("", |table| &table.id));
                json.count("row", *row);
                json.text("cannot_compute", cannot_compute.map_or("", Cause::code));
            }
            kind => {
                json.put("value", truth(part.value));
                json.text("text", self.lang.word(zh, en));
                if let WhyKind::AtLeast { count, of } = kind
                    && *count > 1
                    && count < of
                {
                    json.count("count", *count);
                }
            }
        }
    }

    /// `股东第 2 行（出资额：10.00 元；类别：法人）`: the cells that are read.
    fn row(self, (table, row): (FactId, usize), columns: &[FactId], facts: &Facts) -> String {
        let Some(Fact { name, kind: FactKind::Table { columns: declared, .. }, .. }) =
            self.pack.facts.get(table.index())
        else {
            return String::new();
        };
        let cells = match facts.get(table).value() {
            Some(Value::Table(rows)) => rows.get(row),
            _ => None,
        };
        let cell = |id: &FactId| {
            let column = declared.get(id.index())?;
            let said = match cells?.get(*id) {
                Slot::Known(value) => value_in_words(&column.kind, value, self.lang),
                Slot::Unsure => self.lang.word("说不清", "not certain").into(),
                Slot::Unknown => self.lang.word("没有填", "not answered").into(),
            };
            Some(fill(self.lang, "{：[", "{: [", [self.lang.pick(&column.name), &said]))
        };
        let cells: Vec<String> = columns.iter().filter_map(cell).collect();
        let row = fill(self.lang, "{第 [ 行", "{, row [", [self.lang.pick(name), &(row + 1).to_string()]);
        if cells.is_empty() {
            return row;
        }
        fill(self.lang, "{（[）", "{ ([)", [&row, &cells.join(self.lang.word("；", "; "))])
    }

    fn sayer(self) -> Sayer<'a> {
        Sayer { pack: self.pack, run: &self.precheck.decision.run, lang: self.lang }
    }

    /// A computed number, of which is known how to write it if it is that of a rule.
    fn computed(self, json: &mut Object, value: u16, number: Number) {
        let rule = self.sayer().rule(value).and_then(|place| self.pack.rules.get(place));
        match number {
            Number::Known(number) => match rule {
                Some(rule) => {
                    let value = number_value(&rule.kind, number);
                    json.maybe("value", value.as_ref().and_then(|value| said(&rule.kind, value)));
                    let words = value.map(|value| value_in_words(&rule.kind, &value, self.lang));
                    json.text("text", &words.unwrap_or_default());
                }
                None => json.text("text", self.lang.word("算出的数", "a computed number")),
            },
            Number::Unknown => {
                json.put("value", truth(None));
                json.text("text", self.lang.word("还不知道", "not known yet"));
            }
            Number::CannotCompute(cause) => {
                json.put("value", truth(None));
                json.text("text", cause_words(cause, self.lang));
                json.text("cannot_compute", cause.code());
            }
        }
        if number != Number::Unknown {
            let operand = Operand::Value(value);
            let table = table_of(self.pack, &self.precheck.decision.run, &operand);
            let rows = table.map(|(table, matched)| matched_words(self.pack, table, matched, self.lang));
            json.text("table", &rows.unwrap_or_default());
        }
    }

    fn number(self, named: Named, number: i128) -> Json {
        let rule = if let Named::Rule(place) = named { self.pack.rules.get(place) } else { None };
        let value = rule.and_then(|rule| said(&rule.kind, &number_value(&rule.kind, number)?));
        value.unwrap_or_else(|| truth(None))
    }

    /// The fact of a part and what was answered to it.
    fn answer(self, json: &mut Object, fact: Option<FactId>, explanation: &Explanation) {
        let Some((id, fact)) = fact.and_then(|id| Some((id, self.pack.facts.get(id.index())?))) else { return };
        json.text("fact", &fact.id);
        if let Some(value) = explanation.facts.get(id).value() {
            // Of a table only how long it is: the rows that matter are parts.
            json.maybe("actual", said(&fact.kind, value));
            json.text("actual_text", &value_in_words(&fact.kind, value, self.lang));
        }
    }

    fn smallest(self, about: &str, Wanted { value: wanted, changes }: &Wanted, is_so: bool) -> Json {
        let Changes { sets, exact } = changes;
        let facts = &self.precheck.facts;
        let said = if_words(self.pack, facts, changes, self.lang);
        let (zh, en) = match (said.is_empty(), wanted) {
            (false, true) => ("{，“[”就成立。", "{, then this holds: [."),
            (false, false) => ("{，“[”就不成立。", "{, then this does not hold: [."),
            (true, _) if is_so => ("现在就是这样。", "It is so already."),
            (true, _) if *exact => ("改哪些答案都不会这样。", "No change of answers makes it so."),
            (true, _) => ("试过的改法都不行。", "None of the changes that were tried makes it so."),
        };
        let mut json = Object::default();
        json.put("wanted", Json::Bool(*wanted));
        let set = |set: &Vec<(FactId, Value)>| {
            let mut json = Object::default();
            json.put("changes", Json::List(set.iter().filter_map(|change| self.change(change)).collect()));
            json.text("text", &set_words(self.pack, facts, set, self.lang));
            json.done()
        };
        json.put("sets", Json::List(sets.iter().map(set).collect()));
        json.flag("not_exact", !exact);
        json.text("text", &fill(self.lang, zh, en, [&said, about]));
        json.done()
    }

    fn change(self, change: &(FactId, Value)) -> Option<Json> {
        let (id, value) = change;
        let (fact, facts) = (self.pack.facts.get(id.index())?, &self.precheck.facts);
        let is_any_other = is_any_other(self.pack, *id, value);
        let mut json = Object::default();
        json.text("fact", &fact.id);
        json.text("name", called(self.pack, fact, self.lang));
        json.maybe("from", facts.get(*id).value().and_then(|value| said(&fact.kind, value)));
        json.maybe("to", said(&fact.kind, value).filter(|_| !is_any_other));
        json.flag("any_other", is_any_other);
        json.text("text", &change_words(self.pack, facts, change, self.lang));
        Some(json.done())
    }

    fn settling(self, Settling { facts, exact, settles }: &Settling) -> Json {
        let asked = facts.iter().filter_map(|fact| self.pack.facts.get(fact.index()));
        let asked: Vec<(&str, &str)> =
            asked.map(|fact| (fact.id.as_str(), called(self.pack, fact, self.lang))).collect();
        let names = list(asked.iter().map(|(_, name)| *name), self.lang);
        let (zh, en) = match (asked.is_empty(), settles) {
            (true, true) => ("不用再答别的。", "Nothing else is to be answered."),
            (false, true) => ("还要回答：{。", "To be answered: {."),
            (false, false) => {
                ("还要回答：{；其余的由窗口判断。", "To be answered: {; the rest is judged at the window.")
            }
            (true, false) => ("由窗口判断。", "It is judged at the window."),
        };
        let mut json = Object::default();
        let fact = |(id, name): (&'a str, &'a str)| {
            let mut json = Object::default();
            json.text("id", id);
            json.text("name", name);
            json.done()
        };
        json.put("facts", Json::List(asked.into_iter().map(fact).collect()));
        json.put("settles", Json::Bool(*settles));
        json.flag("not_exact", !exact);
        json.text("text", &fill(self.lang, zh, en, [&names, ""]));
        json.done()
    }
}

fn truth(value: Option<bool>) -> Json {
    value.map_or_else(|| Json::Text("undetermined".into()), Json::Bool)
}

#[cfg(test)]
mod tests;
