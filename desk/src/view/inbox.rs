//! The list: the next deadline first, filtered and found without asking the edge again.

use shared::ids::TicketId;
use shared::text::{desk, planner};
use shared::wire::Row as Line;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use widget::icon::{icon, small};
use widget::words::Words;
use yew::prelude::*;

use super::row::Row;
use super::{Props, clocks, failing};
use crate::live::address::PLANNER;
use crate::state::floor::{Leaving, Listing};
use crate::state::inbox::{self, Group, Section};
use crate::state::{Action, Filter, Floor, Session, Sheet};

#[component]
pub(super) fn Inbox(props: &Props) -> Html {
    let session = &props.session;
    use_focus_back(session);
    let Some(floor) = session.floor() else { return Html::default() };
    let words = session.words;
    let pointed = |pointed| {
        let tell = session.dispatcher();
        Callback::from(move |_: PointerEvent| tell.dispatch(Action::Pointed(pointed)))
    };
    let dates = clocks::dates(session, floor);
    let open = inbox::counts(&floor.rows, floor.moment()).first().copied().unwrap_or_default().to_string();
    html! {
        <section class="inbox" aria-label={words.say(desk::OPEN_TICKETS)}>
            <Head session={session.clone()} />
            <header class="inbox-head">
                <h1>
                    { words.say(desk::OPEN_TICKETS) }
                    <small>
                        { words.fill(desk::OPEN_COUNT, &[("n", &open)]) }{ " · " }
                        <span class="number">{ dates.time(floor.now) }</span>{ " " }{ dates.zone() }
                    </small>
                </h1>
                <a class="button" data-kind="quiet" href={PLANNER}
                    aria-current={floor.planner.shown.then_some("page")}>
                    { small("calendar") }{ words.say(planner::OPEN) }
                </a>
                <button class="button" data-kind="icon" aria-label={words.say(desk::KEYS_TITLE)}
                    onclick={sheet(session, Sheet::Keys)}><kbd>{ "?" }</kbd></button>
            </header>
            <Filters session={session.clone()} />
            <div class="inbox-list" onpointerenter={pointed(true)} onpointerleave={pointed(false)}>
                { held_back(session, floor) }
                { list(session, floor) }
            </div>
        </section>
    }
}

/// When the ticket closes, the focus goes back to its row.
#[hook]
fn use_focus_back(session: &Session) {
    let before = use_mut_ref(|| None);
    let open = session.floor().and_then(|floor| floor.opened());
    use_effect_with(open, move |open| {
        let left = before.replace(*open).filter(|_| open.is_none());
        let document = web_sys::window().and_then(|window| window.document());
        let row = left.and_then(|left| document?.get_element_by_id(&format!("row-{left}")));
        if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
            // A row that is gone needs no focus.
            let _ = row.focus();
        }
    });
}

fn sheet(session: &Session, sheet: Sheet) -> Callback<MouseEvent> {
    let tell = session.dispatcher();
    Callback::from(move |_| tell.dispatch(Action::Sheet(Some(sheet.clone()))))
}

/// Whose desk it is, who sits at it, and the way out.
#[component]
fn Head(props: &Props) -> Html {
    let session = &props.session;
    let Some(floor) = session.floor() else { return Html::default() };
    let words = session.words;
    let tell = session.dispatcher();
    let other = shared::text::Tongue::all().find(|tongue| *tongue != words.0).map(widget::words::Words);
    let switch = other.map(|other| {
        let tell = tell.clone();
        let onclick = move |_: MouseEvent| tell.dispatch(Action::Speak(other));
        html! {
            <button class="button" data-kind="quiet" lang={other.tag()} title={words.say(desk::LANGUAGE)} {onclick}>
                { other.say(shared::text::date::LANGUAGE) }
            </button>
        }
    });
    let busy = floor.leaving == Leaving::Asked;
    let leave = move |_: MouseEvent| tell.dispatch(Action::Leave);
    html! {
        <header class="desk-head">
            { icon("night-bell") }
            <p class="desk-head-tenant cut-line">
                { floor.hello.name.clone() }
                <small>{ floor.hello.me.name.clone() }</small>
            </p>
            { for switch }
            <button class="button" data-kind="quiet" aria-busy={busy.then_some("true")} disabled={busy} onclick={leave}>
                { words.say(desk::SIGN_OUT) }
            </button>
        </header>
    }
}

/// Which rows, and the find box.
#[component]
fn Filters(props: &Props) -> Html {
    let session = &props.session;
    let Some(floor) = session.floor() else { return Html::default() };
    let words = session.words;
    let counts = inbox::counts(&floor.rows, floor.moment());
    let tab = |(filter, count): (Filter, usize)| {
        let tell = session.dispatcher();
        let onclick = move |_: MouseEvent| tell.dispatch(Action::Filtered(filter));
        let chosen = floor.filter == filter;
        html! {
            <button class="filter" aria-pressed={if chosen { "true" } else { "false" }} {onclick}>
                { words.say(filter_phrase(filter)) }<span class="number">{ count }</span>
            </button>
        }
    };
    let tell = session.dispatcher();
    let oninput = move |event: InputEvent| {
        tell.dispatch(Action::Sought(event.target_unchecked_into::<HtmlInputElement>().value()));
    };
    html! {
        <div class="inbox-tools">
            <label class="find">
                { small("find") }<span class="visually-hidden">{ words.say(desk::FIND) }</span>
                <input id="find-box" type="search" autocomplete="off" placeholder={words.say(desk::FIND_HINT)}
                    value={floor.find.clone()} {oninput} />
                <kbd>{ "/" }</kbd>
            </label>
            <div class="filters" role="group" aria-label={words.say(desk::FILTERS)}>
                { for Filter::ALL.into_iter().zip(counts).map(tab) }
            </div>
        </div>
    }
}

