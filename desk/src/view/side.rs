//! Beside the ticket: who asks, what time it is there, and every clock with its reasons.

use jiff::{SignedDuration, Timestamp};
use shared::contract::Metric;
use shared::routing::Route;
use shared::sla::{ClockView, Reason};
use shared::text::{desk, widget as customer};
use shared::ticket::Contact;
use shared::wire::DeskTicket;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use widget::dates::{self, Dates};
use widget::icon::{small, small_along};
use widget::reasons;
use widget::task::Task;
use widget::verdict::Standing;
use widget::words::{Words, listed};
use yew::prelude::*;

use super::log::Telling;
use super::{Props, clocks, why};
use crate::state::{Action, Floor, Session};

#[component]
pub(super) fn Side(props: &Props) -> Html {
    let session = &props.session;
    let back = use_back(session);
    let Some(floor) = session.floor() else { return Html::default() };
    let words = session.words;
    let Some(ticket) = floor.reading.as_ref().and_then(|reading| reading.ticket.as_ref()) else {
        return html! { <aside class="side" aria-label={words.say(desk::CUSTOMER_AND_CLOCKS)} /> };
    };
    let dates = clocks::dates(session, floor);
    let telling = Telling::of(session, floor, ticket);
    let tell = session.dispatcher();
    let onclick = move |_: MouseEvent| tell.dispatch(Action::Side(false));
    html! {
        <aside class="side" aria-label={words.say(desk::CUSTOMER_AND_CLOCKS)}>
            <button ref={back} class="button side-back" data-kind="quiet" {onclick}>
                { small_along("back") }{ words.say(desk::BACK_TO_TICKET) }
            </button>
            { who(floor, ticket, dates) }
            { for ticket.row.clocks.iter().map(|clock| part(clock, telling)) }
            { telling.receipts() }
        </aside>
    }
}

/// The way back to the ticket, where the side covers it. It takes the focus as the side opens.
#[hook]
fn use_back(session: &Session) -> NodeRef {
    let back = use_node_ref();
    let open = session.floor().is_some_and(|floor| floor.side);
    use_effect_with((open, back.clone()), |(open, back)| {
        if let Some(back) = back.cast::<HtmlElement>().filter(|_| *open) {
            // Where the side stands beside the ticket the button is not shown, and takes no focus.
            let _ = back.focus();
        }
    });
    back
}

fn who(floor: &Floor, ticket: &DeskTicket, dates: Dates<'_>) -> Html {
    let (words, row) = (dates.words, &ticket.row);
    let company = row.company.as_ref().map(|company| floor.company(company));
    let name = row.who.as_deref().or(company).unwrap_or(words.say(desk::ANONYMOUS));
    let initial: String = name.chars().take(1).collect();
    let there = Dates { local: &ticket.local, ..dates };
    let her_time = [("time", &*there.time(dates.now)), ("zone", ticket.local.zone().as_str())];
    let fact = |label, told: Html| html! { <><dt>{ words.say(label) }</dt><dd>{ told }</dd></> };
    let contact = ticket.request.as_ref().and_then(|request| request.contact.as_ref());
    html! {
        <div class="side-part">
            <div class="side-who">
                <span class="avatar" data-kind="customer" aria-hidden="true">{ initial }</span>
                <span>
                    <b dir="auto">{ name.to_owned() }</b>
                    { for company.filter(|_| row.who.is_some()).map(|company| html! { <span>{ company.to_owned() }</span> }) }
                    { for contact.map(reach) }
                </span>
            </div>
            <dl class="facts">
                { fact(desk::TIER, html! {
                    <span class="tier" data-tier={row.tier.to_string()}>{ reasons::tier_name(words, &row.tier) }</span>
                }) }
                { fact(desk::SEVERITY, severity(ticket, words).into()) }
                { fact(desk::CHANNEL, reasons::channel_name(words, &row.channel).into()) }
                { fact(desk::LANGUAGE, row.language.to_string().into()) }
                { fact(desk::CUSTOMERS_TIME, words.fill(desk::HER_TIME, &her_time).into()) }
                { fact(desk::RECEIVED, dates.element(row.asked_at)) }
                { fact(desk::TICKET, html! { <Code code={row.id.code()} {words} /> }) }
                { for responsible(ticket, words).map(|(label, told)| fact(label, told.into())) }
            </dl>
        </div>
    }
}

