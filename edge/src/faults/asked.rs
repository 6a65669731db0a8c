//! The faults that tests ask for.

mod stale;

pub(crate) use stale::{fresh, known, rewritten};

use std::cell::RefCell;
use std::fmt::Display;
use std::time::Duration;

use serde::Deserialize;
use shared::ids::MessageId;
use shared::ticket::{Command, Ticket};
use worker::wasm_bindgen::JsValue;
use worker::{Delay, Env, Request, Response};

use crate::error::Fault;
use crate::random;

/// What goes wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Faults {
    /// Objects whose name contains this cannot be reached.
    unreachable: Option<String>,
    /// Objects whose name contains this (tickets: their id; `desk`; `customer`) wait `slow_ms` before they begin.
    slow: Option<String>,
    slow_ms: u64,
    /// The next calls of objects fail on their way, each with the platform's marks.
    calls_fail: Vec<Marks>,
    /// Objects whose name contains this panic.
    panics: Option<String>,
    /// Objects whose name contains this end the whole instance: a trap, which nothing catches.
    traps: Option<String>,
    /// The journal takes nothing.
    journal_fails: bool,
    /// The statement with this number, counted from now, fails; 0: none.
    statement_fails_at: u32,
    /// This many answers of tickets are lost after their commit.
    answers_lost: u32,
    /// A fault that the kill test must find.
    plant: Option<Plant>,
    /// The key-value store goes on serving what it served first, absences too, for so long.
    kv_stale_ms: i64,
    /// The key-value store does not list a key for so long after it was written.
    kv_hidden_ms: i64,
    /// The key-value store refuses to write a key again for so long.
    kv_rewrite_ms: i64,
}

/// What the platform says of an error of an object.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    /// The objects whose name contains this.
    of: String,
    retryable: bool,
    overloaded: bool,
}

/// What breaks a promise without a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Plant {
    /// Acknowledge without saving, at random one in twenty.
    ForgetAfterAck,
    /// Take a message or a request that is sent again for a new one.
    DoubleOnRetry,
}

thread_local! {
    static FAULTS: RefCell<Option<Faults>> = const { RefCell::new(None) };
}

/// Reads or changes what goes wrong.
fn with<T>(look: impl FnOnce(&mut Faults) -> T) -> T {
    FAULTS.with_borrow_mut(|faults| look(faults.get_or_insert_default()))
}

/// Takes the faults that the variable `NB_FAULTS` names, once per isolate.
fn begin(env: &Env) {
    FAULTS.with_borrow_mut(|faults| {
        faults.get_or_insert_with(|| {
            let named = env.var("NB_FAULTS").ok().map(|var| var.to_string());
            named.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
        });
    });
}

/// The addresses that only test builds answer: `POST /test/faults`, and `POST /test/sweep` for what the platform's cron
/// does elsewhere (the local runtime cannot call it in a worker with assets).
pub(crate) async fn route(request: &Request, env: &Env) -> Option<worker::Result<Response>> {
    begin(env);
    match request.path().as_str() {
        "/test/faults" => Some(set(request).await),
        "/test/sweep" => {
            crate::sweeper::sweep(env).await;
            Some(done())
        }
        _ => None,
    }
}

fn done() -> worker::Result<Response> {
    Response::empty().map(|response| response.with_status(204))
}

async fn set(request: &Request) -> worker::Result<Response> {
    match serde_json::from_str::<Faults>(&request.clone()?.text().await?) {
        Ok(asked) => {
            stale::forget();
            with(|faults| *faults = asked);
            done()
        }
        Err(error) => Response::error(error.to_string(), 400),
    }
}

fn broken(on: bool, what: &str) -> Result<(), Fault> {
    if on { Err(Fault::new("faults", what)) } else { Ok(()) }
}

fn names(asked: Option<&String>, name: &impl Display) -> bool {
    asked.is_some_and(|part| name.to_string().contains(part))
}

fn planted(plant: Plant) -> bool {
    with(|faults| faults.plant == Some(plant))
}

pub(crate) fn statement() -> Result<(), Fault> {
    let left = with(|faults| {
        let left = faults.statement_fails_at;
        faults.statement_fails_at = left.saturating_sub(1);
        left
    });
    broken(left == 1, "this statement fails on request")
}

pub(crate) fn reach(name: &impl Display) -> Result<(), Fault> {
    broken(with(|faults| names(faults.unreachable.as_ref(), name)), "this object is unreachable on request")
}

pub(crate) fn call(name: &str) -> worker::Result<()> {
    let marks = with(|faults| {
        let place = faults.calls_fail.iter().position(|marks| name.contains(&marks.of))?;
        Some(faults.calls_fail.remove(place))
    });
    let Some(marks) = marks else { return Ok(()) };
    let error = worker::js_sys::Error::new("this call fails on request");
    for (mark, set) in [("retryable", marks.retryable), ("overloaded", marks.overloaded)] {
        worker::js_sys::Reflect::set(&error, &mark.into(), &set.into())?;
    }
    let thrown: JsValue = error.into();
    Err(thrown.into())
}

pub(crate) fn journal() -> Result<(), Fault> {
    broken(with(|faults| faults.journal_fails), "the journal takes nothing on request")
}

pub(crate) fn answer() -> Result<(), Fault> {
    let left = with(|faults| {
        let left = faults.answers_lost;
        faults.answers_lost = left.saturating_sub(1);
        left
    });
    broken(left > 0, "this answer is lost on request")
}

pub(crate) fn forgets() -> bool {
    let one_in_twenty = random::bytes::<1>().iter().all(|byte| *byte < 13);
    one_in_twenty && planted(Plant::ForgetAfterAck)
}

/// A message that stands in the log already, under a new id.
pub(crate) fn doubled(ticket: &Ticket, command: Command) -> Command {
    let again = |message: MessageId| {
        let known = ticket.open().is_some_and(|open| open.messages.contains_key(&message));
        let doubles = known && planted(Plant::DoubleOnRetry);
        if doubles { MessageId::new(0, random::bytes()) } else { message }
    };
    match command {
        Command::Say { message, author, text } => Command::Say { message: again(message), author, text },
        Command::Note { message, by, text } => Command::Note { message: again(message), by, text },
        Command::Open { intake } if ticket.open().is_some() && planted(Plant::DoubleOnRetry) => {
            let author = shared::ticket::Author::Customer {};
            let message = MessageId::new(0, random::bytes());
            Command::Say { message, author, text: intake.request.text.clone() }
        }
        other @ (Command::Open { .. }
        | Command::Pend { .. }
        | Command::Resume { .. }
        | Command::Solve { .. }
        | Command::Reopen { .. }
        | Command::See { .. }
        | Command::Tick {}
        | Command::Extend { .. }
        | Command::Bind { .. }
        | Command::SetSeverity { .. }
        | Command::SetComplexity { .. }
        | Command::SetTeam { .. }
        | Command::MergeInto { .. }
        | Command::Absorb { .. }
        | Command::Discard { .. }
        | Command::Close {}) => other,
    }
}

#[expect(clippy::panic, reason = "the test of the panic net asks for it")]
pub(crate) async fn handler(name: impl Display) {
    let (slow, panics, traps) = with(|faults| {
        let slow = names(faults.slow.as_ref(), &name).then_some(faults.slow_ms);
        (slow, names(faults.panics.as_ref(), &name), names(faults.traps.as_ref(), &name))
    });
    if let Some(ms) = slow {
        Delay::from(Duration::from_millis(ms)).await;
    }
    if traps {
        std::process::abort();
    }
    if panics {
        panic!("on request: {name}");
    }
}
