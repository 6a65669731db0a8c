//! A tenant of one test: published by the operator's route, known to nobody else.

use serde_json::{Value, json};

use super::{Answer, Customer, Desk, Edge, Receiver, fresh, jwt};

/// A tenant that is always open; its people are `li` and `wang`, its companies `acme` (standard) and `bell` (VIP,
/// looked after by `li`, with `wang` on call: its one team never works).
#[derive(Clone, Debug)]
pub struct Tenant {
    pub edge: Edge,
    pub id: String,
    /// The key of its host's server, and the name under which its tokens say so.
    pub key: String,
    pub kid: &'static str,
    pub webhook_secret: String,
    /// Under which names its file has the two secrets.
    names: [String; 2],
    file: String,
}

/// How much it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// What a file without `[limits]` says.
    Default,
    /// More than any test sends.
    Raised,
}

const FILE: &str = include_str!("../../tenants/live.toml");
const RAISED: &str = "[limits]\nper_customer = 100000\nper_address = 100000\nper_tenant = 100000\n";

impl Tenant {
    /// Publishes a tenant whose first responses are due within `first_response`, as `30m`.
    pub fn publish(first_response: &str, limits: Limits, receiver: Option<&Receiver>) -> Self {
        let limits = if limits == Limits::Raised { RAISED } else { "" };
        let webhook =
            receiver.map(|receiver| format!("[webhook]\nurl = \"{}\"\nsecret = \"RINGS\"\n", receiver.url));
        let file = FILE.replace("30m", first_response) + limits + &webhook.unwrap_or_default();
        Self::put_up(Edge::running(), ("k1", ["SIGNS", "RINGS"].map(String::from)), file, receiver.is_some())
    }

    /// Publishes a file at an edge; what it lacks of identity and limits is added.
    pub fn of_file(edge: Edge, file: &str) -> Self {
        let identity = "[identity]\nkeys = [{ kid = \"k1\", secret = \"SIGNS\" }]\n";
        let identity = if file.contains("[identity]") { "" } else { identity };
        let file = format!("{file}\n{identity}{RAISED}");
        Self::put_up(edge, ("k1", ["SIGNS", "RINGS"].map(String::from)), file, false)
    }

    /// A demo tenant under a name of its own, which rings this receiver.
    pub fn demo(name: &str, receiver: &Receiver) -> Self {
        Self::of_demo(name, demo_file(name, receiver))
    }

    /// The same, with its team at its desks and its chat open at any hour.
    pub fn demo_at_its_desks(name: &str, receiver: &Receiver) -> Self {
        let file = demo_file(name, receiver);
        let awake = file
            .replace("hours = \"workdays\"", "hours = \"always\"")
            .replace("calendar = \"workdays\"\nlanguages", "calendar = \"always\"\nlanguages");
        Self::of_demo(name, awake)
    }

    fn of_demo(name: &str, file: String) -> Self {
        let names = ["IDENTITY", "WEBHOOK"].map(|secret| format!("{}_{secret}", name.to_uppercase()));
        Self::put_up(Edge::running(), ("demo", names), file, true)
    }

    fn put_up(edge: Edge, (kid, names): (&'static str, [String; 2]), file: String, rings: bool) -> Self {
        let tenant = Self {
            edge,
            id: format!("live-{:016x}", fresh()),
            key: format!("{:016x}{:016x}{:016x}", fresh(), fresh(), fresh()),
            kid,
            webhook_secret: secret(),
            names,
            file,
        };
        let published: Value = tenant.put(&tenant.file, rings).read();
        assert_eq!((&published["number"], &published["missing"]), (&json!(1), &json!([])), "{published}");
        tenant
    }

    /// The usual one.
    pub fn usual() -> Self {
        Self::publish("30m", Limits::Raised, None)
    }

    /// Publishes a file; with its webhook's secret, if it rings.
    pub fn put(&self, file: &str, rings: bool) -> Answer {
        let [signing, ringing] = &self.names;
        let mut secrets = json!({ signing: self.key });
        if rings {
            secrets[ringing] = json!(self.webhook_secret);
        }
        let path = format!("/admin/tenants/{}", self.id);
        self.edge.admin("PUT", &path).json(&json!({ "file": file, "secrets": secrets })).send()
    }

    pub fn file(&self) -> &str {
        &self.file
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/v1/{}/{rest}", self.id)
    }

    /// Somebody for whom nobody vouches.
    pub fn anonymous(&self) -> Customer {
        Customer::of(self, &json!({ "token": null }))
    }

    /// Somebody whom the host's server names.
    pub fn signed(&self, sub: &str, company: Option<&str>) -> Customer {
        Customer::of(self, &json!({ "token": jwt(self, sub, company) }))
    }

    /// A sign-in link's token.
    pub fn invite(&self, agent: &str) -> String {
        let path = format!("/admin/tenants/{}/sign-ins", self.id);
        let link: Value = self.edge.admin("POST", &path).json(&json!({ "agent": agent })).send().read();
        link["token"].as_str().expect("a token").into()
    }

    /// An agent, signed in.
    pub fn agent(&self, agent: &str) -> Desk {
        Desk::sign_in(self, &self.invite(agent))
    }

    pub fn revoke(&self, agent: &str) {
        let path = format!("/admin/tenants/{}/revocations", self.id);
        let revoked = self.edge.admin("POST", &path).json(&json!({ "agent": agent })).send();
        assert_eq!(revoked.status, 204, "{}", revoked.text());
    }

    /// Everything of this tenant that an agent sees: to show that something else changed nothing of it.
    pub fn picture(&self) -> String {
        let desk = self.agent("wang");
        let index = desk.index();
        let tickets: Vec<_> = index.rows.iter().map(|row| desk.ticket(&row.id.to_string()).entries).collect();
        format!("{:?} {tickets:?}", index.rows)
    }
}

fn demo_file(name: &str, receiver: &Receiver) -> String {
    let path = format!("{}/../edge/tenants/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let file = file.replace("http://127.0.0.1:8789/night", &receiver.url);
    assert!(file.contains(&receiver.url), "{name} rings somewhere else");
    file
}

/// A webhook's secret, as Standard Webhooks writes it.
fn secret() -> String {
    use base64::Engine;
    let bytes: Vec<u8> = (0..4).flat_map(|_| fresh().to_be_bytes()).collect();
    format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}
