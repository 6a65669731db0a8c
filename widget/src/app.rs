//! The program's one component with a state: the reducer, the driver behind it, and the view that she is in.

use std::rc::Rc;

use widget::clock::Clock;
use widget::node::of;
use yew::prelude::*;

use crate::effects::Driver;
use crate::link::Link;
use crate::session::Session;
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
        Session::new(setup.words, setup.tags.clone(), setup.zone.clone(), setup.token.clone())
            .shown(setup.open)
    });
    let clock = use_memo((), |()| Clock::default());
    let link = Link::new(session.dispatcher(), (*clock).clone());
    let driver = use_mut_ref(|| Driver::new(setup, &link));
    let wishes = session.clone();
    use_effect(move || driver.borrow_mut().follow(&wishes));
    if !session.shown && session.hello.here.is_none() {
        return Html::default();
    }
    let [body, below] = views::view(&session, &link);
    of("div", "widget")
        .set_if(session.hello.here.is_none() && session.trouble().is_none(), "aria-busy", "true")
        .child(views::bar(&session, &link, setup))
        .child(views::notices(&session, &link))
        .child(body)
        .child(below)
        .html()
}
