//! The desk's routes, and the edge's clock, which every answer sets anew.

use std::rc::Rc;

use jiff::Timestamp;
use js_sys::{Array, Intl, Object, Reflect};
use shared::ids::TicketId;
use shared::wire::{
    DeskCommand, DeskHello, DeskTicket, Foresight, Index, NewSession, PlanAnswer, PlanQuestion, Session,
    Wondered,
};
use widget::clock::Clock;
use widget::http::{self, Failure};

use super::address;
use crate::state::planner::Wish;

/// The edge, for the tenant that the address names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge {
    /// `/desk/{tenant}`.
    base: Rc<str>,
    clock: Clock,
}

impl Edge {
    pub(crate) fn here() -> Self {
        Self { base: address::base().into(), clock: Clock::default() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The socket told what time it is.
    pub(super) fn heard(&self, now: Timestamp) {
        self.clock.set(now);
    }

    fn path(&self, rest: &str) -> String {
        [&self.base, rest].concat()
    }

    pub(super) fn socket(&self) -> String {
        [&address::origin().replacen("http", "ws", 1), &*self.base, "/socket"].concat()
    }

    pub(super) async fn sign_in(&self, token: &str) -> Result<Session, Failure> {
        http::post(&self.path("/sessions"), None, &NewSession { token: token.to_owned() }).await
    }

    pub(super) async fn sign_out(&self) -> Result<(), Failure> {
        http::delete(&self.path("/sessions")).await
    }

    pub(super) async fn hello(&self) -> Result<DeskHello, Failure> {
        let hello: DeskHello = http::get(&self.path(&format!("/hello?zone={}", zone())), None).await?;
        self.clock.set(hello.now);
        Ok(hello)
    }

    pub(super) async fn index(&self) -> Result<Index, Failure> {
        let index: Index = http::get(&self.path("/tickets"), None).await?;
        self.clock.set(index.now);
        Ok(index)
    }

    pub(super) async fn ticket(&self, id: TicketId) -> Result<Box<DeskTicket>, Failure> {
        let ticket: DeskTicket = http::get(&self.path(&format!("/tickets/{id}")), None).await?;
        self.clock.set(ticket.now);
        Ok(Box::new(ticket))
    }

    pub(super) async fn act(&self, id: TicketId, command: &DeskCommand) -> Result<Box<DeskTicket>, Failure> {
        let path = self.path(&format!("/tickets/{id}/commands"));
        let ticket: DeskTicket = http::post(&path, None, command).await?;
        self.clock.set(ticket.now);
        Ok(Box::new(ticket))
    }

    pub(super) async fn would(&self, id: TicketId, change: &Wondered) -> Result<Box<Foresight>, Failure> {
        http::post(&self.path(&format!("/tickets/{id}/what-if")), None, change).await.map(Box::new)
    }

    pub(super) async fn plan(&self, wish: &Wish) -> Result<Box<PlanAnswer>, Failure> {
        let answer: PlanAnswer = match wish {
            Wish::Published(question) => {
                http::get(&self.path(&format!("/plan?{}", query(question))), None).await?
            }
            Wish::Proposed(proposal) => http::post(&self.path("/plan"), None, proposal).await?,
        };
        self.clock.set(answer.now);
        Ok(Box::new(answer))
    }
}

/// The question as an address carries it; a word that is not said is not in it.
fn query(question: &PlanQuestion) -> String {
    let words = [
        ("tier", &question.tier),
        ("company", &question.company),
        ("severity", &question.severity),
        ("complexity", &question.complexity),
        ("text", &question.text),
        ("channel", &question.channel),
        ("language", &question.language),
        ("at", &question.at),
        ("zone", &question.zone),
        ("reader", &question.reader),
    ];
    let encoded = |word: &str| String::from(js_sys::encode_uri_component(word));
    let said =
        words.into_iter().filter_map(|(key, word)| Some([key, "=", &encoded(word.as_deref()?)].concat()));
    said.collect::<Vec<_>>().join("&")
}

/// Where the agent sits, as the browser names it. Without a name the edge tells the time in UTC, and says so.
fn zone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &"timeZone".into()).ok();
    let name = zone.and_then(|zone| zone.as_string()).unwrap_or_else(|| "Etc/UTC".to_owned());
    js_sys::encode_uri_component(&name).into()
}
