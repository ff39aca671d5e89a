//! Materials: who needs them when, and which form they take.

use alloc::string::String;
use alloc::vec::Vec;

use super::{BasisId, FactId, ItemId, Text, Version};
use crate::{Lit, binary_struct};

/// A material 材料.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Stable name: `f01`.
    pub id: String,
    /// Chinese name.
    pub name: Text,
    /// Note for the citizen.
    pub note: Text,
    /// How many originals are handed in.
    pub originals: u16,
    /// How many copies are handed in, whatever items need it.
    pub copies: u16,
    /// How many copies each item that needs it takes besides.
    pub copies_each: u16,
    /// The original is shown along with the copy 验原件.
    pub show_original: bool,
    /// May be handed in later 容缺.
    pub deferrable: bool,
    /// Which items need it, and when.
    pub needs: Vec<Need>,
    /// Some item needs it.
    pub needed: Lit,
    /// The item of the same application that produces it.
    pub produced_by: Option<ItemId>,
    /// Some item would need it, but the pack spares everybody it: an item's need holds only while
    /// this does not.
    pub waived_local: Lit,
    /// Where that comes from.
    pub waived_basis: Vec<BasisId>,
    /// Needed, and produced within the same application.
    pub waived_internal: Lit,
    /// Needed, and fetched by the authority from a shared source.
    pub waived_shared: Lit,
    /// Needed and not waived.
    pub required: Lit,
    /// What the paper is called in which situation; the first that holds names it.
    pub variants: Vec<Variant>,
    /// The fact that holds its state: options `provided`, `missing`, `defective` in this order.
    pub state: FactId,
    /// Required, and the state says that it is there.
    pub provided: Lit,
    /// Required, and the state says that it is missing.
    pub missing: Lit,
    /// Required, and the state says that something is wrong with it.
    pub defective: Lit,
    /// Where it comes from.
    pub basis: Vec<BasisId>,
    /// Where its versions come from, if it has several.
    pub versions: Vec<Version>,
}

/// One item's need of a material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The item.
    pub item: ItemId,
    /// The item goes on and the condition of the need holds.
    pub when: Lit,
}

/// A form that a material takes in one situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The material is required and takes this form.
    pub when: Lit,
    /// What it is called then.
    pub name: Text,
    /// Note for the citizen.
    pub note: Text,
}

binary_struct!(Material {
    id,
    name,
    note,
    originals,
    copies,
    copies_each,
    show_original,
    deferrable,
    needs,
    needed,
    produced_by,
    waived_local,
    waived_basis,
    waived_internal,
    waived_shared,
    required,
    variants,
    state,
    provided,
    missing,
    defective,
    basis,
    versions
});
binary_struct!(Need { item, when });
binary_struct!(Variant { when, name, note });
