//! The smallest file that holds, and what must not stand in a file.

use alloc::vec::Vec;

use super::sample::{DEMOS, SMALL, demo, mistakes, replaced};

/// The small file with one line put in the place of another has exactly this mistake.
#[track_caller]
fn refused(old: &str, new: &str, mistake: &str) {
    assert_eq!(mistakes(&replaced(SMALL, old, new)), [mistake]);
}

#[test]
fn the_small_file_and_the_demo_tenants_hold() {
    assert_eq!(mistakes(SMALL), Vec::<&str>::new());
    let bench = include_str!("../../../../edge/tenants/bench.toml");
    for text in DEMOS.into_iter().chain([bench]) {
        demo(text);
    }
}

#[test]
fn every_mistake_is_told_at_once_in_the_order_of_the_file() {
    let text = SMALL
        .replace("Asia/Shanghai", "Asia/Shangai")
        .replace("\"30m\"", "\"0m\"")
        .replace("hours = \"workdays\"", "hours = \"workday\"")
        .replace("name = \"Li\"", "nmae = \"Li\"");
    assert_eq!(
        mistakes(&text),
        [
            "8:8: calendars.workdays.zone: no time zone is called \"Asia/Shangai\": did you mean \"Asia/Shanghai\"?",
            "15:20: targets.standard.first_response.major.within: must be longer than nothing, found \"0m\"",
            "18:9: channels.chat.hours: no calendar is called \"workday\"",
            "19:1: agents[0]: \"name\" is missing",
            "21:1: agents[0].nmae: unknown key: did you mean \"name\"?",
        ]
    );
}

#[test]
fn a_key_that_means_nothing_or_stands_nowhere_is_refused() {
    refused(
        "accent = \"#102030\"",
        "acent = \"#102030\"\naccent = \"#102030\"",
        "5:1: acent: unknown key: did you mean \"accent\"?",
    );
    refused("[[agents]]", "[shop]\nprice = 3\n[[agents]]", "19:2: shop: unknown key");
    refused("name = \"Small\"", "", "1:1: \"name\" is missing");
    refused(
        "accent = \"#102030\"",
        "accent = \"red\"",
        "5:10: accent: must be a colour as #1f6feb, found \"red\"",
    );
    refused("name = \"Small\"", "name = 7", "1:8: name: must be a text in quotes, found 7");
    refused(
        "languages = [\"en\"]",
        "languages = \"en\"",
        "3:13: languages: must be a list in brackets, found \"en\"",
    );
    refused(
        "kind = \"chat\"",
        "kind = \"chatt\"",
        "17:8: channels.chat.kind: no kind of channel is called \"chatt\": did you mean \"chat\"?",
    );
}

#[test]
fn what_is_no_toml_is_refused_with_its_place() {
    refused("name = \"Li\"", "name = \"Li", "21:11: invalid basic string, expected `\"`");
    let twice = mistakes(&SMALL.replace("name = \"Small\"", "name = \"Small\"\nname = \"Other\""));
    assert_eq!(twice, ["2:1: duplicate key"]);
    assert!(!mistakes("").is_empty());
    assert!(!mistakes(&"[".repeat(10_000)).is_empty());
}

#[test]
fn hours_that_cannot_be_kept_are_refused() {
    let hours = |hours: &str, mistake: &str| {
        let place = "9:19: calendars.workdays.weekly.mon-fri[0]: ";
        refused("\"09:00-18:00\"", hours, &(alloc::string::String::from(place) + mistake));
    };
    hours(
        "\"09:00-08:00\"",
        "opening hours end (08:00) before they start (09:00): a night is written 09:00-32:00",
    );
    hours(
        "\"09:00-09:00\"",
        "starts and ends at 09:00: write 00:00 and 24:00 for a whole day, found \"09:00-09:00\"",
    );
    hours("\"9-18\"", "not a time: write hours and minutes, for example 09:00 or 24:00, found \"9-18\"");
    hours("\"09:00\"", "must be two times, as \"09:00-18:00\", found \"09:00\"");
    hours("\"24:00-26:00\"", "starts at 24:00, which is on the next day, found \"24:00-26:00\"");
    hours("\"09:00-99:00\"", "ends at 99:00, more than a day later, found \"09:00-99:00\"");
}

