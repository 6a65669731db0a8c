//! Who gets a request, who is rung, and what that does to the promise: nothing.

use shared::contract::Severity::{self, General, Major, Urgent};
use shared::ids::TicketId;
use tests::tenant::Tenant;
use tests::world::{Customer, World};

fn world(tenant: &str, start: &str) -> World {
    World::of(Tenant::demo(tenant), start)
}

/// What happens after terms and opening: who is rung.
#[track_caller]
fn rings(tier: &str, severity: Severity, start: &str, expected: &[&str]) {
    let mut world = world("hesi", start);
    let customer = world.customer(tier);
    world.asks(&customer, severity);
    assert_eq!(world.news()[2..], *expected, "{tier}, {severity:?}, {start}");
}

/// A request that says "urgent" and tells of something major.
fn tells_of_a_standstill(world: &mut World, customer: &Customer) -> TicketId {
    let mut form = world.form(customer, Urgent);
    form.text = "服务器宕机了".into();
    world.sends(customer, &form).expect("accepted").id
}

#[test]
fn at_night_a_standard_customer_rings_only_for_a_major_fault() {
    let night = "2026-11-20 23:10 Asia/Shanghai";
    rings("standard", General, night, &[]);
    rings("standard", Urgent, night, &[]);
    // Her word alone starts no more than urgent; what she tells of is major by a rule of the tenant.
    rings("standard", Major, night, &[]);
    let mut world = world("hesi", night);
    let mei = world.customer("standard");
    tells_of_a_standstill(&mut world, &mei);
    assert_eq!(world.news()[2..], ["rang 王强"]);
}

#[test]
fn a_company_before_its_go_live_rings_beside_its_project_manager() {
    rings("implementation", General, "2026-11-20 23:10 Asia/Shanghai", &["rang 王强, beside 赵磊"]);
}

#[test]
fn nobody_is_rung_while_the_team_is_at_its_desks() {
    rings("vip", Urgent, "2026-11-20 10:00 Asia/Shanghai", &[]);
    rings("standard", Major, "2026-11-20 10:00 Asia/Shanghai", &[]);
}

#[test]
fn the_project_manager_of_a_company_before_its_go_live_is_told_in_service_hours_too() {
    let morning = "2026-11-20 10:00 Asia/Shanghai";
    for severity in [General, Urgent, Major] {
        rings("implementation", severity, morning, &["rang nobody, beside 赵磊"]);
    }
    let mut world = world("hesi", morning);
    let customer = world.customer("implementation");
    let ticket = world.asks(&customer, General);
    let reasons = world.reasons(ticket);
    let told = ["客服一组 answers", "account manager: 赵磊"].map(String::from);
    assert!(reasons.windows(2).any(|pair| pair == told), "{reasons:?}");
}

#[test]
fn a_vips_account_manager_is_not_said_to_be_told_while_the_team_is_at_its_desks() {
    let mut world = world("hesi", "2026-11-20 10:00 Asia/Shanghai");
    let customer = world.customer("vip");
    let ticket = world.asks(&customer, Major);
    assert!(!world.reasons(ticket).iter().any(|reason| reason.starts_with("account manager")));
}

#[test]
fn a_major_fault_is_promised_within_half_an_hour_at_any_time() {
    let mut world = world("hesi", "2026-11-22 03:00 Asia/Shanghai");
    let mei = world.customer("standard");
    let ticket = tells_of_a_standstill(&mut world, &mei);
    assert_eq!(world.promised(ticket).1, "Sunday 11-22 03:30");
    assert!(world.reasons(ticket).contains(&"always always counts".into()));
}

/// Who answers first at an hour of Wednesday, as the reasons say.
#[track_caller]
fn answers(hour: &str, expected: &str) {
    let mut world = world("global", &format!("2026-11-18T{hour}Z"));
    let ann: Customer = world.anonymous("Europe/Paris", "en");
    let ticket = world.asks(&ann, General);
    assert!(world.reasons(ticket).contains(&expected.into()), "{hour}: {:?}", world.reasons(ticket));
}

#[test]
fn a_request_follows_the_sun_from_singapore_to_london_to_new_york() {
    answers("01:00", "Singapore answers");
    answers("08:59", "Singapore answers");
    answers("09:00", "London answers");
    answers("16:59", "London answers");
    answers("17:00", "New York answers");
    answers("21:59", "New York answers");
    answers("22:00", "Singapore answers from 2026-11-19T01:00Z");
}
