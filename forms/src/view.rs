//! A pre-check in finished words: everything that a page or a sheet shows, as plain data.
//!
//! The page maps it to elements and adds nothing but layout; the sheets print the same words.

mod ask;
mod because;
mod dates;
mod fees;
#[cfg(feature = "forms")]
mod filling;
mod items;
mod joint;
mod layers;
mod materials;
mod notices;
mod rows;
#[cfg(test)]
mod tests;
mod values;
mod verdict;

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{FactId, Planned, TextFormat};

use crate::{Lang, Precheck};

pub use rows::{Cell, Placed, Row, RowsField};

pub use dates::{DatesView, StepView};
#[cfg(feature = "forms")]
pub use filling::*;
pub use joint::{DepartmentView, JointStepView, JointView, Stretch, SurveyView};
pub use layers::OverrideView;

/// What the page holds besides the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ui {
    /// The question that stays shown although it is answered.
    pub open: Option<FactId>,
    /// The question that was shown when the answers were posted.
    pub asked: Option<FactId>,
    /// The large view for the elderly: bigger, one column.
    pub large: bool,
}

/// A pre-check in finished words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The language of its words.
    pub lang: Lang,
    /// The large view.
    pub large: bool,
    /// What is handled, by whom, by which rules.
    pub head: Head,
    /// The date from which periods run.
    pub date: DateField,
    /// The other dates of the request that have a field of their own.
    pub other_dates: Vec<DateField>,
    /// Answers that could not be read, for the summary of errors.
    pub problems: Vec<Problem>,
    /// Answered questions.
    pub answered: Vec<Answered>,
    /// Answers that the page carries along without showing a field: names and values of fields.
    pub carried: Vec<(String, String)>,
    /// The question to answer now.
    pub question: Option<Question>,
    /// The result in one sentence.
    pub verdict: VerdictView,
    /// Conflicts, grounds, failed checks, what must be said at the window.
    pub notices: Vec<Notice>,
    /// What the window judges.
    pub to_be_judged: Vec<JudgedView>,
    /// Items outside any certificate, and those that depend on what is not known yet.
    pub items: Vec<ItemView>,
    /// Certificates with their items.
    pub certificates: Vec<CertificateView>,
    /// When it will be done.
    pub dates: Option<DatesView>,
    /// What several departments do together.
    pub joint: Planned<JointView>,
    /// Materials; absent while none can be listed.
    pub materials: Option<MaterialsView>,
    /// What was computed.
    pub values: Vec<ValueView>,
    /// The authorities besides the lead, each with its items.
    pub co_authorities: Vec<String>,
    /// Who handles it, in one sentence; empty where it is one authority.
    pub authorities: String,
    /// What it costs, in one sentence; empty where the pack says nothing of fees.
    pub fees: String,
    /// What is filled in or issued.
    pub documents: Vec<DocumentView>,
}

/// What is handled, by whom and by which rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The pack's id.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// One sentence for the citizen.
    pub summary: String,
    /// What must be said about the whole pack.
    pub notice: String,
    /// What is otherwise here than in the packs that are extended.
    pub overrides: Vec<OverrideView>,
    /// The city or county and the authority.
    pub office: String,
    /// Where to go.
    pub place: String,
    /// Opening hours.
    pub hours: String,
    /// Telephone.
    pub contact: String,
    /// `规则 putian/nine-in-one 2014-11`.
    pub rules: String,
    /// The day whose rules were applied, in words.
    pub rules_day: String,
    /// The receipt 校验码, short.
    pub receipt: String,
}

/// A date typed in three fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateField {
    /// The id of the fact.
    pub fact: String,
    /// What is asked.
    pub label: String,
    /// Year, month and day as typed.
    pub typed: [String; 3],
    /// The date that is taken while nothing is typed.
    pub stand_in: [String; 3],
    /// What is said beside it.
    pub hint: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// An answer that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the fact, if it is a fact of the pack.
    pub fact: Option<String>,
    /// The fact's name or the key.
    pub name: String,
    /// What is wrong.
    pub message: String,
}

/// An answered question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The id of the fact.
    pub fact: String,
    /// What was asked.
    pub name: String,
    /// What was answered.
    pub answer: String,
    /// The citizen cannot say.
    pub unsure: bool,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// The question to answer now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The id of the fact.
    pub fact: String,
    /// `第 5 题，答完就够了`.
    pub count: String,
    /// The question.
    pub ask: String,
    /// Help under it.
    pub help: String,
    /// Why it is asked.
    pub why: String,
    /// The kind of its control.
    pub control: Control,
    /// The words of "there is none", if that is an answer.
    pub none: Option<String>,
    /// The answer that is neither a tile nor typed: [`crate::NONE`] or [`crate::UNSURE`].
    pub stated: Option<&'static str>,
    /// What is wrong with the answer that is shown.
    pub error: Option<String>,
    /// It stays shown although it is answered.
    pub is_open: bool,
    /// The question before.
    pub previous: Option<String>,
}

/// The control of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Tiles of which one is chosen.
    One(Vec<Tile>),
    /// Tiles of which several are chosen.
    Many(Vec<Tile>),
    /// A number as typed, with its unit.
    Number {
        /// As typed.
        typed: String,
        /// The unit.
        unit: String,
        /// It may have decimal places.
        is_decimal: bool,
    },
    /// A date.
    Date(DateField),
    /// A line of text as typed.
    Line {
        /// As typed.
        typed: String,
        /// Its format, on which depends how it is typed.
        format: TextFormat,
    },
    /// The rows of a table.
    Rows(RowsField),
}

