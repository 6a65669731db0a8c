//! Simulated days over `shared`: a [`World`](world::World) has a tenant, a clock that is moved, never waited for, and
//! around them the plainest possible edge, in memory. What a test asserts is what people get: receipts, the desk's
//! lines, what was rung, and the silence around it.
//!
//! [`sim`] runs the customer's client against the same objects over a network that loses, doubles and reorders.

pub mod chance;
pub mod instant;
pub mod kept;
#[cfg(feature = "live")]
pub mod live;
pub mod object;
pub mod phone;
pub mod places;
pub mod sim;
pub mod tell;
pub mod tenant;
pub mod world;
