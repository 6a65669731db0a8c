//! The program's one component with a state: the reducer, the effects around it, and the view that she is in.

use std::rc::Rc;

use widget::clock::Clock;
use yew::prelude::*;

use crate::effects;
use crate::link::Link;
use crate::session::{Session, View};
use crate::start::Setup;
use crate::views;

/// What the page handed over.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) setup: Rc<Setup>,
}

/// The customers' program.
#[component]
pub(crate) fn App(Props { setup }: &Props) -> Html {
    let session = use_reducer(|| {
        Session::new(setup.tags.clone(), setup.zone.clone(), setup.token.clone(), setup.open)
    });
    let clock = use_memo((), |()| Clock::default());
    let link = Link::new(session.dispatcher(), (*clock).clone());
    let store = effects::use_store(setup, &link);
    effects::use_kept(&session, &store);
    effects::use_courier(setup, &session, &link, &store);
    effects::use_questions(setup, &session, &link);
    effects::use_ticket(setup, &session, &link);
    effects::use_host(setup, &session, &link);
    effects::use_browser(&session, &link);
    effects::use_page(setup, &session);
    if !session.shown && session.hello.here.is_none() {
        return Html::default();
    }
    html! {
        <div class="widget" aria-busy={session.hello.here.is_none().then_some("true")}>
            { views::bar(&session, &link, setup) }
            <div class="notices">{ views::notices(&session, &link) }</div>
            { match session.view {
                View::Home => views::home(&session, &link),
                View::Form => views::form(&session, &link),
                View::Receipt(id) => views::receipt(&session, &link, id),
                View::Tickets => views::tickets(&session, &link),
                View::Ticket(id) => views::ticket(&session, &link, id),
            } }
        </div>
    }
}
