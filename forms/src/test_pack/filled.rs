//! The small pack with two forms to be filled in, one field of every kind.

use alloc::vec::Vec;

use yichuang_engine::{Fact, FactId, FactKind, Lit, NumberShape, TextFormat};

use super::facts::{self, question};
use super::zh;
use crate::words::text;
use crate::{Autocomplete, Bundle, Field, FieldCheck, FieldSource, Form, Section, Sheet};

fn line(format: TextFormat) -> FactKind {
    FactKind::Text { format, none: None }
}

/// The facts that only the forms use, after the eleven of the pack.
fn form_facts() -> Vec<Fact> {
    let area =
        FactKind::Number { shape: NumberShape::Decimal, places: 2, unit: text("m²", "m²"), min: Some(1), max: None };
    let mut staff = question(
        "staff.list",
        "从业人员",
        FactKind::Table {
            columns: [
                question("name", "姓名", line(TextFormat::PersonName)),
                question("born", "出生日期", FactKind::Date),
            ]
            .into(),
            max_rows: 3,
        },
    );
    staff.help = zh("逐个填写。");
    [
        question("head.name", "姓名", line(TextFormat::PersonName)),
        question("head.id", "身份证号码", line(TextFormat::IdNo)),
        question("head.mobile", "手机", line(TextFormat::Mobile)),
        question("premises.area", "面积", area),
        question("premises.since", "起租日期", FactKind::Date),
        question("business.plan", "经营方案", line(TextFormat::Multiline)),
        staff,
        question("applicant.promise", "承诺", FactKind::Bool),
        question("premises.rented_out", "是否转租", FactKind::Bool),
    ]
    .into()
}

/// The place of the first fact that only the forms use.
pub(crate) const FIRST: usize = 11;

fn own(place: usize) -> FactId {
    FactId::new(FIRST + place)
}

/// A bundle with the forms F-10 and F-21. The start of the lease is asked for in both, and shown where the
/// premises are rented; the head is wrong where there is no staff.
pub(crate) fn filled_bundle() -> Bundle {
    let mut bundle = super::bundle();
    bundle.pack.facts.extend(form_facts());
    if let Some(document) = bundle.pack.documents.first().cloned() {
        let mut second = document.clone();
        second.id = "F-21".into();
        bundle.pack.documents = [document, second].into();
    }
    let field = |id: &str, label: &str, source| Field::new(id, zh(label), source);
    let since = |label: &str| Field {
        shown: bundle.pack.checks[1].condition.holds,
        ..field("since", label, FieldSource::Fact(own(4)))
    };
    let person = Field {
        hint: zh("按身份证填写。"),
        checks: [FieldCheck {
            failed: bundle.pack.checks[0].condition.holds, message: zh("负责人要在从业人员里。")
        }]
        .into(),
        ..field("head", "负责人", FieldSource::Group([own(0), own(1), own(2)].into()))
    };
    let mut promise = field("promise", "所填内容属实。", FieldSource::Fact(own(7)));
    promise.look.declaration = true;
    let mut name = field("name", "名称", FieldSource::Fact(FactId::new(4)));
    name.look.autocomplete = Autocomplete::Organization;
    let optional = Field { required: Lit::FALSE, ..field("plan", "经营方案", FieldSource::Fact(own(5))) };
    let first = [
        section("申请人", [name, field("kind", "申请人类型", FieldSource::Fact(facts::kind())), person]),
        section("经营场所", [field("area", "面积", FieldSource::Fact(own(3))), since("起租日期"), optional]),
        section("声明", [promise, field("opinion", "意见", FieldSource::Blank)]),
    ];
    let second = [
        section(
            "申请人",
            [
                field("head2", "经办人", FieldSource::Group([own(0), own(2)].into())),
                field("kind", "主体类型", FieldSource::Fact(facts::kind())),
            ],
        ),
        section(
            "人员",
            [
                field("staff", "从业人员", FieldSource::Fact(own(6))),
                field("activities", "经营活动", FieldSource::Fact(facts::activities())),
                field("uscc", "统一社会信用代码", FieldSource::Fact(FactId::new(3))),
                field("rented_out", "是否转租", FieldSource::Fact(own(8))),
                since("租约开始"),
            ],
        ),
    ];
    bundle.forms = [form("F-10", "申请书", "", first.into()), form("F-21", "人员表", "卫生局", second.into())].into();
    bundle
}

fn section<const N: usize>(title: &str, fields: [Field; N]) -> Section {
    Section { title: zh(title), fields: fields.into() }
}

fn form(id: &str, name: &str, authority: &str, sections: Vec<Section>) -> Form {
    let sheet = Sheet { name: zh(name), authority: zh(authority), sections, signatures: Vec::new() };
    Form { id: id.into(), sample: false, sheet }
}
