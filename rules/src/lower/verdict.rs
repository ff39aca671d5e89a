//! The verdict as conditions, so that it is searched and explained like any other.

use yichuang_engine::{Check, CheckSeverity, Ground, Item, Lit, Material, VerdictLits};

use super::Lower;

impl Lower<'_> {
    /// At most one of the four literals is true:
    /// refused, else not needed, else correctable, else ready.
    pub(super) fn lower_verdict(
        &mut self,
        items: &[Item],
        not_competent: &[Ground],
        blocked: Lit,
        checks: &[Check],
        materials: &[Material],
    ) -> VerdictLits {
        let mut failing: Vec<Lit> = not_competent.iter().map(|ground| ground.condition.holds).collect();
        for item in items {
            failing.push(self.builder.all([item.selected, !item.eligible]));
        }
        let refused = self.builder.any(failing);
        let asked = self.builder.any(items.iter().map(|item| item.selected));
        let not_needed = self.builder.all([!asked, !refused]);
        let mut faults = vec![blocked];
        let errors = checks.iter().filter(|check| check.severity == CheckSeverity::Error);
        faults.extend(errors.map(|check| check.condition.holds));
        faults.extend(materials.iter().flat_map(|material| [material.missing, material.defective]));
        let faulty = self.builder.any(faults);
        let correctable = self.builder.all([asked, !refused, faulty]);
        let mut complete = vec![asked, !refused, !faulty];
        for material in materials {
            complete.push(self.builder.any([!material.required, material.provided]));
        }
        let ready = self.builder.all(complete);
        VerdictLits { refused, not_needed, correctable, ready }
    }
}
