use alloc::string::ToString;
use alloc::vec::Vec;

use super::*;

const HESI: &str = include_str!("../../../../edge/tenants/hesi.toml");

/// The smallest file that holds.
const SMALL: &str = r##"name = "Small"
origins = ["https://www.small.example"]
languages = ["en"]
default_language = "en"
accent = "#102030"
default_tier = "standard"
[calendars.workdays]
zone = "Asia/Shanghai"
weekly.mon-fri = ["09:00-18:00"]
[tiers.standard]
name = "Standard"
[targets.standard.first_response]
general = { within = "1h", calendar = "workdays" }
urgent = { within = "1h", calendar = "workdays" }
major = { within = "30m", calendar = "workdays" }
[channels.chat]
kind = "chat"
hours = "workdays"
[[agents]]
id = "li"
name = "Li"
email = "li@small.example"
[[teams]]
id = "support"
name = "Support"
calendar = "workdays"
"##;

fn mistakes(text: &str) -> Vec<alloc::string::String> {
    let mistakes = Policy::parse(text, Hosts::Public).err().unwrap_or_default();
    mistakes.iter().map(ToString::to_string).collect()
}

/// The small file with one line put in the place of another has exactly this mistake.
#[track_caller]
fn refused(old: &str, new: &str, mistake: &str) {
    assert_eq!(SMALL.matches(old).count(), 1, "the line is not there, or twice");
    assert_eq!(mistakes(&SMALL.replace(old, new)), [mistake]);
}

#[test]
fn the_small_file_and_the_demo_tenants_hold() {
    assert_eq!(mistakes(SMALL), Vec::<&str>::new());
    let global = include_str!("../../../../edge/tenants/global.toml");
    let newyork = include_str!("../../../../edge/tenants/newyork.toml");
    let bench = include_str!("../../../../edge/tenants/bench.toml");
    for text in [HESI, global, newyork, bench] {
        let parsed = Policy::parse(text, Hosts::Development);
        assert!(parsed.is_ok(), "{:#?}", parsed.err());
    }
}
