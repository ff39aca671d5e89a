//! What a case can compare: words read off a decision.

use yichuang_engine::{
    AuthorityDecision, Date, Decision, DerivedValue, Due, DueDate, Ending, FactId, FactKind, Hit, ItemDecision, ItemId,
    MaterialDecision, MaterialState, MaterialStatus, Outcome, Pack, Quantity, ToleranceStatus, Verdict, VersionsBy,
};
use yichuang_forms::{Precheck, money, number_text};

use super::joint;

/// The keys of `expect`, besides those that name an item or a material.
pub(super) const KEYS: &[&str] = &[
    "verdict",
    "items",
    "certificates",
    "authorities",
    "copy_notices",
    "materials.required",
    "materials.not_required",
    "materials.undetermined",
    "materials.waived_internal",
    "materials.waived_shared",
    "materials.waived_local",
    "materials.missing",
    "materials.defective",
    "materials.ask_at_window",
    "items_ask_at_window",
    "unsure",
    "merged_count",
    "separate_count",
    "statutory_sum",
    "promised_days",
    "saved_days",
    "promised_due",
    "steps",
    "step_days",
    "conflicts",
    "checks",
    "not_required",
    "not_competent",
    "tolerance",
    "tolerance_reasons",
    "supplement_due",
    "documents",
    "fees",
    "fees.due_total",
    "fees.payable_total",
    "fees.ratio",
    "next_question",
    "missing",
    "assumed",
    "versions_by",
    "version_date",
    "not_yet_in_force",
    "expired_version",
    "to_be_judged",
    "may_be_judged",
    "errors",
];

/// Whether `key` can be compared for `pack`.
pub(super) fn is_key(pack: &Pack, key: &str) -> bool {
    let authority = key.strip_prefix("authorities.").or_else(|| key.strip_prefix("copy_notices."));
    KEYS.contains(&key)
        || joint::is_key(pack, key)
        || authority.is_some_and(|name| pack.authorities.iter().any(|authority| authority.zh == name))
        || key
            .strip_prefix("items.")
            .or_else(|| key.strip_prefix("reasons."))
            .is_some_and(|id| item(pack, id).is_some())
        || key.strip_prefix("fees.").is_some_and(|id| pack.fees.iter().any(|fee| fee.id == id))
        || key.strip_prefix("values.").is_some_and(|id| pack.rules.iter().any(|rule| rule.shown && rule.id == id))
        || key
            .strip_prefix("originals.")
            .or_else(|| key.strip_prefix("copies."))
            .or_else(|| key.strip_prefix("names."))
            .is_some_and(|id| pack.materials.iter().any(|material| material.id == id))
}

/// The words of one key; `None` for a key that does not exist.
pub(super) fn observe(precheck: &Precheck<'_>, key: &str) -> Option<Vec<String>> {
    let (pack, decision) = (&precheck.bundle.value.pack, &precheck.decision);
    if let Some(id) = key.strip_prefix("items.") {
        return Some(one(item_outcome(pack, decision, id)));
    }
    if let Some(id) = key.strip_prefix("reasons.") {
        return Some(item_reasons(pack, decision, id));
    }
    if let Some(id) = key.strip_prefix("values.") {
        return Some(one(&value_words(pack, decision, id)));
    }
    if let Some(id) = key.strip_prefix("names.") {
        return Some(one(&material_name(pack, decision, id)));
    }
    if key == "fees" || key.starts_with("fees.") {
        return fees(pack, decision, key);
    }
    if let Some(name) = key.strip_prefix("authorities.") {
        return Some(authority_items(pack, decision, name, |authority| &authority.items));
    }
    if let Some(name) = key.strip_prefix("copy_notices.") {
        return Some(authority_items(pack, decision, name, |authority| &authority.notified));
    }
    if let Some(id) = key.strip_prefix("originals.") {
        let material = pack.materials.iter().find(|material| material.id == id)?;
        return Some(one(&material.originals.to_string()));
    }
    if let Some(id) = key.strip_prefix("copies.") {
        let decided = decision
            .materials
            .iter()
            .find(|decided| pack.materials.get(decided.material.index()).is_some_and(|material| material.id == id));
        return Some(one(&decided.map_or_else(|| "none".to_owned(), copies)));
    }
    if let Some(kind) = key.strip_prefix("materials.") {
        return material_ids(pack, decision, kind);
    }
    let found = joint::observe(pack, decision, key).or_else(|| quantities(decision, key));
    found.or_else(|| lists(pack, decision, key)).or_else(|| match key {
        "versions_by" => Some(one(match pack.versions.by {
            VersionsBy::Received => "received",
            VersionsBy::Accepted => "accepted",
            VersionsBy::Decided => "decided",
        })),
        "errors" => Some(precheck.errors.iter().map(|error| error.code.to_owned()).collect()),
        _ => None,
    })
}

