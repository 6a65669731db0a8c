//! How components and effects reach the session: each event is stamped once, with the edge's time.

use shared::ids::{MessageId, TicketId};
use widget::clock::Clock;
use yew::prelude::*;

use crate::session::{Action, Event, Press, View};

/// The way to the session.
#[derive(Clone, PartialEq)]
pub(crate) struct Link {
    hears: Callback<Event>,
    /// The edge's clock.
    pub(crate) clock: Clock,
}

impl Link {
    pub(crate) fn new(hears: Callback<Event>, clock: Clock) -> Self {
        Self { hears, clock }
    }

    /// Something happened.
    pub(crate) fn tell(&self, action: Action) {
        self.hears.emit(Event { now: self.clock.now(), action });
    }

    /// What a press of this element means.
    #[inline(never)]
    pub(crate) fn press<E: 'static>(&self, press: Press) -> Callback<E> {
        let link = self.clone();
        Callback::from(move |_| link.tell(Action::Pressed(press)))
    }

    /// A press that leads somewhere.
    pub(crate) fn to(&self, view: View) -> Callback<MouseEvent> {
        self.press(Press::Go(view))
    }

    /// An id for a new request: this device's clock only sorts it.
    pub(crate) fn new_ticket(&self) -> TicketId {
        TicketId::new(self.milliseconds(), random())
    }

    /// An id for a new message.
    pub(crate) fn new_message(&self) -> MessageId {
        MessageId::new(self.milliseconds(), random())
    }

    fn milliseconds(&self) -> u64 {
        u64::try_from(self.clock.now().as_millisecond()).unwrap_or_default()
    }
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let _ = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    bytes
}
