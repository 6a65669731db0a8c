//! One ticket that lives on in another: which is meant, whether it may, and that the earlier start counts.

use shared::contract::Metric;
use shared::ids::{CustomerId, TicketId};
use shared::refusal::{Refusal, Unfit};
use shared::sla::SumLine;
use shared::ticket::{Actor, Command, Discard, Party, named};
use tests::kept::{HOUR, Kept, at, id, name, terms, workdays};

fn asked(number: u32, hour: i64) -> Kept {
    Kept::asked(number, at(hour * HOUR), terms("standard", 1, workdays(None)))
}

fn party(kept: &Kept) -> Party {
    kept.ticket.party().expect("it was opened")
}

/// Both sides, as the edge takes them.
fn merge(source: &mut Kept, into: &mut Kept, hour: i64) {
    let (ours, by) = (party(source), || name("li"));
    let absorb = Command::Absorb { by: by(), ticket: ours.id, asked_at: ours.began, terms: ours.terms };
    into.does(at(hour * HOUR), absorb);
    source.does(at(hour * HOUR), Command::MergeInto { by: by(), ticket: into.ticket.id() });
}

fn unfit(why: Unfit) -> Result<(), Refusal> {
    Err(Refusal::Unfit { why })
}

#[test]
fn the_earlier_start_counts_and_the_explanation_says_why() {
    let (mut early, mut late) = (asked(1, 9), asked(2, 11));
    merge(&mut early, &mut late, 12);
    let why = late.ticket.explain(&late.log);
    let first = why.iter().find(|why| why.target.metric == Metric::FirstResponse).unwrap();
    assert_eq!((first.started, first.due), (at(9 * HOUR), Some(at(13 * HOUR))));
    assert!(first.lines.iter().any(|line| matches!(line, SumLine::Changed { .. })));
    assert!(early.ticket.explain(&early.log).is_empty(), "a ticket that ended has no clock to explain");
}

#[test]
fn a_merge_that_broke_in_the_middle_goes_on_and_nothing_is_done_twice() {
    let (mut early, mut late) = (asked(1, 9), asked(2, 11));
    merge(&mut early, &mut late, 12);
    let (before, after) = (early.log.len(), late.log.len());
    assert_eq!(party(&early).merges(&party(&late), false), Ok(()));
    merge(&mut early, &mut late, 12);
    assert_eq!((early.log.len(), late.log.len()), (before, after));
}

#[test]
fn what_a_ticket_took_in_keeps_its_start_when_it_is_merged_itself() {
    let (mut first, mut second, mut third) = (asked(1, 9), asked(2, 10), asked(3, 11));
    merge(&mut first, &mut second, 12);
    merge(&mut second, &mut third, 12);
    assert_eq!(party(&third).began, at(9 * HOUR));
}

#[test]
fn a_ticket_is_not_merged_into_itself_nor_into_one_that_ended_nor_twice() {
    let (mut one, mut two, three) = (asked(1, 9), asked(2, 9), asked(3, 9));
    assert_eq!(party(&one).merges(&party(&one), true), unfit(Unfit::Itself {}));
    merge(&mut one, &mut two, 10);
    let elsewhere = party(&one).merges(&party(&three), true);
    assert!(matches!(elsewhere, Err(Refusal::Stage { .. })), "{elsewhere:?}");
    let discard = Command::Discard { by: Actor::Agent { id: name("li") }, why: Discard::Spam };
    two.does(at(11 * HOUR), discard);
    let (code, found) = (two.ticket.id().code(), "discarded".into());
    assert_eq!(party(&three).merges(&party(&two), true), unfit(Unfit::Final { code, found }));
}

#[test]
fn another_customers_ticket_wants_a_word() {
    let (one, mut other) = (party(&asked(1, 9)), party(&asked(2, 9)));
    other.customer = CustomerId::anonymous(2);
    let code = other.id.code();
    assert_eq!(one.merges(&other, false), unfit(Unfit::OtherCustomer { code }));
    assert_eq!(one.merges(&other, true), Ok(()));
}

#[test]
fn a_code_is_found_as_people_type_it_and_an_id_needs_no_list() {
    let kept = asked(7, 9);
    let row = kept.ticket.row(None, &Default::default(), at(9 * HOUR)).unwrap();
    let (ticket, code) = (kept.ticket.id(), kept.ticket.id().code());
    for typed in
        [code.clone(), code.to_lowercase(), code.replace('-', ""), format!(" {} ", code.replace('0', "o"))]
    {
        assert_eq!(named(std::slice::from_ref(&row), &typed), Ok(ticket), "{typed}");
    }
    assert_eq!(named(&[], &id(9).to_string()), Ok(id(9)));
    let none = named(&[], &code);
    assert_eq!(none, Err(Refusal::Unfit { why: Unfit::NoTicket { found: code.clone() } }));
    let twin = shared::wire::Row { id: TicketId::new(5, ticket_bits(7)), ..row.clone() };
    assert_eq!(named(&[row, twin], &code), Err(Refusal::Unfit { why: Unfit::SameCode { code } }));
}

/// The random bits of `id(number)`.
fn ticket_bits(number: u32) -> [u8; 10] {
    let [a, b, c, d] = number.to_be_bytes();
    [a, b, c, d, 0, 0, 0, 0, 0, 1]
}
