//! A tenant's file is published anew: which tickets are touched, and what is asked of each.

use alloc::vec::Vec;

use jiff::Timestamp;

use crate::contract::Terms;
use crate::contract::policy::{Company, Policy};
use crate::ids::{CompanyId, TierId};
use crate::sla::Actor;
use crate::ticket::{Bound, Command, TermsCause};
use crate::time::calendar::Zones;
use crate::time::holidays::HOLIDAYS_VERSION;

/// A published file, and the number that it was given.
#[derive(Clone, Copy, Debug)]
pub struct Newest<'p> {
    /// The number.
    pub number: u32,
    /// The file.
    pub policy: &'p Policy,
}

impl Newest<'_> {
    /// Whether tickets that are bound so have to be asked: their company has another tier, or a calendar of theirs says
    /// something else from `now` on than in `own`, the file that it is from. Without that file, and with other time
    /// data than this build's, only the ticket itself can tell. What a later file binds this one touches no more.
    #[must_use]
    pub fn touches(self, bound: &Bound, own: Option<&Policy>, now: Timestamp) -> bool {
        let known = bound.tzdb == Zones::version() && bound.holidays == HOLIDAYS_VERSION;
        let keeps = |own| self.policy.keeps(own, &bound.calendars, now);
        if bound.policy > self.number {
            return false;
        }
        !known || self.moved(bound.company.as_ref(), &bound.tier, now).is_some() || !own.is_some_and(keeps)
    }

    /// What to ask of a ticket that `terms` bind: the terms of its company's tier if that is another one now, else its
    /// own with the calendars of this file (S6). None if nothing changes for it.
    #[must_use]
    pub fn anew(self, company: Option<&CompanyId>, terms: &Terms, now: Timestamp) -> Option<Command> {
        if terms.policy > self.number {
            return None;
        }
        let by = Actor::Tenant {};
        let (anew, cause) = match self.moved(company, &terms.tier, now) {
            Some((tier, cause)) => (self.policy.terms(self.number, tier, now)?, cause),
            None => (self.policy.rebind(self.number, terms, now), TermsCause::Calendar { by }),
        };
        (!terms.comes_to(&anew, now)).then_some(Command::Bind { terms: anew, cause })
    }

    /// The tier that the company of a ticket has instead of `tier`: by its go-live another contract holds, else it has
    /// bought another tier. Who is nobody's, or of a company that the file has no more, keeps what she was told.
    fn moved(
        &self,
        company: Option<&CompanyId>,
        tier: &TierId,
        now: Timestamp,
    ) -> Option<(&TierId, TermsCause)> {
        let company = self.policy.company(company?)?;
        let (has, by) = (company.tier(now), Actor::Tenant {});
        let cause = if company.is_live_with(has, now) {
            TermsCause::Contract { by }
        } else {
            TermsCause::Tier { by }
        };
        (has != tier).then_some((has, cause))
    }

    /// The earliest instant after `now` at which a company goes live: its tickets are touched then, too.
    #[must_use]
    pub fn next_go_live(self, now: Timestamp) -> Option<Timestamp> {
        let coming = |at: &Timestamp| *at > now;
        self.policy.companies.iter().filter_map(Company::go_live).filter(coming).min()
    }

    /// The companies that went live after `since`, up to `now`.
    #[must_use]
    pub fn gone_live(self, since: Timestamp, now: Timestamp) -> Vec<CompanyId> {
        let between = |at: Timestamp| since < at && at <= now;
        let live = self.policy.companies.iter().filter(|company| company.go_live().is_some_and(between));
        live.map(|company| company.id.clone()).collect()
    }
}
