//! Every address that the edge answers. What is not here does not exist; the test below is the documented list.

use shared::refusal::Refusal;

/// A route, with the names in its address as they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    Health,
    Hello {
        tenant: &'a str,
    },
    Keys {
        tenant: &'a str,
    },
    NewCustomer {
        tenant: &'a str,
    },
    Tickets {
        tenant: &'a str,
    },
    NewTicket {
        tenant: &'a str,
    },
    Ticket {
        tenant: &'a str,
        id: &'a str,
    },
    Receipts {
        tenant: &'a str,
        id: &'a str,
    },
    Receipt {
        tenant: &'a str,
        id: &'a str,
        place: &'a str,
    },
    DeskReceipts {
        tenant: &'a str,
        id: &'a str,
    },
    DeskReceipt {
        tenant: &'a str,
        id: &'a str,
        place: &'a str,
    },
    NewMessage {
        tenant: &'a str,
        id: &'a str,
    },
    Seen {
        tenant: &'a str,
        id: &'a str,
    },
    TicketSocket {
        tenant: &'a str,
        id: &'a str,
    },
    FramePage {
        tenant: &'a str,
    },
    DeskPage {
        tenant: &'a str,
    },
    SignIn {
        tenant: &'a str,
    },
    SignOut {
        tenant: &'a str,
    },
    DeskHello {
        tenant: &'a str,
    },
    DeskTickets {
        tenant: &'a str,
    },
    DeskTicket {
        tenant: &'a str,
        id: &'a str,
    },
    DeskCommand {
        tenant: &'a str,
        id: &'a str,
    },
    DeskWhatIf {
        tenant: &'a str,
        id: &'a str,
    },
    DeskSocket {
        tenant: &'a str,
    },
    DeskPlan {
        tenant: &'a str,
    },
    DeskProposal {
        tenant: &'a str,
    },
    Publish {
        tenant: &'a str,
    },
    Invite {
        tenant: &'a str,
    },
    Revoke {
        tenant: &'a str,
    },
    Plan {
        tenant: &'a str,
    },
    Cycles {
        tenant: &'a str,
    },
    #[cfg(feature = "test-faults")]
    Vectors,
}

/// What a route needs before anything else of it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// It is read, and shows nothing by itself.
    Open,
    /// A change, or a socket: it comes from our own pages.
    OwnPages,
    /// For programs of the operator, never for a page.
    Operator,
}

/// Finds the route of a request.
pub(crate) fn find<'a>(method: &str, path: &'a str) -> Result<Route<'a>, Refusal> {
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    let one = |allowed: &str, route| choose(method, &[(allowed, route)]);
    match segments.as_slice() {
        ["v1", "health"] => one("GET", Route::Health),
        ["v1", tenant, "hello"] => one("GET", Route::Hello { tenant }),
        ["v1", tenant, "keys"] => one("GET", Route::Keys { tenant }),
        ["v1", tenant, "customers"] => one("POST", Route::NewCustomer { tenant }),
        ["v1", tenant, "tickets"] => {
            choose(method, &[("GET", Route::Tickets { tenant }), ("POST", Route::NewTicket { tenant })])
        }
        ["v1", tenant, "tickets", id] => one("GET", Route::Ticket { tenant, id }),
        ["v1", tenant, "tickets", id, "receipts"] => one("GET", Route::Receipts { tenant, id }),
        ["v1", tenant, "tickets", id, "receipts", place] => one("GET", Route::Receipt { tenant, id, place }),
        ["v1", tenant, "tickets", id, "messages"] => one("POST", Route::NewMessage { tenant, id }),
        ["v1", tenant, "tickets", id, "seen"] => one("POST", Route::Seen { tenant, id }),
        ["v1", tenant, "tickets", id, "socket"] => one("GET", Route::TicketSocket { tenant, id }),
        ["frame", tenant] => one("GET", Route::FramePage { tenant }),
        ["desk", tenant] => one("GET", Route::DeskPage { tenant }),
        ["desk", tenant, "sessions"] => {
            choose(method, &[("POST", Route::SignIn { tenant }), ("DELETE", Route::SignOut { tenant })])
        }
        ["desk", tenant, "hello"] => one("GET", Route::DeskHello { tenant }),
        ["desk", tenant, "tickets"] => one("GET", Route::DeskTickets { tenant }),
        ["desk", tenant, "tickets", id] => one("GET", Route::DeskTicket { tenant, id }),
        ["desk", tenant, "tickets", id, "receipts"] => one("GET", Route::DeskReceipts { tenant, id }),
        ["desk", tenant, "tickets", id, "receipts", place] => {
            one("GET", Route::DeskReceipt { tenant, id, place })
        }
        ["desk", tenant, "tickets", id, "commands"] => one("POST", Route::DeskCommand { tenant, id }),
        ["desk", tenant, "tickets", id, "what-if"] => one("POST", Route::DeskWhatIf { tenant, id }),
        ["desk", tenant, "socket"] => one("GET", Route::DeskSocket { tenant }),
        ["desk", tenant, "plan"] => {
            choose(method, &[("GET", Route::DeskPlan { tenant }), ("POST", Route::DeskProposal { tenant })])
        }
        ["admin", "tenants", tenant, rest @ ..] => operators(method, tenant, rest),
        #[cfg(feature = "test-faults")]
        ["test", "vectors"] => one("POST", Route::Vectors),
        _ => Err(Refusal::Unknown {}),
    }
}