#[test]
fn weekdays_that_are_none_or_stand_twice_are_refused() {
    let week = |line: &str, mistake: &str| refused("weekly.mon-fri = [\"09:00-18:00\"]", line, mistake);
    week(
        "weekly.fri-mon = []",
        "9:8: calendars.workdays.weekly.fri-mon: must be a weekday or a range as mon-fri, found fri-mon",
    );
    week(
        "weekly.mon-fri = [\"09:00-18:00\"]\nweekly.fri = [\"09:00-12:00\"]",
        "10:8: calendars.workdays.weekly.fri: fri has its hours already",
    );
}

#[test]
fn a_calendar_that_never_opens_is_refused() {
    let never = "7:12: calendars.workdays: this calendar never opens: give at least one weekday its hours";
    refused("weekly.mon-fri = [\"09:00-18:00\"]", "weekly.mon-fri = []", never);
    let apart = "[calendars.night]\nzone = \"Asia/Shanghai\"\nweekly.mon-fri = [\"20:00-24:00\"]\n\
                 [calendars.both]\nintersection = [\"workdays\", \"night\"]\n[tiers.standard]";
    refused(
        "[tiers.standard]",
        apart,
        "13:12: calendars.both: this calendar never opens: give at least one weekday its hours",
    );
}

#[test]
fn a_name_that_leads_nowhere_is_refused() {
    refused(
        "default_tier = \"standard\"",
        "default_tier = \"standart\"",
        "6:16: default_tier: no tier is called \"standart\": did you mean \"standard\"?",
    );
    refused(
        "default_language = \"en\"",
        "default_language = \"zh\"",
        "4:20: default_language: no language of this tenant is called \"zh\"",
    );
    refused(
        "[[agents]]",
        "[roster]\non_call = [\"bob\"]\n[[agents]]",
        "20:12: roster.on_call[0]: no agent is called \"bob\"",
    );
    refused(
        "[tiers.standard]",
        "[calendars.sun]\nunion = [\"moon\"]\n[tiers.standard]",
        "11:10: calendars.sun.union[0]: no calendar above this one is called \"moon\"",
    );
    let company = "[[companies]]\nid = \"a\"\nname = \"A\"\ntier = \"gold\"\n[[agents]]";
    refused("[[agents]]", company, "22:8: companies[0].tier: no tier is called \"gold\"");
}

#[test]
fn an_id_that_is_taken_or_is_none_is_refused() {
    let again = "[[agents]]\nid = \"li\"\nname = \"Other\"\nemail = \"o@small.example\"\n[[teams]]";
    refused("[[teams]]", again, "23:1: agents[1]: the id \"li\" is taken by another one above");
    refused(
        "id = \"support\"",
        "id = \"Support!\"",
        "24:6: teams[0].id: a team has 1 to 40 of a-z 0-9 - _ and begins with a letter or digit, found \"Support!\"",
    );
}

#[test]
fn receipts_without_a_key_or_with_one_twice_are_refused() {
    let keys = |list: &str| alloc::format!("[receipts]\nkeys = {list}\n[[teams]]");
    refused(
        "[[teams]]",
        &keys("[]"),
        "24:8: receipts.keys: must name at least one key: no receipt could be signed",
    );
    let twice = "24:20: receipts.keys[1]: the key \"2026-11\" is listed above";
    refused("[[teams]]", &keys("[\"2026-11\", \"2026-11\"]"), twice);
}

#[test]
fn a_tier_without_its_targets_is_refused() {
    refused(
        "urgent = { within = \"1h\", calendar = \"workdays\" }",
        "",
        "12:2: targets: the tier \"standard\" has no target for first_response, urgent and ordinary on chat",
    );
    refused(
        "[tiers.standard]",
        "[tiers.vip]\nname = \"VIP\"\n[tiers.standard]",
        "14:2: targets: the tier \"vip\" has no target for first_response",
    );
    refused(
        "\"30m\"",
        "\"-5m\"",
        "15:20: targets.standard.first_response.major.within: must be hours, minutes and seconds, as \"1h30m\", found \"-5m\"",
    );
    refused(
        "\"30m\"",
        "\"9999h\"",
        "15:20: targets.standard.first_response.major.within: must be at most 4320 hours, found \"9999h\"",
    );
}

