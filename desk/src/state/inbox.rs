//! The list: which rows a filter keeps, how near each deadline is, and in which order they stand. Values in, values
//! out; when the order may change at all is the session's to say.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};
use shared::ids::{CompanyId, TicketId};
use shared::sla::{ClockState, ClockView};
use shared::ticket::Stage;
use shared::time::{Day, Local};
use shared::wire::{CompanyName, Row};

/// Every row that the desk knows.
pub(crate) type Rows = BTreeMap<TicketId, Rc<Row>>;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Whatever somebody has to do something about.
    #[default]
    Open,
    /// A deadline has passed.
    Late,
    /// The customer spoke last, and nobody waits for her.
    Ours,
    /// An agent waits for somebody.
    Pending,
    /// Dealt with since midnight, where the agent is.
    SolvedToday,
}

impl Filter {
    pub(crate) const ALL: [Self; 5] = [Self::Open, Self::Late, Self::Ours, Self::Pending, Self::SolvedToday];

    fn keeps(self, row: &Row, at: Moment<'_>) -> bool {
        match (self, row.stage) {
            (_, Stage::Merged { .. } | Stage::Discarded { .. }) => false,
            (Self::Open, Stage::Solved { .. }) => row.waits,
            (Self::Open, Stage::Open {} | Stage::Pending { .. }) => true,
            (Self::Late, _) => matches!(group(row, at), Group::Late),
            (Self::Ours, Stage::Open {} | Stage::Solved { .. }) => row.waits,
            (Self::Ours, Stage::Pending { .. }) => false,
            (Self::Pending, stage) => matches!(stage, Stage::Pending { .. }),
            (Self::SolvedToday, Stage::Solved { at: solved }) => at.day(solved) == at.today(),
            (Self::SolvedToday, Stage::Open {} | Stage::Pending { .. }) => false,
        }
    }
}

/// A moment, and the wall clock that the agent reads it from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'l> {
    pub(crate) now: Timestamp,
    pub(crate) local: &'l Local,
}

impl Moment<'_> {
    pub(crate) fn day(self, at: Timestamp) -> Day {
        self.local.civil(at).day
    }

    pub(crate) fn today(self) -> Day {
        self.day(self.now)
    }
}

/// How near a row's deadline is. The order of the variants is the order on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Late,
    WithinTheHour,
    LaterToday,
    /// A later day, by the agent's calendar.
    On(Day),
    /// Open, and no clock runs.
    NoClock,
    Paused,
    /// The customer wrote again after it was dealt with.
    SolvedWithNewWords,
    Solved,
}

const NEAR: SignedDuration = SignedDuration::from_hours(1);

/// The clock whose deadline is next: what the row counts down to.
pub(crate) fn headline(row: &Row) -> Option<&ClockView> {
    let due = |clock: &&ClockView| clock.state.deadline();
    row.clocks.iter().filter(|clock| due(clock).is_some()).min_by_key(due)
}

fn group(row: &Row, at: Moment<'_>) -> Group {
    if !row.stage.is_open() {
        return if row.waits { Group::SolvedWithNewWords } else { Group::Solved };
    }
    let Some(due) = headline(row).and_then(|clock| clock.state.deadline()) else {
        let paused = row.clocks.iter().any(|clock| matches!(clock.state, ClockState::Paused {}));
        return if paused { Group::Paused } else { Group::NoClock };
    };
    if due < at.now {
        Group::Late
    } else if due.duration_since(at.now) <= NEAR {
        Group::WithinTheHour
    } else if at.day(due) == at.today() {
        Group::LaterToday
    } else {
        Group::On(at.day(due))
    }
}

/// What the find box asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Find<'f> {
    pub(crate) words: &'f str,
    /// The companies' names: rows carry ids.
    pub(crate) companies: &'f [CompanyName],
}

/// What people call a company; one that left the tenant's file keeps its id.
pub(crate) fn company<'n>(companies: &'n [CompanyName], id: &'n CompanyId) -> &'n str {
    companies.iter().find(|known| known.id == *id).map_or(id.as_str(), |known| known.name.as_str())
}

/// Rows that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) group: Group,
    pub(crate) tickets: Vec<TicketId>,
}

/// What the list shows, the next deadline first.
pub(crate) fn arrange(rows: &Rows, filter: Filter, find: Find<'_>, at: Moment<'_>) -> Vec<Section> {
    let words = find.words.to_lowercase();
    let kept = rows.values().filter(|row| filter.keeps(row, at) && found(row, &words, find.companies));
    let mut sections: BTreeMap<Group, BTreeMap<_, TicketId>> = BTreeMap::new();
    for row in kept {
        sections.entry(group(row, at)).or_default().insert(place(row), row.id);
    }
    let section = |(group, rows): (Group, BTreeMap<_, TicketId>)| Section {
        group,
        tickets: rows.into_values().collect(),
    };
    sections.into_iter().map(section).collect()
}

