//! Who takes part, and what must not have happened.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;

use tests::live::{Answer, Customer, Desk, Tenant, message_id, now, ticket_id};

/// What the pages of every site may read, as a case writes it.
const PUBLIC: [&str; 4] = ["/embed.js", "/v1/health", "/v1/{A}/keys", "/v1/{B}/keys"];

/// Tenants A and B with their people. `a1` has a ticket, `b` has one too.
pub(crate) struct Cast {
    pub(crate) a: Tenant,
    pub(crate) b: Tenant,
    customers: BTreeMap<&'static str, Customer>,
    desks: BTreeMap<&'static str, Desk>,
    tickets: BTreeMap<&'static str, String>,
    pictures: [String; 2],
    secrets: Vec<String>,
    pub(crate) now: i64,
}

impl Cast {
    pub(crate) fn assemble() -> Self {
        let (a, b) = (Tenant::usual(), Tenant::usual());
        let customers = BTreeMap::from([
            ("a1", a.anonymous()),
            ("a2", a.anonymous()),
            ("b", b.signed("bo", Some("acme"))),
        ]);
        let desks = BTreeMap::from([("agent_a", a.agent("wang")), ("agent_b", b.agent("wang"))]);
        let ask = |who: &str| customers[who].asks().id.to_string();
        let tickets = BTreeMap::from([("a1", ask("a1")), ("a2", ask("a2")), ("b", ask("b"))]);
        desks["agent_a"].row(&tickets["a1"]);
        desks["agent_b"].row(&tickets["b"]);
        let secrets = [a.edge.operator(), &a.key, &b.key].map(String::from).into_iter();
        let cookie = |desk: &Desk| desk.cookie.split_once('=').map(|(_, session)| session.to_owned());
        let sessions = desks.values().filter_map(cookie).collect::<Vec<_>>();
        let now = now(&a);
        let secrets = secrets.chain(sessions).collect();
        let mut cast = Self { a, b, customers, desks, tickets, pictures: Default::default(), secrets, now };
        cast.pictures = cast.look();
        cast
    }

    pub(crate) fn bearer(&self, who: &str) -> Option<&str> {
        self.customers.get(who).map(|customer| customer.credential.bearer.as_str())
    }

    pub(crate) fn cookie(&self, who: &str) -> Option<&str> {
        self.desks.get(who).map(|desk| desk.cookie.as_str())
    }

    /// Puts the cast's names into a text: `{A}`, `{ticket:a1}`, `{fresh}`, `{bearer:b}` and so on.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = text.replace("{A}", &self.a.id).replace("{B}", &self.b.id);
        filled =
            filled.replace("{origin}", &self.a.edge.origin).replace("{message}", &message_id().to_string());
        filled = filled.replace("{fresh}", &ticket_id().to_string());
        for (who, customer) in &self.customers {
            filled = filled.replace(&format!("{{bearer:{who}}}"), &customer.credential.bearer);
        }
        for (who, ticket) in &self.tickets {
            filled = filled.replace(&format!("{{ticket:{who}}}"), ticket);
        }
        for (who, desk) in &self.desks {
            filled = filled.replace(&format!("{{cookie:{who}}}"), &desk.cookie);
        }
        filled
    }

    /// No answer holds anybody's secret, and none but the public ones lets another site's page read it.
    pub(crate) fn no_secret_in(&self, path: &str, answer: &Answer) -> Result<(), String> {
        let headers: Vec<String> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let whole = format!("{} {}", headers.join("\n"), answer.text());
        let bearers = self.customers.values().map(|customer| &customer.credential.bearer);
        if self.secrets.iter().chain(bearers).any(|secret| whole.contains(secret.as_str())) {
            return Err(format!("an answer holds a secret: {whole}"));
        }
        match answer.header("access-control-allow-origin") {
            Some("*") if PUBLIC.contains(&path) => Ok(()),
            Some(origin) => Err(format!("a page of {origin} may read this")),
            None => Ok(()),
        }
    }

    /// Everything of both tenants, without the clocks that go on by themselves.
    fn look(&self) -> [String; 2] {
        ["agent_a", "agent_b"].map(|agent| {
            let desk = &self.desks[agent];
            let rows = desk.index().rows;
            let tickets: Vec<_> = rows.iter().map(|row| desk.ticket(&row.id.to_string()).entries).collect();
            format!("{tickets:?}")
        })
    }

    /// B is as it was, and A too, unless it may change.
    pub(crate) fn unchanged(&mut self, a_changes: bool) -> Result<(), String> {
        let found = if a_changes { self.look_when_quiet() } else { self.look() };
        let same = found[1] == self.pictures[1] && (a_changes || found[0] == self.pictures[0]);
        self.pictures = found;
        if same { Ok(()) } else { Err("something changed that must not".into()) }
    }

    /// A ticket reaches the desk's index a moment after it is accepted.
    fn look_when_quiet(&self) -> [String; 2] {
        let mut found = self.look();
        loop {
            sleep(Duration::from_millis(250));
            let again = self.look();
            if again == found {
                return found;
            }
            found = again;
        }
    }
}
