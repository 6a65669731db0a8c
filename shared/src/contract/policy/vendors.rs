//! The rows of the requirements' tables R1, R2, R3 and R10, each in words and as the answer of its tenant. What no
//! document says is called assumed.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::{SignedDuration, Timestamp};

use super::sample::{BAOYUN, FEISHU, HESI, INVOICE, KINGDEE, SLA, YIKUAIBAO, YONYOU, demo};
use super::{ChannelKind, Policy, Written};
use crate::contract::Complexity::{Complex, Ordinary};
use crate::contract::Metric::{self, FirstResponse, PausableUpdate, Resolution};
use crate::contract::Severity::{self, General, Major, Urgent};
use crate::contract::{Case, Complexity};
use crate::ids::TierId;

/// Telling instants in Shanghai: a Friday, the night after it, the Saturday, and National Day.
const FRIDAY_NOON: &str = "2026-11-20T12:00";
const FRIDAY_EARLY: &str = "2026-11-20T08:30";
const FRIDAY_EVENING: &str = "2026-11-20T19:00";
const NIGHT: &str = "2026-11-20T23:10";
const SATURDAY: &str = "2026-11-21T12:00";
const NATIONAL_DAY: &str = "2026-10-01T12:00";
const EVERY_INSTANT: [&str; 6] = [FRIDAY_NOON, FRIDAY_EARLY, FRIDAY_EVENING, NIGHT, SATURDAY, NATIONAL_DAY];

/// A tenant whom questions are put to, in its own zone.
struct Vendor(Policy);

impl Vendor {
    fn of(text: &str) -> Self {
        Self(demo(text))
    }

    fn channels(&self, tier: &str) -> Vec<&str> {
        let tier: TierId = tier.parse().unwrap();
        let own = self.0.channels.iter().filter(|channel| channel.hours(&tier).is_some());
        own.map(|channel| channel.id.as_str()).collect()
    }

    fn is_open(&self, tier: &str, channel: &str, instant: &str) -> bool {
        let from = at(instant);
        let open = self.0.channels_for(&tier.parse().unwrap(), from, from + SignedDuration::from_hours(24));
        let channel = open.into_iter().find(|(own, _)| own.id.as_str() == channel);
        channel.is_some_and(|(_, windows)| windows.iter().any(|window| window.contains(from)))
    }

    /// At which of the telling instants a channel is open for a tier.
    fn open_at(&self, tier: &str, channel: &str) -> Vec<&str> {
        EVERY_INSTANT.into_iter().filter(|instant| self.is_open(tier, channel, instant)).collect()
    }

    fn minutes(&self, tier: &str, metric: Metric, severity: Severity, complexity: Complexity) -> Option<i64> {
        let channel = "chat".parse().unwrap();
        let case = Case { severity, complexity, channel: &channel };
        self.0.target(&tier.parse().unwrap(), metric, case).map(|target| target.within.as_mins())
    }

    /// First response at each severity, in minutes.
    fn responses(&self, tier: &str) -> [i64; 3] {
        Severity::ALL.map(|severity| self.minutes(tier, FirstResponse, severity, Ordinary).unwrap())
    }

