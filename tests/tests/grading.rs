//! What a customer's word starts: no more than her tier may claim; what words in her text raise; and what she says
//! later. Nothing but a person lowers.

use shared::contract::Complexity::{self, Complex, Ordinary};
use shared::contract::Severity::{self, General, Major, Urgent};
use shared::contract::policy::{Hosts, Policy, Written};
use shared::ids::{MessageId, TierId};
use shared::language::Language;
use shared::routing::Grade;
use shared::ticket::{Actor, Author, Command, Discard};
use tests::chance::Chance;
use tests::tenant::Tenant;
use tests::world::World;

const TENANTS: [&str; 10] = [
    "baoyun",
    "feishu",
    "global",
    "hesi",
    "hesi-invoice",
    "hesi-sla",
    "kingdee",
    "newyork",
    "yikuaibao",
    "yonyou",
];

fn policy(tenant: &str) -> Policy {
    let path = format!("{}/../edge/tenants/{tenant}.toml", env!("CARGO_MANIFEST_DIR"));
    Policy::parse(&std::fs::read_to_string(path).unwrap(), Hosts::Development).unwrap()
}

fn grade(policy: &Policy, tier: &str, language: &str, (claimed, text): (Severity, &str)) -> Grade {
    let language: Language = language.parse().unwrap();
    let written = Written { text, language: Some(&language) };
    Grade::by(policy, &tier.parse().unwrap(), written, (claimed, Ordinary))
}

/// What each word of a customer starts, the mildest first, by tenant and tier.
#[test]
fn in_every_demo_tenant_a_word_starts_what_its_tier_may_claim() {
    let mut told = Vec::new();
    for tenant in TENANTS {
        let policy = policy(tenant);
        for tier in policy.tiers.iter().map(|tier| tier.id.as_str()) {
            let starts =
                Severity::ALL.map(|claimed| grade(&policy, tier, "en", (claimed, "hm")).severity().as_str());
            told.push(format!("{tenant} {tier}: {}", starts.join(" ")));
        }
    }
    assert_eq!(
        told,
        [
            "baoyun standard: general urgent urgent",
            "feishu standard: general urgent urgent",
            "global standard: general urgent urgent",
            "hesi standard: general urgent urgent",
            "hesi vip: general urgent major",
            "hesi implementation: general urgent major",
            "hesi-invoice standard: general urgent urgent",
            "hesi-sla standard: general urgent urgent",
            "kingdee standard: general urgent urgent",
            "kingdee vip: general urgent major",
            "newyork standard: general urgent urgent",
            "yikuaibao standard: general urgent urgent",
            "yikuaibao premium: general urgent major",
            "yonyou standard: general urgent urgent",
            "yonyou vip: general urgent major",
        ]
    );
}

/// What a text starts at hesi, and which rules say so.
#[track_caller]
fn counts(
    tier: &str,
    language: &str,
    said: (Severity, &str),
    as_much: (Severity, Complexity),
    by: [&str; 2],
) {
    let grade = grade(&policy("hesi"), tier, language, said);
    assert_eq!((grade.severity(), grade.complexity), as_much);
    let worse = grade.raised.map(|raised| raised.by.rule).unwrap_or_default();
    let more = grade.complexity_by.map(|by| by.rule).unwrap_or_default();
    assert_eq!([worse.as_str(), more.as_str()], by);
}

#[test]
fn words_in_her_text_raise_what_her_word_starts_and_each_rule_is_named() {
    counts("standard", "zh-CN", (General, "报销怎么填？"), (General, Ordinary), ["", ""]);
    counts("standard", "zh-CN", (General, "系统登录不了"), (Urgent, Ordinary), ["rules[0]", ""]);
    counts("standard", "zh-CN", (Urgent, "系统登录不了"), (Urgent, Ordinary), ["", ""]);
    counts("standard", "zh-CN", (Major, "数据丢失了"), (Major, Ordinary), ["rules[1]", ""]);
    counts("vip", "zh-CN", (Major, "数据丢失了"), (Major, Ordinary), ["", ""]);
    counts("standard", "en", (Major, "The server is down!"), (Major, Ordinary), ["rules[3]", ""]);
    counts("standard", "en", (General, "ERP integration"), (General, Complex), ["", "rules[4]"]);
    counts("standard", "zh-CN", (General, "ERP 对接后登录不了"), (Urgent, Complex), ["rules[0]", "rules[4]"]);
    counts("standard", "en", (General, "登录不了"), (General, Ordinary), ["", ""]);
}