fn one(word: &str) -> Vec<String> {
    vec![word.to_owned()]
}

fn item<'p>(pack: &'p Pack, id: &str) -> Option<(usize, &'p yichuang_engine::Item)> {
    pack.items.iter().enumerate().find(|(_, item)| item.id == id)
}

fn item_decision<'d>(pack: &Pack, decision: &'d Decision, id: &str) -> Option<&'d ItemDecision> {
    let (index, _) = item(pack, id)?;
    decision.items.iter().find(|item| item.item.index() == index)
}

fn item_outcome(pack: &Pack, decision: &Decision, id: &str) -> &'static str {
    match item_decision(pack, decision, id).map(|item| item.outcome) {
        None => "not_selected",
        Some(Outcome::Pass) => "pass",
        Some(Outcome::Fail) => "fail",
        Some(Outcome::Undetermined) => "undetermined",
    }
}

fn item_reasons(pack: &Pack, decision: &Decision, id: &str) -> Vec<String> {
    let Some((_, declared)) = item(pack, id) else { return Vec::new() };
    let failed = item_decision(pack, decision, id).map(|item| item.failed.as_slice()).unwrap_or_default();
    failed.iter().filter_map(|place| declared.conditions.get(*place)).map(|condition| condition.id.clone()).collect()
}

/// The value of a shown rule as JSON has it, or why there is none.
fn value_words(pack: &Pack, decision: &Decision, id: &str) -> String {
    let decided = decision.values.iter().find(|value| pack.rules.get(value.rule).is_some_and(|rule| rule.id == id));
    let (Some(decided), Some(rule)) = (decided, pack.rules.iter().find(|rule| rule.id == id)) else {
        return String::new();
    };
    let number = match &decided.value {
        DerivedValue::Condition(finding) => {
            return finding.value.map_or_else(|| "undetermined".to_owned(), |value| value.to_string());
        }
        DerivedValue::Number(Quantity::Known(number)) => *number,
        DerivedValue::Number(Quantity::Open { .. }) => return "undetermined".to_owned(),
        DerivedValue::Number(Quantity::CannotCompute(cause)) => return format!("cannot_compute {}", cause.code()),
    };
    match &rule.kind {
        FactKind::Number { places, .. } => number_text(number, *places),
        FactKind::Date => {
            let date = i32::try_from(number).ok().and_then(Date::from_days);
            date.map_or_else(String::new, |date| date.to_string())
        }
        FactKind::Choice(options) => {
            let option = usize::try_from(number).ok().and_then(|place| options.get(place));
            option.map_or_else(String::new, |option| option.id.clone())
        }
        _ => String::new(),
    }
}

fn material_name(pack: &Pack, decision: &Decision, id: &str) -> String {
    let Some((index, material)) = pack.materials.iter().enumerate().find(|(_, material)| material.id == id) else {
        return String::new();
    };
    let decided = decision.materials.iter().find(|decided| decided.material.index() == index);
    let variant = decided.and_then(|decided| decided.variant).and_then(|variant| material.variants.get(variant));
    variant.map_or_else(|| material.name.zh.clone(), |variant| variant.name.zh.clone())
}

/// `3`, or `at_least 3` while an item may need more.
fn copies(decided: &MaterialDecision) -> String {
    let copies = decided.copies;
    if decided.copies_open { format!("at_least {copies}") } else { copies.to_string() }
}

fn material_ids(pack: &Pack, decision: &Decision, kind: &str) -> Option<Vec<String>> {
    let required =
        |material: &MaterialDecision, state| material.status == MaterialStatus::Required && material.state == state;
    let chosen: Box<dyn Fn(&MaterialDecision) -> bool + '_> = match kind {
        "required" => Box::new(|material| material.status == MaterialStatus::Required),
        "not_required" => Box::new(|material| material.status == MaterialStatus::NotRequired),
        "undetermined" => Box::new(|material| material.status == MaterialStatus::Undetermined),
        "waived_internal" => Box::new(|material| material.status == MaterialStatus::WaivedInternal),
        "waived_shared" => Box::new(|material| material.status == MaterialStatus::WaivedShared),
        "waived_local" => Box::new(|material| material.status == MaterialStatus::WaivedLocal),
        "ask_at_window" => Box::new(|material| decision.ask_at_window(&material.required.missing)),
        "missing" => Box::new(move |material| required(material, MaterialState::Missing)),
        "defective" => Box::new(move |material| required(material, MaterialState::Defective)),
        _ => return None,
    };
    let ids = decision.materials.iter().filter(|material| chosen(material));
    Some(
        ids.filter_map(|material| pack.materials.get(material.material.index()))
            .map(|material| material.id.clone())
            .collect(),
    )
}

