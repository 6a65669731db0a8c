//! What this folder's tests read: the smallest file that holds, and how a file's mistakes are told.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Hosts, Mistake, Policy};

pub(super) const HESI: &str = include_str!("../../../../edge/tenants/hesi.toml");
pub(super) const INVOICE: &str = include_str!("../../../../edge/tenants/hesi-invoice.toml");
pub(super) const SLA: &str = include_str!("../../../../edge/tenants/hesi-sla.toml");
pub(super) const BAOYUN: &str = include_str!("../../../../edge/tenants/baoyun.toml");
pub(super) const YIKUAIBAO: &str = include_str!("../../../../edge/tenants/yikuaibao.toml");
pub(super) const YONYOU: &str = include_str!("../../../../edge/tenants/yonyou.toml");
pub(super) const KINGDEE: &str = include_str!("../../../../edge/tenants/kingdee.toml");
pub(super) const FEISHU: &str = include_str!("../../../../edge/tenants/feishu.toml");
pub(super) const GLOBAL: &str = include_str!("../../../../edge/tenants/global.toml");
pub(super) const NEWYORK: &str = include_str!("../../../../edge/tenants/newyork.toml");

/// Every tenant of the demo.
pub(super) const DEMOS: [&str; 10] =
    [HESI, INVOICE, SLA, BAOYUN, YIKUAIBAO, YONYOU, KINGDEE, FEISHU, GLOBAL, NEWYORK];

/// The smallest file that holds.
pub(super) const SMALL: &str = r##"name = "Small"
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

/// A file that holds on the public internet.
#[track_caller]
pub(super) fn holds(text: &str) -> Policy {
    Policy::parse(text, Hosts::Public).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// A demo tenant's file, whose pages are on the developer's machine.
#[track_caller]
pub(super) fn demo(text: &str) -> Policy {
    Policy::parse(text, Hosts::Development).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// What is wrong with a file; nothing when it holds.
pub(super) fn wrong(text: &str, hosts: Hosts) -> Vec<Mistake> {
    Policy::parse(text, hosts).err().unwrap_or_default()
}

/// As people are told it, with line and column.
pub(super) fn mistakes(text: &str) -> Vec<String> {
    wrong(text, Hosts::Public).iter().map(ToString::to_string).collect()
}

/// A file with one text put in the place of another that stands there once.
#[track_caller]
pub(super) fn replaced(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old} is not there, or twice");
    text.replace(old, new)
}
