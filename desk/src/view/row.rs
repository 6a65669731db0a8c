//! One row of the list: how its clock stands, what it is about, and who asks.

use std::rc::Rc;

use shared::contract::Severity;
use shared::ids::ChannelId;
use shared::text::{desk, first};
use shared::wire::Row as Line;
use widget::icon::{icon, small};
use widget::reasons::{channel_name, severity_phrase, tier_name};
use widget::words::Words;
use yew::prelude::*;

use super::clocks::Told;

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    pub(super) row: Rc<Line>,
    pub(super) told: Told,
    pub(super) words: Words,
    /// What people call her, and for whom she asks.
    pub(super) who: AttrValue,
    pub(super) unread: bool,
    pub(super) current: bool,
    pub(super) draft: bool,
}

#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let RowProps { row, told, words, who, unread, current, draft } = props;
    let words = *words;
    let subject = row.subject.clone().unwrap_or_else(|| row.id.code());
    html! {
        <a class="inbox-row" id={format!("row-{}", row.id)} href={format!("#{}", row.id)} data-state={told.state}
            data-unread={unread.then_some("")} aria-current={current.then_some("true")}>
            <span class="clock-state cut-line" data-state={told.state}>{ icon(told.state) }{ told.words.clone() }</span>
            <span class="inbox-time number">{ told.time.clone() }</span>
            <span class="inbox-subject">
                { severity(words, row.severity) }
                <span class="cut-line" lang={row.language.to_string()} title={subject.clone()}>{ subject }</span>
            </span>
            <span class="inbox-meta">
                <span class="tier" data-tier={row.tier.to_string()}>{ tier_name(words, &row.tier) }</span>
                <span class="cut-line">{ who.clone() }</span>
                { channel(words, &row.channel) }
                <span class="lang">{ row.language.base().to_owned() }</span>
                if *unread { <span class="visually-hidden">{ words.say(desk::CUSTOMER_WROTE) }</span> }
            </span>
            <span class="inbox-draft">
                if *draft { { small("note") }<span class="visually-hidden">{ words.say(desk::DRAFT_KEPT) }</span> }
            </span>
        </a>
    }
}

/// A shape, so that it can be told apart without colour; its name is read out.
pub(super) fn severity(words: Words, severity: Severity) -> Html {
    let (level, name) = (severity.as_str(), words.say(severity_phrase(severity)));
    html! {
        <span class="severity" data-level={level} title={name}>
            { icon(level) }<span class="visually-hidden">{ name }</span>
        </span>
    }
}

fn channel(words: Words, channel: &ChannelId) -> Html {
    let icon = match channel.as_str() {
        "phone" => "phone",
        "email" => "mail",
        "articles" => "book",
        "account_manager" => "user",
        _ => "chat",
    };
    let name = channel_name(words, channel);
    let label = words.say(first::CHANNELS);
    html! { <>{ small(icon) }<span class="visually-hidden">{ format!("{label}: {name}") }</span></> }
}
