//! Which target holds in a case: the most specific row that covers it. Two that are as specific as each other, and a
//! case that none covers, are mistakes of the file, so that no ticket ever meets either.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use jiff::SignedDuration;

use super::channels::Channel;
use super::reader::{Node, Table};
use super::tiers::Tier;
use crate::contract::{Case, Complexity, Covers, Metric, PendReason, Severity, Target};
use crate::ids::{CalendarId, TierId};

/// One row of `[targets]`.
pub(super) struct Row<'a> {
    pub(super) node: Node<'a>,
    /// None: every tier.
    pub(super) tier: Option<TierId>,
    /// None: every metric.
    pub(super) metric: Option<Metric>,
    pub(super) covers: Covers,
    /// None: what it says of the time has a mistake; what it covers is covered all the same.
    pub(super) wait: Option<Wait>,
}

/// How long, and when that does not count.
pub(super) struct Wait {
    pub(super) within: SignedDuration,
    pub(super) calendar: CalendarId,
    pub(super) pauses: Option<Vec<PendReason>>,
    pub(super) pauses_at_most: Option<SignedDuration>,
    pub(super) grace: SignedDuration,
}

/// Whether it can be said which cases no row covers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Of every row it is known what it covers.
    Known,
    /// A row that could not be read may cover anything.
    Unknown,
}

impl Row<'_> {
    /// What decides between two rows that cover a case: how much of severity, complexity and channel is named; then
    /// whether the tier is, then whether the metric is.
    fn specific(&self) -> (usize, bool, bool) {
        (self.covers.names(), self.tier.is_some(), self.metric.is_some())
    }

    fn is_of(&self, tier: &TierId, metric: Metric) -> bool {
        self.tier.as_ref().is_none_or(|own| own == tier) && self.metric.is_none_or(|own| own == metric)
    }

    /// The target of one metric. Of a row for every metric, those that never pause take over no pauses.
    fn target(&self, metric: Metric) -> Option<Target> {
        let wait = self.wait.as_ref()?;
        let pausing = !metric.usual_pauses().is_empty();
        let usual = || metric.usual_pauses().to_vec();
        Some(Target {
            metric,
            covers: self.covers.clone(),
            within: wait.within,
            calendar: wait.calendar.clone(),
            pauses: wait.pauses.clone().filter(|_| pausing).unwrap_or_else(usual),
            pauses_at_most: wait.pauses_at_most.filter(|_| pausing),
            grace: wait.grace,
        })
    }
}

/// Hands the rows to the tiers, the more specific first; refuses ties and holes.
pub(super) fn settle(
    targets: &Table<'_>,
    rows: &[Row<'_>],
    channels: &[Channel],
    tiers: &mut [Tier],
    coverage: Coverage,
) {
    let mut told = Vec::new();
    for tier in tiers {
        for metric in Metric::ALL {
            let mut own: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_of(&tier.id, metric)).collect();
            own.sort_by_key(|row| Reverse(row.specific()));
            refuse_ties(&own, channels, metric, tier, &mut told);
            let uncovered = (metric == Metric::FirstResponse && coverage == Coverage::Known)
                .then(|| hole(&own, channels, tier));
            if let Some(hole) = uncovered.flatten() {
                targets.say(hole);
            }
            tier.targets.extend(own.iter().filter_map(|row| row.target(metric)));
        }
    }
}

/// Reports each two rows that are as specific as each other in a case that nothing more specific covers. `told` are
/// the pairs that were reported for another tier or metric.
fn refuse_ties(
    own: &[&Row<'_>],
    channels: &[Channel],
    metric: Metric,
    tier: &Tier,
    told: &mut Vec<(usize, usize)>,
) {
    for case in channels.iter().flat_map(cases) {
        let mut covering = own.iter().filter(|row| row.covers.case(case));
        let (Some(one), Some(other)) = (covering.next(), covering.next()) else { continue };
        let (first, second) =
            if one.node.begins() < other.node.begins() { (one, other) } else { (other, one) };
        let pair = (first.node.begins(), second.node.begins());
        if one.specific() != other.specific() || told.contains(&pair) {
            continue;
        }
        told.push(pair);
        second.node.say(format!(
            "is as specific as the target in line {}: both would hold for {}, {}, {}; name more in one of them",
            first.node.line(),
            tier.id,
            metric.as_str(),
            words(case),
        ));
    }
}

/// A case in which a ticket of this tier would have no promise of a first response.
fn hole(own: &[&Row<'_>], channels: &[Channel], tier: &Tier) -> Option<String> {
    if own.is_empty() {
        return Some(format!("the tier \"{}\" has no target for first_response", tier.id));
    }
    let opens = |channel: &&Channel| channel.kind.opens_tickets() && channel.hours(&tier.id).is_some();
    let mut cases = channels.iter().filter(opens).flat_map(cases);
    let uncovered = cases.find(|case| !own.iter().any(|row| row.covers.case(*case)))?;
    Some(format!("the tier \"{}\" has no target for first_response, {}", tier.id, words(uncovered)))
}

/// Every case on one channel.
fn cases(channel: &Channel) -> impl Iterator<Item = Case<'_>> {
    Severity::ALL.into_iter().flat_map(move |severity| {
        Complexity::ALL.into_iter().map(move |complexity| Case { severity, complexity, channel: &channel.id })
    })
}

fn words(case: Case<'_>) -> String {
    format!("{} and {} on {}", case.severity.as_str(), case.complexity.as_str(), case.channel)
}
