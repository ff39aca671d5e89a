//! The form model: a form is declared once, with sections and fields bound to facts or to
//! values of the decision.

use alloc::string::String;
use alloc::vec::Vec;

use yichuang_engine::{Binary, FactId, Input, Lit, Text, binary_enum, binary_struct, from_bytes, write_part};

/// Whether this build fills in forms: the feature `forms`. Without it only their ids are read.
pub const FORMS: bool = cfg!(feature = "forms");

/// What stands for all forms of an application where one form is named: they are filled in as one.
pub const ALL_FORMS: &str = "*";

/// A form 表单 of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its id: `F-10`.
    pub id: String,
    /// It is an act of the authority: a pre-check prints it as a watermarked sample only,
    /// without number and seal.
    pub sample: bool,
    /// What stands in it; empty in a build without forms ([`FORMS`]).
    pub sheet: Sheet,
}

/// What stands in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The title of the form.
    pub name: Text,
    /// Whose form it is, where it is not the window's own: 市国家税务局.
    pub authority: Text,
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
    /// What is said under it where it is filled in.
    pub hint: Text,
    /// What fills it.
    pub source: FieldSource,
    /// It must be filled while it is shown.
    pub required: Lit,
    /// It belongs to the form.
    pub shown: Lit,
    /// What else must not hold of it.
    pub checks: Vec<FieldCheck>,
    /// How it is filled in.
    pub look: FieldLook,
}

/// How a field is filled in, beyond what the type of its fact says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldLook {
    /// A 声明: its label is the statement that is ticked, not a question with two answers.
    pub declaration: bool,
    /// What a browser may fill in by itself.
    pub autocomplete: Autocomplete,
}

/// What a browser may fill into a field by itself (HTML Living Standard, autofill).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Autocomplete {
    /// What the format of the fact suggests: a name, a telephone, a postcode.
    #[default]
    Usual,
    /// Nothing.
    Off,
    /// The name of a person.
    Name,
    /// The name of an enterprise.
    Organization,
    /// A telephone.
    Telephone,
    /// A postcode.
    PostalCode,
    /// A street with its number.
    StreetAddress,
    /// A birth date.
    Birthday,
}

/// A check of a field: what is wrong with it while something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldCheck {
    /// The field is wrong.
    pub failed: Lit,
    /// What is said.
    pub message: Text,
}

impl Field {
    /// A field that is always shown, and asked for wherever it is filled by a fact.
    #[must_use]
    pub fn new(id: &str, label: Text, source: FieldSource) -> Field {
        Field {
            id: id.into(),
            label,
            hint: Text::default(),
            source,
            required: Lit::TRUE,
            shown: Lit::TRUE,
            checks: Vec::new(),
            look: FieldLook::default(),
        }
    }

    /// The facts that fill it.
    #[must_use]
    pub fn facts(&self) -> &[FactId] {
        match &self.source {
            FieldSource::Fact(fact) => core::slice::from_ref(fact),
            FieldSource::Group(facts) => facts,
            FieldSource::Value(_) | FieldSource::Rule(_) | FieldSource::Blank => &[],
        }
    }
}

/// What fills a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldSource {
    /// The answer to a fact.
    Fact(FactId),
    /// The answers to several facts that belong together: a person with number and telephone, a
    /// division with the address in it.
    Group(Vec<FactId>),
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

impl Binary for Form {
    fn write(&self, out: &mut Vec<u8>) {
        self.id.write(out);
        self.sample.write(out);
        write_part(&self.sheet, out);
    }

    fn read(input: &mut Input<'_>) -> Form {
        let (id, sample) = (Binary::read(input), Binary::read(input));
        let part = input.part();
        if !FORMS {
            return Form { id, sample, sheet: Sheet::default() };
        }
        let sheet = from_bytes(part);
        if sheet.is_err() {
            input.fail();
        }
        Form { id, sample, sheet: sheet.unwrap_or_default() }
    }
}

binary_struct!(Sheet { name, authority, sections, signatures });
binary_struct!(Section { title, fields });
binary_struct!(Field { id, label, hint, source, required, shown, checks, look });
binary_struct!(FieldLook { declaration, autocomplete });
binary_struct!(FieldCheck { failed, message });
binary_enum!(Autocomplete {
    0 => Usual,
    1 => Off,
    2 => Name,
    3 => Organization,
    4 => Telephone,
    5 => PostalCode,
    6 => StreetAddress,
    7 => Birthday,
});
binary_enum!(FieldSource {
    0 => Fact(a),
    1 => Value(a),
    2 => Blank,
    3 => Rule(a),
    4 => Group(a),
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
