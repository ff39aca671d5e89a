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

/// Sorts a list of any length by pairs of numbers, equal ones in the order in which they stand: what
/// grows with a plan must not take the square of it, and one sort for all of it is small.
#[inline(never)]
pub(crate) fn sort_pairs(list: &mut Vec<(u64, u64)>) {
    let mut width = 1;
    while width < list.len() {
        let mut merged = Vec::with_capacity(list.len());
        for both in list.chunks(width * 2) {
            let (mut first, mut second) = both.split_at_checked(width).unwrap_or((both, &[]));
            while let (Some((a, rest)), Some((b, others))) = (first.split_first(), second.split_first()) {
                if b < a {
                    merged.push(*b);
                    second = others;
                } else {
                    merged.push(*a);
                    first = rest;
                }
            }
            merged.extend_from_slice(first);
            merged.extend_from_slice(second);
        }
        *list = merged;
        width *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_sorted_like_any_list() {
        let mut seed = 1_u64;
        for length in 0..200_usize {
            let mut list: Vec<(u64, u64)> = Vec::new();
            for place in 0..length as u64 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                list.push((seed >> 60, place % 3));
            }
            let mut expected = list.clone();
            expected.sort_unstable();
            sort_pairs(&mut list);
            assert_eq!(list, expected);
        }
    }
}
