//! `…/tickets/{id}/receipts`: what a ticket's customer was promised, signed, oldest first; `…/receipts/{n}`: the n-th as
//! the file that can be checked offline. For its customer under `/v1`, for agents under `/desk`.

use shared::refusal::Refusal;
use shared::sla::SignedReceipt;
use worker::{Response, ResponseBuilder};

use super::call::Call;
use super::call::ticket_id;
use super::desk;
use crate::error::{Failure, Fault};
use crate::perform::{self, Asker};

/// All of them, for their customer.
pub(crate) async fn list(call: &Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    call.answer(&hers(call, tenant, id).await?)
}

/// One of them as a file, for their customer.
pub(crate) async fn file(call: &Call, tenant: &str, id: &str, place: &str) -> Result<Response, Failure> {
    one(&hers(call, tenant, id).await?, place)
}

/// All of them, for agents.
pub(crate) async fn desk_list(call: &Call, tenant: &str, id: &str) -> Result<Response, Failure> {
    call.answer(&theirs(call, tenant, id).await?)
}

/// One of them as a file, for agents.
pub(crate) async fn desk_file(call: &Call, tenant: &str, id: &str, place: &str) -> Result<Response, Failure> {
    one(&theirs(call, tenant, id).await?, place)
}

async fn hers(call: &Call, tenant: &str, id: &str) -> Result<Vec<SignedReceipt>, Failure> {
    let tenant = call.tenant(tenant).await?;
    let bearer = call.customer(&tenant, call.now())?;
    let stub = perform::ticket(&call.env, &tenant.id, ticket_id(id)?)?;
    Ok(stub.receipts(Asker::Customer { id: bearer.customer }).await??)
}

async fn theirs(call: &Call, tenant: &str, id: &str) -> Result<Vec<SignedReceipt>, Failure> {
    let (tenant, signed, _) = desk::enter(call, tenant).await?;
    let stub = perform::ticket(&call.env, &tenant.id, ticket_id(id)?)?;
    Ok(stub.receipts(Asker::Agent { id: signed.agent }).await??)
}

/// The file. It is told from what is inside, letter by letter, so it is made here, and no program makes it again.
fn one(receipts: &[SignedReceipt], place: &str) -> Result<Response, Failure> {
    let index = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
    let signed = index.and_then(|index| receipts.get(index)).ok_or(Refusal::Unknown {})?;
    let receipt = signed.read().map_err(Fault::at("receipts.read"))?;
    let file = signed.file(&receipt).map_err(Fault::at("receipts.file"))?;
    let name = format!("attachment; filename=\"{}\"", SignedReceipt::file_name(&receipt));
    let response = ResponseBuilder::new()
        .with_header("content-type", "application/json")?
        .with_header("content-disposition", &name)?
        .with_header("cache-control", "no-store")?
        .with_header("x-content-type-options", "nosniff")?;
    Ok(response.fixed(file.into_bytes()))
}
