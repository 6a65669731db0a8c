//! The receipt: the code, the promise, the way from now to the answer, and why.

use jiff::Timestamp;
use shared::ids::TicketId;
use shared::refusal::Refusal;
use shared::routing::Route;
use shared::sla::Receipt;
use shared::text::widget as text;
use shared::ticket::RawRequest;
use shared::wire::{Accepted, Parcel};
use widget::dates::{self, Dates};
use widget::icon::{icon, small};
use widget::reasons;
use widget::words::Words;
use yew::prelude::*;

use super::{broken, refused, skeleton};
use crate::link::Link;
use crate::session::{Action, Session, Span, SpanKind, View, spans};

/// What became of a request that she sent.
pub(crate) fn receipt(session: &Session, link: &Link, id: TicketId) -> Html {
    if let (Some(accepted), Some(dates)) = (session.receipt(id), session.dates()) {
        return accepted_view(session, link, accepted, dates);
    }
    match session.unsent_request(id) {
        Some((parcel, form)) => match &parcel.refused {
            Some(refusal) => refused_view(session, link, parcel, refusal),
            None => sending_view(session, link, parcel, form),
        },
        None if session.hello.here.is_some() => broken(session, link, None),
        None => html! { <main class="body" data-view="receipt">{ skeleton() }</main> },
    }
}

fn accepted_view(session: &Session, link: &Link, accepted: &Accepted, dates: Dates<'_>) -> Html {
    let words = session.words;
    let id = accepted.id;
    let queued = accepted.held == shared::door::Held::Journal;
    let promised = accepted.receipt.first_response;
    html! {
        <>
            <main class="body" data-view="receipt">
                { code_line(words, id, false) }
                if let Some(promised) = promised {
                    <div class="promise">
                        <h1 class="promise-sentence" tabindex="-1">
                            { words.html(text::PROMISE_FIRST_REPLY, &[("time", dates.element(promised.at))]) }
                        </h1>
                        <p class="promise-number">{ left(dates, promised.at) }</p>
                        if promised.provisional {
                            <p class="now-note">{ provisional(dates, promised.at) }</p>
                        }
                    </div>
                }
                if queued { <p class="now-note" role="status">{ words.say(text::ACCEPTED_QUEUED) }</p> }
                { strip(&accepted.receipt, dates) }
                if let Some(told) = who(&accepted.receipt, dates) { <p class="now-note">{ told }</p> }
                { reasons::folded(&accepted.receipt.reasons, dates, true) }
            </main>
            <footer class="foot" data-row="">
                <button class="button" data-wide="" onclick={link.to(View::Ticket(id))}>{ words.say(text::ADD_MORE) }</button>
                <button class="button" data-wide="" onclick={link.to(View::Home)}>{ words.say(text::DONE) }</button>
            </footer>
        </>
    }
}

fn left(dates: Dates<'_>, at: Timestamp) -> String {
    let words = dates.words;
    if at <= dates.now {
        let late = dates::duration(words, dates.now.duration_since(at));
        return words.fill(text::TICKET_REPLY_LATE, &[("duration", &late), ("time", &dates.brief(at))]);
    }
    words.fill(text::LEFT, &[("duration", &dates.left(at)), ("zone", &dates.zone())])
}

fn provisional(dates: Dates<'_>, at: Timestamp) -> String {
    let year = dates.civil(at).day.year().to_string();
    dates.words.fill(text::PROMISE_PROVISIONAL, &[("year", &year)])
}

/// Who was told; the reasons below name the others.
fn who(receipt: &Receipt, dates: Dates<'_>) -> Option<String> {
    match &receipt.route {
        Route::OnCall { agents } => {
            let names = agents.iter().map(|agent| agent.name.as_str());
            let name = widget::words::listed(dates.words, names);
            Some(dates.words.fill(text::TOLD_NOW, &[("name", &name)]))
        }
        Route::Live { .. } | Route::Region { .. } | Route::Ticket { .. } => None,
    }
}

fn code_line(words: Words, id: TicketId, waiting: bool) -> Html {
    let copy = Callback::from(move |_: MouseEvent| {
        let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
        // Where the host gives no leave to write there, the code still stands on the screen to be selected.
        let _ = clipboard.map(|clipboard| clipboard.write_text(&id.code()));
    });
    html! {
        <p class="code-line" data-state={waiting.then_some("waiting")} role="status">
            { icon(if waiting { "running" } else { "met" }) }
            { words.say(if waiting { text::SUBMITTING } else { text::RECEIVED }) }
            <span class="code">{ id.code() }</span>
            <button class="button" data-kind="icon" aria-label={words.say(text::COPY_CODE)} onclick={copy}>{ small("copy") }</button>
        </p>
    }
}

