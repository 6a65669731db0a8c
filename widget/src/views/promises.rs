//! What a ticket's customer was promised, whether her browser could check it, and what was promised before.

use shared::sla::{Promise, Promised, Receipt};
use shared::text::{Phrase, first, proof as text};
use shared::wire::TicketView;
use widget::dates::Dates;
use widget::icon::small;
use widget::node::{Node, el, of};

use super::{button, doubts, ticket::voice_of};
use crate::link::Link;
use crate::session::{Press, Proof, Saving, Session, Word};

/// All of it. What is certain at once is drawn at once, so that nothing moves when the rest is known.
pub(super) fn promises(session: &Session, link: &Link, ticket: &TicketView, dates: &Dates<'_>) -> Node {
    let word = session.word_on(ticket);
    let proof = session.proof_of(ticket.id);
    let lines = ticket.receipt.promises.iter().map(|line| promised(line, word, dates));
    let place = proof.and_then(|proof| place_of(proof, &ticket.receipt));
    let earlier = (ticket.receipt.number > 1).then(|| earlier(session, link, (ticket, proof), dates));
    of("li", "proof")
        .set("role", "group")
        .label("aria-label", dates.words, &text::LABEL)
        .all(lines)
        .maybe(doubt(word, session, link, dates))
        .child(keep(session, link, place))
        .maybe(earlier)
}

/// One promise, and what can be said of it.
fn promised(line: &Promise, word: Word<'_>, dates: &Dates<'_>) -> Node {
    let metric = dates.words.say(doubts::metric(line.metric));
    of("div", "proof-line")
        .child(el("span").say(metric))
        .with(dates.element(line.promised.at))
        .child(state(word, dates))
}

fn state(word: Word<'_>, dates: &Dates<'_>) -> Node {
    let (name, picture, phrase) = match word {
        Word::Checking => ("running", "running", text::CHECKING),
        Word::Holds => ("met", "met", text::CHECKED),
        Word::Refuted(_) | Word::Otherwise => ("late", "late", text::DOUBTED),
        Word::Unsigned | Word::Lost => ("paused", "info", text::UNCHECKED),
    };
    of("small", "proof-state").set("data-state", name).with(small(picture)).say(dates.words.say(phrase))
}

/// Why a promise is not confirmed, as a sentence, and the way out if there is one.
fn doubt(word: Word<'_>, session: &Session, link: &Link, dates: &Dates<'_>) -> Option<Node> {
    let words = dates.words;
    let told = |why: String| of("p", "proof-doubt").set("role", "alert").told(why);
    match word {
        Word::Checking | Word::Holds => None,
        Word::Refuted(why) => Some(told(doubts::told(why, dates))),
        Word::Otherwise => Some(told(words.say(text::OTHERWISE).to_owned())),
        Word::Unsigned => Some(of("p", "proof-note").phrase(words, &text::UNSIGNED)),
        Word::Lost => {
            let again = button(session, first::RETRY, link.press(Press::Prove)).set("data-kind", "link");
            let told = of("p", "proof-note").set("role", "status").phrase(words, &text::LOST).say(" ");
            Some(told.child(again))
        }
    }
}

/// Where the receipt on the screen stands among those that hold; else the latest has its place.
fn place_of(proof: &Proof, shown: &Receipt) -> Option<u32> {
    let held = (1..).zip(&proof.receipts).filter(|(_, receipt)| receipt.as_ref() == Ok(shown));
    held.map(|(place, _)| place).last().or_else(|| u32::try_from(proof.receipts.len()).ok())
}

/// A button that hands a receipt over as a file.
fn keep(session: &Session, link: &Link, place: Option<u32>) -> Node {
    let place = place.filter(|place| *place > 0);
    let press = Press::Save(place.unwrap_or_default());
    let failed = place.is_some_and(|place| session.saving == Some(Saving::Failed(place)));
    let button = button(session, text::KEEP, link.press(press)).set("data-kind", "link").set_if(
        place.is_none(),
        "disabled",
        "",
    );
    let told = failed
        .then(|| of("span", "proof-note").set("role", "alert").phrase(session.words, &text::KEEP_FAILED));
    of("p", "proof-keep").child(button).maybe(told)
}

/// What was promised before, why it is no longer, and what came instead.
fn earlier(
    session: &Session,
    link: &Link,
    (ticket, proof): (&TicketView, Option<&Proof>),
    dates: &Dates<'_>,
) -> Node {
    let receipts = proof.map_or(&[][..], |proof| proof.receipts.as_slice());
    let until = proof.and_then(|proof| place_of(proof, &ticket.receipt)).unwrap_or_default();
    let followed = (1..until).zip(receipts.iter().zip(receipts.iter().skip(1)));
    let rows = followed.map(|(place, (receipt, next))| {
        let card = of("li", "proof-earlier");
        let card = match receipt {
            Ok(receipt) => replaced(card, receipt, next.as_ref().ok(), (ticket, dates)),
            Err(why) => card.child(of("p", "proof-doubt").told(doubts::told(why, dates))),
        };
        card.child(keep(session, link, Some(place)))
    });
    let head = el("summary").with(small("down")).say(dates.words.say(text::EARLIER));
    of("details", "reasons").child(head).child(of("ol", "reason-list").all(rows))
}

/// A receipt that no longer holds: what ended it, and each of its promises beside the one that replaced it.
fn replaced(
    card: Node,
    receipt: &Receipt,
    next: Option<&Receipt>,
    (ticket, dates): (&TicketView, &Dates<'_>),
) -> Node {
    let why = next.map(|next| {
        let (told, actor) = doubts::cause(&next.cause, dates.words);
        let who = actor.map(|actor| voice_of(actor, ticket, dates));
        let told = [told].into_iter().chain(who).chain([dates.full(next.issued_at)]);
        of("p", "proof-cause").told(told.collect::<Vec<_>>().join(" · "))
    });
    let lines = receipt.promises.iter().map(|line| {
        let new = next.map(|next| next.promise(line.metric).map(|line| line.promised));
        let moved = of("span", "reason-sum").told(moved(line.promised, new, dates));
        of("div", "proof-line")
            .child(el("span").say(dates.words.say(doubts::metric(line.metric))))
            .child(moved)
    });
    card.maybe(why).all(lines).child(state(Word::Holds, dates))
}

/// An instant, and what became of it; nobody knows, if the receipt that followed does not hold.
fn moved(old: Promised, new: Option<Option<Promised>>, dates: &Dates<'_>) -> String {
    let told =
        |phrase: Phrase, new: &str| dates.words.fill(phrase, &[("old", &dates.full(old.at)), ("new", new)]);
    match new {
        None => dates.full(old.at),
        Some(None) => told(text::ENDED, ""),
        Some(Some(new)) if new.at == old.at => told(text::AS_BEFORE, ""),
        Some(Some(new)) => told(text::MOVED, &dates.full(new.at)),
    }
}