fn filter_phrase(filter: Filter) -> shared::text::Phrase {
    match filter {
        Filter::Open => desk::FILTER_OPEN,
        Filter::Late => desk::FILTER_LATE,
        Filter::Ours => desk::FILTER_OURS,
        Filter::Pending => desk::FILTER_PENDING,
        Filter::SolvedToday => desk::FILTER_SOLVED,
    }
}

fn held_back(session: &Session, floor: &Floor) -> Html {
    let n = if floor.pointed { floor.held_back() } else { 0 };
    if n == 0 {
        return Html::default();
    }
    html! { <p class="inbox-held" role="status">{ session.words.fill(desk::HELD_BACK, &[("n", &n.to_string())]) }</p> }
}

fn list(session: &Session, floor: &Floor) -> Html {
    match &floor.listing {
        Listing::Waiting => skeleton(),
        Listing::Failed(why) => {
            let words = session.words;
            let tell = session.dispatcher();
            let onclick = move |_: MouseEvent| tell.dispatch(Action::Resync);
            html! {
                <div class="blank" role="alert">
                    <h2>{ words.say(desk::ERROR_TITLE) }</h2>
                    <p>{ failing::told(why, clocks::dates(session, floor)) }</p>
                    <button class="button" {onclick}>{ words.say(desk::TRY_AGAIN) }</button>
                </div>
            }
        }
        Listing::Known if floor.sections.is_empty() => empty(session, floor),
        Listing::Known => floor.sections.iter().flat_map(|section| rows(session, floor, section)).collect(),
    }
}

/// A heading and its rows, each under a key: a row that moves stays the same row.
fn rows(session: &Session, floor: &Floor, section: &Section) -> Vec<Html> {
    let (words, dates) = (session.words, clocks::dates(session, floor));
    let opened = floor.opened();
    let row = |id: &TicketId| {
        let row = floor.rows.get(id)?.clone();
        let (told, unread, draft) = (clocks::told(&row, dates), floor.unread(&row), floor.holds_unsent(*id));
        let (current, who) = (opened == Some(*id), who(floor, &row, words));
        Some(html! { <Row key={id.to_string()} {row} {told} {words} {who} {unread} {current} {draft} /> })
    };
    let title = group_title(section.group, dates);
    let heading = html! {
        <p class="inbox-group" key={title.clone()}>{ title }<span>{ section.tickets.len() }</span></p>
    };
    std::iter::once(heading).chain(section.tickets.iter().filter_map(row)).collect()
}

/// What people call her, and for whom she asks. Who asks for a company is signed in, whatever she is called.
fn who(floor: &Floor, row: &Line, words: Words) -> AttrValue {
    let company = row.company.as_ref().map(|company| floor.company(company));
    match (row.who.as_deref(), company) {
        (Some(name), Some(company)) => [name, ", ", company].concat(),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.say(desk::ANONYMOUS).to_owned(),
    }
    .into()
}

fn group_title(group: Group, dates: widget::dates::Dates<'_>) -> String {
    let phrase = match group {
        Group::Late => desk::GROUP_LATE,
        Group::WithinTheHour => desk::GROUP_NEAR,
        Group::LaterToday => desk::GROUP_TODAY,
        Group::On(day) => return dates.day(day),
        Group::NoClock => desk::GROUP_NO_CLOCK,
        Group::Paused => desk::GROUP_PAUSED,
        Group::SolvedWithNewWords => desk::GROUP_SOLVED_NEW,
        Group::Solved => desk::GROUP_SOLVED,
    };
    dates.words.say(phrase).to_owned()
}

/// Nothing to show: because nothing waits, because of the filter, or because of the find box. Each has its way on.
fn empty(session: &Session, floor: &Floor) -> Html {
    let words = session.words;
    let (title, text) = if !floor.find.trim().is_empty() {
        let text = words.fill(desk::NOTHING_FOUND_TEXT, &[("words", floor.find.trim())]);
        (desk::NOTHING_FOUND_TITLE, text)
    } else if floor.filter == Filter::Open {
        (desk::LIST_EMPTY_TITLE, words.say(desk::LIST_EMPTY_TEXT).to_owned())
    } else {
        (desk::FILTER_EMPTY_TITLE, words.say(desk::FILTER_EMPTY_TEXT).to_owned())
    };
    let narrowed = floor.filter != Filter::Open || !floor.find.is_empty();
    let tell = session.dispatcher();
    let onclick = move |_: MouseEvent| {
        tell.dispatch(Action::Sought(String::new()));
        tell.dispatch(Action::Filtered(Filter::Open));
    };
    html! {
        <div class="blank">
            <h2>{ words.say(title) }</h2>
            <p>{ text }</p>
            if narrowed { <button class="button" {onclick}>{ words.say(desk::SHOW_OPEN) }</button> }
        </div>
    }
}

/// The shape of what comes, so that nothing jumps.
pub(super) fn skeleton() -> Html {
    let row = |length: &'static str| {
        html! {
            <div class="inbox-row" aria-hidden="true">
                <span class="skeleton" data-length={length} /><span /><span class="skeleton" />
            </div>
        }
    };
    html! { <>{ for ["half", "short", "half", "short"].into_iter().map(row) }</> }
}