    /// First reply to a request on a channel by when, on Shanghai's clock.
    fn reply(&self, tier: &str, severity: Severity, channel: &str, asked: &str) -> String {
        let channel = channel.parse().unwrap();
        let terms = self.0.terms(1, &tier.parse().unwrap(), at(asked)).unwrap();
        let case = Case { severity, complexity: Ordinary, channel: &channel };
        let target = terms.target(FirstResponse, case).unwrap();
        let due = terms.calendar(&target.calendar).unwrap().hours().after(at(asked), target.within).unwrap();
        let shanghai = due + SignedDuration::from_hours(8);
        shanghai.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    fn has(&self, kind: ChannelKind) -> bool {
        self.0.channels.iter().any(|channel| channel.kind == kind)
    }
}

/// An instant on Shanghai's clock.
fn at(civil: &str) -> Timestamp {
    (civil.to_owned() + ":00+08:00").parse().unwrap()
}

const WORKING_TIME: [&str; 1] = [FRIDAY_NOON];

#[test]
fn r1_phone_and_web_chat_are_open_on_workdays_from_nine_to_six() {
    let hesi = Vendor::of(HESI);
    for channel in ["phone", "chat"] {
        assert_eq!(hesi.open_at("standard", channel), WORKING_TIME, "{channel}");
        for (instant, open) in [
            ("2026-11-20T08:59", false),
            ("2026-11-20T09:00", true),
            ("2026-11-20T17:59", true),
            ("2026-11-20T18:00", false),
            ("2026-09-20T10:00", true), // a make-up Sunday
        ] {
            assert_eq!(hesi.is_open("standard", channel, instant), open, "{channel} at {instant}");
        }
    }
}

#[test]
fn r1_mail_may_be_sent_at_any_time_and_is_answered_in_working_time_within_a_workday() {
    let hesi = Vendor::of(HESI);
    assert!(hesi.0.channels.iter().any(|channel| channel.id.as_str() == "email" && channel.kind.writable()));
    assert_eq!(hesi.reply("standard", General, "email", NIGHT), "2026-11-23T10:00");
    assert_eq!(hesi.reply("standard", General, "email", FRIDAY_NOON), "2026-11-20T13:00");
}

#[test]
fn r1_the_knowledge_base_is_open_around_the_clock() {
    assert_eq!(Vendor::of(HESI).open_at("standard", "articles"), EVERY_INSTANT);
}

#[test]
fn r1_the_account_manager_comes_with_the_contract() {
    let hesi = Vendor::of(HESI);
    assert!(!hesi.channels("standard").contains(&"account_manager"));
    for tier in ["vip", "implementation"] {
        assert_eq!(hesi.open_at(tier, "account_manager"), EVERY_INSTANT, "{tier}");
    }
}

#[test]
fn r2_a_standard_customer_has_phone_chat_and_mail_on_workdays_and_an_answer_within_the_hour() {
    let hesi = Vendor::of(HESI);
    assert_eq!(hesi.channels("standard"), ["chat", "phone", "email", "articles"]);
    assert_eq!(hesi.minutes("standard", FirstResponse, General, Ordinary), Some(60));
    assert_eq!(hesi.reply("standard", General, "chat", "2026-11-20T17:00"), "2026-11-20T18:00");
    assert_eq!(hesi.reply("standard", General, "phone", NATIONAL_DAY), "2026-10-08T10:00");
}

#[test]
fn r2_a_vip_has_an_answer_within_half_an_hour_at_any_hour() {
    let hesi = Vendor::of(HESI);
    assert_eq!(hesi.reply("vip", General, "chat", NIGHT), "2026-11-20T23:40");
    assert_eq!(hesi.reply("vip", Urgent, "chat", NATIONAL_DAY), "2026-10-01T12:30");
}

#[test]
fn r2_a_customer_before_go_live_has_a_project_manager_at_any_hour_who_is_told_at_once() {
    let hesi = Vendor::of(HESI);
    let tier = hesi.0.tier(&"implementation".parse().unwrap()).unwrap();
    assert_eq!(tier.tells_manager_from, Some(General));
    let companies = hesi.0.companies.iter();
    let before = |company: &&super::Company| company.tier(at(NIGHT)).as_str() == "implementation";
    assert!(companies.clone().any(|company| before(&company)));
    assert!(companies.filter(before).all(|company| company.account_manager.is_some()));
    // Assumed: "at once" is half an hour.
    assert_eq!(hesi.reply("implementation", General, "chat", SATURDAY), "2026-11-21T12:30");
}

#[test]
fn r3_seed_000_urgent_within_an_hour_and_major_around_the_clock() {
    let hesi = Vendor::of(HESI);
    assert_eq!(hesi.responses("standard"), [60, 60, 30]);
    assert_eq!(hesi.reply("standard", Urgent, "chat", NIGHT), "2026-11-23T10:00");
    assert_eq!(hesi.reply("standard", Major, "chat", NIGHT), "2026-11-20T23:40");
    assert_eq!(hesi.responses("vip"), [30, 30, 15]);
    assert_eq!(hesi.responses("implementation"), [30, 30, 15]);
}

#[test]
fn r3_seed_000_cannot_log_in_is_urgent_and_lost_data_are_major() {
    let hesi = Vendor::of(HESI);
    let chinese = "zh-CN".parse().unwrap();
    let severity = |text| {
        let written = Written { text, language: Some(&chinese) };
        hesi.0.raise(&"standard".parse().unwrap(), written, (General, Ordinary)).severity
    };
    assert_eq!(severity("同事都登录不了系统"), Urgent);
    assert_eq!(severity("报销单数据异常"), Urgent);
    assert_eq!(severity("服务器宕机"), Major);
    assert_eq!(severity("昨天的单据数据丢失"), Major);
    assert_eq!(severity("怎样新建报销单?"), General);
}

#[test]
fn r3_seed_003_general_within_two_hours_urgent_within_half_an_hour_at_any_hour() {
    let invoice = Vendor::of(INVOICE);
    assert_eq!(invoice.responses("standard")[..2], [120, 30]);
    assert_eq!(invoice.reply("standard", General, "wechat", NATIONAL_DAY), "2026-10-01T14:00");
    assert_eq!(invoice.reply("standard", Urgent, "phone", NIGHT), "2026-11-20T23:40");
    for channel in ["phone", "email", "chat", "wechat", "wecom"] {
        assert_eq!(invoice.open_at("standard", channel), EVERY_INSTANT, "{channel}");
    }
}

#[test]
fn r3_seed_004_a_first_response_within_thirty_minutes_urgent_within_fifteen() {
    let sla = Vendor::of(SLA);
    assert_eq!(sla.responses("standard")[..2], [30, 15]);
    assert_eq!(sla.reply("standard", General, "email", SATURDAY), "2026-11-21T12:30");
    assert_eq!(sla.reply("standard", Urgent, "chat", "2026-11-20T23:50"), "2026-11-21T00:05");
}

#[test]
fn r3_seed_004_most_are_solved_within_a_day_and_complex_ones_within_three() {
    for (text, tiers) in
        [(SLA, ["standard"].as_slice()), (HESI, ["standard", "vip", "implementation"].as_slice())]
    {
        for (tier, severity) in tiers.iter().flat_map(|tier| Severity::ALL.map(|severity| (tier, severity))) {
            let vendor = Vendor::of(text);
            assert_eq!(vendor.minutes(tier, Resolution, severity, Ordinary), Some(24 * 60), "{tier}");
            assert_eq!(vendor.minutes(tier, Resolution, severity, Complex), Some(72 * 60), "{tier}");
        }
    }
}

#[test]
fn r3_seed_002_a_complex_ticket_has_news_within_two_hours() {
    let hesi = Vendor::of(HESI);
    let updates = |tier, complexity| {
        Severity::ALL.map(|severity| hesi.minutes(tier, PausableUpdate, severity, complexity))
    };
    assert_eq!(updates("standard", Complex), [Some(120); 3]);
    assert_eq!(updates("standard", Ordinary), [None, None, Some(120)]);
    assert_eq!(updates("vip", Ordinary), [Some(120); 3]);
    assert_eq!(updates("implementation", Complex), [Some(120); 3]);
}

#[test]
fn r10_hesi_is_there_around_the_clock_by_contract_and_on_workdays_else() {
    let hesi = Vendor::of(HESI);
    assert!(hesi.has(ChannelKind::Chat) && hesi.has(ChannelKind::Phone) && hesi.has(ChannelKind::Email));
    assert!(hesi.has(ChannelKind::AccountManager));
    assert_eq!(hesi.open_at("standard", "chat"), WORKING_TIME);
    assert_eq!(hesi.open_at("vip", "account_manager"), EVERY_INSTANT);
}

#[test]
fn r10_baoyun_serves_on_workdays_and_nobody_at_night() {
    let baoyun = Vendor::of(BAOYUN);
    for channel in baoyun.channels("standard") {
        assert_eq!(baoyun.open_at("standard", channel), WORKING_TIME, "{channel}");
    }
    assert!(baoyun.0.tiers.iter().all(|tier| tier.calls_from.is_none()));
    assert!(baoyun.0.roster.on_call.is_empty());
    assert_eq!(baoyun.reply("standard", Major, "chat", NIGHT), "2026-11-23T09:30");
}

#[test]
fn r10_yikuaibao_serves_in_working_hours_and_longer_with_the_higher_plan() {
    let yikuaibao = Vendor::of(YIKUAIBAO);
    assert_eq!(yikuaibao.open_at("standard", "chat"), WORKING_TIME);
    let extended = yikuaibao.open_at("premium", "chat");
    // How much longer is assumed; not around the clock is not.
    assert_eq!(extended, [FRIDAY_NOON, FRIDAY_EVENING, SATURDAY]);
    assert_eq!(yikuaibao.responses("standard"), [10; 3]);
    assert_eq!(yikuaibao.reply("premium", General, "chat", FRIDAY_EVENING), "2026-11-20T19:10");
    assert_eq!(yikuaibao.reply("standard", General, "chat", FRIDAY_EVENING), "2026-11-23T09:10");
}

#[test]
fn r10_yonyou_serves_on_workdays_from_eight_to_six_and_around_the_clock_only_in_part() {
    let yonyou = Vendor::of(YONYOU);
    assert_eq!(yonyou.open_at("standard", "phone"), [FRIDAY_NOON, FRIDAY_EARLY]);
    assert!(!yonyou.is_open("standard", "phone", "2026-11-20T18:00"));
    assert!(yonyou.has(ChannelKind::AccountManager));
    // Which part is assumed: the phone of key accounts, and what is urgent.
    assert_eq!(yonyou.open_at("vip", "phone"), EVERY_INSTANT);
    assert_eq!(yonyou.open_at("vip", "chat"), [FRIDAY_NOON, FRIDAY_EARLY]);
    assert_eq!(yonyou.reply("vip", Urgent, "phone", NIGHT), "2026-11-21T00:10");
    assert_eq!(yonyou.reply("vip", General, "phone", NIGHT), "2026-11-23T09:00");
}

#[test]
fn r10_kingdee_is_there_around_the_clock_only_in_part_and_has_account_managers() {
    let kingdee = Vendor::of(KINGDEE);
    assert_eq!(kingdee.open_at("standard", "phone"), WORKING_TIME);
    assert!(kingdee.has(ChannelKind::AccountManager));
    // Which part is assumed: a higher plan.
    assert_eq!(kingdee.open_at("vip", "phone"), EVERY_INSTANT);
    assert_eq!(kingdee.reply("vip", Major, "phone", SATURDAY), "2026-11-21T12:30");
    assert_eq!(kingdee.reply("standard", Major, "phone", SATURDAY), "2026-11-23T10:00");
}

#[test]
fn r10_feishu_chats_around_the_clock_without_account_managers() {
    let feishu = Vendor::of(FEISHU);
    assert_eq!(feishu.open_at("standard", "chat"), EVERY_INSTANT);
    assert!(!feishu.has(ChannelKind::AccountManager) && !feishu.has(ChannelKind::Phone));
    // The target is assumed.
    assert_eq!(feishu.reply("standard", General, "chat", NATIONAL_DAY), "2026-10-01T12:30");
}
