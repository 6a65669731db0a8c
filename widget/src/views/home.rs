//! Home: by when a person answers, whether anybody is there now, and each way to reach them.

use jiff::Timestamp;
use shared::contract::Severity;
use shared::text::widget as text;
use shared::time::MarkKind;
use shared::wire::ChannelHours;
use widget::dates::Dates;
use widget::icon::icon;
use widget::reasons;
use widget::words::direction;
use yew::prelude::*;

use super::{broken, days, skeleton, tabs};
use crate::link::Link;
use crate::session::{Opening, Outlook, Session, View};

/// How far the tenant's hours are told.
const AHEAD: &str = "30";

/// The first view.
pub(crate) fn home(session: &Session, link: &Link) -> Html {
    let body = match (session.outlook(), session.dates(), &session.hello.failed) {
        (Some(outlook), Some(dates), _) => opened(session, link, outlook, dates),
        (_, _, Some(failure)) => broken(session, link, failure.fault()),
        _ => html! { <>{ skeleton() }{ write(session, link, false) }</> },
    };
    html! {
        <>
            <main class="body" data-view="home">{ body }</main>
            { tabs(session, link) }
        </>
    }
}

fn opened(session: &Session, link: &Link, outlook: Outlook<'_>, dates: Dates<'_>) -> Html {
    let opening = outlook.opening();
    let rtl = session.tags.first().is_some_and(|tag| direction(tag.as_str()) == "rtl");
    let hours = outlook.hours();
    let opens = hours.and_then(|hours| hours.next_open(dates.now));
    html! {
        <>
            <section class="now">
                { state(opening, dates) }
                <h1 class="promise-sentence" tabindex="-1">{ promise(opening, outlook, dates) }</h1>
                if let Some(hours) = hours {
                    if opening.is_open() { { days::day(dates, hours, rtl) } } else { { days::days(dates, hours, opens, rtl) } }
                }
                { note(opening, outlook, dates) }
            </section>
            { write(session, link, opening.is_open()) }
            <section class="rows" aria-labelledby="channels">
                <h2 class="rows-title" id="channels">{ dates.words.say(text::CHANNELS) }</h2>
                { for outlook.hello.channels.iter().map(|channel| row(channel, outlook, dates, link)) }
            </section>
        </>
    }
}

fn write(session: &Session, link: &Link, open: bool) -> Html {
    let words = session.words;
    let label = words.say(if open { text::WRITE_LIVE } else { text::WRITE });
    let disabled = session.hello.here.is_none();
    html! {
        <button class="button" data-kind="primary" data-wide="" {disabled} onclick={link.to(View::Form)}>{ label }</button>
    }
}

fn state(opening: Opening, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let (name, told) = match opening {
        Opening::Always => ("open", words.say(text::NOW_OPEN_ALWAYS).to_owned()),
        Opening::Until(until) => ("open", words.fill(text::NOW_OPEN_UNTIL, &[("time", &dates.brief(until))])),
        Opening::OnCall => ("moon", words.say(text::NOW_ON_CALL).to_owned()),
        Opening::Opens(_) | Opening::Never => {
            ("moon", words.fill(text::NOW_CLOSED, &[("time", &dates.full(dates.now))]))
        }
    };
    let open = if opening.is_open() { "yes" } else { "no" };
    html! { <p class="now-state" data-open={open}>{ icon(name) }{ told }</p> }
}

fn promise(opening: Opening, outlook: Outlook<'_>, dates: Dates<'_>) -> Html {
    let phrase = if opening.is_open() { text::PROMISE_OPEN } else { text::PROMISE_CLOSED };
    match outlook.promise(Severity::General) {
        Some((at, _)) => dates.words.html(phrase, &[("time", dates.brief_element(at))]),
        None => dates.words.say(text::PROMISE_UNKNOWN).into(),
    }
}

