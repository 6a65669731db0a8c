//! What was acknowledged, held against what is there: lost, doubled, out of order.

use std::collections::{BTreeMap, BTreeSet};

/// One ticket as its customer knows it: the ids that the edge acknowledged, in the order of acknowledgement. The first
/// is the request itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Acknowledged {
    pub(crate) bearer: String,
    pub(crate) ticket: String,
    pub(crate) messages: Vec<String>,
    /// Every id that was ever sent: what the edge holds under another one, it has made up.
    pub(crate) sent: BTreeSet<String>,
}

/// What a look at the whole history found. Only `acknowledged` may be anything but zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) acknowledged: usize,
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
    pub(crate) out_of_order: usize,
}

impl Findings {
    /// Takes in one ticket: what its customer knows of it, and the messages that its log holds now. A message is
    /// doubled when its id stands there twice, and when its words came to stand there under an id that nobody sent.
    pub(crate) fn look(&mut self, known: &Acknowledged, found: &[String]) {
        let acknowledged = &known.messages;
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, id) in found.iter().enumerate() {
            places.entry(id).or_default().push(place);
        }
        self.acknowledged += acknowledged.len();
        self.doubled += places.values().map(|all| all.len() - 1).sum::<usize>();
        self.doubled += places.keys().filter(|id| !known.sent.contains(**id)).count();
        let firsts: Vec<Option<usize>> = acknowledged
            .iter()
            .map(|id| places.get(id.as_str()).and_then(|all| all.first().copied()))
            .collect();
        self.lost += firsts.iter().filter(|place| place.is_none()).count();
        let kept: Vec<usize> = firsts.into_iter().flatten().collect();
        self.out_of_order +=
            kept.iter().zip(kept.iter().skip(1)).filter(|(earlier, later)| earlier >= later).count();
    }

    pub(crate) fn is_clean(self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.out_of_order == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(acknowledged: &str, found: &str, lost: usize, doubled: usize, out_of_order: usize) {
        let ids = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        let mut findings = Findings::default();
        let known = Acknowledged {
            messages: ids(acknowledged),
            sent: ids("abcd").into_iter().collect(),
            ..Acknowledged::default()
        };
        findings.look(&known, &ids(found));
        let expected = Findings { acknowledged: acknowledged.len(), lost, doubled, out_of_order };
        assert_eq!(findings, expected);
    }

    #[test]
    fn what_was_stored_without_an_acknowledgement_is_no_fault() {
        finds("abc", "abcd", 0, 0, 0);
    }

    #[test]
    fn the_checker_bites() {
        finds("abc", "ac", 1, 0, 0);
        finds("abc", "abbc", 0, 1, 0);
        finds("abc", "acb", 0, 0, 1);
        finds("abc", "", 3, 0, 0);
        finds("abc", "abxc", 0, 1, 0);
    }
}
