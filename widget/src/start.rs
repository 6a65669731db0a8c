//! What the page hands over: `start.js` has read the one message of the host's page, and its browser, and leaves both in
//! `__nightbell`.

use js_sys::{Array, Function, Reflect};
use shared::language::Language;
use shared::text::Tongue;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessagePort;
use widget::words::Words;

/// What the program starts with; it never changes while it runs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setup {
    /// Whose customers these are: the last part of the page's path.
    pub(crate) tenant: String,
    /// What the first views say, in the first of these languages that has words.
    pub(crate) words: Words,
    /// The languages that the host and the browser ask for, the wanted one first.
    pub(crate) tags: Vec<Language>,
    /// The browser's zone.
    pub(crate) zone: String,
    /// What the host's server says of its visitor.
    pub(crate) token: Option<String>,
    /// Whether the panel is open; otherwise the program only sends what waits, and counts what is unread.
    pub(crate) open: bool,
    /// Whether this browser keeps anything of hers: `start.js` looks while the program is still on its way.
    pub(crate) kept: JsValue,
    /// What is open, for a visitor of whom nothing is known: asked by then, too.
    pub(crate) hello: Option<JsValue>,
    /// Fetches what belongs to the later part of the program, and answers with its words.
    pub(crate) beside: Option<Function>,
    /// Loads what checks signatures where the browser cannot.
    pub(crate) ed25519: Option<Function>,
    /// The way to the host's page; a page of its own has none.
    pub(crate) port: Option<MessagePort>,
}

impl Setup {
    /// Reads it. What is missing is as if the host had said nothing; `None`: there are no words to say anything in.
    pub(crate) fn read() -> Option<Self> {
        let handed = get(&js_sys::global(), "__nightbell");
        let text = |key: &str| get(&handed, key).as_string().filter(|text| !text.is_empty());
        Some(Self {
            words: Words(Tongue::read(text("words")?)?),
            tenant: text("tenant").unwrap_or_default(),
            tags: Array::from(&get(&handed, "languages"))
                .iter()
                .filter_map(|tag| tag.as_string()?.parse().ok())
                .collect(),
            zone: text("zone").unwrap_or_default(),
            token: text("token"),
            open: get(&handed, "open").is_truthy(),
            kept: get(&handed, "kept"),
            hello: Some(get(&handed, "hello")).filter(JsValue::is_truthy),
            beside: get(&handed, "beside").dyn_into().ok(),
            ed25519: get(&handed, "ed25519").dyn_into().ok(),
            port: get(&handed, "port").dyn_into().ok(),
        })
    }
}

pub(crate) fn get(from: &JsValue, key: &str) -> JsValue {
    Reflect::get(from, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// Calls what an object has under a name.
pub(crate) fn call<const N: usize>(on: &JsValue, name: &str, with: [JsValue; N]) -> Result<JsValue, JsValue> {
    let called: Function = get(on, name).dyn_into()?;
    Reflect::apply(&called, on, &with.into_iter().collect())
}
