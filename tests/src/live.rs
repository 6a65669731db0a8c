//! A running product, asked from outside as browsers, hosts' servers, operators and receivers of webhooks ask it. Its
//! address and the operator's secret stand in the environment; `cargo xtask test` sets them.

mod customer;
mod desk;
mod faults;
mod http;
mod product;
mod receiver;
mod socket;
mod tenant;
mod token;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::thread;
use std::time::Duration;

pub use customer::{Customer, message_id, ticket_id};
pub use desk::Desk;
pub use faults::{Calm, Trouble, calm, trouble};
pub use http::{Answer, Ask, Edge, variable};
pub use product::Product;
pub use receiver::{Receiver, Ring};
pub use socket::Socket;
pub use tenant::{Limits, Tenant};
pub use token::{jwt, jwt_with, now};

/// Sixty-four bits that no other run has.
pub fn fresh() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Asks again and again, for at most so many seconds, until there is an answer.
#[track_caller]
pub fn within<T>(seconds: u64, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..seconds * 20 {
        if let Some(found) = look() {
            return found;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("{what} did not happen within {seconds} s")
}
