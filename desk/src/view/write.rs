//! The composer: two boxes that cannot be mistaken for one another. The button says who reads it, and beside it stands
//! whether the promise is kept.

use shared::contract::Metric;
use shared::text::desk;
use shared::wire::{DeskCommand, DeskTicket};
use web_sys::{HtmlElement, HtmlTextAreaElement};
use widget::dates::{self, Dates};
use widget::icon::{small, small_along};
use widget::verdict::Standing;
use yew::prelude::*;

use super::clocks;
use super::pane::TicketProps;
use crate::live::fresh;
use crate::state::draft::Draft;
use crate::state::{Action, Floor, Mode, Session};

#[component]
pub(super) fn Write(props: &TicketProps) -> Html {
    let TicketProps { session, ticket } = props;
    let area = use_summoned(session);
    let Some(floor) = session.floor() else { return Html::default() };
    let empty = Draft::default();
    let draft = floor.draft().unwrap_or(&empty);
    let (words, mode) = (session.words, draft.mode);
    let text = draft.unsent(mode).text.clone();
    let who = ticket.row.who.as_deref().unwrap_or(words.say(desk::THE_CUSTOMER));
    let (name, hint) = match mode {
        Mode::Reply => ("reply", words.fill(desk::REPLY_HINT, &[("name", who)])),
        Mode::Note => ("note", words.say(desk::NOTE_HINT).to_owned()),
    };
    let busy = sending(floor);
    let tell = session.dispatcher();
    let oninput = {
        let tell = tell.clone();
        move |event: InputEvent| {
            tell.dispatch(Action::Typed(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        }
    };
    let onsubmit = {
        let tell = tell.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            tell.dispatch(Action::Send(fresh()));
        }
    };
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            tell.dispatch(Action::Send(fresh()));
        }
    };
    html! {
        <form class="write" data-mode={name} {onsubmit}>
            { tabs(session, mode, who) }
            <textarea ref={area} class="write-text" rows="3" dir="auto" aria-label={hint.clone()} placeholder={hint}
                readonly={busy} value={text} {oninput} {onkeydown} />
            { foot(session, floor, ticket, draft) }
        </form>
    }
}

/// The text box, which takes the focus when it is called for, and not when a ticket merely opens.
#[hook]
fn use_summoned(session: &Session) -> NodeRef {
    let area = use_node_ref();
    let summons = session.floor().map_or(0, |floor| floor.summons);
    let heard = use_mut_ref(|| summons);
    use_effect_with((summons, area.clone()), move |(summons, area)| {
        let called = heard.replace(*summons) != *summons;
        if let Some(area) = area.cast::<HtmlElement>().filter(|_| called) {
            // Where it cannot have the focus, a click still can give it.
            let _ = area.focus();
        }
    });
    area
}

fn sending(floor: &Floor) -> bool {
    let says =
        |command: &DeskCommand| matches!(command, DeskCommand::Reply { .. } | DeskCommand::Note { .. });
    floor.busy().is_some_and(|deed| says(&deed.command))
}

fn tabs(session: &Session, mode: Mode, who: &str) -> Html {
    let words = session.words;
    let tab = |of: Mode, icon: Html, label: &'static str| {
        let tell = session.dispatcher();
        let onclick = move |_: MouseEvent| tell.dispatch(Action::Write(of));
        let chosen = if of == mode { "true" } else { "false" };
        html! { <button type="button" class="write-tab" aria-pressed={chosen} {onclick}>{ icon }{ label }</button> }
    };
    let readers = match mode {
        Mode::Reply => html! { { words.fill(desk::REPLY_GOES_TO, &[("name", who)]) } },
        Mode::Note => html! { <>{ small("users") }{ words.say(desk::NOTE_GOES_TO) }</> },
    };
    html! {
        <div class="write-tabs" role="group">
            { tab(Mode::Reply, small_along("reply"), words.say(desk::REPLY)) }
            { tab(Mode::Note, small("note"), words.say(desk::NOTE)) }
            <span class="write-who cut-line">{ readers }</span>
        </div>
    }
}

fn foot(session: &Session, floor: &Floor, ticket: &DeskTicket, draft: &Draft) -> Html {
    let (words, mode) = (session.words, draft.mode);
    let unsent = draft.unsent(mode);
    let limit = usize::try_from(floor.hello.text_chars).unwrap_or(usize::MAX);
    let surplus = unsent.text.chars().count().saturating_sub(limit);
    let busy = sending(floor);
    let who = ticket.row.who.as_deref().unwrap_or(words.say(desk::THE_CUSTOMER));
    let (kind, label) = match mode {
        Mode::Reply => ("primary", words.fill(desk::SEND_TO, &[("name", who)])),
        Mode::Note => ("note", words.say(desk::ADD_NOTE).to_owned()),
    };
    let effect = if surplus > 0 {
        let told = words.fill(desk::TOO_LONG, &[("n", &surplus.to_string())]);
        html! { <span class="write-effect" data-state="late" role="alert">{ small("alert") }{ told }</span> }
    } else {
        effect(ticket, mode, clocks::dates(session, floor))
    };
    let unable = surplus > 0 || unsent.is_blank() || (floor.busy().is_some() && !busy);
    html! {
        <div class="write-foot">
            { effect }
            <button class="button" data-kind={kind} disabled={unable} aria-busy={busy.then_some("true")}>
                <span class="cut-line">{ label }</span>{ " " }<kbd>{ words.say(desk::KEYS_SEND) }</kbd>
            </button>
        </div>
    }
}

/// What sending now would do to the promise.
fn effect(ticket: &DeskTicket, mode: Mode, dates: Dates<'_>) -> Html {
    let words = dates.words;
    let first = ticket.row.clocks.iter().find(|clock| clock.metric == Metric::FirstResponse);
    let standing = first.map(|clock| Standing::of(clock, dates.now));
    let (state, told) = match (mode, standing) {
        (Mode::Note, _) => ("paused", words.say(desk::NOTE_NO_CLOCK).to_owned()),
        (Mode::Reply, Some(standing @ (Standing::Running { due } | Standing::Near { due }))) => {
            (standing.name(), words.fill(desk::REPLY_KEEPS, &[("duration", &dates.left(due))]))
        }
        (Mode::Reply, Some(Standing::Late { due })) => {
            let late = dates::duration(words, dates.now.duration_since(due));
            ("late", words.fill(desk::REPLY_LATE, &[("duration", &late)]))
        }
        (Mode::Reply, Some(Standing::Met { .. } | Standing::Missed { .. })) => {
            ("met", words.say(desk::REPLY_NO_CLOCK).to_owned())
        }
        (Mode::Reply, Some(Standing::Paused | Standing::Endless) | None) => ("running", String::new()),
    };
    html! { <span class="write-effect" data-state={state}>{ told }</span> }
}
