//! What a request costs: its plan, and all clocks of a ticket folded from its log. `cargo xtask bench promise` reads
//! the estimates.
#![expect(missing_docs, reason = "criterion's macros write public items without docs")]
#![expect(clippy::unwrap_used, reason = "a bench that finds something amiss panics: that is how it speaks")]

use std::fmt::Debug;
use std::hint::black_box;
use std::str::FromStr;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use shared::contract::policy::{Hosts, Policy, Written};
use shared::contract::{Complexity, Severity, Terms};
use shared::ids::{ChannelId, CompanyId, TenantId, TicketId};
use shared::language::Language;
use shared::routing::{Ask, Grade, Load, Plan, Staff, plan};
use shared::ticket::{Actor, Author, Event, Logged, Opening, PendReason, TermsCause, Ticket};
use shared::time::{Local, Zone};

const HESI: &str = include_str!("../../edge/tenants/hesi.toml");
const ID: &str = "019f0c3e-7a00-7b11-8c22-0123456789ab";

/// The night of journey J2: Thu 1 Oct 2026, 23:10 in Shanghai.
fn asked() -> Timestamp {
    Timestamp::from_second(1_790_867_400).unwrap()
}

fn name<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// All that a plan is made of, for an urgent request of a VIP.
struct Request {
    tenant: TenantId,
    terms: Terms,
    staff: Staff,
    load: Load,
    local: Local,
    channel: ChannelId,
    language: Language,
    company: CompanyId,
}

impl Request {
    fn of_a_vip() -> Self {
        let policy = Policy::parse(HESI, Hosts::Development).unwrap();
        let company =
            policy.companies.iter().find(|company| company.tier(asked()).as_str() == "vip").unwrap();
        let zone = Zone::new("Asia/Shanghai").unwrap();
        let ahead = asked() + SignedDuration::from_hours(24 * 60);
        Self {
            tenant: name("hesi"),
            load: Load::default(),
            terms: policy.terms(1, company.tier(asked()), asked()).unwrap(),
            staff: Staff::of(&policy, Some(&company.id), asked()).unwrap(),
            local: policy.zones().local(&zone, asked(), ahead).unwrap(),
            channel: policy.channels.first().unwrap().id.clone(),
            language: name("zh-CN"),
            company: company.id.clone(),
        }
    }

    fn plan(&self) -> Plan {
        plan(Ask {
            tenant: &self.tenant,
            company: Some(&self.company),
            ticket: name::<TicketId>(ID),
            now: asked(),
            grade: &Grade::of(Severity::Urgent),
            channel: &self.channel,
            language: &self.language,
            local: &self.local,
            terms: &self.terms,
            staff: &self.staff,
            load: &self.load,
        })
    }

    /// A log of so many events: asked, then answered, waited for, and written to again, over and over.
    fn log(&self, events: u64) -> Vec<Logged> {
        let opening = Opening {
            customer: name("user:mei@qingshan"),
            company: Some(self.company.clone()),
            channel: self.channel.clone(),
            severity: Severity::Urgent,
            language: self.language.clone(),
            zone: Zone::new("Asia/Shanghai").unwrap(),
            message: name(ID),
            opened_by: None,
        };
        let terms = Event::TermsSet { terms: self.terms.clone(), cause: TermsCause::Known };
        let opened = Event::Opened { opening, receipt: self.plan().receipt };
        let turns = (0..events).map(|turn| match turn % 4 {
            0 => Event::Said { message: name(ID), author: Author::Agent { id: name("li") } },
            1 => Event::Pended { by: name("li"), reason: PendReason::Customer, evidence: None },
            2 => Event::Said { message: name(ID), author: Author::Customer {} },
            _ => Event::Resumed { by: Actor::Customer {} },
        });
        let all = [terms, opened].into_iter().chain(turns);
        let line = |(event, seq)| {
            let minutes = i64::try_from(seq).unwrap() * 7;
            Logged { seq, at: asked() + SignedDuration::from_mins(minutes), event }
        };
        all.zip(1..=events).map(line).collect()
    }
}

fn one_plan(criterion: &mut Criterion) {
    let request = Request::of_a_vip();
    assert!(!request.plan().receipt.promises.is_empty());
    criterion.bench_function("plan", |bencher| bencher.iter(|| black_box(&request).plan()));
}

/// As long as a text may be, of these pieces over and over.
fn long(pieces: &[String]) -> String {
    pieces.iter().flat_map(|piece| piece.chars()).cycle().take(4_000).collect()
}

/// Texts of 4,000 letters, among them those that hurt whoever looks for the words of a policy: words that break off
/// before their last letter, words inside other words, their letters in no order, and the words themselves.
fn texts(policy: &Policy) -> [(&'static str, String); 6] {
    let words: Vec<&String> = policy.rules.iter().flat_map(|rule| &rule.any).collect();
    let cut = |word: &&String| word.chars().take(word.chars().count() - 1).collect::<String>();
    let letters: Vec<char> = words.iter().flat_map(|word| word.chars()).collect();
    let mixed = (0..4_000_usize).scan(1_usize, |at, _| {
        *at = (*at * 48_271) % 2_147_483_647;
        letters.get(*at % letters.len())
    });
    [
        ("raise_chinese", long(&["今天上午在系统里提交报销单以后一直没有看到审批人，请帮忙看一下。".into()])),
        (
            "raise_english",
            long(&["The report I filed this morning still shows no approver; please have a look. ".into()]),
        ),
        ("raise_cut", long(&words.iter().map(cut).collect::<Vec<_>>())),
        (
            "raise_inside",
            long(
                &words
                    .iter()
                    .filter(|word| word.is_ascii())
                    .map(|word| format!("x{word}x"))
                    .collect::<Vec<_>>(),
            ),
        ),
        ("raise_letters", mixed.collect()),
        ("raise_words", long(&words.iter().map(|word| format!("{word} ")).collect::<Vec<_>>())),
    ]
}

fn words_that_raise(criterion: &mut Criterion) {
    let policy = Policy::parse(HESI, Hosts::Development).unwrap();
    let (tier, claimed) = (name("vip"), (Severity::Urgent, Complexity::Ordinary));
    let raise = |text: &str| policy.raise(&tier, Written { text, language: None }, claimed);
    for (bench, text) in texts(&policy) {
        assert_eq!(text.chars().count(), 4_000);
        assert_eq!(raise(&text).by.is_some(), bench == "raise_words", "{bench}");
        criterion.bench_function(bench, |bencher| bencher.iter(|| raise(black_box(&text))));
    }
    // The costliest of them, and the plan that follows.
    let request = Request::of_a_vip();
    let (_, text) = texts(&policy).into_iter().find(|(bench, _)| *bench == "raise_letters").unwrap();
    criterion.bench_function("plan_raised", |bencher| {
        bencher.iter(|| (raise(black_box(&text)), black_box(&request).plan()));
    });
}

fn all_clocks_of_a_long_ticket(criterion: &mut Criterion) {
    let log = Request::of_a_vip().log(200);
    let now = log.last().unwrap().at;
    let id: TicketId = name(ID);
    assert_eq!(Ticket::replay(id, &log).seq(), 200);
    assert!(!Ticket::replay(id, &log).open().unwrap().board().view(now).is_empty());
    criterion.bench_function("fold_200", |bencher| {
        bencher.iter(|| Ticket::replay(id, black_box(&log)).open().unwrap().board().view(now));
    });
}

criterion_group!(benches, one_plan, words_that_raise, all_clocks_of_a_long_ticket);
criterion_main!(benches);
