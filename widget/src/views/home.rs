//! Home: by when a person answers, whether anybody is there now, and each way to reach them.

use jiff::Timestamp;
use shared::contract::Severity;
use shared::text::first as text;
use shared::time::MarkKind;
use shared::wire::ChannelHours;
use widget::dates::Dates;
use widget::icon::{icon, small_along};
use widget::node::{Node, of};
use widget::reasons;
use widget::words::direction;

use super::{body, broken, days, skeleton, tabs, wide};
use crate::link::Link;
use crate::session::{Opening, Outlook, Session, View};

/// How far the tenant's hours are told.
const AHEAD: &str = "30";

/// The first view.
pub(crate) fn home(session: &Session, link: &Link) -> [Node; 2] {
    let body = body("home");
    let body = match (session.outlook().zip(session.dates()), session.trouble()) {
        (Some((outlook, dates)), _) => {
            let rtl = session.tags.first().is_some_and(|tag| direction(tag.as_str()) == "rtl");
            let dates = &dates;
            body.child(now(outlook, dates, rtl))
                .child(write(session, link, outlook.opening().is_open()))
                .child(channels(outlook, dates, link))
        }
        (None, Some(failure)) => body.child(broken(session, link, failure.fault())),
        (None, None) => body.child(skeleton()).child(write(session, link, false).set("disabled", "")),
    };
    [body, tabs(session, link)]
}

fn write(session: &Session, link: &Link, open: bool) -> Node {
    let phrase = if open { text::WRITE_LIVE } else { text::WRITE };
    wide(session, phrase, link.to(View::Form)).set("data-kind", "primary")
}

fn now(outlook: Outlook<'_>, dates: &Dates<'_>, rtl: bool) -> Node {
    let opening = outlook.opening();
    let opens = outlook.hours().and_then(|hours| hours.next_open(dates.now));
    let drawn = outlook.hours().and_then(|hours| {
        if opening.is_open() {
            days::day(dates, hours, rtl)
        } else {
            Some(days::days(dates, hours, opens, rtl))
        }
    });
    let note = |text: String| of("p", "now-note").told(text);
    of("section", "now")
        .child(state(opening, dates))
        .child(promise(opening, outlook, dates))
        .maybe(drawn)
        .maybe(cause(opening, outlook, dates).map(note))
        .maybe(provisional(outlook, dates).map(note))
}

fn state(opening: Opening, dates: &Dates<'_>) -> Node {
    let words = dates.words;
    let told = match opening {
        Opening::Always => words.say(text::NOW_OPEN_ALWAYS).to_owned(),
        Opening::Until(until) => words.fill(text::NOW_OPEN_UNTIL, &[("time", &dates.brief(until))]),
        Opening::OnCall => words.say(text::NOW_ON_CALL).to_owned(),
        Opening::Opens(_) | Opening::Never => {
            words.fill(text::NOW_CLOSED, &[("time", &dates.full(dates.now))])
        }
    };
    let (open, picture) = if opening.is_open() { ("yes", "open") } else { ("no", "moon") };
    of("p", "now-state").set("data-open", open).with(icon(picture)).told(told)
}

fn promise(opening: Opening, outlook: Outlook<'_>, dates: &Dates<'_>) -> Node {
    let phrase = if opening.is_open() { text::PROMISE_OPEN } else { text::PROMISE_CLOSED };
    let sentence = of("h1", "promise-sentence").set("tabindex", "-1");
    match outlook.promise(Severity::General) {
        Some((at, _)) => sentence.with(dates.words.around(phrase, dates.brief_element(at))),
        None => sentence.phrase(dates.words, &text::PROMISE_UNKNOWN),
    }
}

/// Why it is closed, or open on a day of rest.
fn cause(opening: Opening, outlook: Outlook<'_>, dates: &Dates<'_>) -> Option<String> {
    let words = dates.words;
    if let Opening::Until(until) = opening {
        let Some(MarkKind::MakeUpDay { day }) = outlook.cause(until) else { return None };
        return Some(words.fill(text::MAKE_UP_DAY, &[("date", &dates.day(*day))]));
    }
    if opening == Opening::Always {
        return None;
    }
    let Some(opens) = outlook.hours().and_then(|hours| hours.next_open(dates.now)) else {
        return Some(words.fill(text::NO_OPENING, &[("n", AHEAD)]));
    };
    let time = dates.moment(opens);
    let Some(MarkKind::Holiday { name, first, last }) = outlook.cause(opens) else {
        return Some(words.fill(text::OPENS, &[("time", &time)]));
    };
    let phrase = if first == last { text::OPENS_AFTER_HOLIDAY_DAY } else { text::OPENS_AFTER_HOLIDAY };
    let (from, to) = (dates.day_plain(*first), dates.day_plain(*last));
    let holiday = reasons::holiday(words, name);
    Some(words.fill(phrase, &[("holiday", &holiday), ("from", &from), ("to", &to), ("time", &time)]))
}

/// Whether holidays may still change the promise.
fn provisional(outlook: Outlook<'_>, dates: &Dates<'_>) -> Option<String> {
    let (at, _) = outlook.promise(Severity::General).filter(|(_, provisional)| *provisional)?;
    Some(super::receipt::provisional(dates, at))
}

fn channels(outlook: Outlook<'_>, dates: &Dates<'_>, link: &Link) -> Node {
    let title = of("h2", "rows-title").set("id", "channels").phrase(dates.words, &text::CHANNELS);
    of("section", "rows")
        .set("aria-labelledby", "channels")
        .child(title)
        .all(outlook.hello.channels.iter().map(|channel| row(channel, outlook, dates, link)))
}

/// A way to reach the tenant: closed ones stay, with their opening hour.
fn row(channel: &ChannelHours, outlook: Outlook<'_>, dates: &Dates<'_>, link: &Link) -> Node {
    let opening = outlook.opening_of(channel);
    let open = if opening.is_open() { "yes" } else { "no" };
    let told = of("small", "number").told(hours(opening, dates));
    let told = match &channel.address {
        Some(address) => told.say(" · ").child(of("bdi", "number").told(address.clone())),
        None => told,
    };
    let name = of("span", "row-name").told(reasons::channel_name(dates.words, &channel.id)).child(told);
    let picture = icon(picture(channel.id.as_str()));
    let pressed = channel.writable && channel.address.is_none();
    let row =
        of(if pressed { "button" } else { "div" }, "row").set("data-open", open).with(picture).child(name);
    if pressed { row.on_click(link.to(View::Form)).with(small_along("forward")) } else { row }
}

fn hours(opening: Opening, dates: &Dates<'_>) -> String {
    let words = dates.words;
    let at = |phrase: shared::text::Phrase, at: Timestamp| words.fill(phrase, &[("time", &dates.brief(at))]);
    match opening {
        Opening::Always => words.say(text::CHANNEL_OPEN_ALWAYS).to_owned(),
        Opening::Until(until) => at(text::CHANNEL_OPEN_UNTIL, until),
        Opening::Opens(opens) => at(text::CHANNEL_OPENS, opens),
        Opening::OnCall | Opening::Never => words.fill(text::CHANNEL_NEVER, &[("n", AHEAD)]),
    }
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
