//! Hosts that may stand in a tenant file: origins of host pages, and the address of the webhook.

use alloc::string::String;

use thiserror::Error;

/// Which hosts may stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// Hosts of the public internet, over TLS: what is deployed.
    Public,
    /// Also this machine, over plain HTTP: `cargo xtask dev` and tests.
    Development,
}

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HostError {
    /// It is not `https://`.
    #[error("must begin with https://")]
    Scheme,
    /// It names a user.
    #[error("must not name a user")]
    User,
    /// It names a port other than 443.
    #[error("must not name a port")]
    Port,
    /// It is a number, or a name that leads to this machine or a private network.
    #[error("must be a host name of the public internet")]
    Private,
    /// It is not a host name at all.
    #[error("must be a host name as support.example.com, in small letters")]
    Name,
    /// An origin has no path.
    #[error("must end after the host: an origin has no path")]
    Path,
}

/// Checks the origin of a host page, as `https://www.example.com`; a port is allowed, a path is not. In development
/// also `http://localhost` with any port, and `http://localhost:*` for all of them.
pub fn check_origin(origin: &str, hosts: Hosts) -> Result<(), HostError> {
    if local(origin, hosts).is_some_and(|rest| rest.is_empty() || port(rest) || rest == ":*") {
        return Ok(());
    }
    let rest = origin.strip_prefix("https://").ok_or(HostError::Scheme)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    if end < rest.len() {
        return Err(HostError::Path);
    }
    let host = rest.find(':').map_or(Ok(rest), |colon| match rest.split_at(colon) {
        (host, after) if port(after) => Ok(host),
        _ => Err(HostError::Port),
    })?;
    host_name(host)
}

/// Checks an address that the edge sends to: `https`, a name of the public internet, no user, no port. Checked when
/// the file is saved and again when something is sent (a name's own addresses are the runtime's to refuse).
pub fn check_url(url: &str, hosts: Hosts) -> Result<(), HostError> {
    if local(url, hosts)
        .is_some_and(|rest| port(rest.split('/').next().unwrap_or(rest)) || rest.starts_with('/'))
    {
        return Ok(());
    }
    let rest = url.strip_prefix("https://").ok_or(HostError::Scheme)?;
    if !rest.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') {
        return Err(HostError::Name);
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if host.contains('@') {
        return Err(HostError::User);
    }
    if host.starts_with('[') {
        return Err(HostError::Private);
    }
    match host.split_once(':') {
        Some((_, port)) if port != "443" => Err(HostError::Port),
        Some((host, _)) => host_name(host),
        None => host_name(host),
    }
}

/// What follows the name of this machine, in development.
fn local(address: &str, hosts: Hosts) -> Option<&str> {
    match hosts {
        Hosts::Public => None,
        Hosts::Development => {
            let host = address.strip_prefix("http://")?;
            host.strip_prefix("localhost").or_else(|| host.strip_prefix("127.0.0.1"))
        }
    }
}

/// `:8080`.
fn port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Names that lead to this machine or to a private network by agreement, and names that anybody can point there.
const PRIVATE: [&str; 12] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "nip.io",
    "sslip.io",
    "xip.io",
    "localtest.me",
];

/// A dotted name of the public internet. What ends in a number is an address to every browser, however written
/// (`0x7f.1`, `2130706433`); a last dot would hide a private name.
fn host_name(host: &str) -> Result<(), HostError> {
    let label = |label: &str| {
        let letters = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        letters && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let (whole, last) =
        (host.strip_suffix('.').unwrap_or(host), host.rsplit('.').find(|label| !label.is_empty()));
    let number = last.is_some_and(|last| last.bytes().next().is_some_and(|b| b.is_ascii_digit()));
    let private =
        |name: &str| whole.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if number || PRIVATE.into_iter().any(private) {
        return Err(HostError::Private);
    }
    if host.len() <= 253 && host.contains('.') && host.split('.').all(label) {
        Ok(())
    } else {
        Err(HostError::Name)
    }
}

/// An address as it was written, after it was checked.
pub(super) fn checked(
    text: &str,
    check: fn(&str, Hosts) -> Result<(), HostError>,
    hosts: Hosts,
) -> Result<String, HostError> {
    check(text, hosts).map(|()| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_to_this_machine_or_to_a_private_network() {
        for url in [
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://0.0.0.0",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://169.254.169.254/latest",
            "https://10.0.0.1/",
            "https://[fd00::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://localhost/",
            "https://localhost./",
            "https://a.nip.io/",
            "https://kv.internal/",
            "https://127.1/",
            "https://hook.local/x",
            "https://0177.0.0.01/",
            "https://1.2.3.4./",
        ] {
            assert_eq!(check_url(url, Hosts::Public), Err(HostError::Private), "{url}");
        }
    }

    #[test]
    fn nothing_is_sent_by_another_scheme_or_port_or_as_somebody() {
        let refused = |url| check_url(url, Hosts::Public).unwrap_err();
        assert_eq!(refused("http://hooks.example.com/"), HostError::Scheme);
        assert_eq!(refused("file:///etc/passwd"), HostError::Scheme);
        assert_eq!(refused("gopher://hooks.example.com"), HostError::Scheme);
        assert_eq!(refused("https://hooks.example.com:22/"), HostError::Port);
        assert_eq!(refused("https://me@hooks.example.com/"), HostError::User);
        assert_eq!(refused("https://hooks.example.com\\@10.0.0.1/"), HostError::Name);
        assert_eq!(refused("https://HOOKS.example.com/"), HostError::Name);
        assert_eq!(refused("https://intern/"), HostError::Name);
        assert_eq!(check_url("https://hooks.example.com/night?bell=1", Hosts::Public), Ok(()));
        assert_eq!(check_url("https://hooks.example.com:443/night", Hosts::Public), Ok(()));
    }

    #[test]
    fn this_machine_is_a_host_in_development_only() {
        for origin in
            ["http://localhost:*", "http://localhost:8080", "http://127.0.0.1:8787", "http://localhost"]
        {
            assert_eq!(check_origin(origin, Hosts::Development), Ok(()), "{origin}");
            assert_eq!(check_origin(origin, Hosts::Public), Err(HostError::Scheme), "{origin}");
        }
        assert_eq!(check_url("http://127.0.0.1:9000/hook", Hosts::Development), Ok(()));
        assert_eq!(check_url("http://127.0.0.1:9000/hook", Hosts::Public), Err(HostError::Scheme));
        assert_eq!(check_url("http://localhost.evil.example/", Hosts::Development), Err(HostError::Scheme));
        assert_eq!(check_url("http://localhost@evil.example/", Hosts::Development), Err(HostError::Scheme));
        assert_eq!(
            check_origin("http://localhost:*.evil.example", Hosts::Development),
            Err(HostError::Scheme)
        );
    }

    #[test]
    fn an_origin_is_a_scheme_and_a_host_and_nothing_more() {
        let refused = |origin| check_origin(origin, Hosts::Public).unwrap_err();
        assert_eq!(check_origin("https://www.hesi.example", Hosts::Public), Ok(()));
        assert_eq!(check_origin("https://www.hesi.example:8443", Hosts::Public), Ok(()));
        assert_eq!(refused("https://www.hesi.example/"), HostError::Path);
        assert_eq!(refused("*"), HostError::Scheme);
        assert_eq!(refused("https://*.hesi.example"), HostError::Name);
        assert_eq!(refused("https://www.hesi.example; script-src *"), HostError::Name);
        assert_eq!(refused("https://www.hesi.example:http"), HostError::Port);
    }
}
