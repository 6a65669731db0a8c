//! The receipt: the code, the promise, the way from now to the answer, and why.

use jiff::{SignedDuration, Timestamp};
use shared::door::Held;
use shared::ids::TicketId;
use shared::refusal::Refusal;
use shared::sla::{Promised, Receipt};
use shared::text::{first, reason, widget as text};
use shared::ticket::RawRequest;
use shared::wire::{Accepted, Parcel};
use widget::dates::{self, Dates};
use widget::icon::{icon, small};
use widget::node::{Node, el, of};
use widget::reasons;
use widget::words::Words;
use yew::prelude::*;

use super::{body, broken, button, refused, skeleton, wide};
use crate::link::Link;
use crate::session::{Press, Session, Span, SpanKind, View, spans};

/// What became of a request that she sent.
pub(super) fn receipt(session: &Session, link: &Link, id: TicketId) -> [Node; 2] {
    if let Some((accepted, dates)) = session.receipt(id).zip(session.dates()) {
        return [accepted_body(session, accepted, &dates), accepted_foot(session, link, id)];
    }
    let Some((parcel, form)) = session.unsent_request(id) else {
        let body = body("receipt");
        let found = session.hello.here.is_some();
        let shown = if found { broken(session, link, None) } else { skeleton() };
        return [body.child(shown), of("footer", "foot")];
    };
    match &parcel.refused {
        Some(refusal) => refused_view(session, link, parcel, refusal),
        None => sending_view(session, link, (id, parcel, form)),
    }
}

fn accepted_body(session: &Session, accepted: &Accepted, dates: &Dates<'_>) -> Node {
    let words = dates.words;
    let written = session.written.iter().find(|(id, _)| *id == accepted.id);
    let written = written.map(|(_, at)| words.fill(reason::WRITTEN_BY_YOU, &[("time", &dates.brief(*at))]));
    let queued = accepted.held == Held::Journal;
    let queued =
        queued.then(|| of("p", "now-note").set("role", "status").phrase(words, &text::ACCEPTED_QUEUED));
    body("receipt")
        .child(code_line(words, accepted.id, false))
        .maybe(accepted.receipt.first_response().map(|promised| promise(promised, dates)))
        .maybe(written.map(|told| of("p", "now-note").told(told)))
        .maybe(queued)
        .child(strip(&accepted.receipt, dates))
        .with(reasons::folded(&accepted.receipt.reasons, *dates, true))
}

fn accepted_foot(session: &Session, link: &Link, id: TicketId) -> Node {
    of("footer", "foot")
        .set("data-row", "")
        .child(wide(session, text::ADD_MORE, link.to(View::Ticket(id))))
        .child(wide(session, text::DONE, link.to(View::Home)))
}

fn promise(promised: Promised, dates: &Dates<'_>) -> Node {
    let sentence = dates.words.around(text::PROMISE_FIRST_REPLY, dates.element(promised.at));
    let note = || of("p", "now-note").told(provisional(dates, promised.at));
    of("div", "promise")
        .child(of("h1", "promise-sentence").set("tabindex", "-1").with(sentence))
        .child(of("p", "promise-number").told(left(dates, promised.at)))
        .maybe(promised.provisional.then(note))
}

fn left(dates: &Dates<'_>, at: Timestamp) -> String {
    let words = dates.words;
    if at <= dates.now {
        let late = dates::duration(words, dates.now.duration_since(at));
        return words.fill(text::TICKET_REPLY_LATE, &[("duration", &late), ("time", &dates.brief(at))]);
    }
    words.fill(text::LEFT, &[("duration", &dates.left(at)), ("zone", &dates.zone())])
}

/// That holidays may still change a promise, and only for the better.
pub(super) fn provisional(dates: &Dates<'_>, at: Timestamp) -> String {
    let year = dates.civil(at).day.year().to_string();
    dates.words.fill(first::PROMISE_PROVISIONAL, &[("year", &year)])
}

fn code_line(words: Words, id: TicketId, waiting: bool) -> Node {
    let copy = Callback::from(move |_: MouseEvent| {
        let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
        // Where the host gives no leave to write there, the code still stands on the screen to be selected.
        let _ = clipboard.map(|clipboard| clipboard.write_text(&id.code()));
    });
    let (picture, told) = if waiting { ("running", text::SUBMITTING) } else { ("met", text::RECEIVED) };
    let copy = of("button", "button")
        .set("data-kind", "icon")
        .label("aria-label", words, &text::COPY_CODE)
        .on_click(copy)
        .with(small("copy"));
    of("p", "code-line")
        .set_if(waiting, "data-state", "waiting")
        .set("role", "status")
        .with(icon(picture))
        .say(words.say(told))
        .child(of("span", "code").told(id.code()))
        .child(copy)
}

