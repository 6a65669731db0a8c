//! Against a running product: everything real, workerd, KV and objects on disk, asked from outside.

mod clocks;
mod credits;
mod faults;
mod grading;
mod intake;
mod journeys;
mod limits;
mod people;
mod planner;
mod published;
mod receipts;
mod rings;
