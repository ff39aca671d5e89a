//! What a decision costs natively; `cargo xtask bench` sets the times of one run into relation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what does not work stops the measuring")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use criterion::Criterion;
use yichuang_bench::compiled::{bundle, calendar, rule_file_of};
use yichuang_bench::json::{Template, step};
use yichuang_bench::workload::Random;
use yichuang_bench::{L, M, S, Size, day};
use yichuang_engine::{Chosen, Columns, Machine, Open, Run, Work, decide_by, decide_many_by};
use yichuang_forms::{LoadedBundle, LoadedCalendar, digest, from_ycp, to_ycc, to_ycp};
use yichuang_rules::{Source, compile};

/// How many cases are decided in turn.
const CASES: usize = 200;

/// How many cases are decided at once.
const MANY: usize = 256;

/// How many requests are answered in turn.
const REQUESTS: usize = 20;

/// How often all works are measured in turn, and for how long each at least.
const ROUNDS: usize = 15;
const LEAST: Duration = Duration::from_millis(8);

/// A work with its name.
type Named<'w> = (&'static str, Box<dyn FnMut() + 'w>);

fn main() {
    let mut times = BTreeMap::new();
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(1_000))
        .configure_from_args();
    measure::<S>(&mut criterion, &mut times);
    measure::<M>(&mut criterion, &mut times);
    measure::<L>(&mut criterion, &mut times);
    loading(&mut criterion, &mut times);
    if let Some(folder) = folder() {
        std::fs::write(folder.join("native.json"), serde_json::to_string(&times).unwrap()).unwrap();
    }
    criterion.final_summary();
}

fn measure<Z: Size>(criterion: &mut Criterion, times: &mut BTreeMap<String, f64>) {
    let (bundle, calendar) = (bundle::<Z>(), calendar());
    write_files(Z::SHAPE.name, &bundle, &calendar);
    let pack = &bundle.value.pack;
    let mut random = Random(2);
    let cases: Vec<Z::Answers> = (0..CASES).map(|_| Z::answers(&mut random)).collect();
    let facts: Vec<_> = cases.iter().map(|answers| Z::facts(pack, answers)).collect();
    let requests: Vec<String> = cases.iter().map(Z::json).collect();
    let (machine, mut work) = (Machine::new(pack), Work::default());
    // Whole words of cases, as there are in bulk.
    let mut columns = Columns::new(pack, MANY);
    facts.iter().cycle().take(MANY).enumerate().for_each(|(case, facts)| columns.set_case(pack, case, facts));
    let wanted = Chosen::results(pack);
    let step_of = |request: &String| yichuang_forms::step(&bundle, &calendar, black_box(request), day()).unwrap();
    let mut templates: Vec<Template> =
        requests.iter().take(REQUESTS).map(|request| Template::new(&step_of(request))).collect();
    let (mut results, mut many_results) = (Z::Results::default(), Z::Results::default());
    let straight = |answers, results: &mut Z::Results| Z::decide(black_box(answers), black_box(results));
    let works: Vec<Named<'_>> = vec![
        ("straight", Box::new(|| cases.iter().for_each(|answers| straight(answers, &mut results)))),
        (
            "run",
            Box::new(|| {
                facts.iter().for_each(|facts| drop(black_box(machine.run(pack, black_box(facts), None, &mut work))));
            }),
        ),
        ("simple", Box::new(|| facts.iter().for_each(|facts| drop(black_box(Run::new(pack, black_box(facts), None)))))),
        (
            "decide",
            Box::new(|| {
                for facts in &facts {
                    black_box(decide_by(&machine, pack, &calendar.value, black_box(facts), day()));
                }
            }),
        ),
        (
            "many",
            Box::new(|| {
                black_box(decide_many_by(
                    &machine,
                    pack,
                    &calendar.value,
                    black_box(&columns),
                    day(),
                    &wanted,
                    Open::Stay,
                ));
            }),
        ),
        (
            "straight_many",
            Box::new(|| cases.iter().cycle().take(MANY).for_each(|answers| straight(answers, &mut many_results))),
        ),
        ("json", Box::new(|| requests.iter().take(REQUESTS).for_each(|request| drop(black_box(step_of(request)))))),
        (
            "json_straight",
            Box::new(|| {
                for (request, template) in requests.iter().zip(&mut templates) {
                    black_box(step::<Z>(template, black_box(request)));
                }
            }),
        ),
    ];
    compare(criterion, times, Z::SHAPE.name, works);
}

/// Measures some works: in turn for their ratios, then each by itself with Criterion's statistics.
///
/// One after the other is no basis for a ratio: what else the machine does falls on one of them. So
/// all of them are measured in every round, and each counts by its fastest one.
fn compare(criterion: &mut Criterion, times: &mut BTreeMap<String, f64>, name: &str, mut works: Vec<Named<'_>>) {
    let mut measured: Vec<(u32, f64)> = works.iter_mut().map(|(_, work)| (calls(work), f64::INFINITY)).collect();
    for _ in 0..ROUNDS {
        for ((_, work), (calls, fastest)) in works.iter_mut().zip(&mut measured) {
            *fastest = fastest.min(time(work, *calls).as_secs_f64() / f64::from(*calls));
        }
    }
    for ((work, _), (_, fastest)) in works.iter().zip(measured) {
        times.insert(format!("{name}/{work}"), fastest * 1e9);
    }
    let mut group = criterion.benchmark_group(name);
    for (name, mut work) in works {
        group.bench_function(name, |bencher| bencher.iter(&mut work));
    }
    group.finish();
}

/// How many calls take long enough for the clock; this warms them up too.
fn calls(work: &mut Box<dyn FnMut() + '_>) -> u32 {
    let mut calls = 1;
    while time(work, calls) < LEAST {
        calls *= 2;
    }
    calls
}

fn time(work: &mut Box<dyn FnMut() + '_>, calls: u32) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| work());
    start.elapsed()
}

/// Where the times go, and the files that are measured in WebAssembly.
fn folder() -> Option<PathBuf> {
    std::env::var_os("YICHUANG_BENCH_DIR").map(PathBuf::from)
}

/// The files that are measured in WebAssembly, if a folder for them is named.
fn write_files(name: &str, bundle: &LoadedBundle, calendar: &LoadedCalendar) {
    let Some(folder) = folder() else { return };
    std::fs::write(folder.join(format!("{name}.ycp")), to_ycp(&bundle.value)).unwrap();
    std::fs::write(folder.join("cn.ycc"), to_ycc(&calendar.value)).unwrap();
}

/// Reading the file of the large pack, and compiling its rules.
fn loading(criterion: &mut Criterion, times: &mut BTreeMap<String, f64>) {
    let bundle = bundle::<L>();
    let file = to_ycp(&bundle.value);
    let source = Source::new("pack.yaml", &rule_file_of::<L>());
    let works: Vec<Named<'_>> = vec![
        ("load", Box::new(|| drop(black_box(from_ycp(black_box(&file)).unwrap())))),
        ("load_digest", Box::new(|| drop(black_box(digest(black_box(&file)))))),
        (
            "compile",
            Box::new(|| drop(black_box(compile("bench/pack", black_box(std::slice::from_ref(&source))).0.unwrap()))),
        ),
        (
            "events",
            Box::new(|| {
                let parser = granit_parser::Parser::new_from_str(black_box(&source.text));
                black_box(parser.map(Result::unwrap).count());
            }),
        ),
    ];
    compare(criterion, times, "files", works);
}