/// A text of scraps: words of rules, words near them, and what no rule expects.
fn scraps(chance: &mut Chance) -> String {
    const SCRAPS: [&str; 16] = [
        "宕机",
        "登录不了",
        "数据",
        "丢失",
        "ERP 对接",
        "erp integration",
        "Cannot Log In",
        "server",
        "down",
        "server is down",
        "\u{0}",
        "\u{202e}",
        "e\u{301}",
        "👩‍💻",
        "İ",
        "  \n",
    ];
    let scrap = |chance: &mut Chance| SCRAPS[chance.below(16) as usize];
    (0..chance.below(12))
        .map(|_| scrap(chance).to_owned() + if chance.percent(50) { " " } else { "" })
        .collect()
}

#[test]
fn any_text_has_a_grade_and_no_rule_lowers_it() {
    let mut chance = Chance::new(7);
    let policies = TENANTS.map(policy);
    for _ in 0..20_000 {
        let policy = &policies[chance.below(10) as usize];
        let tier = &policy.tiers[chance.below(policy.tiers.len() as u64) as usize];
        let language: Language = ["zh-CN", "en", "ja", "xx"][chance.below(4) as usize].parse().unwrap();
        let language = chance.percent(80).then_some(&language);
        let (text, more) = (scraps(&mut chance), scraps(&mut chance));
        let grade = |text: &str, claimed, complexity| {
            Grade::by(policy, &tier.id, Written { text, language }, (claimed, complexity))
        };
        let grades = Severity::ALL.map(|claimed| grade(&text, claimed, Ordinary));
        for (grade, claimed) in grades.iter().zip(Severity::ALL) {
            let granted = claimed.min(tier.may_claim);
            assert!(grade.severity() >= granted, "{text:?} lowers {claimed:?}: {grade:?}");
            assert_eq!(grade.raised.is_some(), grade.severity() > granted, "{text:?}: {grade:?}");
            assert_eq!(grade.complexity_by.is_some(), grade.complexity == Complex, "{text:?}: {grade:?}");
        }
        assert!(grades.is_sorted_by_key(Grade::severity), "a worse word starts less: {text:?}");
        let longer = grade(&format!("{text} {more}"), General, Ordinary);
        assert!(longer.severity() >= grades[0].severity(), "{text:?} and {more:?}");
        assert!(longer.complexity >= grades[0].complexity, "{text:?} and {more:?}");
        assert_eq!(grade(&text, General, Complex).complexity, Complex);
    }
}

const NIGHT: &str = "2026-10-01 23:10 Asia/Shanghai";

fn night() -> World {
    World::of(Tenant::demo("hesi"), NIGHT)
}

#[test]
fn an_anonymous_major_is_kept_and_shown_and_starts_only_what_may_be_claimed() {
    let mut world = night();
    let nobody = world.anonymous("Asia/Shanghai", "zh-CN");
    let ticket = world.asks(&nobody, Major);
    assert_eq!(world.promised(ticket).0, "2026-10-08T02:00Z");
    assert_eq!(world.reasons(ticket)[1..3], ["standard, for anybody", "called major, starts urgent"]);
    assert_eq!(world.news(), ["terms of standard, number 1", "opened, urgent"]);
    let kept = world.object(ticket).request().unwrap().severity;
    assert_eq!((kept, world.row(ticket).severity, world.receipt(ticket).severity), (Major, Urgent, Urgent));
}

#[test]
fn what_a_contract_names_is_started_by_the_bare_word() {
    let mut world = night();
    let vip = world.customer("vip");
    let ticket = world.asks(&vip, Major);
    assert_eq!(world.promised(ticket).0, "2026-10-01T15:25Z");
    assert!(!world.reasons(ticket).iter().any(|reason| reason.contains("starts")));
}

#[test]
fn an_anonymous_text_about_a_server_that_is_down_rings_whoever_is_on_call() {
    let mut world = night();
    let nobody = world.anonymous("Asia/Shanghai", "zh-CN");
    let mut form = world.form(&nobody, Major);
    form.text = "整个系统宕机了".into();
    let ticket = world.sends(&nobody, &form).unwrap().id;
    assert_eq!(world.promised(ticket).0, "2026-10-01T15:40Z");
    let told = ["called major, starts urgent", "urgent to major by rules[1] for 宕机"];
    assert_eq!(world.reasons(ticket)[2..4], told);
    assert_eq!(world.news(), ["terms of standard, number 1", "opened, major", "rang 王强"]);
}

