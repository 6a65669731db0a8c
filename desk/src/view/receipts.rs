//! The receipts of a ticket: why each was made and by whom, and the signed file of each.

use shared::sla::Cause;
use shared::text::change;
use shared::wire::ReceiptLine;
use widget::icon::small;
use widget::reasons;
use yew::prelude::*;

use super::changed::{complexity, pending};
use super::log::Telling;
use crate::live::address;

impl Telling<'_> {
    pub(super) fn receipts(self) -> Html {
        let words = self.dates.words;
        let lines = &self.ticket.receipts;
        let inside = if lines.is_empty() {
            html! { <p>{ words.say(change::RECEIPTS_NONE) }</p> }
        } else {
            html! { <ol class="receipts">{ for lines.iter().rev().map(|line| self.receipt(line)) }</ol> }
        };
        html! {
            <section class="side-part">
                <h3>{ words.say(change::RECEIPTS) }</h3>
                { inside }
            </section>
        }
    }

    fn receipt(self, line: &ReceiptLine) -> Html {
        let words = self.dates.words;
        let n = line.number.to_string();
        let head = words.html(
            change::RECEIPT,
            &[("n", n.clone().into()), ("time", self.dates.brief_element(line.issued_at))],
        );
        let label = words.fill(change::DOWNLOAD, &[("n", &n)]);
        let href = address::receipt(self.ticket.row.id, line.place);
        html! {
            <li>
                <span>
                    <b>{ head }</b>
                    <span>{ self.why_made(&line.cause) }</span>
                    <span>{ self.promises(line.first_response, line.resolution) }</span>
                </span>
                <a class="button" data-kind="icon" {href} download="" aria-label={label.clone()} title={label}>
                    { small("download") }
                </a>
            </li>
        }
    }

    /// Why a receipt was made, and who changed something.
    fn why_made(self, cause: &Cause) -> String {
        let words = self.dates.words;
        let by = |phrase, name: &str| words.fill(phrase, &[("name", name)]);
        let became = |phrase, from: &str, to: &str, name: &str| {
            words.fill(phrase, &[("from", from), ("to", to), ("name", name), ("policy", name)])
        };
        match cause {
            Cause::Asked {} => words.say(change::ASKED).to_owned(),
            Cause::Antedated {} => words.say(change::ANTEDATED).to_owned(),
            Cause::Severity { from, to, by } => {
                let said = |of| words.say(reasons::severity_phrase(of));
                became(change::BY_SEVERITY, said(*from), said(*to), self.actor(by))
            }
            Cause::Complexity { from, to, by } => {
                let said = |of| words.say(complexity(of));
                became(change::BY_COMPLEXITY, said(*from), said(*to), self.actor(by))
            }
            Cause::Tier { from, to, policy } => {
                let said = |of| reasons::tier_name(words, of);
                became(change::BY_TIER, &said(from), &said(to), &policy.to_string())
            }
            Cause::Paused { reason, by } => {
                let values = [("name", self.floor.name(by)), ("reason", words.say(pending(*reason)))];
                words.fill(change::BY_PAUSE, &values)
            }
            Cause::Resumed { by: actor } => by(change::BY_RESUMING, self.actor(actor)),
            Cause::Reopened { by: actor } => by(change::BY_REOPENING, self.actor(actor)),
            Cause::Calendar { policy } => words.fill(change::BY_CALENDAR, &[("policy", &policy.to_string())]),
            Cause::Merged { ticket, by } => {
                let values = [("name", self.floor.name(by)), ("code", &ticket.code())];
                words.fill(change::BY_MERGING, &values)
            }
        }
    }
}
