//! The same bytes from native, command line, server and wasm.
#![allow(clippy::unwrap_used, reason = "what does not work fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use yichuang_engine::{Date, Pack};
use yichuang_forms::{LoadedBundle, LoadedCalendar, to_ycc, to_ycp};
use yichuang_rules::Case;
use yichuang_tests::corpus::{calendar, load, places};
use yichuang_tests::subject::{Arguments, Asks, Bench, Call, Cli, Native, Reply, Server, Subject, Wasm};

mod hostile;

const TODAY: &str = "2014-11-18";
const PACK: &str = "putian/nine-in-one";

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The compiled files that all subjects read, in a folder of their own.
struct Files {
    folder: PathBuf,
}

impl Files {
    fn new(test: &str) -> Files {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Files { folder }
    }

    fn pack(&self, bundle: &LoadedBundle) -> PathBuf {
        let file = self.folder.join(format!("{}.ycp", bundle.value.pack.id.replace('/', "-")));
        fs::write(&file, to_ycp(&bundle.value)).unwrap();
        file
    }

    fn calendar(&self, calendar: &LoadedCalendar) -> PathBuf {
        let file = self.folder.join("cn.ycc");
        fs::write(&file, to_ycc(&calendar.value)).unwrap();
        file
    }
}

/// All subjects that are built, native first.
fn subjects(files: &Files, calendar_file: &Path) -> Vec<Box<dyn Subject>> {
    let bench = Bench::from_env();
    let mut subjects: Vec<Box<dyn Subject>> = vec![Box::new(Native::default())];
    if let Some(cli) = Cli::start(&bench) {
        subjects.push(Box::new(cli));
    }
    if let Some(server) = Server::start(&bench, &files.folder, calendar_file, date(TODAY)) {
        subjects.push(Box::new(server));
    }
    if let Some(wasm) = Wasm::start(&bench) {
        subjects.push(Box::new(wasm));
    }
    subjects
}

/// Puts every call to every subject; all must say what native says.
fn check(subjects: &mut [Box<dyn Subject>], calls: &[Call]) {
    let mut differences = Vec::new();
    for call in calls {
        let mut replies = subjects.iter_mut().filter_map(|subject| Some((subject.name(), subject.step(call)?)));
        let (_, native) = replies.next().unwrap();
        for (name, reply) in replies.filter(|(_, reply)| !native.agrees(reply)) {
            differences.push(difference(call, &native, name, &reply));
        }
    }
    assert!(differences.is_empty(), "{} replies differ\n\n{}", differences.len(), differences.join("\n\n"));
}

/// The two replies from a little before the place where they part.
fn difference(call: &Call, native: &Reply, name: &str, reply: &Reply) -> String {
    let (native, reply) = (native.to_string(), reply.to_string());
    let common = native.chars().zip(reply.chars()).take_while(|(one, two)| one == two).count();
    let part = |text: &str| text.chars().skip(common.saturating_sub(40)).take(160).collect::<String>();
    format!("{}\n  native: …{}\n  {name}: …{}", call.name, part(&native), part(&reply))
}

