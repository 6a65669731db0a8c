//! Laws of routing, on random requests, people and files: the promise knows nothing of load, any input gets a route,
//! and a map of the weeks says of each moment what a plan says of it.

use jiff::{SignedDuration, Timestamp};
use shared::contract::policy::{Hosts, Policy};
use shared::contract::{Complexity, Severity, Terms};
use shared::ids::{ChannelId, SkillId, TicketId};
use shared::language::Language;
use shared::routing::{
    Ask, Cover, Covered, Grade, Load, OnCall, Plan, Presence, Query, Raised, Route, SelfService, Staff, plan,
};
use shared::sla::{Named, Trigger};
use shared::time::{FOREVER, Local, Window, Windows, Zone};
use tests::chance::Chance;

const TENANTS: [&str; 3] = ["hesi", "global", "newyork"];
const START: i64 = 1_790_000_000;

fn policy(tenant: &str) -> Policy {
    let path = format!("{}/../edge/tenants/{tenant}.toml", env!("CARGO_MANIFEST_DIR"));
    Policy::parse(&std::fs::read_to_string(path).unwrap(), Hosts::Development).unwrap()
}

fn moment(chance: &mut Chance) -> Timestamp {
    Timestamp::from_second(START + i64::try_from(chance.below(86_400 * 365)).unwrap()).unwrap()
}

fn one<'a, T>(chance: &mut Chance, all: &'a [T]) -> &'a T {
    let index = chance.below(u64::try_from(all.len()).unwrap());
    &all[usize::try_from(index).unwrap()]
}

fn slug<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn load(chance: &mut Chance) -> Load {
    let people = ["li", "wang", "chen", "zhao", "mei", "amelia", "james", "nobody"];
    let mut agents = Vec::new();
    for agent in people {
        if chance.percent(70) {
            let open = u32::try_from(chance.below(20)).unwrap();
            agents.push(Presence { agent: slug(agent), open, here: chance.percent(60) });
        }
    }
    Load { agents }
}

/// Everything of a random request but its people and terms.
struct Asked {
    now: Timestamp,
    claimed: Severity,
    may_claim: Severity,
    raised: Option<Severity>,
    complexity: Complexity,
    skills: Vec<SkillId>,
    channel: ChannelId,
    language: Language,
}

impl Asked {
    fn random(chance: &mut Chance) -> Self {
        let channels = ["chat", "email", "phone", "articles", "account_manager", "pigeon"];
        let skills = ["tax", "erp"].into_iter().filter(|_| chance.percent(20)).map(slug).collect();
        Self {
            now: moment(chance),
            claimed: *one(chance, &Severity::ALL),
            may_claim: *one(chance, &Severity::ALL),
            raised: chance.percent(30).then(|| *one(chance, &Severity::ALL)),
            complexity: *one(chance, &Complexity::ALL),
            skills,
            channel: slug(one::<&str>(chance, &channels)),
            language: slug(one::<&str>(chance, &["zh-CN", "en", "ja", "xx-YY"])),
        }
    }

    fn plan(&self, staff: &Staff, terms: &Terms, local: &Local, load: &Load) -> Plan {
        let by = Trigger { rule: "rules[0]".into(), word: "down".into() };
        let raised = self.raised.map(|to| Raised { to, by });
        let (may_claim, complexity, skills) = (self.may_claim, self.complexity, self.skills.clone());
        plan(Ask {
            tenant: &slug("tenant"),
            company: None,
            ticket: TicketId::new(0, [0; 10]),
            now: self.now,
            grade: &Grade { may_claim, raised, complexity, skills, ..Grade::of(self.claimed) },
            channel: &self.channel,
            language: &self.language,
            local,
            terms,
            staff,
            load,
        })
    }
}

fn local(policy: &Policy) -> Local {
    let at = Timestamp::from_second(START).unwrap();
    policy.zones().local(&Zone::new("Asia/Shanghai").unwrap(), at, at).unwrap()
}

