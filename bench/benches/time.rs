//! What case clocks and joint plans cost: `cargo bench -p yichuang-bench --features measure --bench time`.
#![allow(clippy::unwrap_used, reason = "what does not work stops the measuring")]

use std::hint::black_box;

use criterion::Criterion;
use yichuang_bench::cases::{cases, plan, terms};
use yichuang_bench::compiled::calendar;
use yichuang_bench::day;
use yichuang_engine::clock::clock;
use yichuang_engine::schedule::schedule;

/// How many case clocks are computed anew.
const CLOCKS: usize = 10_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let (cases, terms, calendar) = (cases(CLOCKS), terms(), calendar().value);
    criterion.bench_function("10,000 case clocks", |bencher| {
        bencher.iter(|| {
            for events in &cases {
                drop(black_box(clock(black_box(events), &terms, day(), &calendar)));
            }
        });
    });
    for tasks in [10, 50, 200, 2_000] {
        let tasks = plan(tasks);
        criterion.bench_function(&format!("a plan of {} steps", tasks.len()), |bencher| {
            bencher.iter(|| drop(black_box(schedule(black_box(&tasks)).unwrap())));
        });
    }
    criterion.final_summary();
}
