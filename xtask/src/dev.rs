//! `cargo xtask dev`: from a clone to a ringing bell, with one command.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use shared::time::holidays::{Country, missing_next_year};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::build::{self, Speed};
use crate::place::Place;
use crate::run::{self, Clock, Options, Ports, Product};
use crate::say;

/// How often somebody looks whether the edge still answers.
const LOOK: Duration = Duration::from_secs(5);
/// So many looks in a row without an answer mean that it never will again.
const PATIENCE: usize = 3;

/// What the command line asks for.
pub(crate) struct Wish {
    pub(crate) json: bool,
    pub(crate) at: Option<jiff::Timestamp>,
    pub(crate) port: Option<u16>,
    /// None: what the last build left.
    pub(crate) speed: Option<Speed>,
    pub(crate) data: Option<PathBuf>,
}

/// Runs until somebody ends it.
pub(crate) fn dev(place: &Place, wish: Wish) -> Result<()> {
    let ports = Ports::from(wish.port)?;
    let manifest = match wish.speed {
        Some(speed) => run::build(place, speed)?,
        None => build::as_built(place)?,
    };
    // From here on, Ctrl-C ends this function, and dropping the product ends what it started.
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let data = wish.data.map_or_else(|| Ok(place.data()), std::path::absolute)?;
    let clock = Clock::starting_at(wish.at);
    missing_holidays(clock.now()).iter().for_each(say::line);
    let options = Options { data, ports, clock, ticks: true, faults: "{}".to_owned() };
    let mut product = Product::start(place, &manifest, options)?;
    tell(&mut product, wish.json)?;

    let mut silent = 0;
    loop {
        for _ in 0..LOOK.as_millis() / 100 {
            if signals.pending().next().is_some() {
                say::line("ending");
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        silent = if product.is_healthy() { 0 } else { silent + 1 };
        if silent == PATIENCE {
            say::line("the edge does not answer: starting it again");
            product.restart_edge()?;
            silent = 0;
        }
    }
}

/// From 1 December on, which countries' tables end before the next year (`/v1/health` says so too).
fn missing_holidays(now: jiff::Timestamp) -> Option<String> {
    let missing: Vec<&str> = missing_next_year(now).map(Country::code).collect();
    if missing.is_empty() {
        return None;
    }
    let codes = missing.join(", ");
    Some(format!("next year's holidays are missing: {codes} (shared/src/time/holidays/)"))
}

/// What to open, for people or for programs.
#[expect(clippy::print_stdout, reason = "this is the command's answer")]
fn tell(product: &mut Product, as_json: bool) -> Result<()> {
    let (edge, host, receiver) = (product.edge(), product.host(), product.receiver());
    let (desk, health) = (product.desk_link()?, format!("{edge}/v1/health"));
    if as_json {
        let pids = json!({ "xtask": std::process::id(), "edge": product.edge_group() });
        let data = product.data().display().to_string();
        println!(
            "{}",
            json!({ "edge": edge, "host": host, "desk": desk, "receiver": receiver, "health": health, "data": data, "pids": pids })
        );
        return Ok(());
    }
    println!("\n  host pages   {host}/            strict policy and Trusted Types");
    println!("               {host}/plain.html  no policy");
    println!("               {host}/rtl.html    right to left");
    println!("               {host}/app.html    single-page app");
    println!("  desk         {desk}");
    println!("  rings        {receiver}/");
    println!("  health       {health}\n\n  Ctrl-C ends everything.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::missing_holidays;

    #[test]
    fn from_the_first_of_december_the_countries_whose_next_year_is_missing_are_named() {
        let said = |now: &str| missing_holidays(now.parse().unwrap());
        assert_eq!(said("2026-11-30T23:59:59Z"), None);
        let line = "next year's holidays are missing: cn (shared/src/time/holidays/)";
        assert_eq!(said("2026-12-01T00:00:00Z").as_deref(), Some(line));
    }
}
