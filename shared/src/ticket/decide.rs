//! Everything that is decided for a request at the door, before anybody has taken it: the route, the promise and who
//! is rung at once.

use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Terms;
use crate::ids::{CompanyId, CustomerId};
use crate::routing::{Ask, Staff, plan};
use crate::sla::{Receipt, Route};
use crate::ticket::{Intake, Occasion, Request, Ring, summary};
use crate::time::Local;

/// Who asks, and what holds for her; all of it resolved, nothing of it looked up.
#[derive(Clone, Debug)]
pub struct Asker<'a> {
    /// Who.
    pub customer: CustomerId,
    /// For whom.
    pub company: Option<CompanyId>,
    /// What binds her request.
    pub terms: Terms,
    /// Who could answer.
    pub staff: &'a Staff,
    /// Her zone over the days ahead.
    pub local: &'a Local,
}

impl Intake {
    /// Decides for a request that the server sees first at `now`.
    #[must_use]
    pub fn decide(now: Timestamp, request: Request, asker: Asker<'_>) -> Self {
        let Asker { customer, company, terms, staff, local } = asker;
        let receipt = plan(Ask {
            ticket: request.id,
            now,
            severity: request.severity,
            channel: &request.channel,
            language: &request.language,
            local,
            terms: &terms,
            staff,
        })
        .receipt;
        let ring = ring(&request, company.as_ref(), staff, &receipt);
        let (opened_by, local) = (None, Some(local.clone()));
        Self { request, customer, company, terms, receipt, ring, opened_by, local }
    }
}

/// Somebody is rung at once when the route is a person on call, or the account manager hears of every request.
fn ring(request: &Request, company: Option<&CompanyId>, staff: &Staff, receipt: &Receipt) -> Option<Ring> {
    let account_manager = staff.manager_told(request.severity, &receipt.route).cloned();
    let on_call = match &receipt.route {
        Route::OnCall { agents } => agents.clone(),
        Route::Live { .. } | Route::Region { .. } | Route::Ticket { .. } => Vec::new(),
    };
    let anybody = !on_call.is_empty() || account_manager.is_some();
    anybody.then(|| Ring {
        occasion: Occasion::Opened {},
        ticket: request.id,
        code: request.id.code(),
        tier: receipt.tier.clone(),
        severity: request.severity,
        company: company.cloned(),
        asked_at: receipt.asked_at,
        first_response: receipt.first_response.map(|promised| promised.at),
        on_call,
        account_manager,
        subject: Some(summary::first_line(&request.text)),
    })
}