/// Why it is closed, or open on a day of rest; and whether holidays may still change the promise.
fn note(opening: Opening, outlook: Outlook<'_>, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let opens = outlook.hours().and_then(|hours| hours.next_open(dates.now));
    let told = match (opening, opens) {
        (Opening::Always, _) => String::new(),
        (Opening::Until(until), _) => made_up(outlook, dates, until),
        (Opening::OnCall | Opening::Opens(_), Some(opens)) => opens_at(outlook, dates, opens),
        (Opening::OnCall | Opening::Opens(_) | Opening::Never, _) => {
            words.fill(text::NO_OPENING, &[("n", AHEAD)])
        }
    };
    let provisional = outlook.promise(Severity::General).filter(|(_, provisional)| *provisional);
    let year = |(at, _): (Timestamp, bool)| dates.civil(at).day.year().to_string();
    let provisional =
        provisional.map(|promise| words.fill(text::PROMISE_PROVISIONAL, &[("year", &year(promise))]));
    html! {
        <>
            if !told.is_empty() { <p class="now-note">{ told }</p> }
            if let Some(told) = provisional { <p class="now-note">{ told }</p> }
        </>
    }
}

fn opens_at(outlook: Outlook<'_>, dates: Dates<'_>, opens: Timestamp) -> String {
    let words = dates.words;
    let time = dates.moment(opens);
    if let Some(MarkKind::Holiday { name, first, last }) = outlook.cause(opens) {
        let (from, to) = (dates.day_plain(*first), dates.day_plain(*last));
        let holiday = reasons::holiday(words, name);
        let values = [("holiday", &*holiday), ("from", &from), ("to", &to), ("time", &time)];
        let phrase = if first == last { text::OPENS_AFTER_HOLIDAY_DAY } else { text::OPENS_AFTER_HOLIDAY };
        return words.fill(phrase, &values);
    }
    words.fill(text::OPENS, &[("time", &time)])
}

fn made_up(outlook: Outlook<'_>, dates: Dates<'_>, until: Timestamp) -> String {
    match outlook.cause(until) {
        Some(MarkKind::MakeUpDay { day }) => {
            dates.words.fill(shared::text::reason::MAKE_UP_DAY, &[("date", &dates.day(*day))])
        }
        Some(MarkKind::Holiday { .. } | MarkKind::OtherHours { .. } | MarkKind::ClockChange { .. })
        | None => String::new(),
    }
}

/// A way to reach the tenant: closed ones stay, with their opening hour.
fn row(channel: &ChannelHours, outlook: Outlook<'_>, dates: Dates<'_>, link: &Link) -> Html {
    let words = dates.words;
    let opening = outlook.opening_of(channel);
    let told = match opening {
        Opening::Always => words.say(text::CHANNEL_OPEN_ALWAYS).to_owned(),
        Opening::Until(until) => words.fill(text::CHANNEL_OPEN_UNTIL, &[("time", &dates.brief(until))]),
        Opening::OnCall | Opening::Never => words.fill(text::CHANNEL_NEVER, &[("n", AHEAD)]),
        Opening::Opens(at) => words.fill(text::CHANNEL_OPENS, &[("time", &dates.brief(at))]),
    };
    let open = if opening.is_open() { "yes" } else { "no" };
    let name = reasons::channel_name(words, &channel.id);
    let name = html! {
        <span>{ name }<small>{ told }{ for channel.address.iter().map(|address| reach(address)) }</small></span>
    };
    let picture = icon(picture(channel.id.as_str()));
    if channel.writable && channel.address.is_none() {
        return html! {
            <button class="row" data-open={open} onclick={link.to(View::Form)}>
                { picture }{ name }{ widget::icon::small_along("forward") }
            </button>
        };
    }
    html! { <div class="row" data-open={open}>{ picture }{ name }</div> }
}

fn reach(address: &str) -> Html {
    html! { <>{ " · " }<bdi class="number">{ address.to_owned() }</bdi></> }
}

fn picture(channel: &str) -> &'static str {
    match channel {
        "phone" => "phone",
        "email" => "mail",
        "articles" => "book",
        "account_manager" => "user",
        _ => "chat",
    }
}