fn case_call(id: &str, pack_file: &Path, calendar_file: &Path, case: &Case, lang: &'static str) -> Call {
    let answers = case.answers.to_json();
    Call {
        name: format!("{id} {} ({lang})", case.name),
        pack_file: pack_file.to_owned(),
        calendar_file: calendar_file.to_owned(),
        today: date(TODAY),
        asks: Asks::Decision,
        request: format!(r#"{{"pack":"{id}","on":"{}","lang":"{lang}","answers":{answers}}}"#, case.on),
        arguments: Some(Arguments { answers, on: case.on, lang, target: None }),
    }
}

#[test]
fn every_case_gives_the_same_bytes_everywhere() {
    let files = Files::new("cases");
    let calendar_file = files.calendar(&calendar());
    let mut calls = Vec::new();
    for pack in places().iter().map(|place| load(place)) {
        let pack_file = files.pack(&pack.bundle);
        let id = &pack.bundle.value.pack.id;
        for case in &pack.cases {
            calls.push(case_call(id, &pack_file, &calendar_file, case, "zh"));
            calls.push(case_call(id, &pack_file, &calendar_file, case, "en"));
        }
    }
    let mut subjects = subjects(&files, &calendar_file);
    for call in &calls {
        let reply = subjects.first_mut().and_then(|native| native.step(call)).unwrap();
        assert!(matches!(&reply, Reply::Decided(text) if text.starts_with('{')), "{}: {reply}", call.name);
    }
    check(&mut subjects, &calls);
}

/// Every result of a pack that can be explained, as `kind:id`.
fn targets(pack: &Pack) -> Vec<(&'static str, String)> {
    let mut targets = vec![("verdict", "ready".to_owned()), ("verdict", "correctable".to_owned())];
    targets.extend(pack.items.iter().map(|item| ("item", item.id.clone())));
    targets.extend(pack.materials.iter().map(|material| ("material", material.id.clone())));
    targets.extend(pack.rules.iter().map(|rule| ("rule", rule.id.clone())));
    targets.extend(pack.checks.iter().map(|check| ("check", check.condition.id.clone())));
    targets.extend(pack.conflicts.iter().map(|conflict| ("conflict", conflict.condition.id.clone())));
    targets.extend(pack.certificates.iter().map(|certificate| ("certificate", certificate.id.clone())));
    targets.extend(pack.not_required.iter().map(|ground| ("not_required", ground.condition.id.clone())));
    targets.extend(pack.not_competent.iter().map(|ground| ("not_competent", ground.condition.id.clone())));
    targets.extend(pack.fees.iter().map(|fee| ("fee", fee.id.clone())));
    targets.extend(pack.tolerance.iter().map(|_| ("tolerance", "allowed".to_owned())));
    targets
}

fn explain_call(call: &Call, (kind, id): (&str, String)) -> Call {
    let request = call.request.replacen('{', &format!(r#"{{"target":{{"{kind}":"{id}"}},"#), 1);
    let target = format!("{kind}:{id}");
    let name = format!("{} why {target}", call.name);
    let arguments = call.arguments.clone().map(|arguments| Arguments { target: Some(target), ..arguments });
    Call { name, request, arguments, asks: Asks::Explanation, ..call.clone() }
}

#[test]
fn every_case_is_explained_with_the_same_bytes_everywhere() {
    let files = Files::new("explained");
    let calendar_file = files.calendar(&calendar());
    let mut calls = Vec::new();
    for pack in places().iter().map(|place| load(place)) {
        let (pack_file, id) = (files.pack(&pack.bundle), &pack.bundle.value.pack.id);
        let targets = targets(&pack.bundle.value.pack);
        for (place, case) in pack.cases.iter().enumerate() {
            let call = case_call(id, &pack_file, &calendar_file, case, if place % 3 == 2 { "en" } else { "zh" });
            // In turn, so that all are explained: a case has too many for each.
            let turn = targets.iter().cycle().skip(place * 2).take(2);
            calls.extend(turn.map(|target| explain_call(&call, target.clone())));
        }
    }
    let mut subjects = subjects(&files, &calendar_file);
    for call in &calls {
        let reply = subjects.first_mut().and_then(|native| native.step(call)).unwrap();
        assert!(matches!(&reply, Reply::Decided(text) if text.starts_with('{')), "{}: {reply}", call.name);
    }
    check(&mut subjects, &calls);
}

/// Targets that nobody in good faith would send.
const HOSTILE_TARGETS: [&str; 14] = [
    "null",
    "1",
    "[]",
    "{}",
    "\"item:catering\"",
    r#"{"item":null}"#,
    r#"{"item":["catering"]}"#,
    r#"{"item":""}"#,
    r#"{"item":"no_such_item"}"#,
    r#"{"item":"catering","material":"f01"}"#,
    r#"{"verdict":"undetermined"}"#,
    r#"{"tolerance":""}"#,
    r#"{"__proto__":{"item":"catering"}}"#,
    r#"{"rule":"\ud800"}"#,
];

#[test]
fn hostile_targets_are_refused_alike_everywhere() {
    let files = Files::new("hostile-targets");
    let calendar_file = files.calendar(&calendar());
    let pack_file = files.pack(&load("rules/packs/putian/nine-in-one").bundle);
    let targets = HOSTILE_TARGETS.iter().map(|target| format!(r#""target":{target},"#));
    let others = ["", r#""target":{"item":"catering"},"wanted":1,"#, r#""target":{"item":"catering"},"more":1,"#];
    let calls: Vec<Call> = targets
        .chain(others.map(String::from))
        .map(|part| Call {
            name: part.clone(),
            pack_file: pack_file.clone(),
            calendar_file: calendar_file.clone(),
            today: date(TODAY),
            asks: Asks::Explanation,
            request: format!(r#"{{{part}"pack":"{PACK}"}}"#),
            arguments: None,
        })
        .collect();
    let mut subjects = subjects(&files, &calendar_file);
    for call in &calls {
        let reply = subjects.first_mut().and_then(|native| native.step(call)).unwrap();
        assert!(matches!(reply, Reply::Refused { .. }), "{}: {reply}", call.name);
    }
    check(&mut subjects, &calls);
}

#[test]
fn hostile_requests_give_the_same_bytes_or_the_same_refusal_everywhere() {
    let files = Files::new("hostile");
    let calendar_file = files.calendar(&calendar());
    let pack_file = files.pack(&load("rules/packs/putian/nine-in-one").bundle);
    let call = |name: String, request: String, arguments: Option<Arguments>| Call {
        name,
        pack_file: pack_file.clone(),
        calendar_file: calendar_file.clone(),
        today: date(TODAY),
        asks: Asks::Decision,
        request,
        arguments,
    };
    let mut calls = Vec::new();
    for (place, answers) in hostile::answers().into_iter().enumerate() {
        let name = format!("hostile answers {place}: {}", answers.chars().take(60).collect::<String>());
        let request = format!(r#"{{"pack":"{PACK}","answers":{answers}}}"#);
        calls.push(call(name, request, Some(Arguments { answers, on: date(TODAY), lang: "zh", target: None })));
    }
    for (place, request) in hostile::requests().into_iter().enumerate() {
        let name = format!("hostile request {place}: {}", request.chars().take(60).collect::<String>());
        calls.push(call(name, request, None));
    }
    check(&mut subjects(&files, &calendar_file), &calls);
}
