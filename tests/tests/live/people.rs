//! Who may see what.

use serde_json::json;
use shared::wire::ToDesk;
use tests::live::{Desk, Socket, Tenant, calm, ticket_id};

fn desk_socket(desk: &Desk, cookie: &str) -> Result<Socket, u16> {
    let headers = [("origin", desk.tenant.edge.origin.as_str()), ("cookie", cookie)];
    Socket::open(&desk.tenant.edge, &format!("/desk/{}/socket", desk.tenant.id), &headers)
}

#[test]
fn another_customers_ticket_is_answered_exactly_like_an_unknown_one() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let (mei, other) = (tenant.anonymous(), tenant.anonymous());
    let id = mei.asks().id.to_string();
    let nobody = ticket_id().to_string();
    for rest in ["", "/messages", "/seen"] {
        let ask = |id: &str| match rest {
            "" => other.get(&format!("tickets/{id}")).send(),
            "/messages" => other.says(id, "给我看"),
            _ => other.post(&format!("tickets/{id}{rest}")).json(&json!({ "upto": 1 })).send(),
        };
        let (foreign, unknown) = (ask(&id), ask(&nobody));
        assert_eq!((foreign.status, foreign.text()), (404, unknown.text()));
    }
    assert_eq!(other.sends(&shared::ticket::RawRequest { id: id.clone(), ..other.form() }).status, 404);
    assert_eq!((mei.reads(&id).len(), other.tickets().len()), (1, 0));
}

#[test]
fn two_browsers_of_one_signed_customer_see_the_same_tickets() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let (one, two) = (tenant.signed("ada", Some("acme")), tenant.signed("ada", Some("acme")));
    let id = one.asks().id.to_string();
    assert_eq!(two.reads(&id), one.reads(&id));
    let listed = || two.tickets().first().map(|card| card.id.to_string());
    assert_eq!(tests::live::within(10, "the other browser's list", listed), id);
}

#[test]
fn a_sign_in_link_works_once() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let link = tenant.invite("li");
    let li = Desk::sign_in(&tenant, &link);
    assert_eq!(li.get("hello").send().value()["me"]["name"], "李娜");
    let again = Desk::try_link(&tenant, &link);
    assert_eq!((again.status, again.value()["error"]["details"]["why"].as_str()), (401, Some("link")));
    assert!(again.header("set-cookie").is_none());
}

#[test]
fn the_sessions_cookie_is_for_this_host_and_no_script() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let answer = Desk::try_link(&tenant, &tenant.invite("li"));
    let set = answer.header("set-cookie").unwrap();
    assert!(set.starts_with("__Host-nightbell="), "{set}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(attribute), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
}

#[test]
fn revocation_closes_the_desks_socket_within_two_seconds_and_ends_the_session() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let (li, wang) = (tenant.agent("li"), tenant.agent("wang"));
    let mut socket = desk_socket(&li, &li.cookie).unwrap();
    let mut colleague = desk_socket(&wang, &wang.cookie).unwrap();
    tenant.revoke("li");
    assert_eq!(socket.closed_within(2), Some(4401));
    assert_eq!(li.get("tickets").send().status, 401);
    assert_eq!(desk_socket(&li, &li.cookie).err(), Some(401));
    assert_eq!((colleague.closed_within(1), wang.get("tickets").send().status), (None, 200));
    assert_eq!(tenant.agent("li").get("tickets").send().status, 200);
}

#[test]
fn signing_out_ends_the_session_everywhere() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let li = tenant.agent("li");
    let mut socket = desk_socket(&li, &li.cookie).unwrap();
    let path = format!("/desk/{}/sessions", tenant.id);
    assert_eq!(tenant.edge.ask("DELETE", &path).cookie(&li.cookie).send().status, 204);
    assert!(socket.closed_within(2).is_some());
    assert_eq!(li.get("tickets").send().status, 401);
}

#[test]
fn a_new_ticket_appears_at_the_desk_without_asking() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let li = tenant.agent("li");
    let mut socket = desk_socket(&li, &li.cookie).unwrap();
    let id = tenant.anonymous().asks().id;
    let found = socket.hears("the new ticket's line", |said: ToDesk| match said {
        ToDesk::Rows { rows, .. } => rows.into_iter().find(|row| row.id == id),
        ToDesk::Behind { .. } => None,
    });
    assert_eq!(found.subject.as_deref(), Some("无法提交报销单"));
}

#[test]
fn an_agent_sets_a_ticket_pending_and_the_customer_ends_the_wait_by_writing() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let (mei, li) = (tenant.anonymous(), tenant.agent("li"));
    let id = mei.asks().id.to_string();
    assert_eq!(li.does(&id, &json!({ "pend": { "reason": "customer" } })).status, 200);
    assert_eq!(mei.ticket(&id).stage.as_str(), "pending");
    mei.says(&id, "账号是 1024");
    assert_eq!(mei.ticket(&id).stage.as_str(), "open");
    assert_eq!(li.does(&id, &json!({ "solve": {} })).status, 200);
    mei.says(&id, "谢谢");
    assert_eq!(mei.ticket(&id).stage.as_str(), "solved");
    assert_eq!(li.does(&id, &json!({ "pend": { "reason": "customer" } })).status, 409);
    assert_eq!(li.does(&id, &json!({ "reopen": {} })).status, 200);
    assert_eq!(mei.ticket(&id).stage.as_str(), "open");
}

#[test]
fn a_tickets_socket_takes_a_bearer_as_its_second_protocol_and_nothing_else() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let (mei, other) = (tenant.anonymous(), tenant.anonymous());
    let path = tenant.path(&format!("tickets/{}/socket", mei.asks().id));
    let open = |protocol: &str| {
        let headers = [("origin", tenant.edge.origin.as_str()), ("sec-websocket-protocol", protocol)];
        Socket::open(&tenant.edge, &path, &headers).err()
    };
    let (hers, foreign) = (&mei.credential.bearer, &other.credential.bearer);
    assert_eq!(open(&format!("nightbell, {hers}")), None);
    assert_eq!(open(&format!("nightbell, {foreign}")), Some(404));
    for protocol in [
        "nightbell".into(),
        format!("other, {hers}"),
        format!("{hers}, nightbell"),
        format!("nightbell, {hers}x"),
    ] {
        assert_eq!(open(&protocol), Some(401), "{protocol}");
    }
}

#[test]
fn whoever_speaks_on_a_socket_that_only_listens_is_closed_and_nobody_else() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let li = tenant.agent("li");
    let (mut loud, mut quiet) =
        (desk_socket(&li, &li.cookie).unwrap(), desk_socket(&li, &li.cookie).unwrap());
    loud.says("{\"hello\":{\"role\":\"admin\"}}");
    assert_eq!(loud.closed_within(3), Some(4400));
    quiet.says("ping");
    assert_eq!(quiet.closed_within(1), None);
}