/// Above the line how long, below the line when.
fn strip(receipt: &Receipt, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let spans = spans(receipt);
    let (last, due) = (spans.len().saturating_sub(1), receipt.first_response.map(|promised| promised.at));
    let drawn = |(place, span): (usize, &Span)| {
        let ends = due.filter(|_| place == last);
        let closed = span.kind == SpanKind::Closed;
        let name = match &span.holiday {
            Some(name) => reasons::holiday(words, name),
            None => words.say(if closed { text::STRIP_CLOSED } else { text::STRIP_COUNTING }).to_owned(),
        };
        html! {
            <li class="strip-span" data-kind={if closed { "closed" } else { "open" }}>
                <span class="strip-length">{ name }<span>{ length(span, dates) }</span></span>
                <span class="strip-line">{ for ends.map(|_| diamond()) }</span>
                <span class="strip-point"><b>{ dates.time(span.from) }</b>{ point(place, span, dates) }</span>
                if let Some(at) = ends {
                    <span class="strip-point strip-due"><b>{ dates.time(at) }</b>{ words.say(text::STRIP_DUE) }</span>
                }
            </li>
        }
    };
    html! { <ol class="strip" aria-label={words.say(text::STRIP_LABEL)}>{ for spans.iter().enumerate().map(drawn) }</ol> }
}

/// As the wall clocks at its two ends say it.
fn length(span: &Span, dates: Dates<'_>) -> String {
    let to = span.from.saturating_add(span.length).unwrap_or(span.from);
    dates::duration(dates.words, dates::between(span.from, to))
}

fn point(place: usize, span: &Span, dates: Dates<'_>) -> String {
    let words = dates.words;
    if place == 0 {
        return words.say(text::STRIP_RECEIVED).to_owned();
    }
    let word = words.say(if span.kind == SpanKind::Closed { text::STRIP_CLOSED } else { text::STRIP_OPENS });
    let day = dates.civil(span.from).day;
    if day == dates.today() { word.to_owned() } else { [&dates.day_plain(day), " ", word].concat() }
}

fn diamond() -> Html {
    html! {
        <svg class="strip-diamond" viewBox="0 0 14 14" aria-hidden="true"><path d="m7 1 6 6-6 6-6-6Z" /></svg>
    }
}

/// Not acknowledged yet: what is certain is that it is kept, and under which code.
fn sending_view(session: &Session, link: &Link, parcel: &Parcel, form: &RawRequest) -> Html {
    let words = session.words;
    let Some(id) = parcel.ticket() else { return Html::default() };
    let written = session.dates().map(|dates| dates.moment(parcel.written_at));
    html! {
        <>
            <main class="body" data-view="receipt">
                { code_line(words, id, true) }
                <h1 class="promise-sentence" tabindex="-1">{ words.say(text::SENDING_TITLE) }</h1>
                <p class="now-note">{ words.say(text::SENDING_TEXT) }</p>
                <div class="group" data-from="me">
                    <p class="bubble" dir="auto" data-state="waiting">{ form.text.clone() }</p>
                    if let Some(time) = written {
                        <p class="group-state">{ words.fill(text::WRITTEN_AT, &[("time", &time)]) }</p>
                    }
                </div>
            </main>
            <footer class="foot">
                <button class="button" data-wide="" onclick={link.on(|| Action::Retry(None))}>{ words.say(text::TRY_NOW) }</button>
            </footer>
        </>
    }
}

fn refused_view(session: &Session, link: &Link, parcel: &Parcel, refusal: &Refusal) -> Html {
    let words = session.words;
    let id = parcel.id;
    html! {
        <>
            <main class="body" data-view="receipt">
                <div class="blank" role="alert">
                    <h1 tabindex="-1">{ words.say(text::REFUSED_TITLE) }</h1>
                    <p>{ refused::whole(words, refusal) }</p>
                    <button class="button" onclick={link.on(move || Action::Retry(Some(id)))}>{ words.say(text::RETRY) }</button>
                </div>
            </main>
            <footer class="foot" data-row="">
                <button class="button" data-wide="" onclick={link.on(move || Action::Discarded(id))}>{ words.say(text::DISCARD) }</button>
                <button class="button" data-wide="" onclick={link.on(move || Action::TookBack(id))}>{ words.say(text::MEND) }</button>
            </footer>
        </>
    }
}