/// What programs of the operator may ask of a tenant.
fn operators<'a>(method: &str, tenant: &'a str, rest: &[&str]) -> Result<Route<'a>, Refusal> {
    match rest {
        [] => choose(method, &[("PUT", Route::Publish { tenant })]),
        ["sign-ins"] => choose(method, &[("POST", Route::Invite { tenant })]),
        ["revocations"] => choose(method, &[("POST", Route::Revoke { tenant })]),
        ["plan"] => choose(method, &[("GET", Route::Plan { tenant })]),
        ["cycles"] => choose(method, &[("GET", Route::Cycles { tenant })]),
        _ => Err(Refusal::Unknown {}),
    }
}

/// The route of this method among those of one address. `HEAD` asks for what `GET` answers, without its body.
fn choose<'a>(method: &str, routes: &[(&str, Route<'a>)]) -> Result<Route<'a>, Refusal> {
    let asked = if method == "HEAD" { "GET" } else { method };
    if let Some((_, route)) = routes.iter().find(|(allowed, _)| *allowed == asked) {
        return Ok(*route);
    }
    let allowed: Vec<&str> = routes.iter().map(|(allowed, _)| *allowed).collect();
    Err(Refusal::Method { allowed: allowed.join(", "), found: shared::ids::excerpt(method) })
}

