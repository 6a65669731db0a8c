//! `[clocks]`: how clocks go on when something changes under them.

use super::reader::Node;
use crate::contract::{Answers, ClockRules, OnChange, OnReopen};

/// `on_change = "keep_elapsed"`, `on_reopen = "continue"`, `answers = "people"`: what is not said is the first of each.
pub(super) fn read(node: &Node<'_>) -> Option<ClockRules> {
    let usual = ClockRules::default();
    let mut table = node.table()?;
    let on_change = table.optional("on_change").map_or(Some(usual.on_change), |node| {
        node.word("rule", &[("keep_elapsed", OnChange::KeepElapsed), ("restart", OnChange::Restart)])
    });
    let on_reopen = table.optional("on_reopen").map_or(Some(usual.on_reopen), |node| {
        node.word("rule", &[("continue", OnReopen::Continue), ("new", OnReopen::New)])
    });
    let answers = table.optional("answers").map_or(Some(usual.answers), |node| {
        node.word("rule", &[("people", Answers::People), ("people_and_bots", Answers::PeopleAndBots)])
    });
    table.finish();
    Some(ClockRules { on_change: on_change?, on_reopen: on_reopen?, answers: answers? })
}
