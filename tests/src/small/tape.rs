//! A tape of random bytes from which choices are read.

/// Choices one after another; past the end of the tape every choice is the first, which is
/// always the simplest.
#[derive(Clone, Debug)]
pub struct Tape<'t> {
    bytes: &'t [u8],
}

impl Tape<'_> {
    /// A tape at its beginning.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Tape<'_> {
        Tape { bytes }
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % count
    }

    /// True in about one of `one_in` cases.
    pub fn rarely(&mut self, one_in: usize) -> bool {
        self.below(one_in) == one_in - 1
    }

    /// Some of the numbers below `count`, at least one.
    pub fn some_below(&mut self, count: usize) -> Vec<usize> {
        let bits = 1 + self.below((1 << count) - 1);
        (0..count).filter(|place| bits >> place & 1 == 1).collect()
    }

    /// The numbers below `count` in some order.
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in 0..count {
            order.swap(place, place + self.below(count - place));
        }
        order
    }
}
