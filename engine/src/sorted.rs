//! Small sets and sorts over plain lists.
//!
//! The sets of a decision hold tens of members. A sorted list serves them as well as a tree and
//! costs a page far fewer bytes, since every tree and every general sort is compiled anew for
//! each type.

use alloc::vec::Vec;

/// A set in ascending order.
#[derive(Clone, Debug)]
pub(crate) struct SortedSet<T> {
    members: Vec<T>,
}

impl<T: Ord> SortedSet<T> {
    pub(crate) fn new() -> SortedSet<T> {
        SortedSet { members: Vec::new() }
    }

    /// Adds a member; `false` if it was there already.
    pub(crate) fn insert(&mut self, member: T) -> bool {
        match self.members.binary_search(&member) {
            Ok(_) => false,
            Err(place) => {
                self.members.insert(place, member);
                true
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    pub(crate) fn iter(&self) -> core::slice::Iter<'_, T> {
        self.members.iter()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> SortedSet<T> {
        SortedSet { members: Vec::new() }
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> SortedSet<T> {
        let mut set = SortedSet::new();
        members.into_iter().for_each(|member| {
            set.insert(member);
        });
        set
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = alloc::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

/// Sorts a short list, equal members in the order in which they stand.
pub(crate) fn sort_by<T>(list: &mut [T], is_after: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut place = end;
        while let Some([before, after]) = place.checked_sub(1).and_then(|from| list.get(from..=place)) {
            if !is_after(before, after) {
                break;
            }
            list.swap(place - 1, place);
            place -= 1;
        }
    }
}