/// Above the line how long, below the line when.
fn strip(receipt: &Receipt, dates: &Dates<'_>) -> Node {
    let spans = spans(receipt);
    let last = spans.len().saturating_sub(1);
    let due = receipt.first_response().map(|promised| promised.at);
    let drawn = spans.iter().enumerate().map(|(place, span)| {
        let ends = due.filter(|_| place == last);
        stretch(span, place == 0, ends, dates)
    });
    of("ol", "strip").label("aria-label", dates.words, &text::STRIP_LABEL).all(drawn)
}

fn stretch(span: &Span, first: bool, ends: Option<Timestamp>, dates: &Dates<'_>) -> Node {
    let words = dates.words;
    let (kind, called) = match span.kind {
        SpanKind::Closed => ("closed", text::STRIP_CLOSED),
        SpanKind::Open => ("open", text::STRIP_COUNTING),
    };
    let said = || words.say(called).to_owned();
    let called = span.holiday.as_ref().map_or_else(said, |name| reasons::holiday(words, name));
    let length = of("span", "strip-length").told(called);
    let length = length.child(el("span").told(dates::duration(words, between_minutes(span))));
    let point = |class: &'static str, at: Timestamp, told: String| {
        of("span", class).child(el("b").told(dates.time(at))).told(told)
    };
    let end = ends.map(|at| point("strip-point strip-due", at, words.say(text::STRIP_DUE).to_owned()));
    of("li", "strip-span")
        .set("data-kind", kind)
        .child(length)
        .child(of("span", "strip-line").maybe(ends.map(|_| diamond())))
        .child(point("strip-point", span.from, begins(span, first, dates)))
        .maybe(end)
}

/// The wall clocks beside it show whole minutes: the length told is the one between those.
fn between_minutes(span: &Span) -> SignedDuration {
    let minute = |at: Timestamp| at.as_second().div_euclid(60);
    let to = span.from.saturating_add(span.length).unwrap_or(span.from);
    SignedDuration::from_secs((minute(to) - minute(span.from)) * 60)
}

fn begins(span: &Span, first: bool, dates: &Dates<'_>) -> String {
    let words = dates.words;
    let word = match (first, span.kind) {
        (true, _) => text::STRIP_RECEIVED,
        (false, SpanKind::Closed) => text::STRIP_CLOSED,
        (false, SpanKind::Open) => text::STRIP_OPENS,
    };
    let day = dates.civil(span.from).day;
    if first || day == dates.today() {
        return words.say(word).to_owned();
    }
    [&dates.day_plain(day), " ", words.say(word)].concat()
}

fn diamond() -> Node {
    let drawn = el("path").set("d", "m7 1 6 6-6 6-6-6Z");
    of("svg", "strip-diamond").set("viewBox", "0 0 14 14").set("aria-hidden", "true").child(drawn)
}

/// Not acknowledged yet: what is certain is that it is kept, and under which code.
fn sending_view(
    session: &Session,
    link: &Link,
    (id, parcel, form): (TicketId, &Parcel, &RawRequest),
) -> [Node; 2] {
    let words = session.words;
    let written = session.dates().map(|dates| {
        let time = dates.moment(parcel.written_at);
        of("p", "group-state").told(words.fill(text::WRITTEN_AT, &[("time", &time)]))
    });
    let bubble = of("p", "bubble").set("dir", "auto").set("data-state", "waiting").told(form.text.clone());
    let body = body("receipt")
        .child(code_line(words, id, true))
        .child(of("h1", "promise-sentence").set("tabindex", "-1").phrase(words, &text::SENDING_TITLE))
        .child(of("p", "now-note").phrase(words, &text::SENDING_TEXT))
        .child(of("div", "group").set("data-from", "me").child(bubble).maybe(written));
    let again = wide(session, first::TRY_NOW, link.press(Press::Hurry));
    [body, of("footer", "foot").child(again)]
}

/// Not taken: she mends it, tries again, or lets it go.
fn refused_view(session: &Session, link: &Link, parcel: &Parcel, refusal: &Refusal) -> [Node; 2] {
    let (words, id) = (session.words, parcel.id);
    let told = of("div", "blank")
        .set("role", "alert")
        .child(el("h2").set("tabindex", "-1").phrase(words, &text::REFUSED_TITLE))
        .child(el("p").told(refused::whole(words, refusal)))
        .child(button(session, first::RETRY, link.press(Press::Retry(id))));
    let foot = of("footer", "foot")
        .set("data-row", "")
        .child(wide(session, text::DISCARD, link.press(Press::Discard(id))))
        .child(wide(session, text::MEND, link.press(Press::TakeBack(id))));
    [body("receipt").child(told), foot]
}