impl Route<'_> {
    /// What is asked of whoever comes this way.
    pub(crate) fn guard(&self) -> Guard {
        match self {
            Self::Health
            | Self::Hello { .. }
            | Self::Keys { .. }
            | Self::Receipts { .. }
            | Self::Receipt { .. }
            | Self::DeskReceipts { .. }
            | Self::DeskReceipt { .. }
            | Self::Tickets { .. }
            | Self::Ticket { .. }
            | Self::FramePage { .. }
            | Self::DeskPage { .. }
            | Self::DeskHello { .. }
            | Self::DeskTickets { .. }
            | Self::DeskTicket { .. }
            | Self::DeskPlan { .. } => Guard::Open,
            Self::NewCustomer { .. }
            | Self::NewTicket { .. }
            | Self::NewMessage { .. }
            | Self::Seen { .. }
            | Self::TicketSocket { .. }
            | Self::SignIn { .. }
            | Self::SignOut { .. }
            | Self::DeskCommand { .. }
            | Self::DeskWhatIf { .. }
            | Self::DeskSocket { .. }
            | Self::DeskProposal { .. } => Guard::OwnPages,
            Self::Publish { .. }
            | Self::Invite { .. }
            | Self::Revoke { .. }
            | Self::Plan { .. }
            | Self::Cycles { .. } => Guard::Operator,
            #[cfg(feature = "test-faults")]
            Self::Vectors => Guard::Operator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The documented list: method, address, what must be shown before anything else.
    const TABLE: [(&str, &str, Guard); 31] = [
        ("GET", "/v1/health", Guard::Open),
        ("GET", "/v1/t/hello", Guard::Open),
        ("GET", "/v1/t/keys", Guard::Open),
        ("POST", "/v1/t/customers", Guard::OwnPages),
        ("GET", "/v1/t/tickets", Guard::Open),
        ("POST", "/v1/t/tickets", Guard::OwnPages),
        ("GET", "/v1/t/tickets/i", Guard::Open),
        ("GET", "/v1/t/tickets/i/receipts", Guard::Open),
        ("GET", "/v1/t/tickets/i/receipts/1", Guard::Open),
        ("POST", "/v1/t/tickets/i/messages", Guard::OwnPages),
        ("POST", "/v1/t/tickets/i/seen", Guard::OwnPages),
        ("GET", "/v1/t/tickets/i/socket", Guard::OwnPages),
        ("GET", "/frame/t", Guard::Open),
        ("GET", "/desk/t", Guard::Open),
        ("POST", "/desk/t/sessions", Guard::OwnPages),
        ("DELETE", "/desk/t/sessions", Guard::OwnPages),
        ("GET", "/desk/t/hello", Guard::Open),
        ("GET", "/desk/t/tickets", Guard::Open),
        ("GET", "/desk/t/tickets/i", Guard::Open),
        ("GET", "/desk/t/tickets/i/receipts", Guard::Open),
        ("GET", "/desk/t/tickets/i/receipts/1", Guard::Open),
        ("POST", "/desk/t/tickets/i/commands", Guard::OwnPages),
        ("POST", "/desk/t/tickets/i/what-if", Guard::OwnPages),
        ("GET", "/desk/t/socket", Guard::OwnPages),
        ("GET", "/desk/t/plan", Guard::Open),
        ("POST", "/desk/t/plan", Guard::OwnPages),
        ("PUT", "/admin/tenants/t", Guard::Operator),
        ("POST", "/admin/tenants/t/sign-ins", Guard::Operator),
        ("POST", "/admin/tenants/t/revocations", Guard::Operator),
        ("GET", "/admin/tenants/t/plan", Guard::Operator),
        ("GET", "/admin/tenants/t/cycles", Guard::Operator),
    ];

    const METHODS: [&str; 8] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"];

    #[test]
    fn the_routes_are_the_documented_list() {
        for (method, path, guard) in TABLE {
            assert_eq!(find(method, path).map(|route| route.guard()), Ok(guard), "{method} {path}");
        }
    }

    #[test]
    fn an_address_takes_its_own_methods_and_says_which() {
        for (_, path, _) in TABLE {
            let listed = |method| TABLE.iter().any(|(m, p, _)| *m == method && *p == path);
            for method in METHODS {
                let found = find(method, path);
                match (listed(method), found) {
                    (true, Ok(_)) => {}
                    (false, Err(Refusal::Method { allowed, .. })) => assert!(!allowed.is_empty()),
                    (_, found) => panic!("{method} {path} gave {found:?}"),
                }
            }
        }
        let both = find("PUT", "/v1/t/tickets");
        assert_eq!(both, Err(Refusal::Method { allowed: "GET, POST".into(), found: "PUT".into() }));
        assert_eq!(find("HEAD", "/v1/health"), Ok(Route::Health));
    }

    #[test]
    fn what_is_not_listed_does_not_exist() {
        for path in [
            "/",
            "",
            "/v1",
            "/v1/health/",
            "/v1//hello",
            "/v1/t",
            "/v1/t/keys/1",
            "/v1/t/tickets/",
            "/v1/t/tickets/i/",
            "/v1/t/tickets/i/messages/m",
            "/V1/health",
            "/v2/health",
            "/desk",
            "/desk/t/",
            "/frame",
            "/frame/t/x",
            "/admin",
            "/admin/tenants",
            "/admin/tenants/t/secrets",
            "/test/x",
            "/../v1/health",
            "/embed.js",
        ] {
            let found = find("GET", path);
            let empty = matches!(
                found,
                Ok(Route::Hello { tenant: "" } | Route::Ticket { id: "", .. } | Route::DeskPage { .. })
            );
            assert!(found == Err(Refusal::Unknown {}) || empty, "{path} gave {found:?}");
        }
    }
}
