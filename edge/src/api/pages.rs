//! `/frame/{tenant}` and `/desk/{tenant}`: the two pages that start a program. The worker makes them, because what may
//! frame them is in the tenant's file; everything they load is a static file.

use shared::ids::excerpt;
use shared::language::Language;
use shared::refusal::Refusal;
use shared::text::{Tongue, first, refusal};
use worker::{Headers, Response, ResponseBuilder};

use super::call::Call;
use crate::error::{self, Failure};
use crate::http::HSTS;
use crate::tenants::Tenant;

const FRAME: &str = include_str!("../../../widget/frame/index.html");
const UNKNOWN: &str = include_str!("../../../widget/frame/unknown.html");
const DESK: &str = include_str!("../../../desk/page/index.html");
const ICONS: &str = include_str!("../../../widget/icons.svg");
const DESK_ICONS: &str = include_str!("../../../desk/icons.svg");

/// The customers' page, for host pages of the tenant's origins. A wrong name gets a page that anybody may frame and
/// that holds nothing but the news: the widget can say it in the panel, where whoever wrote the tag sees it.
pub(crate) async fn frame(call: &Call, name: &str) -> Result<Response, Failure> {
    match call.tenant(name).await {
        Ok(tenant) => {
            let tongue = tongue(call, Some(&tenant));
            let words: Vec<&str> = Tongue::all().map(Tongue::tag).collect();
            let own: Vec<&str> = tenant.policy.own_languages().map(Language::as_str).collect();
            let values = [
                ("ICONS", ICONS),
                ("NAME", &*escape(&tenant.policy.name)),
                ("LANGUAGE", tongue.tag()),
                ("WORDS", &words.join(" ")),
                ("LANGUAGES", &own.join(" ")),
            ];
            let html = fill(FRAME, &values, tongue);
            page(call, 200, html, &tenant.policy.origins.join(" "))
        }
        Err(Failure::Refused(Refusal::Unknown {})) => unknown(call, name, "*"),
        Err(failure) => Err(failure),
    }
}

/// The agents' page, which nobody may frame.
pub(crate) async fn desk(call: &Call, name: &str) -> Result<Response, Failure> {
    match call.tenant(name).await {
        Ok(tenant) => {
            let (tongue, icons) = (tongue(call, Some(&tenant)), format!("{ICONS}{DESK_ICONS}"));
            let html = fill(
                DESK,
                &[("ICONS", &icons), ("NAME", &escape(&tenant.policy.name)), ("LANGUAGE", tongue.tag())],
                tongue,
            );
            page(call, 200, html, "'none'")
        }
        Err(Failure::Refused(Refusal::Unknown {})) => unknown(call, name, "'none'"),
        Err(failure) => Err(failure),
    }
}

fn unknown(call: &Call, name: &str, ancestors: &str) -> Result<Response, Failure> {
    let tongue = tongue(call, None);
    let sentence = escape(&refusal::TENANT_UNKNOWN.fill(tongue, &[("found", &excerpt(name))]));
    let html =
        fill(UNKNOWN, &[("ICONS", ICONS), ("SENTENCE", &sentence), ("LANGUAGE", tongue.tag())], tongue);
    page(call, error::status(&Refusal::Unknown {}), html, ancestors)
}

/// The language of a page before its program has chosen one: what the browser asks for first that the words have.
fn tongue(call: &Call, tenant: Option<&Tenant>) -> Tongue {
    let wishes = call.header("accept-language").unwrap_or_default();
    let wished = wishes.split(',').filter_map(|wish| wish.split(';').next()?.trim().parse::<Language>().ok());
    let own = tenant.map(|tenant| tenant.policy.default_language.clone());
    wished.chain(own).find_map(|language| Tongue::of(&language)).unwrap_or(Tongue::ENGLISH)
}

/// Fills `{{NAMES}}` in one pass: what is filled in is never searched again.
fn fill(template: &str, values: &[(&str, &str)], tongue: Tongue) -> String {
    let words = [
        ("CLOSE", first::CLOSE.say(tongue)),
        ("ERROR", first::ERROR_TITLE.say(tongue)),
        ("RETRY", first::RETRY.say(tongue)),
    ];
    let mut parts = template.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        let value = values.iter().chain(&words).find(|(key, _)| *key == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        filled.push_str(rest);
    }
    filled
}

fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
        escaped
    })
}

/// A page that runs our own files and nothing else, framed by whom `ancestors` names. A host page with an embedder
/// policy of its own may frame it, too.
fn page(call: &Call, status: u16, html: String, ancestors: &str) -> Result<Response, Failure> {
    let folder = |name: &str| call.env.var(name).map(|var| var.to_string()).unwrap_or_default();
    let html = [("/a/widget/", folder("NB_WIDGET")), ("/a/desk/", folder("NB_DESK"))]
        .iter()
        .filter(|(_, built)| !built.is_empty())
        .fold(html, |html, (written, built)| html.replace(written, built));
    let url = call.request.url()?;
    let socket = url.origin().ascii_serialization().replacen("http", "ws", 1);
    let headers = Headers::new();
    for (name, value) in [
        ("cache-control", "no-store"),
        ("content-security-policy", &policy(&socket, ancestors)),
        ("content-type", "text/html; charset=utf-8"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("referrer-policy", "no-referrer"),
        ("strict-transport-security", HSTS),
        ("x-content-type-options", "nosniff"),
    ] {
        headers.set(name, value)?;
    }
    Ok(ResponseBuilder::new().with_status(status).with_headers(headers).fixed(html.into_bytes()))
}

fn policy(socket: &str, ancestors: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {socket}; \
         img-src 'self' data: blob:; style-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {ancestors}; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_filled_once_and_names_are_text() {
        let filled = fill(
            "<p>{{NAME}} {{CLOSE}} {{NOBODY}}</p>",
            &[("NAME", &escape("<b>{{CLOSE}}"))],
            Tongue::ENGLISH,
        );
        assert_eq!(filled, "<p>&lt;b&gt;{{CLOSE}} Close </p>");
    }

    #[test]
    fn every_blank_of_a_page_is_known() {
        for template in [FRAME, DESK, UNKNOWN] {
            for blank in template.split("{{").skip(1).filter_map(|part| part.split("}}").next()) {
                let known = [
                    "ICONS",
                    "NAME",
                    "LANGUAGE",
                    "LANGUAGES",
                    "WORDS",
                    "SENTENCE",
                    "CLOSE",
                    "ERROR",
                    "RETRY",
                ];
                assert!(known.contains(&blank), "{blank}");
            }
        }
    }

    #[test]
    fn a_page_is_framed_by_the_tenants_origins_and_runs_nothing_but_our_files() {
        let policy = policy("wss://edge.example", "https://a.example https://b.example");
        assert!(policy.starts_with(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' wss://edge.example;"
        ));
        assert!(policy.contains(
            "frame-ancestors https://a.example https://b.example; require-trusted-types-for 'script'"
        ));
        assert!(!policy.contains("unsafe-inline"));
    }
}