fn quantities(decision: &Decision, key: &str) -> Option<Vec<String>> {
    let periods = decision.periods.as_ref();
    let words = match key {
        "verdict" => one(match decision.verdict {
            Verdict::Ready => "ready",
            Verdict::Correctable => "correctable",
            Verdict::Refused => "refused",
            Verdict::NotNeeded => "not_needed",
            Verdict::Undetermined => "undetermined",
        }),
        "version_date" => {
            one(&decision.version_date.map_or_else(|| "undetermined".to_owned(), |date| date.to_string()))
        }
        "not_yet_in_force" => {
            one(&decision.not_yet_in_force.map_or_else(|| "none".to_owned(), |date| date.to_string()))
        }
        "merged_count" => one(&decision.merged_count.to_string()),
        "separate_count" => one(&decision.separate_count.to_string()),
        "statutory_sum" => one(&quantity(periods.map(|periods| &periods.statutory_sum))),
        "promised_days" => one(&quantity(periods.map(|periods| &periods.promised_days))),
        "saved_days" => one(&quantity(periods.map(|periods| &periods.saved_days))),
        "promised_due" => one(&periods.map_or_else(|| "none".to_owned(), |periods| due(&periods.promised_due))),
        "supplement_due" => one(&due(&decision.tolerance.supplement_due)),
        "steps" => decision.plan.iter().filter(|step| step.days > 0).map(|step| due(&step.due)).collect(),
        "step_days" => decision.plan.iter().map(|step| step.days.to_string()).collect(),
        "tolerance" => one(match decision.tolerance.status {
            ToleranceStatus::NotApplicable => "not_applicable",
            ToleranceStatus::Allowed => "allowed",
            ToleranceStatus::Refused => "refused",
            ToleranceStatus::Undetermined => "undetermined",
        }),
        "tolerance_reasons" => tolerance_reasons(decision),
        _ => return None,
    };
    Some(words)
}

