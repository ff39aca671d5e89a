//! Cases with their events, and plans, drawn the same way every time.

use yichuang_engine::Date;
use yichuang_engine::clock::{Event, Kind, Reason, Terms, What};
use yichuang_engine::schedule::Task;

use crate::workload::Random;

/// Cases that were received in 2014 and 2015: most of them accepted, some suspended, half of
/// them decided.
#[must_use]
pub fn cases(count: usize) -> Vec<Vec<Event>> {
    let mut random = Random(3);
    (0..count).map(|_| case(&mut random)).collect()
}

/// The periods of all of them: 20 workdays, three steps.
#[must_use]
pub fn terms() -> Terms {
    Terms { steps: vec![5, 12, 20], valid_years: Some(5), ..Terms::of(Kind::Promised) }
}

fn case(random: &mut Random) -> Vec<Event> {
    let mut on = Date::new(2014, 1, 2).and_then(|day| day.add_days(random.below(600).cast_signed())).expect("a day");
    let mut events = vec![Event { on, what: What::Received }];
    let mut then = |random: &mut Random, days: u64, what| {
        on = on.add_days(random.below(days).cast_signed()).expect("a day");
        events.push(Event { on, what });
    };
    if random.percent(30) {
        then(random, 5, What::Notified { correct_by: None, from_correction: false });
        then(random, 15, What::Corrected { complete: true });
    }
    then(random, 4, What::Accepted);
    then(random, 8, What::StepDone { step: 0 });
    if random.percent(25) {
        then(random, 6, What::Suspended { reason: Reason::ExpertReview, in_writing: true, days: Some(10) });
        then(random, 20, What::Resumed { reason: None });
    }
    then(random, 12, What::StepDone { step: 1 });
    if random.percent(50) {
        then(random, 10, What::Decided { granted: true, reasons_given: true });
        then(random, 12, What::Issued);
    }
    events
}

/// A plan of so many tasks with two arrows for each.
#[must_use]
pub fn plan(tasks: usize) -> Vec<Task> {
    let mut random = Random(4);
    let mut task = |place: usize| Task {
        department: u16::try_from(random.below(8)).unwrap_or(0),
        days: 1 + u32::try_from(random.below(20)).unwrap_or(0),
        applies: true,
        after: if place == 0 { Vec::new() } else { (0..2).map(|_| place - 1 - random.place(place.min(12))).collect() },
        ..Task::default()
    };
    (0..tasks).map(&mut task).collect()
}
