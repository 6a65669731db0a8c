//! While something is broken on purpose: what was acknowledged is there, once, and neighbours are not disturbed.

use serde_json::json;
use shared::door::Held;
use shared::wire::Accepted;
use tests::live::{Tenant, trouble, within};

#[test]
fn j14_a_request_whose_object_cannot_be_reached_is_accepted_and_becomes_one_ticket_with_its_first_instant() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let (mei, li) = (tenant.anonymous(), tenant.agent("li"));
    let form = mei.form();
    trouble.make(&json!({ "unreachable": form.id }));
    let accepted: Accepted = mei.sends(&form).read();
    assert_eq!(accepted.held, Held::Journal);
    tenant.edge.sweep();
    assert_eq!(li.index().rows.len(), 0);
    trouble.mend();
    std::thread::sleep(std::time::Duration::from_secs(10));
    tenant.edge.sweep();
    let row = li.row(&form.id);
    assert_eq!((row.asked_at, mei.ticket(&form.id).receipt), (accepted.receipt.asked_at, accepted.receipt));
    tenant.edge.sweep();
    assert_eq!((li.index().rows.len(), mei.reads(&form.id).len()), (1, 1));
}

#[test]
fn while_neither_journal_nor_object_answers_nothing_is_called_accepted() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let (mei, form) = (tenant.anonymous(), tenant.anonymous().form());
    trouble.make(&json!({ "unreachable": form.id, "journal_fails": true }));
    let failed = mei.sends(&form);
    assert_eq!((failed.status, failed.code()), (500, "fault".into()));
    assert!(failed.value()["error"]["id"].is_string() && !failed.text().contains("journal"));
    trouble.mend();
    assert_eq!(mei.sends(&form).status, 200);
    assert_eq!(mei.reads(&form.id).len(), 1);
}

#[test]
fn a_request_is_taken_while_the_journal_takes_nothing() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    trouble.make(&json!({ "journal_fails": true }));
    assert_eq!(tenant.anonymous().asks().held, Held::Object);
}

#[test]
fn a_panic_in_one_tickets_object_costs_its_neighbours_nothing() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let (bad, good) = (mei.asks().id.to_string(), mei.asks().id.to_string());
    trouble.make(&json!({ "panics": bad }));
    let neighbours = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..20).map(|_| scope.spawn(|| mei.says(&good, "在吗").status)).collect();
        let struck: Vec<u16> = (0..3).map(|_| mei.says(&bad, "在吗").status).collect();
        assert!(struck.iter().all(|status| *status == 500), "{struck:?}");
        asking.into_iter().map(|asked| asked.join().unwrap()).filter(|status| *status == 200).count()
    });
    trouble.mend();
    assert_eq!((neighbours, mei.reads(&good).len()), (20, 21));
    assert_eq!(mei.says(&bad, "又好了").status, 200);
    assert_eq!(mei.reads(&bad), ["customer: 无法提交报销单", "customer: 又好了"]);
}

#[test]
fn a_trap_that_ends_the_whole_instance_is_answered_at_once_and_the_next_request_is_served() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let (bad, good) = (mei.asks().id.to_string(), mei.asks().id.to_string());
    trouble.make(&json!({ "traps": bad }));
    let (told, answer) = std::sync::mpsc::channel();
    let (asking, struck) = (mei.clone(), bad.clone());
    std::thread::spawn(move || told.send(asking.says(&struck, "在吗").status));
    assert_eq!(answer.recv_timeout(std::time::Duration::from_secs(2)), Ok(500));
    // The fault went with the memory of the instance.
    assert_eq!((mei.says(&good, "还好吗").status, mei.says(&bad, "又好了").status), (200, 200));
    assert_eq!(mei.reads(&bad), ["customer: 无法提交报销单", "customer: 又好了"]);
}

#[test]
fn an_answer_that_is_lost_after_the_commit_is_made_good_by_the_retry() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    trouble.make(&json!({ "answers_lost": 1 }));
    let body = json!({ "id": tests::live::message_id().to_string(), "text": "附上截图" });
    let say = || mei.post(&format!("tickets/{id}/messages")).json(&body).send().status;
    assert_eq!((say(), say()), (500, 200));
    assert_eq!(mei.reads(&id), ["customer: 无法提交报销单", "customer: 附上截图"]);
}