/// One tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The value that is posted.
    pub value: String,
    /// Its name.
    pub name: String,
    /// A line under it.
    pub hint: String,
    /// It is chosen.
    pub chosen: bool,
    /// It says 说不清.
    pub is_unsure: bool,
}

/// How something is coloured and which shape stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is known yet.
    Open,
    /// Good: a tick.
    Good,
    /// Something is left to do: a bar.
    Warn,
    /// It does not go on like this: filled.
    Bad,
}

/// The result in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictView {
    /// `ready`, `correctable` and so on, as in JSON.
    pub code: &'static str,
    /// How good it is.
    pub tone: Tone,
    /// `还差 3 份材料`.
    pub headline: String,
    /// What to do about it.
    pub detail: String,
    /// On what an open result depends.
    pub depends: String,
}

/// Something that is said about the whole application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How grave it is.
    pub tone: Tone,
    /// What kind of thing it is: `冲突`, `提示`.
    pub label: String,
    /// What is said.
    pub message: String,
    /// Where it comes from.
    pub basis: Vec<BasisView>,
    /// The id of the fact whose answer can be changed.
    pub fact: Option<String>,
}

/// A computed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueView {
    /// The id of its rule.
    pub id: String,
    /// What it is.
    pub name: String,
    /// Its value, or what an open one hangs on.
    pub text: String,
    /// Where the rule comes from.
    pub basis: Vec<BasisView>,
}

/// What the rules leave to the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedView {
    /// The article, what is to be judged, and for which entry.
    pub words: String,
    /// Where it comes from.
    pub basis: Vec<BasisView>,
}

/// Where a rule, a number or a material comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasisView {
    /// Law and article, or document.
    pub citation: String,
    /// How sure it is; says so where it is the pack's own assumption.
    pub confidence: String,
    /// It has no legal force.
    pub is_pack_default: bool,
}

/// An item that is, or may be, applied for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A line under the name.
    pub note: String,
    /// `法定 45 个工作日`.
    pub period: String,
    /// `最迟 2015 年 1 月 26 日`: the last day of that period.
    pub due: String,
    /// `有效期 5 年`.
    pub validity: String,
    /// How it stands.
    pub tone: Tone,
    /// Why it fails, or on what it depends.
    pub problems: Vec<String>,
    /// Where it comes from.
    pub basis: Vec<BasisView>,
}

/// A certificate with its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateView {
    /// Its name.
    pub name: String,
    /// Its items.
    pub items: Vec<ItemView>,
    /// Where it comes from.
    pub basis: Vec<BasisView>,
}

/// The materials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialsView {
    /// Those to bring.
    pub rows: Vec<MaterialView>,
    /// Those that depend on what is not known yet.
    pub open: Vec<OpenMaterial>,
    /// Those that need not be brought, and why.
    pub spared: Vec<SparedMaterial>,
    /// How many pieces the items would need one by one.
    pub separate: usize,
    /// How many are there.
    pub provided: usize,
    /// How many are not ticked.
    pub unticked: usize,
    /// Acceptance with materials missing.
    pub tolerance: Option<Notice>,
}

/// A material to bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialView {
    /// Its id.
    pub id: String,
    /// The id of the fact that holds its state.
    pub fact: String,
    /// What it is called.
    pub name: String,
    /// Note for the citizen.
    pub note: String,
    /// `原件 2 份`.
    pub form: String,
    /// `4 项共用`, if several items need it.
    pub shared: String,
    /// `可以后补`, if it may come later.
    pub deferrable: String,
    /// The state as in JSON: `provided`, `missing`, `defective`, `unknown`.
    pub state: &'static str,
    /// How it stands.
    pub tone: Tone,
    /// The states to choose from.
    pub states: Vec<Tile>,
    /// The items that need it.
    pub needed_by: String,
    /// The answers from which this follows.
    pub because: Vec<String>,
    /// Where it comes from.
    pub basis: Vec<BasisView>,
}

/// A material that depends on what is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMaterial {
    /// Its name.
    pub name: String,
    /// On what it depends.
    pub depends: String,
}

/// A material that need not be brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparedMaterial {
    /// Its id; absent for a form of a material that is brought in another form.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Why not.
    pub reason: String,
}

/// A document that is filled in or issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentView {
    /// Its form's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The pack has its form, so that it can be printed.
    pub printable: bool,
    /// It is an act of the authority: only a sample is printed.
    pub sample: bool,
}

/// Puts a pre-check into words.
#[must_use]
pub fn view(precheck: &Precheck<'_>, lang: Lang, ui: &Ui) -> View {
    let desk = Desk { precheck, lang };
    let question = desk.shown_question(ui);
    View {
        lang,
        large: ui.large,
        head: desk.head(),
        date: desk.date_field(),
        other_dates: desk.other_dates(),
        problems: desk.problems(question, ui),
        answered: desk.answered(question),
        carried: desk.carried(question),
        question: question.and_then(|fact| desk.question(fact, ui)),
        verdict: desk.verdict(),
        notices: desk.notices(),
        to_be_judged: desk.judged(),
        items: desk.other_items(),
        certificates: desk.certificates(),
        dates: desk.dates(),
        joint: Planned::make(|| desk.joint()),
        materials: desk.materials(),
        values: desk.values(),
        co_authorities: desk.co_authorities(),
        authorities: desk.authorities(),
        fees: desk.fees(),
        documents: desk.documents(),
    }
}

/// What every part of the view reads.
#[derive(Clone, Copy)]
struct Desk<'a> {
    precheck: &'a Precheck<'a>,
    lang: Lang,
}
