//! From a request to its answer.

use shared::door::Held;
use shared::wire::{Accepted, Credential, Hello, NewCustomer, Said, TicketView, ToApp};
use tests::live::{Socket, Tenant, calm, message_id};

#[test]
fn a_request_becomes_a_ticket_an_agent_answers_and_the_customer_reads_it() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let accepted = mei.asks();
    let id = accepted.id.to_string();
    let promised = accepted.receipt.first_response().expect("a promise").at;
    assert_eq!(promised.duration_since(accepted.receipt.asked_at), jiff::SignedDuration::from_mins(30));
    let li = tenant.agent("li");
    let row = li.row(&id);
    assert_eq!((row.subject.as_deref(), row.deadline()), (Some("无法提交报销单"), Some(promised)));
    li.notes(&id, "先看日志");
    li.replies(&id, "已处理，请再试一次");
    assert_eq!(mei.reads(&id), ["customer: 无法提交报销单", "li: 已处理，请再试一次"]);
    assert_eq!(mei.ticket(&id).people[0].name, "李娜");
    assert!(mei.says(&id, "可以了，谢谢").status == 200);
    assert_eq!(
        li.reads(&id)[1..],
        ["li to the team: 先看日志", "li: 已处理，请再试一次", "customer: 可以了，谢谢"]
    );
}

#[test]
fn the_same_request_again_is_the_same_ticket_with_the_same_promise() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let form = mei.form();
    let answers: Vec<Accepted> = (0..3).map(|_| mei.sends(&form).read()).collect();
    assert!(answers.iter().all(|again| again.receipt == answers[0].receipt && again.held == Held::Object));
    tenant.agent("li").row(&form.id);
    assert_eq!(tenant.agent("li").index().rows.len(), 1);
}

#[test]
fn the_same_message_again_stands_once() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    let body = serde_json::json!({ "id": message_id().to_string(), "text": "附上截图" });
    let said: Vec<Said> =
        (0..3).map(|_| mei.post(&format!("tickets/{id}/messages")).json(&body).send().read()).collect();
    assert!(said.iter().all(|again| again.seq == said[0].seq));
    assert_eq!(mei.reads(&id), ["customer: 无法提交报销单", "customer: 附上截图"]);
}

#[test]
fn forty_customers_at_once_get_forty_tickets() {
    let _calm = calm();
    let tenant = Tenant::usual();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..5).for_each(|_| drop(tenant.anonymous().asks())));
        }
    });
    let li = tenant.agent("li");
    tests::live::within(15, "forty lines at the desk", || (li.index().rows.len() == 40).then_some(()));
}

#[test]
fn frames_say_what_json_says() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let asked = tenant.edge.post(&tenant.path("customers")).frame(&NewCustomer::default()).send();
    let credential: Credential = asked.frame();
    let mut mei = tenant.anonymous();
    mei.credential = credential;
    let form = mei.form();
    let accepted: Accepted = mei.post("tickets").frame(&form).send().frame();
    assert_eq!(accepted.id.to_string(), form.id);
    let path = format!("tickets/{}", form.id);
    let frame: TicketView = mei.get(&path).header("accept", shared::wire::frame::CONTENT_TYPE).send().frame();
    let json = mei.ticket(&form.id);
    assert_eq!((frame.entries, frame.receipt), (json.entries, json.receipt));
    let refused = mei.post("tickets").frame(&shared::ticket::RawRequest::default()).send();
    let refusal: shared::refusal::Refusal = refused.frame();
    assert!(matches!(refusal, shared::refusal::Refusal::Form { errors } if errors.len() >= 6));
}

#[test]
fn hello_tells_the_promise_before_it_is_asked_for() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let vip = tenant.signed("ada@bell", Some("bell"));
    let hello: Hello = vip.hello();
    assert_eq!((hello.terms.tier.as_str(), hello.limits.contact_required), ("vip", false));
    let anybody: Hello =
        tenant.edge.get(&tenant.path("hello?zone=Australia/Sydney&language=en")).send().read();
    assert_eq!((anybody.terms.tier.as_str(), anybody.local.zone().as_str()), ("anybody", "Australia/Sydney"));
    assert!(anybody.channels[0].hours().next_open(anybody.now).is_some());
}

#[test]
fn a_customer_hears_an_answer_over_her_socket_and_resumes_where_she_stopped() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    let protocol = format!("nightbell, {}", mei.credential.bearer);
    let headers = [("origin", tenant.edge.origin.as_str()), ("sec-websocket-protocol", protocol.as_str())];
    let mut socket =
        Socket::open(&tenant.edge, &tenant.path(&format!("tickets/{id}/socket")), &headers).unwrap();
    let ToApp::Entries { seq, .. } = socket.hears("the ticket so far", Some::<ToApp>);
    let li = tenant.agent("li");
    li.notes(&id, "只给同事看");
    li.replies(&id, "已处理");
    let heard = socket.hears("the answer", |ToApp::Entries { entries, .. }| entries.last().cloned());
    assert_eq!(tests::tell::entry(&heard), "li: 已处理");
    let resumed = tenant.path(&format!("tickets/{id}/socket?after={seq}"));
    let mut again = Socket::open(&tenant.edge, &resumed, &headers).unwrap();
    let missed = again.hears("what was missed", |ToApp::Entries { entries, .. }| Some(entries));
    assert_eq!(missed.iter().map(tests::tell::entry).collect::<Vec<_>>(), ["li: 已处理"]);
}

#[test]
fn unread_answers_are_counted_until_they_are_seen() {
    let _calm = calm();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    let seq = tenant.agent("li").replies(&id, "已处理").seq;
    assert_eq!(mei.ticket(&id).unread, 1);
    let seen = mei.post(&format!("tickets/{id}/seen")).json(&serde_json::json!({ "upto": seq })).send();
    assert_eq!(seen.status, 204);
    assert_eq!(mei.ticket(&id).unread, 0);
    let listed = || mei.tickets().first().filter(|card| card.unread == 0).map(|card| card.id.to_string());
    assert_eq!(tests::live::within(10, "the card without unread answers", listed), id);
}