#[test]
fn neither_route_nor_promise_nor_a_single_reason_depends_on_load_or_presence() {
    let mut chance = Chance::new(1);
    for tenant in TENANTS.map(policy) {
        let local = local(&tenant);
        for _ in 0..40 {
            let (asked, tier) = (Asked::random(&mut chance), one(&mut chance, &tenant.tiers).id.clone());
            let staff = Staff::of_tier(&tenant, &tier, None, asked.now);
            let terms = tenant.terms(1, &tier, asked.now).unwrap();
            let idle = asked.plan(&staff, &terms, &local, &Load::default());
            for _ in 0..20 {
                let busy = asked.plan(&staff, &terms, &local, &load(&mut chance));
                assert_eq!((&busy.route, &busy.receipt), (&idle.route, &idle.receipt));
            }
        }
    }
}

/// People whom no file would have: none at all, windows out of nowhere, calls without people.
fn odd_staff(chance: &mut Chance, mut staff: Staff, now: Timestamp) -> Staff {
    let window = |chance: &mut Chance| {
        let from = now + SignedDuration::from_secs(600_000 - i64::try_from(chance.below(1_200_000)).unwrap());
        Window::new(from, from + SignedDuration::from_secs(1 + i64::try_from(chance.below(900_000)).unwrap()))
    };
    for team in &mut staff.teams {
        let windows: Vec<Window> = (0..chance.below(4)).filter_map(|_| window(chance).ok()).collect();
        team.windows = if chance.percent(10) { Windows::always() } else { windows.into_iter().collect() };
        team.skills = ["tax"].into_iter().filter(|_| chance.percent(30)).map(slug).collect();
    }
    staff.teams.retain(|_| chance.percent(70));
    staff.channels.retain(|_| chance.percent(70));
    let called = OnCall { agent: Named { id: slug("li"), name: "Li".into() }, team: None };
    staff.on_call = if chance.percent(50) { vec![called] } else { Vec::new() };
    staff.calls_from = chance.percent(60).then(|| *one(chance, &Severity::ALL));
    let articles = SelfService { up_to: *one(chance, &Severity::ALL), channel: slug("articles") };
    staff.self_service = chance.percent(50).then_some(articles);
    staff.until = if chance.percent(10) { FOREVER } else { staff.until };
    staff
}