fn tolerance_reasons(decision: &Decision) -> Vec<String> {
    let tolerance = &decision.tolerance;
    [
        (tolerance.main_missing, "non_deferrable_missing"),
        (tolerance.too_many, "too_many_missing"),
        (tolerance.excluded, "credit_listed"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds && tolerance.status == ToleranceStatus::Refused)
    .map(|(_, reason)| reason.to_owned())
    .collect()
}

pub(super) fn quantity(quantity: Option<&Quantity>) -> String {
    match quantity {
        None => "none".to_owned(),
        Some(Quantity::Known(number)) => number.to_string(),
        Some(Quantity::Open { .. }) => "undetermined".to_owned(),
        Some(Quantity::CannotCompute(cause)) => format!("cannot_compute {}", cause.code()),
    }
}

pub(super) fn due(due: &DueDate) -> String {
    match due {
        DueDate::Due(Due::On(date)) => date.to_string(),
        DueDate::Due(Due::NotBefore { date, .. }) => format!("not_before {date}"),
        DueDate::Due(Due::Missing { year }) => format!("calendar_missing {year}"),
        DueDate::Undetermined => "undetermined".to_owned(),
    }
}

/// The articles that the window judges.
fn judged(pack: &Pack, decision: &Decision, of: fn(&Hit) -> bool) -> Vec<String> {
    let hits = decision.to_be_judged.iter().filter(|hit| of(hit));
    hits.filter_map(|hit| pack.not_encoded.get(hit.index)).map(|entry| entry.article.zh.clone()).collect()
}

/// Which fees are charged, what is paid of one, and the totals.
fn fees(pack: &Pack, decision: &Decision, key: &str) -> Option<Vec<String>> {
    let amount = |amount: &Quantity| match amount {
        Quantity::Known(fen) => money(*fen),
        Quantity::Open { .. } => "undetermined".to_owned(),
        Quantity::CannotCompute(cause) => format!("cannot_compute {}", cause.code()),
    };
    let fees = &decision.fees;
    let id = |place: usize| pack.fees.get(place).map(|fee| fee.id.clone());
    let words = match key {
        "fees" => return Some(fees.charged.iter().filter_map(|fee| id(fee.fee)).collect()),
        "fees.due_total" => amount(&fees.due_total),
        "fees.payable_total" => amount(&fees.payable_total),
        "fees.ratio" => fees.ratio().map_or_else(|| "none".to_owned(), |tenths| number_text(tenths, 1)),
        _ => {
            let named = key.strip_prefix("fees.")?;
            let charged = fees.charged.iter().find(|fee| id(fee.fee).as_deref() == Some(named));
            charged.map_or_else(|| "none".to_owned(), |fee| amount(&fee.payable))
        }
    };
    Some(one(&words))
}

fn authority_names(pack: &Pack, decision: &Decision, of: fn(&AuthorityDecision) -> bool) -> Vec<String> {
    let decided = decision.authorities.iter().filter(|authority| of(authority));
    decided.filter_map(|authority| pack.authorities.get(authority.authority)).map(|name| name.zh.clone()).collect()
}

/// The items of the authority with this name.
fn authority_items(
    pack: &Pack,
    decision: &Decision,
    name: &str,
    items: fn(&AuthorityDecision) -> &Vec<ItemId>,
) -> Vec<String> {
    let named = |authority: &&AuthorityDecision| {
        pack.authorities.get(authority.authority).is_some_and(|authority| authority.zh == name)
    };
    let items = decision.authorities.iter().find(named).map(items).into_iter().flatten();
    items.filter_map(|item| pack.items.get(item.index())).map(|item| item.id.clone()).collect()
}

fn lists(pack: &Pack, decision: &Decision, key: &str) -> Option<Vec<String>> {
    let fact = |fact: &FactId| pack.facts.get(fact.index()).map(|fact| fact.id.clone());
    let certain = |hits: &[Hit], id: &dyn Fn(usize) -> Option<String>| -> Vec<String> {
        hits.iter().filter(|hit| hit.finding.is(true)).filter_map(|hit| id(hit.index)).collect()
    };
    let words = match key {
        "items" => {
            let selected = decision.items.iter().filter(|item| item.selected.is(true));
            selected.filter_map(|item| pack.items.get(item.item.index())).map(|item| item.id.clone()).collect()
        }
        "items_ask_at_window" => {
            let asked = decision.items.iter().filter(|item| decision.ask_at_window(&item.eligible.missing));
            asked.filter_map(|item| pack.items.get(item.item.index())).map(|item| item.id.clone()).collect()
        }
        "unsure" => {
            let unsure = decision.missing.iter().filter(|missing| missing.unsure);
            unsure.filter_map(|missing| fact(&missing.fact)).collect()
        }
        "certificates" => {
            let held = decision.certificates.iter().filter_map(|held| pack.certificates.get(held.certificate));
            held.map(|certificate| certificate.id.clone()).collect()
        }
        "authorities" => authority_names(pack, decision, |_| true),
        "copy_notices" => authority_names(pack, decision, |authority| !authority.notified.is_empty()),
        "conflicts" => certain(&decision.conflicts, &|index| {
            pack.conflicts.get(index).map(|conflict| conflict.condition.id.clone())
        }),
        "checks" => certain(&decision.checks, &|index| pack.checks.get(index).map(|check| check.condition.id.clone())),
        "not_required" => certain(&decision.not_required, &|index| {
            pack.not_required.get(index).map(|ground| ground.condition.id.clone())
        }),
        "not_competent" => certain(&decision.not_competent, &|index| {
            pack.not_competent.get(index).map(|ground| ground.condition.id.clone())
        }),
        "to_be_judged" => judged(pack, decision, |hit| hit.finding.is(true)),
        "may_be_judged" => judged(pack, decision, |hit| hit.finding.value.is_none()),
        "documents" => {
            let documents = decision.documents.iter().filter_map(|index| pack.documents.get(*index));
            documents.map(|document| document.id.clone()).collect()
        }
        "expired_version" => {
            let endings = decision.expired.iter().filter_map(|place| pack.versions.endings.get(*place));
            let word = |ending: &Ending| match ending.what.as_str() {
                "pack" => "pack".to_owned(),
                what => format!("{what}.{}", ending.id),
            };
            endings.map(word).collect()
        }
        "next_question" => vec![decision.next_question.as_ref().and_then(fact).unwrap_or_else(|| "none".to_owned())],
        "missing" => decision.missing.iter().filter_map(|missing| fact(&missing.fact)).collect(),
        "assumed" => decision.assumed.iter().filter_map(fact).collect(),
        _ => return None,
    };
    Some(words)
}
