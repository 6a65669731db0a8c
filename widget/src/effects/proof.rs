//! A ticket's promises checked here, in her browser, and handed over as files that she can check anywhere.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use shared::ids::TicketId;
use shared::sla::{PublicKeys, SignedReceipt};
use shared::wire::frame;
use wasm_bindgen::{JsCast, JsValue};
use widget::http::{self, Failure};
use widget::task::Task;

use super::ed25519::{Module, fits};
use super::{Driver, Work, about};
use crate::session::{Action, Proof, Saving, Session, View};
use crate::start::{Setup, call, get};

/// What is checked and saved just now.
pub(super) struct Checker {
    module: Rc<Module>,
    proof: Work<(TicketId, u32)>,
    saving: Work<(TicketId, u32)>,
}

impl Checker {
    pub(super) fn new(setup: &Setup) -> Self {
        Self {
            module: Rc::new(Module::new(setup.ed25519.clone())),
            proof: Work::default(),
            saving: Work::default(),
        }
    }
}

impl Driver {
    /// Checks what the ticket on the screen promises, and saves what she wants to keep.
    pub(super) fn prove(&mut self, session: &Session) {
        let View::Ticket(ticket) = session.view else { return };
        let receipts = self.path(&about(ticket, "/receipts"));
        let keys = self.path("keys?for=");
        let setup = &self.setup;
        let checker = self.checker.get_or_insert_with(|| Checker::new(setup));
        let bearer = session.bearer().map(str::to_owned);
        if checker.proof.takes(session.proof.asking.map(|number| (ticket, number))) {
            let (link, module) = (self.link.clone(), Rc::clone(&checker.module));
            let (receipts, bearer) = (receipts.clone(), bearer.clone());
            checker.proof.task = Some(Task::spawn(async move {
                let proof = prove(ticket, [receipts, keys], bearer.as_deref(), &module).await;
                link.tell(Action::Proved(Box::new(proof)));
            }));
        }
        let wanted = match session.saving {
            Some(Saving::Runs(place)) => Some(place),
            Some(Saving::Failed(_)) | None => None,
        };
        if checker.saving.takes(wanted.map(|place| (ticket, place)))
            && let Some(place) = wanted
        {
            let (link, name) = (self.link.clone(), file_name(session, ticket, place));
            let path = [&receipts, "/", &*place.to_string()].concat();
            checker.saving.task = Some(Task::spawn(async move {
                let saved = save(&path, bearer.as_deref(), &name).await;
                link.tell(Action::Saved(place, saved));
            }));
        }
    }
}

/// Asks for the receipts and for the keys that the tenant publishes, and looks at each.
async fn prove(
    ticket: TicketId,
    [receipts, keys]: [String; 2],
    bearer: Option<&str>,
    module: &Module,
) -> Result<Proof, Failure> {
    let lost = |_| Failure::SILENCE;
    let answer = http::exchange("GET", &receipts, bearer, None).await?;
    let signed: Vec<SignedReceipt> = frame::decode(&answer).map_err(lost)?;
    let Some(latest) = signed.last() else { return Ok(Proof { ticket, receipts: Vec::new() }) };
    // Lists of keys are kept by browsers; another key makes another address.
    let answer = http::exchange("GET", &(keys + latest.kid.as_str()), None, None).await?;
    let keys: PublicKeys = frame::decode(&answer).map_err(lost)?;
    let mut judged = Vec::new();
    for receipt in &signed {
        let fits = match keys.key(&receipt.kid) {
            Ok(key) => fits(key, receipt, module).await.map_err(|_| Failure::SILENCE)?,
            Err(_) => false,
        };
        judged.push((receipt, fits));
    }
    Ok(Proof { ticket, receipts: keys.judge_all(ticket, judged) })
}

/// One that does not hold has no number to be trusted: then its place.
fn file_name(session: &Session, ticket: TicketId, place: u32) -> String {
    let receipts = session.proof_of(ticket).into_iter().flat_map(|proof| &proof.receipts);
    let held = (1..).zip(receipts).find_map(|(at, receipt)| receipt.as_ref().ok().filter(|_| at == place));
    SignedReceipt::name(ticket, held.map_or(place, |receipt| receipt.number))
}

/// The file as the edge writes it: letter by letter what its signed bytes say.
async fn save(path: &str, bearer: Option<&str>, name: &str) -> Result<(), Failure> {
    let file = http::exchange("GET", path, bearer, None).await?;
    hand_over(&file, name).map_err(|_| Failure::SILENCE)
}

/// Lets the browser save it. The address of the bytes ends with the page.
fn hand_over(file: &[u8], name: &str) -> Result<(), JsValue> {
    let kind = Object::new();
    Reflect::set(&kind, &"type".into(), &"application/json".into())?;
    let content: Array = [JsValue::from(Uint8Array::from(file))].into_iter().collect();
    let given: Array = [JsValue::from(content), JsValue::from(kind)].into_iter().collect();
    let global = js_sys::global();
    let blob = Reflect::construct(&get(&global, "Blob").dyn_into::<Function>()?, &given)?;
    let address = call(&get(&global, "URL"), "createObjectURL", [blob])?;
    let page = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link = page.create_element("a")?;
    link.set_attribute("href", &address.as_string().unwrap_or_default())?;
    link.set_attribute("download", name)?;
    call(&link, "click", []).map(drop)
}
