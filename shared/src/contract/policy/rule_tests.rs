//! Clock rules, words that raise, what a customer's own word starts, escalation; and files that are too large.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::sample::{DEMOS, HESI, demo, holds, mistakes, replaced};
use super::*;
use crate::contract::Complexity::{Complex, Ordinary};
use crate::contract::Severity::{General, Major, Urgent};
use crate::contract::{Answers, Complexity, Metric, OnChange, OnReopen, Severity};

/// The file with every key, with one text put in the place of another.
#[track_caller]
fn with(old: &str, new: &str) -> Vec<String> {
    // The line depends on the whole file; the rest is the mistake.
    let found = mistakes(&replaced(EVERY_KEY, old, new));
    found.iter().map(|mistake| mistake.split_once(": ").unwrap().1.to_owned()).collect()
}

/// What the rules make of a text in a language, for a tier.
fn raised(
    tier: &str,
    language: &str,
    text: &str,
    claimed: Severity,
) -> (Severity, Complexity, Option<(String, String)>) {
    let language = language.parse().unwrap();
    let written = Written { text, language: Some(&language) };
    let raised = holds(EVERY_KEY).raise(&tier.parse().unwrap(), written, (claimed, Ordinary));
    (raised.severity, raised.complexity, raised.by.map(|by| (by.rule, by.word)))
}

fn by(rule: &str, word: &str) -> Option<(String, String)> {
    Some((rule.into(), word.into()))
}

#[test]
fn the_file_with_every_key_holds_and_lacks_none() {
    holds(EVERY_KEY);
    assert_eq!(shape().unseen(), Vec::<String>::new());
}

#[test]
fn how_clocks_go_on_is_part_of_the_terms() {
    let changed = EVERY_KEY
        .replace("on_change = \"keep_elapsed\"", "on_change = \"restart\"")
        .replace("on_reopen = \"continue\"", "on_reopen = \"new\"")
        .replace("answers = \"people\"", "answers = \"people_and_bots\"");
    let rules = |text: &str| {
        let asked = "2026-10-08T02:00:00Z".parse().unwrap();
        holds(text).terms(1, &"vip".parse().unwrap(), asked).unwrap().rules
    };
    assert_eq!(rules(EVERY_KEY), ClockRules::default());
    let restart = ClockRules {
        on_change: OnChange::Restart,
        on_reopen: OnReopen::New,
        answers: Answers::PeopleAndBots,
    };
    assert_eq!(rules(&changed), restart);
    assert_eq!(
        with("on_change = \"keep_elapsed\"", "on_change = \"keep_elapse\""),
        ["clocks.on_change: no rule is called \"keep_elapse\": did you mean \"keep_elapsed\"?"]
    );
}

#[test]
fn a_customers_own_word_starts_no_more_than_her_tier_grants() {
    let policy = holds(EVERY_KEY);
    let granted = |tier: &str| Severity::ALL.map(|claimed| policy.granted(&tier.parse().unwrap(), claimed));
    assert_eq!(granted("standard"), [General, Urgent, Urgent]);
    assert_eq!(granted("vip"), [General, Urgent, Major]);
}

#[test]
fn in_no_demo_tenant_starts_an_emergency_by_the_bare_word_of_somebody_nobody_vouches_for() {
    for text in DEMOS {
        let policy = demo(text);
        let granted = Severity::ALL.map(|claimed| policy.granted(&policy.default_tier, claimed));
        assert_eq!(granted, [General, Urgent, Urgent], "{}", policy.name);
    }
    let hesi = demo(HESI);
    assert_eq!(hesi.granted(&"vip".parse().unwrap(), Major), Major, "a contract names her");
    assert_eq!(hesi.granted(&"implementation".parse().unwrap(), Major), Major, "a contract names her");
    let written = Written { text: "服务器崩溃", language: None };
    assert_eq!(
        hesi.raise(&hesi.default_tier, written, (Urgent, Ordinary)).severity,
        Major,
        "a rule starts it"
    );
}

#[test]
fn a_word_of_a_rule_raises_and_the_rule_is_named() {
    assert_eq!(
        raised("vip", "zh-CN", "昨晚数据丢失了", General),
        (Major, Ordinary, by("rules[0]", "数据丢失"))
    );
    assert_eq!(raised("vip", "en", "the erp interface", Urgent), (Urgent, Complex, by("rules[1]", "ERP")));
}

#[test]
fn a_rule_is_silent_for_another_tier_another_language_and_other_words() {
    assert_eq!(raised("standard", "zh", "昨晚数据丢失了", General), (General, Ordinary, None));
    assert_eq!(raised("vip", "en", "昨晚数据丢失了", General), (General, Ordinary, None));
    assert_eq!(raised("vip", "zh", "发票怎么开", General), (General, Ordinary, None));
}

#[test]
fn no_rule_lowers() {
    let milder = EVERY_KEY.replace("severity = \"major\"", "severity = \"general\"");
    let written = Written { text: "数据丢失 ERP", language: None };
    let raised = holds(&milder).raise(&"vip".parse().unwrap(), written, (Urgent, Complex));
    assert_eq!(raised, Raised { severity: Urgent, complexity: Complex, by: None });
}