#[test]
fn any_request_gets_a_route_that_can_be_kept_and_nothing_lowers_her_word() {
    let mut chance = Chance::new(2);
    let tenants = TENANTS.map(policy).map(|tenant| (local(&tenant), tenant));
    let mut seen = [0_u32; 5];
    for _ in 0..1_000 {
        let (local, tenant) = one(&mut chance, &tenants);
        let (asked, tier) = (Asked::random(&mut chance), one(&mut chance, &tenant.tiers).id.clone());
        let staff = odd_staff(&mut chance, Staff::of_tier(tenant, &tier, None, asked.now), asked.now);
        let terms = tenant.terms(1, &tier, asked.now).unwrap();
        let plan = asked.plan(&staff, &terms, local, &load(&mut chance));
        let severity = plan.receipt.severity;
        assert!(severity >= asked.claimed.min(asked.may_claim) && Some(severity) >= asked.raised);
        seen[kept(&plan.route, &staff, &asked)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
}

/// Which route it is, after a look at whether it can be kept.
fn kept(route: &Route, staff: &Staff, asked: &Asked) -> usize {
    let open =
        |id| staff.teams.iter().any(|team| team.id == id && team.hours(staff.until).is_open(asked.now));
    match route {
        Route::Live { team, .. } => {
            assert!(open(team.clone()));
            0
        }
        Route::Region { team, .. } => {
            assert!(open(team.clone()));
            1
        }
        Route::OnCall { agents } => {
            assert!(!agents.is_empty() && staff.calls_from.is_some());
            2
        }
        Route::Ticket { team, opens } => {
            assert!(team.is_some() == opens.is_some() && opens.is_none_or(|opens| opens >= asked.now));
            3
        }
        Route::SelfService { channel, team, opens } => {
            assert!(staff.channel(channel).is_some_and(|hours| hours.is_open(asked.now)));
            assert!(team.is_some() == opens.is_some());
            4
        }
    }
}

/// Words that a question may be made of, most of them wrong in their place.
const WORDS: [&str; 10] =
    ["standard", "vip", "urgent", "chat", "zh", "yunshan", "complex", "Asia/Tokyo", "", "\u{0}"];

fn question(chance: &mut Chance) -> Query {
    let at = moment(chance);
    let mut word = |right: &str| {
        if chance.percent(85) { right.to_owned() } else { one::<&str>(chance, &WORDS).repeat(3) }
    };
    Query {
        at,
        tier: Some(word("standard")),
        company: None,
        severity: word("major"),
        complexity: Some(word("complex")),
        text: None,
        channel: word("email"),
        language: word("en"),
        zone: Some(word("Europe/Berlin")),
    }
}

#[test]
fn the_planner_answers_every_question_or_says_which_word_it_does_not_know() {
    let mut chance = Chance::new(3);
    let tenants = TENANTS.map(policy);
    let mut answered = 0;
    for _ in 0..400 {
        match question(&mut chance).answer(&slug("tenant"), one(&mut chance, &tenants), 7) {
            Ok(planned) => {
                answered += 1;
                assert!(planned.steps.len() >= 3 && !planned.promises.is_empty());
                let rules = planned.steps.iter().filter(|step| !step.rule.is_empty()).count();
                assert!(rules >= 3, "{planned:?}");
            }
            Err(unknown) => assert!(!unknown.is_empty() && unknown.iter().all(|one| !one.hint.is_empty())),
        }
    }
    assert!(answered > 80 && answered < 320, "{answered}");
}

#[test]
fn a_map_of_the_weeks_has_no_gaps_and_says_of_each_moment_what_a_plan_says() {
    let mut chance = Chance::new(4);
    for tenant in TENANTS.map(policy) {
        let local = local(&tenant);
        for tier in &tenant.tiers {
            let from = Timestamp::from_second(START).unwrap();
            let to = from + SignedDuration::from_hours(24 * 60);
            let spans = Covered::of(&tenant, tier, from, to);
            assert_eq!((spans[0].window.from(), spans[spans.len() - 1].window.to()), (from, to));
            for pair in spans.windows(2) {
                assert_eq!(pair[0].window.to(), pair[1].window.from());
                assert!((&pair[0].cover, &pair[0].uncovered) != (&pair[1].cover, &pair[1].uncovered));
            }
            for _ in 0..40 {
                let now = from + SignedDuration::from_secs(i64::try_from(chance.below(86_400 * 59)).unwrap());
                let span = spans.iter().find(|span| span.window.contains(now)).unwrap();
                let (may_claim, severity) = (Severity::Major, *one(&mut chance, &Severity::ALL));
                let asked = Asked {
                    now,
                    may_claim,
                    claimed: severity,
                    raised: None,
                    channel: slug("chat"),
                    language: slug("en"),
                    ..Asked::random(&mut chance)
                };
                let (staff, terms) =
                    (Staff::of_tier(&tenant, &tier.id, None, now), tenant.terms(1, &tier.id, now).unwrap());
                agrees(span, severity, &asked.plan(&staff, &terms, &local, &Load::default()).route);
            }
        }
    }
}

#[track_caller]
fn agrees(span: &Covered, severity: Severity, route: &Route) {
    match (&span.cover, route) {
        (Cover::Live { teams }, Route::Live { team, .. } | Route::Region { team, .. }) => {
            assert!(teams.contains(team));
        }
        (Cover::OnCall { agents, from }, Route::OnCall { agents: called }) => {
            assert!(severity >= *from && agents.iter().eq(called.iter().map(|agent| &agent.id)));
        }
        (Cover::OnCall { from, .. }, Route::Ticket { .. }) => assert!(severity < *from),
        (Cover::Nobody {}, Route::Ticket { .. }) => {}
        (cover, route) => panic!("{cover:?} is not {route:?}"),
    }
}