#[test]
fn a_page_or_a_webhook_that_is_not_of_the_public_internet_is_refused() {
    refused(
        "https://www.small.example",
        "http://localhost:*",
        "2:12: origins[0]: must begin with https://, found \"http://localhost:*\"",
    );
    refused(
        "https://www.small.example",
        "https://www.small.example/shop",
        "2:12: origins[0]: must end after the host: an origin has no path, found \"https://www.small.example/shop\"",
    );
    refused(
        "[\"https://www.small.example\"]",
        "[]",
        "2:11: origins: must name at least one origin: no page could show the widget",
    );
    let webhook = "[webhook]\nurl = \"https://169.254.169.254/\"\nsecret = \"HOOK\"\n[[agents]]";
    refused(
        "[[agents]]",
        webhook,
        "20:7: webhook.url: must be a host name of the public internet, found \"https://169.254.169.254/\"",
    );
}

#[test]
fn a_secret_written_into_the_file_is_refused_and_not_repeated() {
    let webhook =
        "[webhook]\nurl = \"https://hooks.small.example/\"\nsecret = \"whsec_c2VjcmV0\"\n[[agents]]";
    refused(
        "[[agents]]",
        webhook,
        "21:10: webhook.secret: must be the name of a secret in capital letters, as HESI_WEBHOOK, never the secret itself",
    );
    refused(
        "[[agents]]",
        "[identity]\nkeys = [{ kid = \"1\" }]\n[[agents]]",
        "20:9: identity.keys[0]: \"secret\" is missing",
    );
}

#[test]
fn a_limit_that_is_none_is_refused() {
    refused(
        "[[agents]]",
        "[limits]\ndepth = 0\n[[agents]]",
        "20:9: limits.depth: must be a whole number from 1 to 64, found 0",
    );
    refused(
        "[[agents]]",
        "[limits]\ndepth = 1.5\n[[agents]]",
        "20:9: limits.depth: must be a whole number from 1 to 64, found 1.5",
    );
}

/// Two later versions of the small file's calendar.
fn versions(first: &str, second: &str) -> alloc::string::String {
    let version = |from: &str| {
        alloc::format!(
            "[[calendars.workdays.versions]]\nvalid_from = {from}\nzone = \"Asia/Tokyo\"\nweekly.mon-sat = [\"08:00-20:00\"]\n"
        )
    };
    version(first) + &version(second) + "[tiers.standard]"
}

#[test]
fn later_versions_of_a_calendar_stand_in_the_order_of_their_instants() {
    let in_order = versions("2027-01-01T00:00:00+08:00", "2028-01-01T00:00:00+08:00");
    assert_eq!(mistakes(&SMALL.replace("[tiers.standard]", &in_order)), Vec::<&str>::new());
    let turned = versions("2028-01-01T00:00:00+08:00", "2027-01-01T00:00:00+08:00");
    refused(
        "[tiers.standard]",
        &turned,
        "14:1: calendars.workdays.versions[1]: must be valid later than the version above",
    );
    let of_a_day = versions("2027-01-01", "2028-01-01T00:00:00Z");
    refused(
        "[tiers.standard]",
        &of_a_day,
        "11:14: calendars.workdays.versions[0].valid_from: must be an instant with its offset, as 2027-01-01T00:00:00+08:00, found 2027-01-01",
    );
}

#[test]
fn days_that_are_none_are_refused() {
    let own = |line: &str, mistake: &str| {
        refused("zone = \"Asia/Shanghai\"", &alloc::format!("{line}\nzone = \"Asia/Shanghai\""), mistake)
    };
    own(
        "extra_days = { 2026-02-30 = [\"09:00-12:00\"] }",
        "8:16: calendars.workdays.extra_days.2026-02-30: must be a date, as 2026-10-01, found 2026-02-30",
    );
    own(
        "holidays = [\"xx\"]",
        "8:13: calendars.workdays.holidays[0]: no country with holidays is called \"xx\"",
    );
    own(
        "own_holidays = [{ name = \"Feast\", first = 2026-11-12, last = 2026-11-11 }]",
        "8:62: calendars.workdays.own_holidays[0].last: holiday ends (2026-11-11) before it starts (2026-11-12), or lasts years",
    );
    own(
        "overnight_rule = \"shift\"",
        "8:18: calendars.workdays.overnight_rule: no overnight rule is called \"shift\"",
    );
}
