//! The form model: a form is declared once, with sections and fields bound to facts or to
//! values of the decision.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{FactId, Text, binary_enum, binary_struct};

/// A form 表单 of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its id: `F-10`.
    pub id: String,
    /// Its title.
    pub name: Text,
    /// It is an act of the authority: a pre-check prints it as a watermarked sample only,
    /// without number and seal.
    pub sample: bool,
    /// In order.
    pub sections: Vec<Section>,
    /// Places for signatures and seals.
    pub signatures: Vec<Text>,
}

/// A section 栏目 of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: Text,
    /// In order.
    pub fields: Vec<Field>,
}

/// A field 栏 of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Stable name within the form.
    pub id: String,
    /// What is printed beside it.
    pub label: Text,
    /// What fills it.
    pub source: FieldSource,
}

/// What fills a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldSource {
    /// The answer to a fact.
    Fact(FactId),
    /// A value of the decision.
    Value(FieldValue),
    /// The value of a rule that is shown, by its place in the pack.
    Rule(u16),
    /// Nothing: it is written by hand on the printed sheet.
    Blank,
}

/// A value of the decision that a field can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// The names of the items applied for.
    Items,
    /// The list of required materials.
    Materials,
    /// The acceptance date.
    AcceptedOn,
    /// The sum of statutory periods.
    StatutorySum,
    /// The promised period.
    PromisedDays,
    /// Its last day.
    PromisedDue,
    /// Where to go.
    Window,
    /// The fee.
    Fee,
    /// The authority.
    Authority,
    /// The other authorities with their items.
    CoAuthorities,
    /// The first ground that says who is competent.
    Competent,
}

binary_struct!(Form { id, name, sample, sections, signatures });
binary_struct!(Section { title, fields });
binary_struct!(Field { id, label, source });
binary_enum!(FieldSource {
    0 => Fact(a),
    1 => Value(a),
    2 => Blank,
    3 => Rule(a),
});
binary_enum!(FieldValue {
    0 => Items,
    1 => Materials,
    2 => AcceptedOn,
    3 => StatutorySum,
    4 => PromisedDays,
    5 => PromisedDue,
    6 => Window,
    7 => Fee,
    8 => Authority,
    9 => Competent,
    10 => CoAuthorities,
});
