//! Nightbell at the edge: doors of HTTP, sockets and alarms, in front of the decisions of `shared`.

mod access_do;
mod api;
mod clock;
mod customer_do;
mod desk_do;
mod door;
mod error;
mod faults;
mod hosts;
mod http;
mod identity;
mod journal;
mod kv;
mod limits;
mod names;
mod perform;
mod random;
mod socket;
mod store;
mod sweeper;
mod tenants;
mod ticket_do;
mod webhook;

use worker::{Context, Env, Request, Response, ScheduleContext, ScheduledEvent, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, ctx: Context) -> worker::Result<Response> {
    #[cfg(feature = "test-faults")]
    if let Some(answer) = faults::route(&request, &env).await {
        return answer;
    }
    api::route(request, env, ctx).await
}

#[event(scheduled)]
async fn scheduled(_: ScheduledEvent, env: Env, _: ScheduleContext) {
    sweeper::sweep(&env).await;
}
