//! What only a build with joint plans has.

use core::marker::PhantomData;

use crate::{Binary, Input, PLANS};

/// A part that there may be where joint plans are scheduled ([`PLANS`]). Without them it has no room
/// and is never there, so that nothing is left of the code that would read, drop or draw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned<T>(#[cfg(feature = "plans")] Option<T>, PhantomData<T>);

impl<T> Planned<T> {
    /// The part, if it is there.
    #[must_use]
    pub const fn get(&self) -> Option<&T> {
        #[cfg(feature = "plans")]
        return self.0.as_ref();
        #[cfg(not(feature = "plans"))]
        return None;
    }

    /// Computes the part, if there can be one.
    pub fn make(part: impl FnOnce() -> Option<T>) -> Planned<T> {
        #[cfg(feature = "plans")]
        return Planned(part(), PhantomData);
        #[cfg(not(feature = "plans"))]
        {
            drop(part);
            Planned(PhantomData)
        }
    }
}

impl<T> Default for Planned<T> {
    fn default() -> Planned<T> {
        Planned::make(|| None)
    }
}

impl<T> From<Option<T>> for Planned<T> {
    fn from(part: Option<T>) -> Planned<T> {
        Planned::make(|| part)
    }
}

/// Like an [`Option`]; a part that this build leaves out is noted, and nothing more is read.
impl<T: Binary> Binary for Planned<T> {
    fn write(&self, out: &mut alloc::vec::Vec<u8>) {
        self.get().is_some().write(out);
        if let Some(part) = self.get() {
            part.write(out);
        }
    }

    fn read(input: &mut Input<'_>) -> Planned<T> {
        let is_there = bool::read(input);
        if is_there && !PLANS {
            input.leave_out();
        }
        Planned::make(|| is_there.then(|| T::read(input)))
    }
}