/// How bad it counts as; and the customer's own word, where she says something else.
fn severity(ticket: &DeskTicket, words: Words) -> String {
    let name = |one| words.say(reasons::severity_phrase(one));
    let counts = ticket.row.severity;
    match ticket.request.as_ref().map(|request| request.severity).filter(|hers| *hers != counts) {
        Some(hers) => {
            words.fill(desk::SEVERITY_AND_HERS, &[("severity", name(counts)), ("claimed", name(hers))])
        }
        None => name(counts).to_owned(),
    }
}

fn reach(contact: &Contact) -> Html {
    let (scheme, address) = match contact {
        Contact::Email { address } => ("mailto:", address),
        Contact::Phone { number } => ("tel:", number),
    };
    html! { <a href={[scheme, address].concat()} dir="ltr">{ address.clone() }</a> }
}

/// Who got it. The receipt names a team as people call it.
fn responsible(ticket: &DeskTicket, words: Words) -> Option<(shared::text::Phrase, String)> {
    let told = ticket.receipt.reasons.iter().find_map(|reason| match reason {
        Reason::Team { name, .. } => Some(name.clone()),
        Reason::Asked { .. }
        | Reason::Tier { .. }
        | Reason::ChannelOpen { .. }
        | Reason::ChannelClosed { .. }
        | Reason::Calendar { .. }
        | Reason::CountsFrom { .. }
        | Reason::CountsAlways { .. }
        | Reason::Counted { .. }
        | Reason::Target { .. }
        | Reason::OnCall { .. }
        | Reason::AccountManager { .. }
        | Reason::Provisional { .. }
        | Reason::Due { .. }
        | Reason::Claimed { .. }
        | Reason::Severity { .. }
        | Reason::Complexity { .. } => None,
    });
    match &ticket.receipt.route {
        Route::Live { name, .. } | Route::Region { name, .. } => Some((desk::TEAM, name.clone())),
        Route::OnCall { agents } => {
            Some((desk::ON_CALL, listed(words, agents.iter().map(|agent| agent.name.as_str()))))
        }
        Route::Ticket { team, .. } | Route::SelfService { team, .. } => {
            told.or_else(|| team.as_ref().map(ToString::to_string)).map(|t| (desk::TEAM, t))
        }
    }
}

fn part(clock: &ClockView, telling: Telling<'_>) -> Html {
    let (ticket, dates) = (telling.ticket, telling.dates);
    let words = dates.words;
    let standing = Standing::of(clock, dates.now);
    let state = standing.name();
    // Who is told, and what she asked for, an agent sees at once; the sum of each clock is there to be opened.
    let told = (clock.metric == Metric::FirstResponse)
        .then(|| reasons::folded(&ticket.receipt.reasons, dates, true));
    let why = why::of(ticket, clock).map(|explanation| why::folded(explanation, telling));
    html! {
        <div class="side-part">
            <section class="clock" data-state={state}>
                <div class="clock-head">
                    <h3>{ clocks::metric(words, clock.metric) }</h3>
                    <span class="clock-state" data-state={state}>{ small(state) }{ clocks::verdict(clock, dates) }</span>
                </div>
                { bar(clock, standing, dates) }
                <p class="clock-due">{ due(clock, standing, ticket, dates) }</p>
                { for told }
                { for why }
            </section>
        </div>
    }
}

/// How much of the target is used: open time, as the edge counted it, carried on to now where nothing but open time can
/// have passed.
fn spent(clock: &ClockView, standing: Standing, now: Timestamp) -> SignedDuration {
    match standing {
        Standing::Running { due } | Standing::Near { due } => {
            let left = due.duration_since(now);
            clock.spent.max(clock.within.saturating_sub(left)).min(clock.within)
        }
        Standing::Late { .. } => clock.within,
        Standing::Met { .. } | Standing::Missed { .. } | Standing::Paused | Standing::Endless => {
            clock.spent.min(clock.within)
        }
    }
}

fn bar(clock: &ClockView, standing: Standing, dates: Dates<'_>) -> Html {
    let spent = spent(clock, standing, dates.now);
    let part = format!("{}%", percent(spent, clock.within));
    let (used, target) = (dates::open_time(dates.words, spent), dates::open_time(dates.words, clock.within));
    let label = dates.words.fill(desk::CLOCK_USED, &[("used", &used), ("target", &target)]);
    let over = matches!(standing, Standing::Met { .. } | Standing::Missed { .. });
    html! {
        <svg class="clock-bar" role="img" aria-label={label}>
            <rect class="track" width="100%" height="10" />
            if let Standing::Paused = standing { <rect class="pause" width="100%" y="0.5" height="9" /> }
            <rect class="spent" width={part.clone()} height="10" />
            if !over { <rect class="now-tick" x={part} y="-2" width="2" height="14" /> }
        </svg>
    }
}

