//! Names that stand in a list already.

use alloc::collections::BTreeSet;

/// The names of the rows above: a row costs a look-up, not a walk over all of them.
pub(super) struct Taken<T>(BTreeSet<T>);

impl<T: Ord> Taken<T> {
    pub(super) fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// Whether a row above has this name; from now on one has.
    pub(super) fn has(&mut self, name: T) -> bool {
        !self.0.insert(name)
    }
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;
    use core::cmp::Ordering;

    use super::*;

    /// A name that counts how often it is compared.
    #[derive(Clone, Copy)]
    struct Counted<'a>(u32, &'a Cell<u64>);

    impl Ord for Counted<'_> {
        fn cmp(&self, other: &Self) -> Ordering {
            self.1.set(self.1.get() + 1);
            self.0.cmp(&other.0)
        }
    }

    impl PartialOrd for Counted<'_> {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other).is_eq()
        }
    }

    impl Eq for Counted<'_> {}

    #[test]
    fn a_hundred_thousand_names_cost_some_forty_comparisons_each_however_they_are_ordered() {
        const NAMES: u32 = 100_000;
        let orders: [fn(u32) -> u32; 3] = [
            |row| row,
            |row| NAMES - row,
            // A prime that the number of names is no multiple of: every name once, here and there.
            |row| u32::try_from(u64::from(row) * 48_271 % u64::from(NAMES)).unwrap(),
        ];
        for name_of in orders {
            let steps = Cell::new(0);
            let mut taken = Taken::none();
            let again = (0..NAMES).filter(|row| taken.has(Counted(name_of(*row), &steps))).count();
            assert_eq!(again, 0);
            assert!(taken.has(Counted(name_of(7), &steps)));
            assert!(steps.get() < u64::from(NAMES) * 64, "{} comparisons", steps.get());
        }
    }
}