#[test]
fn a_rule_that_cannot_be_is_refused() {
    assert_eq!(
        with("any = [\"ERP\", \"interface\"]\ncomplexity = \"complex\"", "any = [\"e\", \" x \"]"),
        [
            "rules[1]: raises nothing: give it a severity or a complexity",
            "rules[1].any[0]: must have at least 2 characters: one alone is in every text, found \"e\"",
            "rules[1].any[1]: must have 1 to 50 characters and no space around them, found \" x \"",
        ]
    );
    assert_eq!(
        with("any = [\"ERP\", \"interface\"]", "any = []"),
        ["rules[1].any: must have 1 to 100 words, found 0"]
    );
}

#[test]
fn the_levels_of_escalation_are_read_in_order() {
    let levels = holds(EVERY_KEY).escalation;
    assert_eq!(levels.len(), 2);
    assert_eq!((levels[0].at, levels[0].metric), (Moment::ThreeQuarters, Some(Metric::FirstResponse)));
    assert_eq!(levels[0].tell, [Told::OnCall, Told::AccountManager]);
    assert_eq!(levels[1].at, Moment::Breach);
    assert_eq!(levels[1].tell, [Told::Team("support".parse().unwrap()), Told::Agent("li".parse().unwrap())]);
    assert_eq!(levels[1].tiers, []);
}

#[test]
fn a_level_that_tells_nobody_or_never_is_refused() {
    assert_eq!(
        with("tell = [\"team:support\", \"agent:li\"]", "tell = [\"team:suport\", \"agent:lee\", \"boss\"]"),
        [
            "escalation[1].tell[0]: no team is called \"suport\": did you mean \"support\"?",
            "escalation[1].tell[1]: no agent is called \"lee\"",
            "escalation[1].tell[2]: must be account_manager, on_call, team:… or agent:…, found \"boss\"",
        ]
    );
    assert_eq!(
        with("at = \"breach\"", "at = \"80%\""),
        ["escalation[1].at: no moment is called \"80%\": did you mean \"50%\"?"]
    );
    assert_eq!(
        with("tell = [\"team:support\", \"agent:li\"]", "tell = []"),
        ["escalation[1].tell: must name somebody"]
    );
}

#[test]
fn a_million_holidays_are_refused_unread() {
    let holidays = "{ name = \"x\", first = 2026-11-11 },".repeat(1_000_000);
    let text = EVERY_KEY.replace("own_holidays = [", &format!("own_holidays = [{holidays}"));
    let bytes = text.len();
    assert_eq!(mistakes(&text), [format!("1:1: the file has {bytes} bytes, more than 524288")]);
}

#[test]
fn a_list_longer_than_any_tenants_is_refused_whole() {
    let rows = "1,".repeat(6_000);
    assert_eq!(
        with(
            "own_holidays = [{ name = \"Founding day\", first = 2026-11-11, last = 2026-11-12 }]",
            &format!("own_holidays = [{rows}]")
        ),
        ["calendars.workdays.own_holidays: has 6000 rows, more than 5000"]
    );
}

#[test]
fn a_file_of_nothing_but_mistakes_tells_the_first_thousand() {
    let rows = "[[agents]]\nidd = 1\n".repeat(2_000);
    assert_eq!(mistakes(&rows).len(), 1_000);
}

#[test]
fn calendars_that_double_without_end_are_refused() {
    let mut calendars = String::new();
    for (above, name) in [
        ("workdays", "c1"),
        ("c1", "c2"),
        ("c2", "c3"),
        ("c3", "c4"),
        ("c4", "c5"),
        ("c5", "c6"),
        ("c6", "c7"),
    ] {
        calendars += &format!("[calendars.{name}]\nunion = [\"{above}\", \"{above}\"]\n");
    }
    assert_eq!(
        with("[tiers.standard]", &(calendars + "[tiers.standard]")),
        ["calendars.c7.union: is made of 128 calendars, more than 100"]
    );
}

#[test]
fn more_days_off_than_five_years_have_are_refused() {
    let year = "{ name = \"x\", first = 2026-01-01, last = 2026-12-31 },".repeat(6);
    assert_eq!(
        with(
            "own_holidays = [{ name = \"Founding day\", first = 2026-11-11, last = 2026-11-12 }]",
            &format!("own_holidays = [{year}]")
        ),
        ["calendars.workdays.own_holidays: has 2190 days, more than 2000"]
    );
}

#[test]
fn a_file_of_nothing_but_dots_is_refused_before_it_nests() {
    for deep in ["a.".repeat(200_000) + "a = 1", "[".to_owned() + &"a.".repeat(200_000) + "a]"] {
        assert_eq!(mistakes(&deep), ["1:1: the line has 200000 dots, more than 100"]);
    }
}

/// As deep as the reader of TOML lets anything nest, each level with as many dots as a line may have.
#[test]
fn the_deepest_file_that_is_read_fits_on_a_small_stack() {
    let mut text = String::new();
    for _ in 0..50 {
        text += &(String::from("{\n") + &"a.".repeat(99) + "a =\n");
    }
    let text = String::from("a = ") + &text;
    assert!(!mistakes(&text).is_empty());
}

#[test]
fn brackets_behind_a_quote_that_nobody_closes_close_nothing() {
    let text = "\"*\" = { within \" }\n".repeat(4_000);
    assert_eq!(mistakes(&text), ["51:1: more than 50 brackets are open here"]);
    let text = "a = '''\n[[[\n'''\nb = \"{[\" # {[\n".repeat(60);
    assert!(mistakes(&text).iter().all(|mistake| !mistake.contains("brackets")));
}

#[test]
fn a_bracket_that_opens_and_opens_is_refused_before_it_nests() {
    assert_eq!(mistakes(&"a = [{\n".repeat(60)), ["26:1: more than 50 brackets are open here"]);
}