fn percent(spent: SignedDuration, within: SignedDuration) -> i64 {
    let share = spent.as_secs().saturating_mul(100).checked_div(within.as_secs().max(1)).unwrap_or_default();
    share.clamp(0, 100)
}

/// When it is due, or what became of it, with the instant in the agent's zone.
fn due(clock: &ClockView, standing: Standing, ticket: &DeskTicket, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let target = dates::open_time(words, clock.within);
    let used = dates::open_time(words, spent(clock, standing, dates.now));
    let sum = words.fill(desk::CLOCK_USED, &[("used", &used), ("target", &target)]);
    match standing {
        Standing::Running { due } | Standing::Near { due } => {
            let starts = starts(clock, ticket).filter(|at| *at > dates.now);
            let then = match starts {
                Some(at) => words.fill(desk::CLOCK_STARTS, &[("time", &dates.brief(at))]),
                None => sum,
            };
            html! { <><b>{ words.html(desk::CLOCK_DUE, &[("time", dates.element(due))]) }</b>{ " · " }{ then }</> }
        }
        Standing::Late { due } => {
            html! { <b>{ words.html(desk::CLOCK_WAS_DUE, &[("time", dates.element(due))]) }</b> }
        }
        Standing::Met { at, .. } | Standing::Missed { at, .. } => {
            html! { <>{ dates.element(at) }{ " · " }{ sum }</> }
        }
        Standing::Paused => sum.into(),
        Standing::Endless => Html::default(),
    }
}

/// When the first reply's clock begins to count, if its calendar was closed.
fn starts(clock: &ClockView, ticket: &DeskTicket) -> Option<Timestamp> {
    let from = ticket.receipt.reasons.iter().find_map(|reason| match reason {
        Reason::CountsFrom { at, .. } => Some(*at),
        Reason::Asked { .. }
        | Reason::Tier { .. }
        | Reason::ChannelOpen { .. }
        | Reason::ChannelClosed { .. }
        | Reason::Calendar { .. }
        | Reason::CountsAlways { .. }
        | Reason::Counted { .. }
        | Reason::Target { .. }
        | Reason::OnCall { .. }
        | Reason::AccountManager { .. }
        | Reason::Team { .. }
        | Reason::Provisional { .. }
        | Reason::Due { .. }
        | Reason::Claimed { .. }
        | Reason::Severity { .. }
        | Reason::Complexity { .. } => None,
    });
    from.filter(|_| clock.metric == Metric::FirstResponse)
}

#[derive(Properties, PartialEq)]
struct CodeProps {
    code: String,
    words: Words,
}

/// The ticket's code, to be read over the phone or copied.
#[component]
fn Code(props: &CodeProps) -> Html {
    let CodeProps { code, words } = props;
    let copied = use_state(|| false);
    let task = use_mut_ref(|| None);
    let onclick = {
        let (copied, code) = (copied.clone(), code.clone());
        move |_: MouseEvent| {
            let (copied, code) = (copied.clone(), code.clone());
            let copy = async move {
                let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
                if let Some(clipboard) = clipboard {
                    copied.set(JsFuture::from(clipboard.write_text(&code)).await.is_ok());
                }
            };
            task.replace(Some(Task::spawn(copy)));
        }
    };
    let label = words.say(if *copied { customer::COPIED } else { customer::COPY_CODE });
    html! {
        <span class="code-line">
            <span class="code">{ code.clone() }</span>
            <button class="button" data-kind="icon" aria-label={label} title={label} {onclick}>
                { small(if *copied { "check" } else { "copy" }) }
            </button>
            <span class="visually-hidden" role="status">{ if *copied { label } else { "" } }</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{at, row};

    #[test]
    fn the_bar_moves_on_between_two_answers_of_the_edge() {
        let row = row(1, |r| r.due("10:00"));
        let clock = row.clocks.first().unwrap();
        let used = |now: &str| spent(clock, Standing::of(clock, at(now)), at(now)).as_mins();
        assert_eq!(used("08:00"), 0, "closed hours use nothing up");
        assert_eq!(used("09:38"), 38);
        assert_eq!(used("10:30"), 60);
    }

    #[test]
    fn a_bar_is_never_longer_than_its_track() {
        let minutes = SignedDuration::from_mins;
        assert_eq!(percent(minutes(38), minutes(60)), 63);
        assert_eq!(percent(minutes(90), minutes(60)), 100);
        assert_eq!(percent(minutes(1), minutes(0)), 100);
    }
}
