//! Materials: the matrix, what the list adds, and who needs what when.

use std::collections::BTreeMap;

use yichuang_engine::{Atom, BasisId, FactId, Item, ItemId, Lit, Material, MaterialId, Need, Text, Variant};

use super::Lower;
use super::declare::{MaterialDecl, SheetRow};
use super::keys::Fields;
use super::read::parse_basis;
use crate::{Cell, Code, Diagnostic, Node, Sheet, Span};

const STATES: [u16; 3] = [0, 1, 2];

/// The columns of the matrix that are not items.
const COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["id", "标识"]),
    ("name", &["材料", "名称", "name"]),
    ("originals", &["原件", "originals"]),
    ("copies", &["复印件", "copies"]),
    ("show_original", &["验原件", "show_original"]),
    ("deferrable", &["容缺", "deferrable"]),
    ("basis", &["依据", "basis"]),
    ("note", &["备注", "note"]),
];

impl<'n> Lower<'n> {
    /// The rows of the material matrix.
    pub(super) fn sheet_rows(&mut self, seen: &mut BTreeMap<String, Span>) -> Vec<MaterialDecl<'n>> {
        let Some(node) = self.section("material_matrix") else { return Vec::new() };
        let Some(name) = self.word(node) else { return Vec::new() };
        let Some(sheet) = self.parsed.sheets.get(name) else {
            let known: Vec<&str> = self.parsed.sheets.keys().map(String::as_str).collect();
            let diagnostic = Diagnostic::error(
                Code::NoSuchFile,
                (format!("没有表格「{name}」"), format!("there is no sheet `{name}`")),
            )
            .at(node.span, ("文件夹里找不到它", "not in the folder"))
            .suggest(name, known)
            .help(("把 CSV 文件放在同一个文件夹里，文件名要一致", "put the CSV file into the same folder"));
            self.report(diagnostic);
            return Vec::new();
        };
        let items = self.item_columns(sheet);
        sheet.rows.iter().filter_map(|row| self.sheet_row(sheet, row, &items, seen)).collect()
    }

    /// Which column is which item.
    fn item_columns(&mut self, sheet: &Sheet) -> Vec<(usize, ItemId)> {
        let mut found = Vec::new();
        for (column, header) in sheet.headers.iter().enumerate() {
            let fixed = COLUMNS.iter().any(|(_, names)| names.contains(&header.text.as_str()));
            if fixed || header.text.is_empty() {
                continue;
            }
            match self.item_named(&header.text) {
                Some(item) => found.push((column, item)),
                None => {
                    let known: Vec<String> =
                        self.items.iter().flat_map(|item| [item.id.clone(), item.name.zh.clone()]).collect();
                    self.report(
                        Diagnostic::error(
                            Code::UnknownName,
                            (
                                format!("列「{}」不是事项，也不是固定的列", header.text),
                                format!("column `{}` is neither an item nor a known column", header.text),
                            ),
                        )
                        .at(header.span, ("不认识这一列", "unknown column"))
                        .suggest(&header.text, known.iter().map(String::as_str))
                        .help(("列名写事项的编号、id 或名称", "use the item's code, id or name")),
                    );
                }
            }
        }
        found
    }

    fn sheet_row(
        &mut self,
        sheet: &Sheet,
        row: &[Cell],
        items: &[(usize, ItemId)],
        seen: &mut BTreeMap<String, Span>,
    ) -> Option<MaterialDecl<'n>> {
        let cell = |key: &str| {
            let names = COLUMNS.iter().find(|(column, _)| *column == key).map_or(&[][..], |(_, names)| names);
            sheet.column(names).and_then(|column| row.get(column))
        };
        let id = cell("id")?;
        if let Some(fault) = crate::id_fault(&id.text, id.span) {
            self.report(fault);
            return None;
        }
        if let Some(first) = seen.insert(id.text.clone(), id.span) {
            self.report(
                Diagnostic::error(
                    Code::DuplicateId,
                    (format!("「{}」用了两次", id.text), format!("`{}` is declared twice", id.text)),
                )
                .at(id.span, ("第二次", "the second time"))
                .also(first, ("第一次", "the first time"))
                .help(("给其中一个换个 id", "give one of them another id")),
            );
            return None;
        }
        let mut needs = Vec::new();
        for (column, item) in items {
            let Some(mark) = row.get(*column) else { continue };
            if let Some(always) = self.mark(mark) {
                needs.push((item.index(), always, mark.span));
            }
        }
        let row = SheetRow {
            originals: self.pieces(cell("originals")),
            copies: self.pieces(cell("copies")),
            show_original: self.ticked(cell("show_original")),
            deferrable: self.ticked(cell("deferrable")),
            note: cell("note").map(|cell| cell.text.clone()).unwrap_or_default(),
            basis: self.sheet_basis(cell("basis"), id),
            cells: needs,
        };
        let name = Text { zh: cell("name").map(|cell| cell.text.clone()).unwrap_or_default(), en: String::new() };
        Some(MaterialDecl { id: id.text.clone(), span: id.span, name, row: Some(row), fields: None })
    }

    /// `●` always, `○` under the material's condition, empty never.
    fn mark(&mut self, cell: &Cell) -> Option<bool> {
        match cell.text.trim() {
            "" => None,
            "●" => Some(true),
            "○" => Some(false),
            other => {
                self.report(
                    Diagnostic::error(
                        Code::BadCell,
                        (format!("格子里不能写「{other}」"), format!("a cell cannot hold `{other}`")),
                    )
                    .at(cell.span, ("不认识", "not known"))
                    .help((
                        "写 ●（需要）、○（有条件）或留空（不需要）",
                        "write ● (required), ○ (conditional) or nothing",
                    )),
                );
                None
            }
        }
    }

    fn pieces(&mut self, cell: Option<&Cell>) -> u16 {
        let Some(cell) = cell.filter(|cell| !cell.text.trim().is_empty()) else { return 0 };
        let number = cell.text.trim().parse().ok();
        if number.is_none() {
            self.report(
                Diagnostic::error(
                    Code::BadNumberValue,
                    (format!("「{}」不是份数", cell.text), format!("`{}` is not a number of pieces", cell.text)),
                )
                .at(cell.span, ("这里要写整数", "a whole number is expected"))
                .help(("用半角数字写，例如 1；没有就留空", "write digits, such as 1, or nothing")),
            );
        }
        number.unwrap_or(0)
    }

    fn ticked(&mut self, cell: Option<&Cell>) -> bool {
        match cell.map(|cell| (cell.text.trim(), cell.span)) {
            None | Some(("" | "否", _)) => false,
            Some(("是", _)) => true,
            Some((other, span)) => {
                self.report(
                    Diagnostic::error(
                        Code::BadCell,
                        (format!("格子里不能写「{other}」"), format!("a cell cannot hold `{other}`")),
                    )
                    .at(span, ("不认识", "not known"))
                    .help(("写「是」或留空", "write 是 or nothing")),
                );
                false
            }
        }
    }

    fn sheet_basis(&mut self, cell: Option<&Cell>, id: &Cell) -> Vec<BasisId> {
        let written = cell.map(|cell| cell.text.trim()).unwrap_or_default();
        let mut found = Vec::new();
        for part in written.split('；').filter(|part| !part.trim().is_empty()) {
            match parse_basis(part) {
                Some(basis) => found.push(self.intern(basis)),
                None => self.report(
                    Diagnostic::error(
                        Code::BasisWithoutConfidence,
                        ("依据开头没有写可信程度", "the basis does not begin with how sure it is"),
                    )
                    .at(cell.map_or(id.span, |cell| cell.span), ("不知道这条依据有多可靠", "how sure is this?"))
                    .help((
                        "以「报告」「原文」「待核」「本包默认」之一开头，空一格，再写出处；多条用「；」隔开",
                        "begin with one of `report`, `source`, `unverified`, `pack-default`, then a space and the citation",
                    )),
                ),
            }
        }
        if written.is_empty() {
            self.report(
                Diagnostic::error(Code::MissingBasis, ("没有写依据", "the basis is missing"))
                    .at(id.span, ("这份材料缺少「依据」", "this material has no basis"))
                    .help(("在「依据」列写明出处，例如 `待核 食品流通许可证管理办法`", "fill the basis column")),
            );
        }
        found
    }

    pub(super) fn lower_materials(&mut self, items: &[Item]) -> Vec<Material> {
        let declared = std::mem::take(&mut self.materials);
        let materials = declared
            .iter()
            .enumerate()
            .filter_map(|(index, material)| self.lower_material(MaterialId::new(index), material, items))
            .collect();
        self.materials = declared;
        materials
    }

    fn lower_material(&mut self, id: MaterialId, declared: &MaterialDecl<'n>, items: &[Item]) -> Option<Material> {
        let fields = declared.fields.as_ref();
        let (when, in_force) = self.material_conditions(declared, fields);
        let mut needs = Vec::new();
        for (item, always) in self.needed_by(declared) {
            let going = items.get(item.index()).map_or(Lit::FALSE, |item| item.going);
            let lits = if always { vec![going, in_force] } else { vec![going, in_force, when] };
            needs.push(Need { item, when: self.builder.all(lits) });
        }
        let lits: Vec<Lit> = needs.iter().map(|need| need.when).collect();
        let needed = self.builder.any(lits);
        let produced_by =
            fields.and_then(|fields| fields.get("produced_by")).and_then(|node| self.item_reference(node));
        let produced = produced_by.and_then(|item| items.get(item.index())).map_or(Lit::FALSE, |item| item.going);
        let shared = fields.and_then(|fields| fields.get("shared_if")).map_or(Lit::FALSE, |node| self.condition(node));
        let waived_internal = self.builder.all([needed, produced]);
        let waived_shared = self.builder.all([needed, !produced, shared]);
        let required = self.builder.all([needed, !produced, !shared]);
        let state =
            self.facts.iter().position(|fact| fact.id == format!("materials.{}", declared.id)).map(FactId::new)?;
        let [provided, missing, defective] = STATES.map(|option| self.builder.atom(Atom::Is(state, option)));
        let variants = self.variants(fields, required);
        let row = declared.row.clone().unwrap_or_default();
        let count = |lower: &mut Self, key: &str, own: u16| {
            fields.and_then(|fields| fields.get(key)).and_then(|node| lower.count(node)).unwrap_or(own)
        };
        let (originals, copies) = (count(self, "originals", row.originals), count(self, "copies", row.copies));
        let basis = match (&declared.row, fields) {
            (Some(row), _) => row.basis.clone(),
            (None, Some(fields)) => self.required_basis(fields),
            (None, None) => Vec::new(),
        };
        let note = fields.map(|fields| self.optional_text(fields, "note")).unwrap_or_default();
        Some(Material {
            id: declared.id.clone(),
            name: declared.name.clone(),
            note: if note.zh.is_empty() { Text { zh: row.note, en: String::new() } } else { note },
            originals,
            copies,
            show_original: row.show_original || self.flag(fields.and_then(|fields| fields.get("show_original"))),
            deferrable: row.deferrable || self.flag(fields.and_then(|fields| fields.get("deferrable"))),
            needs,
            needed,
            produced_by,
            waived_internal,
            waived_shared,
            required,
            variants,
            state,
            provided: self.builder.all([required, provided]),
            missing: self.builder.all([required, missing]),
            defective: self.builder.all([required, defective]),
            basis,
        })
        .filter(|material| self.has_pieces(material, declared.span, id))
    }

    fn material_conditions(&mut self, declared: &MaterialDecl<'n>, fields: Option<&Fields<'n>>) -> (Lit, Lit) {
        let in_force = fields.map_or(Lit::TRUE, |fields| self.in_force(fields));
        let when = fields.and_then(|fields| fields.get("when"));
        let produced = fields.is_some_and(|fields| fields.get("produced_by").is_some());
        let conditional = declared.row.iter().flat_map(|row| &row.cells).find(|(_, always, _)| !always);
        match (conditional, when) {
            (Some((_, _, span)), None) if !produced => self.report(
                Diagnostic::error(
                    Code::NoCondition,
                    (
                        format!("材料「{}」有 ○，却没有写条件", declared.name.zh),
                        format!("material `{}` has ○ but no condition", declared.id),
                    ),
                )
                .at(*span, ("什么时候需要？", "required when?"))
                .help((
                    format!("在「材料」列表里给 {} 写「条件（when）」，或改成 ●", declared.id),
                    format!("give {} a `when` in `materials`, or write ●", declared.id),
                )),
            ),
            (None, Some(node)) if declared.row.is_some() => self.report(
                Diagnostic::error(
                    Code::NoCondition,
                    (
                        format!("材料「{}」写了条件，矩阵里却没有 ○", declared.name.zh),
                        format!("material `{}` has a condition but no ○ in the sheet", declared.id),
                    ),
                )
                .at(node.span, ("这个条件用不上", "this condition is not used"))
                .help(("把受条件约束的格子改成 ○", "mark the conditional cells with ○")),
            ),
            _ => {}
        }
        (when.map_or(Lit::TRUE, |node| self.condition(node)), in_force)
    }

    fn needed_by(&mut self, declared: &MaterialDecl<'n>) -> Vec<(ItemId, bool)> {
        if let Some(row) = &declared.row {
            return row.cells.iter().map(|(item, always, _)| (ItemId::new(*item), *always)).collect();
        }
        match &declared.fields {
            Some(fields) => self.item_list(fields, "needed_by").into_iter().map(|item| (item, false)).collect(),
            None => Vec::new(),
        }
    }

    fn variants(&mut self, fields: Option<&Fields<'n>>, required: Lit) -> Vec<Variant> {
        let node: Option<&'n Node> = fields.and_then(|fields| fields.get("variants"));
        let mut earlier: Vec<Lit> = Vec::new();
        let mut variants = Vec::new();
        for node in self.list(node) {
            let Some(fields) = self.fields(node, &["when", "name", "note"]) else { continue };
            let holds = fields.get("when").map_or(Lit::TRUE, |node| self.condition(node));
            let mut lits = vec![required, holds];
            lits.extend(earlier.iter().map(|lit| !*lit));
            let when = self.builder.all(lits);
            earlier.push(holds);
            variants.push(Variant {
                when,
                name: self.required_text(&fields, "name"),
                note: self.optional_text(&fields, "note"),
            });
        }
        variants
    }

    fn has_pieces(&mut self, material: &Material, span: Span, _: MaterialId) -> bool {
        if material.originals == 0 && material.copies == 0 {
            self.report(
                Diagnostic::error(
                    Code::MissingKey,
                    (
                        format!("材料「{}」没有写要几份", material.name.zh),
                        format!("material `{}` has neither originals nor copies", material.id),
                    ),
                )
                .at(span, ("原件和复印件都是 0", "both are 0"))
                .help(("写「原件」或「复印件」的份数", "state the number of originals or copies")),
            );
        }
        true
    }
}
