//! What comes first, and what comes later: the one place where the program is cut in two.
//!
//! She waits for the first part: home, the form, what they ask and draw. Everything else is reached through [`Later`]
//! and nothing but it, so the build finds that no first view needs it and puts it into a wasm file of its own
//! (`xtask/src/build/split.rs`): whatever only a function named here calls, with its words and its types, comes later, and so do the
//! styles in `styles/later.css` and `styles/ticket.css`, and the words that are not in `[first]` of `shared/text/*.toml`.
//! **To move something out of her way, let only a later function call it:** a new view is one arm of
//! [`views::later`], a new action one arm of `session/taken.rs`, new work one line of [`Driver::follow_later`].
//!
//! The file is fetched as soon as it may be needed: when she has tickets, is signed in, types, or goes on from the form.
//! What happens before it is here waits in the session, and is told to it then. If it does not come, she reads so beside a
//! button that tries again; a load that failed is tried again by itself, too.

use js_sys::{Function, Promise};
use shared::ticket::FieldError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use widget::http::Failure;
use widget::node::Node;
use widget::words::Words;

use crate::effects::Driver;
use crate::link::Link;
use crate::session::{Action, Session};
use crate::views;

/// The later part: its words, and its doors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Later {
    /// All that is said to her.
    pub(crate) words: Words,
    /// Draws a view that is not one of the first.
    pub(crate) view: fn(&Session, &Link) -> [Node; 2],
    /// What stands above such a view.
    pub(crate) above: fn(&Session) -> Option<Node>,
    /// What is wrong with a field.
    pub(crate) field: fn(Words, &FieldError) -> String,
    /// Takes in what cannot happen before.
    pub(crate) take_in: fn(&mut Session, Action),
    /// What follows from any change.
    pub(crate) go_on: fn(&mut Session),
    /// Does what the session wishes, beyond the first question.
    pub(crate) follow: fn(&mut Driver, &Session),
    /// Tries again what waits.
    pub(crate) hurry: fn(&mut Session),
}

/// There is one later part.
impl PartialEq for Later {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Later {
    /// The doors themselves. Only [`load`] may call this, and tests, or the cut is gone.
    fn doors(words: Words) -> Self {
        Self {
            words,
            view: views::later,
            above: views::above,
            field: views::field,
            take_in: Session::take_in_later,
            go_on: Session::go_on_later,
            follow: Driver::follow_later,
            hurry: Session::hurry_later,
        }
    }

    fn learn(words: Words, later: String) -> Option<Self> {
        words.0.learn(later).map(|tongue| Self::doors(Words(tongue)))
    }

    #[cfg(test)]
    pub(crate) fn here(words: Words) -> Self {
        Self::doors(words)
    }
}

/// It did not come.
pub(crate) struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Makes the later part out of the words so far and those that came with it.
type Learn = fn(Words, String) -> Option<Later>;

#[wasm_split(later, fallible)]
fn fetched() -> Result<Learn, Missing> {
    Ok(Later::learn)
}

/// Fetches the later part, and beside it what its views are styled with and say.
pub(crate) async fn load(words: Words, beside: Option<Function>) -> Result<Later, Failure> {
    let beside =
        beside.and_then(|beside| beside.call0(&JsValue::UNDEFINED).ok()).unwrap_or(JsValue::UNDEFINED);
    let learn = fetched().await.map_err(|Missing| Failure::SILENCE)?;
    let said = JsFuture::from(Promise::resolve(&beside)).await.ok().and_then(|said| said.as_string());
    said.and_then(|said| learn(words, said)).ok_or(Failure::SILENCE)
}
