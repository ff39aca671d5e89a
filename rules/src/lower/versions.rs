//! Versions of whole entries, and the days on which the last of them ends.
//!
//! An entry has one version, itself within its `effective`, or those of its `versions`, each of
//! which states the keys that differ. Seams are checked as those of dated numbers are.

use yichuang_engine::{BasisId, Ending, Lit, Text, Version as VersionBasis, Versions};

use super::keys::Fields;
use super::rules::Bounds;
use super::{Lower, faults};

/// What has versions: the word for its kind, its id and its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whose<'a> {
    pub(super) what: &'static str,
    pub(super) id: &'a str,
    pub(super) name: &'a Text,
}

/// An entry as it reads in one version.
#[derive(Clone, Debug)]
pub(super) struct Version<'n> {
    pub(super) in_force: Lit,
    /// The keys of the version, then those of the entry that it does not state.
    pub(super) fields: Fields<'n>,
}

impl<'n> Lower<'n> {
    /// The versions of an entry, in the order of time; `keys` may differ between them. While
    /// `concerns` holds the citizen is told when they have run out.
    pub(super) fn versions(
        &mut self,
        whose: Whose<'_>,
        fields: &Fields<'n>,
        keys: &[&'static str],
        concerns: Lit,
    ) -> Vec<Version<'n>> {
        let Some(entry) = fields.entry("versions") else {
            let in_force = self.in_force(whose, fields);
            return vec![Version { in_force, fields: fields.clone() }];
        };
        if let Some(effective) = fields.entry("effective") {
            self.report(faults::effective_and_versions(entry.key_span, effective.key_span));
        }
        let allowed: Vec<&'static str> = ["from", "to", "basis"].iter().chain(keys).copied().collect();
        let mut versions: Vec<(Bounds, Fields<'n>)> = Vec::new();
        for node in self.list(fields.get("versions")) {
            let Some(own) = self.fields(node, &allowed) else { continue };
            versions.push((self.read_bounds(&own), own.over(fields)));
        }
        self.in_order(&mut versions);
        self.note_end(whose, versions.last().map(|(bounds, _)| bounds), concerns);
        versions.into_iter().map(|(bounds, fields)| Version { in_force: self.between(&bounds), fields }).collect()
    }

    /// Something holds in the version that is in force.
    pub(super) fn in_some_version(&mut self, versions: Vec<(Lit, Lit)>) -> Lit {
        let held: Vec<Lit> =
            versions.into_iter().map(|(in_force, holds)| self.builder.all([in_force, holds])).collect();
        self.builder.any(held)
    }

    /// The bases of the versions that state their own.
    pub(super) fn version_bases(&mut self, entry: &Fields<'n>, versions: &[Version<'n>]) -> Vec<VersionBasis> {
        let mut bases = Vec::new();
        for version in versions.iter().filter(|_| entry.entry("versions").is_some()) {
            let basis: Vec<BasisId> = self.required_basis(&version.fields);
            bases.push(VersionBasis { in_force: version.in_force, basis });
        }
        bases
    }

    /// Notes that nothing is in force after the last version.
    pub(super) fn note_end(&mut self, whose: Whose<'_>, last: Option<&Bounds>, concerns: Lit) {
        if let Some((to, _)) = last.and_then(|bounds| bounds.to) {
            let Whose { what, id, name } = whose;
            self.endings.push(Ending { what: what.to_owned(), id: id.to_owned(), name: name.clone(), to, concerns });
        }
    }

    /// How versions are selected, with the first and the last day of the pack itself.
    pub(super) fn finish_versions(&mut self, pack: &str) -> Option<Versions> {
        let mut versions = self.version_date.take()?;
        if let Some((bounds, name)) = self.pack_effective.take() {
            self.note_end(Whose { what: "pack", id: pack, name: &name }, Some(&bounds), Lit::TRUE);
            versions.from = bounds.from.map(|(day, _)| day);
        }
        versions.endings = std::mem::take(&mut self.endings);
        Some(versions)
    }
}
