//! The program's one component: the session, the driver behind it, and the view that she is in. A component with a state
//! of its own instead of hooks: the session changes in place, and nothing of it is copied for each event.

use std::rc::Rc;

use widget::clock::Clock;
use widget::node::of;
use yew::prelude::*;

use crate::effects::Driver;
use crate::link::Link;
use crate::session::{Event, Session};
use crate::start::Setup;
use crate::views;

/// What the page handed over.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) setup: Rc<Setup>,
}

/// The customers' program.
pub(crate) struct App {
    session: Session,
    link: Link,
    driver: Driver,
}

impl Component for App {
    type Message = Event;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let setup = &ctx.props().setup;
        let link = Link::new(ctx.link().callback(|event| event), Clock::default());
        let driver = Driver::new(setup, &link);
        Self {
            session: Session::new(setup.words, setup.tags.clone(), setup.zone.clone(), setup.token.clone())
                .shown(setup.open),
            link,
            driver,
        }
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        self.session.hear(event);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Self { session, link, driver: _ } = self;
        if !session.shown && session.hello.here.is_none() {
            return Html::default();
        }
        let [body, below] = views::view(session, link);
        of("div", "widget")
            .set_if(session.hello.here.is_none() && session.trouble().is_none(), "aria-busy", "true")
            .child(views::bar(session, link, &ctx.props().setup))
            .child(views::notices(session, link))
            .child(body)
            .child(below)
            .html()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.driver.follow(&self.session);
    }
}