/// By deadline, then by age; what is solved, the latest first. The id settles the rest, so that equal rows never swap.
fn place(row: &Row) -> (Timestamp, Timestamp, TicketId) {
    if let Stage::Solved { at } = row.stage {
        let latest_first = Timestamp::UNIX_EPOCH.checked_sub(at.duration_since(Timestamp::UNIX_EPOCH));
        return (latest_first.unwrap_or(Timestamp::MIN), row.asked_at, row.id);
    }
    (row.deadline().unwrap_or(Timestamp::MAX), row.asked_at, row.id)
}

/// How many rows each filter would keep.
pub(crate) fn counts(rows: &Rows, at: Moment<'_>) -> [usize; Filter::ALL.len()] {
    Filter::ALL.map(|filter| rows.values().filter(|row| filter.keeps(row, at)).count())
}

/// Whether every typed word stands in the row: in its code, its words, or who asks.
fn found(row: &Row, words: &str, companies: &[CompanyName]) -> bool {
    if words.is_empty() {
        return true;
    }
    let company = row.company.as_ref().map(|id| company(companies, id));
    let texts = [row.subject.as_deref(), row.who.as_deref(), row.last.as_deref(), company];
    let mut hay = row.id.code().to_lowercase();
    for text in texts.into_iter().flatten() {
        hay.push('\n');
        hay.push_str(&text.to_lowercase());
    }
    words.split_whitespace().all(|word| hay.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{at, local, moment, row, ticket};
    use shared::ticket::PendReason;

    fn rows(all: impl IntoIterator<Item = Row>) -> Rows {
        all.into_iter().map(|row| (row.id, Rc::new(row))).collect()
    }

    #[track_caller]
    fn shows(rows: &Rows, filter: Filter, find: &str, expected: &[(Group, &[u8])]) {
        let local = local();
        let companies = [CompanyName { id: "yunshan".parse().unwrap(), name: "云杉集团".into() }];
        let find = Find { words: find, companies: &companies };
        let arranged = arrange(rows, filter, find, moment(&local, "09:00"));
        let expected: Vec<Section> = expected
            .iter()
            .map(|(group, ids)| Section { group: *group, tickets: ids.iter().map(|n| ticket(*n)).collect() })
            .collect();
        assert_eq!(arranged, expected);
    }

    #[test]
    fn the_next_deadline_stands_first_and_rows_stand_by_nearness() {
        let rows = rows([
            row(1, |r| r.due("18:00")),
            row(2, |r| r.due("08:30")),
            row(3, |r| r.due("09:40")),
            row(4, |r| r.due("08:10")),
            row(5, |r| r.due("33:00")),
        ]);
        let tomorrow = moment(&local(), "33:00").today();
        shows(
            &rows,
            Filter::Open,
            "",
            &[
                (Group::Late, &[4, 2]),
                (Group::WithinTheHour, &[3]),
                (Group::LaterToday, &[1]),
                (Group::On(tomorrow), &[5]),
            ],
        );
    }

    #[test]
    fn exactly_at_its_due_instant_nothing_is_late() {
        let rows = rows([row(1, |r| r.due("09:00"))]);
        shows(&rows, Filter::Open, "", &[(Group::WithinTheHour, &[1])]);
        shows(&rows, Filter::Late, "", &[]);
    }

    #[test]
    fn a_solved_ticket_comes_back_to_the_open_ones_with_new_words() {
        let solved = Stage::Solved { at: at("08:00") };
        let rows =
            rows([row(1, |r| r.stage(solved).waiting(true)), row(2, |r| r.stage(solved).waiting(false))]);
        shows(&rows, Filter::Open, "", &[(Group::SolvedWithNewWords, &[1])]);
        shows(&rows, Filter::SolvedToday, "", &[(Group::SolvedWithNewWords, &[1]), (Group::Solved, &[2])]);
    }

    #[test]
    fn a_pending_ticket_whose_first_reply_is_due_still_counts_down() {
        let pending = Stage::Pending { since: at("08:00"), reason: PendReason::Customer };
        let rows = rows([row(1, |r| r.stage(pending).due("09:30")), row(2, |r| r.stage(pending).paused())]);
        shows(&rows, Filter::Pending, "", &[(Group::WithinTheHour, &[1]), (Group::Paused, &[2])]);
        shows(&rows, Filter::Ours, "", &[]);
    }

    #[test]
    fn the_find_box_finds_a_code_a_word_or_a_person_in_any_case() {
        let rows = rows([
            row(1, |r| r.due("10:00").says("Invoice is stuck", "Li Hua").of("yunshan")),
            row(2, |r| r.due("11:00")),
        ]);
        let found: &[(Group, &[u8])] = &[(Group::WithinTheHour, &[1])];
        for words in ["invoice", "LI HUA", "stuck hua", "云杉", &ticket(1).code()] {
            shows(&rows, Filter::Open, words, found);
        }
        shows(&rows, Filter::Open, "stuck wang", &[]);
    }
}