#[test]
fn a_statement_that_fails_leaves_nothing_half_written() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    let li = tenant.agent("li");
    li.row(&id);
    let mut struck = 0;
    for statement in 1..=12 {
        let before = li.reads(&id);
        trouble.make(&json!({ "statement_fails_at": statement }));
        let said = mei.says(&id, &format!("第 {statement} 次"));
        trouble.mend();
        let after = li.reads(&id);
        struck += u32::from(said.status == 500);
        let grown = after.len() - before.len();
        assert_eq!(
            grown,
            usize::from(said.status == 200),
            "statement {statement}: {} {after:?}",
            said.status
        );
    }
    assert!(struck > 2, "only {struck} of twelve statements failed");
}

#[test]
fn a_stale_key_value_store_never_refuses_a_tenant_that_was_known() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    trouble.make(&json!({ "kv_stale_ms": 60_000, "kv_hidden_ms": 60_000, "kv_rewrite_ms": 1_000 }));
    let id = mei.asks().id.to_string();
    assert_eq!(mei.says(&id, "在吗").status, 200);
    assert_eq!(mei.reads(&id).len(), 2);
}

#[test]
fn a_request_in_a_journal_that_hides_it_for_a_while_is_handed_over_once_it_shows() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let (mei, li) = (tenant.anonymous(), tenant.agent("li"));
    let form = mei.form();
    trouble.make(&json!({ "unreachable": form.id, "kv_hidden_ms": 40_000 }));
    assert_eq!(mei.sends(&form).read::<Accepted>().held, Held::Journal);
    std::thread::sleep(std::time::Duration::from_secs(11));
    tenant.edge.sweep();
    assert_eq!(li.index().rows.len(), 0);
    trouble.mend();
    tenant.edge.sweep();
    assert_eq!(within(5, "the ticket", || li.index().rows.first().cloned()).id.to_string(), form.id);
}

#[test]
fn a_store_that_refuses_quick_rewrites_makes_publishing_fail_aloud_and_work_when_tried_again() {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let renamed = tenant.file().replace("\"Live\"", "\"Renamed\"");
    trouble.make(&json!({ "kv_rewrite_ms": 60_000 }));
    assert_eq!(tenant.put(tenant.file(), false).status, 200);
    let refused = tenant.put(&renamed, false);
    assert_eq!((refused.status, refused.code()), (500, "fault".into()));
    trouble.mend();
    assert_eq!(tenant.put(&renamed, false).status, 200);
    let name = || tenant.edge.get(&tenant.path("hello")).send().value()["name"].as_str().map(String::from);
    within(10, "the new name", || name().filter(|name| name == "Renamed"));
}

/// What saying one thing answers, and what the ticket then holds, after calls of its object failed with these marks.
#[track_caller]
fn says_after(marks: &[(bool, bool)]) -> (u16, usize) {
    let trouble = trouble();
    let tenant = Tenant::usual();
    let mei = tenant.anonymous();
    let id = mei.asks().id.to_string();
    let marked = |(retryable, overloaded): &(bool, bool)| json!({ "of": id, "retryable": retryable, "overloaded": overloaded });
    trouble.make(&json!({ "calls_fail": marks.iter().map(marked).collect::<Vec<_>>() }));
    let status = mei.says(&id, "在吗").status;
    trouble.mend();
    (status, mei.reads(&id).len())
}

#[test]
fn a_call_that_the_platform_calls_retryable_is_made_once_more_and_arrives_once() {
    assert_eq!(says_after(&[(true, false)]), (200, 2));
}

#[test]
fn a_call_is_made_twice_at_most_and_never_to_an_object_that_is_overloaded_or_for_good_broken() {
    assert_eq!(says_after(&[(true, false), (true, false)]), (500, 1));
    assert_eq!(says_after(&[(true, true)]), (500, 1));
    assert_eq!(says_after(&[(false, false)]), (500, 1));
}
