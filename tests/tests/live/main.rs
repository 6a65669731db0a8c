//! Against a running product: everything real, workerd, KV and objects on disk, asked from outside.

mod clocks;
mod faults;
mod grading;
mod intake;
mod journeys;
mod limits;
mod people;
mod planner;
mod receipts;
mod rings;
