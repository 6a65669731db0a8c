//! The public API, the desk's, the operator's, and the pages: each resource is a file that parses, calls and answers.

mod admin;
mod call;
mod customers;
mod cycles;
mod deeds;
mod desk;
mod health;
mod hello;
mod keys;
mod messages;
mod pages;
mod plan;
mod planner;
mod receipts;
mod routes;
mod tickets;
#[cfg(feature = "test-faults")]
mod vectors;

use shared::refusal::{Proof, Refusal};
use worker::{Context, Env, Request, Response};

use self::call::Call;
use self::routes::{Guard, Route};
use crate::error::{Failure, Fault};
use crate::http;
use crate::identity::keys as fit_keys;

/// Answers one request.
pub(crate) async fn route(request: Request, env: Env, ctx: Context) -> worker::Result<Response> {
    let format = http::Format::of_accept(&request);
    let mut call = Call { request, env, ctx, format };
    let answered = answer(&mut call).await;
    http::drain(&mut call.request).await;
    let answer = match answered {
        Ok(response) => Ok(response),
        Err(failure) => http::failed(format, &failure),
    };
    answer.map_err(|fault| {
        worker::Error::RustError(format!("an answer cannot be written, fault {}", fault.log()))
    })
}

async fn answer(call: &mut Call) -> Result<Response, Failure> {
    let (method, path) = (call.request.inner().method(), call.request.path());
    let route = routes::find(&method, &path)?;
    if route != Route::Health {
        // A deployment without fit secrets answers nobody: health says why, and so does the log.
        let fit = fit_keys(&call.env).map_err(Fault::at("keys"))?;
        guard(call, route.guard(), &fit)?;
    }
    answer_at(call, route).await
}

async fn answer_at(call: &mut Call, route: Route<'_>) -> Result<Response, Failure> {
    match route {
        Route::Health => health::show(call),
        Route::Hello { tenant } => hello::show(call, tenant).await,
        Route::Keys { tenant } => keys::show(call, tenant).await,
        Route::NewCustomer { tenant } => customers::create(call, tenant).await,
        Route::Tickets { tenant } => tickets::list(call, tenant).await,
        Route::NewTicket { tenant } => tickets::create(call, tenant).await,
        Route::Ticket { tenant, id } => tickets::show(call, tenant, id).await,
        Route::Receipts { tenant, id } => receipts::list(call, tenant, id).await,
        Route::Receipt { tenant, id, place } => receipts::file(call, tenant, id, place).await,
        Route::NewMessage { tenant, id } => messages::create(call, tenant, id).await,
        Route::Seen { tenant, id } => messages::seen(call, tenant, id).await,
        Route::TicketSocket { tenant, id } => tickets::listen(call, tenant, id).await,
        Route::FramePage { tenant } => pages::frame(call, tenant).await,
        Route::DeskPage { tenant } => pages::desk(call, tenant).await,
        Route::SignIn { tenant } => desk::sign_in(call, tenant).await,
        Route::SignOut { tenant } => desk::sign_out(call, tenant).await,
        Route::DeskHello { tenant } => desk::hello(call, tenant).await,
        Route::DeskTickets { tenant } => desk::index(call, tenant).await,
        Route::DeskTicket { tenant, id } => desk::show(call, tenant, id).await,
        Route::DeskReceipts { tenant, id } => receipts::desk_list(call, tenant, id).await,
        Route::DeskReceipt { tenant, id, place } => receipts::desk_file(call, tenant, id, place).await,
        Route::DeskCommand { tenant, id } => deeds::command(call, tenant, id).await,
        Route::DeskWhatIf { tenant, id } => deeds::what_if(call, tenant, id).await,
        Route::DeskSocket { tenant } => desk::listen(call, tenant).await,
        Route::DeskPlan { tenant } => planner::show(call, tenant).await,
        Route::DeskProposal { tenant } => planner::propose(call, tenant).await,
        Route::Publish { tenant } => admin::publish(call, tenant).await,
        Route::Invite { tenant } => admin::invite(call, tenant).await,
        Route::Revoke { tenant } => admin::revoke(call, tenant).await,
        Route::Plan { tenant } => plan::show(call, tenant).await,
        Route::Cycles { tenant } => cycles::show(call, tenant).await,
        #[cfg(feature = "test-faults")]
        Route::Vectors => vectors::run(call).await,
    }
}

/// Who may come this way at all. Browsers say where a change comes from; programs of the operator say nothing.
fn guard(call: &Call, guard: Guard, keys: &crate::identity::Keys) -> Result<(), Failure> {
    let origin = call.header("origin");
    match guard {
        Guard::Open => Ok(()),
        Guard::OwnPages => {
            let own = call.request.url()?.origin().ascii_serialization();
            match origin {
                Some(origin) if origin == own => Ok(()),
                found => Err(foreign(found).into()),
            }
        }
        Guard::Operator if origin.is_some() => Err(foreign(origin).into()),
        Guard::Operator => {
            let bearer = call.bearer()?.ok_or(Refusal::Unauthorized { why: Proof::Missing })?;
            if keys.is_operator(&bearer) {
                Ok(())
            } else {
                Err(Refusal::Unauthorized { why: Proof::Signature }.into())
            }
        }
    }
}

fn foreign(origin: Option<String>) -> Refusal {
    Refusal::Origin { found: shared::ids::excerpt(&origin.unwrap_or_default()) }
}
