//! Everything that is decided for a request at the door, before anybody has taken it: the route, the promise and who
//! is rung at once.

use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Terms;
use crate::ids::{CompanyId, CustomerId, TenantId};
use crate::routing::{Ask, Grade, Load, Staff, plan};
use crate::sla::{Receipt, Route};
use crate::ticket::{Intake, Occasion, Request, Ring, summary};
use crate::time::Local;

/// Who asks, and what holds for her; all of it resolved, nothing of it looked up.
#[derive(Clone, Debug)]
pub struct Asker<'a> {
    /// Whom she asks.
    pub tenant: &'a TenantId,
    /// Who.
    pub customer: CustomerId,
    /// For whom.
    pub company: Option<CompanyId>,
    /// How bad her request counts as, by her word, her tier and the tenant's rules.
    pub grade: &'a Grade,
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
        let Asker { tenant, customer, company, grade, terms, staff, local } = asker;
        let receipt = plan(Ask {
            tenant,
            company: company.as_ref(),
            ticket: request.id,
            now,
            grade,
            channel: &request.channel,
            language: &request.language,
            local,
            terms: &terms,
            staff,
            // Nobody is picked at the door: the team sees the ticket, and takes it.
            load: &Load::default(),
        })
        .receipt;
        let ring = ring(&request, company.as_ref(), staff, &receipt);
        Self { request, customer, company, terms, receipt, ring, opened_by: None }
    }
}

/// Somebody is rung at once when the route is a person on call, or the account manager hears of every request.
fn ring(request: &Request, company: Option<&CompanyId>, staff: &Staff, receipt: &Receipt) -> Option<Ring> {
    let account_manager = staff.manager_told(receipt.severity, &receipt.route).cloned();
    let on_call = match &receipt.route {
        Route::OnCall { agents } => agents.clone(),
        Route::Live { .. } | Route::Region { .. } | Route::Ticket { .. } | Route::SelfService { .. } => {
            Vec::new()
        }
    };
    let anybody = !on_call.is_empty() || account_manager.is_some();
    anybody.then(|| Ring {
        occasion: Occasion::Opened {},
        ticket: request.id,
        code: request.id.code(),
        tier: receipt.tier.clone(),
        severity: receipt.severity,
        company: company.cloned(),
        asked_at: receipt.asked_at,
        first_response: receipt.first_response().map(|promised| promised.at),
        on_call,
        account_manager,
        subject: Some(summary::first_line(&request.text)),
    })
}