#[test]
fn work_for_several_people_is_promised_and_judged_by_the_longer_target() {
    let mut world = night();
    let vip = world.customer("vip");
    let mut form = world.form(&vip, General);
    form.text = "请安排 ERP 对接".into();
    let ticket = world.sends(&vip, &form).unwrap().id;
    assert!(world.reasons(ticket).contains(&"complex by rules[4] for ERP 对接".to_owned()));
    assert_eq!(world.resolution(ticket), "due 2026-10-04T15:10Z");
    assert_eq!(tests::instant::utc(world.receipt(ticket).resolution().unwrap().at), "2026-10-04T15:10Z");
}

#[test]
fn later_words_raise_once_with_a_receipt_that_names_the_rule_and_a_person_has_the_last_word() {
    let mut world = night();
    let nobody = world.anonymous("Asia/Shanghai", "zh-CN");
    let ticket = world.asks(&nobody, General);
    world.news();
    world.until("2026-10-01 23:20 Asia/Shanghai");
    let message = world.says(ticket, "customer", "现在服务器崩溃了");
    let promised = "promised a reply by 2026-10-01T15:50Z, a solution by 2026-10-02T15:20Z";
    let raised =
        ["general to major by the rule rules[1]", &format!("{promised}: major says the rule rules[1]")];
    assert_eq!(world.news(), [raised[0], raised[1], "customer said"]);
    world.says_again(ticket, "customer", message, "现在服务器崩溃了");
    world.says(ticket, "customer", "还是宕机");
    assert_eq!(world.news(), ["customer said"]);
    world.calls_it(ticket, "li", General);
    world.says(ticket, "customer", "宕机！");
    assert_eq!(world.row(ticket).severity, General);
    world.news();
    world.says(ticket, "customer", "也登录不了");
    assert_eq!(world.news()[0], "general to urgent by the rule rules[0]");
}

#[test]
fn the_rule_that_raised_a_request_does_not_raise_it_again_after_a_person_lowered_it() {
    let mut world = night();
    let vip = world.customer("vip");
    let mut form = world.form(&vip, General);
    form.text = "数据丢失，要做 ERP 对接".into();
    let ticket = world.sends(&vip, &form).unwrap().id;
    world.calls_it(ticket, "li", Urgent);
    world.news();
    world.says(ticket, "customer", "数据丢失，要做 ERP 对接");
    assert_eq!(world.news(), ["customer said"]);
}

#[test]
fn a_closing_remark_raises_nothing_and_no_message_is_refused_for_the_words_in_it() {
    let mut world = night();
    let nobody = world.anonymous("Asia/Shanghai", "zh-CN");
    let (solved, spam) = (world.asks(&nobody, General), world.asks(&nobody, General));
    world.solves(solved, "li");
    let by = Actor::Agent { id: "li".parse().unwrap() };
    world.drive(spam, Command::Discard { by, why: Discard::Spam }).unwrap();
    world.news();
    world.says(solved, "customer", "谢谢，不再宕机了");
    world.says(spam, "customer", "宕机");
    assert_eq!(world.news(), ["customer said", "customer said"]);
    world.reopens(solved);
    world.news();
    world.says(solved, "customer", "又宕机了");
    assert_eq!(world.news()[0], "general to major by the rule rules[1]");
}

#[test]
fn a_rule_lowers_nothing_whatever_it_says() {
    let mut world = night();
    let vip = world.customer("vip");
    let ticket = world.asks(&vip, Major);
    world.news();
    let by = || Actor::Rule { name: "rules[9]".into() };
    for to in Severity::ALL {
        world.drive(ticket, Command::SetSeverity { by: by(), to, why: None }).unwrap();
    }
    world.drive(ticket, Command::SetComplexity { by: by(), to: Ordinary, why: None }).unwrap();
    assert_eq!(world.news(), Vec::<String>::new());
}

#[test]
fn words_of_agents_and_of_tiers_without_rules_raise_nothing() {
    let mut world = night();
    let nobody = world.anonymous("Asia/Shanghai", "zh-CN");
    let ticket = world.asks(&nobody, General);
    world.news();
    world.says(ticket, "li", "是宕机吗？");
    assert_eq!(world.row(ticket).severity, General);
    let tier: TierId = "standard".parse().unwrap();
    assert_eq!(
        Command::raising(&policy("newyork"), &tier, MessageId::new(0, [1; 10]), "宕机 server is down"),
        []
    );
    let said = Command::Say { message: world.message(), author: Author::Bot {}, text: "宕机".into() };
    world.drive(ticket, said).unwrap();
    assert_eq!(world.row(ticket).severity, General);
}
