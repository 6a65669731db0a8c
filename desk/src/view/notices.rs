//! What everybody at the desk should know: that the line is lost, and by how much the list is behind.

use shared::text::desk;
use widget::dates;
use widget::icon::icon;
use yew::prelude::*;

use super::{Props, clocks, failing};
use crate::state::floor::{Leaving, News};
use crate::state::{Action, Line};

#[component]
pub(super) fn Notices(props: &Props) -> Html {
    let session = &props.session;
    let Some(floor) = session.floor() else { return Html::default() };
    let (words, dates) = (session.words, clocks::dates(session, floor));
    let lost = match floor.line {
        Line::Lost { since } => {
            let tell = session.dispatcher();
            let onclick = move |_: MouseEvent| tell.dispatch(Action::Resync);
            let title = words.html(desk::OFFLINE_TITLE, &[("time", dates.brief_element(since))]);
            notice(
                "offline",
                title,
                words.say(desk::OFFLINE_TEXT).into(),
                retry(words.say(desk::TRY_AGAIN), onclick),
            )
        }
        Line::Connecting | Line::Live => Html::default(),
    };
    let behind = floor.behind_since.map(|since| {
        let behind = dates::duration(words, floor.now.duration_since(since));
        let title = words.fill(desk::LAG_TITLE, &[("duration", &behind)]);
        notice("running", title.into(), words.say(desk::LAG_TEXT).into(), Html::default())
    });
    let staying = match &floor.leaving {
        Leaving::Failed(why) => {
            let tell = session.dispatcher();
            let onclick = move |_: MouseEvent| tell.dispatch(Action::Leave);
            let why = failing::told(why, dates);
            notice(
                "alert",
                words.say(desk::STAYING).into(),
                why.into(),
                retry(words.say(desk::TRY_AGAIN), onclick),
            )
        }
        Leaving::No | Leaving::Asked => Html::default(),
    };
    let news = floor.news.map(|news| match news {
        News::Ticket(id) => words.fill(desk::NEW_TICKET, &[("code", &id.code())]),
        News::Message(id) => words.fill(desk::NEW_MESSAGE, &[("code", &id.code())]),
    });
    html! {
        <div class="desk-notices">
            { lost }{ for behind }{ staying }
            <p class="visually-hidden" role="status">{ for news }</p>
        </div>
    }
}

fn notice(name: &'static str, title: Html, text: Html, way_out: Html) -> Html {
    html! {
        <p class="notice" data-kind="trouble" role="status">
            { icon(name) }<span><b>{ title }</b>{ " " }{ text }</span>{ way_out }
        </p>
    }
}

fn retry(words: &'static str, onclick: impl Fn(MouseEvent) + 'static) -> Html {
    html! { <button class="button" data-kind="link" {onclick}>{ words }</button> }
}
