//! How often: changing requests a minute of one customer, from one network address and of one tenant, as its file says.
//!
//! Counted in the memory of each instance of the worker, in minutes of the edge's clock. That costs a request nothing:
//! an object that counted would double the way of each intake to its acknowledgement, and would stand in front of a door
//! that must open while no object answers. The price: Cloudflare runs several instances, so a flood that is spread over
//! N of them gets N times the limit. These numbers keep one sender from crowding out the others; they decide nothing
//! about who may see what. The address is the platform's word (`CF-Connecting-IP`), never a header that anybody can set.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::Timestamp;
use shared::contract::policy::Limits;
use shared::ids::{CustomerId, TenantId};
use shared::refusal::{Refusal, Scope};

/// A window of counting, in seconds.
const WINDOW: i64 = 60;

/// Whom a request counts for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender<'a> {
    pub(crate) tenant: &'a TenantId,
    pub(crate) address: &'a str,
    /// As far as she is known yet.
    pub(crate) customer: Option<&'a CustomerId>,
}

#[derive(Default)]
struct Counts {
    window: i64,
    counts: HashMap<String, u32>,
}

thread_local! {
    static COUNTS: RefCell<Counts> = RefCell::default();
}

/// Counts a changing request, or refuses it.
pub(crate) fn count(limits: &Limits, sender: Sender<'_>, now: Timestamp) -> Result<(), Refusal> {
    COUNTS.with_borrow_mut(|counts| counts.count(limits, sender, now))
}

impl Counts {
    /// The narrowest first: what one sender has too much of is not counted against everybody.
    fn count(&mut self, limits: &Limits, sender: Sender<'_>, now: Timestamp) -> Result<(), Refusal> {
        let second = now.as_second();
        let window = second.div_euclid(WINDOW);
        if window != self.window {
            *self = Self { window, counts: HashMap::new() };
        }
        let retry_after = u32::try_from(WINDOW - second.rem_euclid(WINDOW)).unwrap_or(1);
        let tenant = sender.tenant;
        let customer =
            sender.customer.map(|id| (Scope::Customer, format!("{tenant}/c/{id}"), limits.per_customer));
        let address = (Scope::Address, format!("{tenant}/a/{}", sender.address), limits.per_address);
        let everybody = (Scope::Tenant, tenant.to_string(), limits.per_tenant);
        for (scope, name, limit) in customer.into_iter().chain([address, everybody]) {
            let count = self.counts.entry(name).or_default();
            if *count >= limit {
                return Err(Refusal::TooMany { scope, retry_after });
            }
            *count = count.saturating_add(1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Timestamp = Timestamp::constant(1_791_000_000, 0);

    fn limits() -> Limits {
        Limits { per_customer: 2, per_address: 3, per_tenant: 4, ..Limits::default() }
    }

    fn send(counts: &mut Counts, customer: u128, address: &str, second: i64) -> Result<(), Refusal> {
        let (tenant, customer) = ("hesi".parse().unwrap(), CustomerId::anonymous(customer));
        let sender = Sender { tenant: &tenant, address, customer: Some(&customer) };
        counts.count(&limits(), sender, MINUTE + jiff::SignedDuration::from_secs(second))
    }

    fn too_many(scope: Scope, retry_after: u32) -> Result<(), Refusal> {
        Err(Refusal::TooMany { scope, retry_after })
    }

    #[test]
    fn a_customer_an_address_and_a_tenant_each_have_their_limit() {
        let mut counts = Counts::default();
        assert_eq!(send(&mut counts, 1, "a", 0), Ok(()));
        assert_eq!(send(&mut counts, 1, "a", 10), Ok(()));
        assert_eq!(send(&mut counts, 1, "a", 10), too_many(Scope::Customer, 50));
        assert_eq!(send(&mut counts, 2, "a", 20), Ok(()));
        assert_eq!(send(&mut counts, 3, "a", 20), too_many(Scope::Address, 40));
        assert_eq!(send(&mut counts, 3, "b", 20), Ok(()));
        assert_eq!(send(&mut counts, 4, "c", 59), too_many(Scope::Tenant, 1));
    }

    #[test]
    fn the_next_minute_begins_anew() {
        let mut counts = Counts::default();
        for _ in 0..5 {
            let _ = send(&mut counts, 1, "a", 0);
        }
        assert_eq!(send(&mut counts, 1, "a", 60), Ok(()));
    }

    #[test]
    fn one_tenants_flood_is_not_anothers() {
        let mut counts = Counts::default();
        let (one, other) = ("hesi".parse().unwrap(), "global".parse().unwrap());
        let sender = |tenant| Sender { tenant, address: "a", customer: None };
        while counts.count(&limits(), sender(&one), MINUTE).is_ok() {}
        assert_eq!(counts.count(&limits(), sender(&other), MINUTE), Ok(()));
    }
}
