//! What the customers' program and the agents' share: words and dates for one reader, icons, the edge asked by frames,
//! its clock, and the words for a running clock. Neither program decides anything: that is `shared`'s.

pub mod clock;
pub mod dates;
pub mod http;
pub mod icon;
pub mod node;
pub mod reasons;
pub mod task;
pub mod verdict;
pub mod words;
