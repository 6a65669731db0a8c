//! Nightbell at the edge: doors of HTTP, sockets and alarms, in front of the decisions of `shared`.

mod clock;
mod door;
mod error;
mod kv;
mod names;
mod perform;
