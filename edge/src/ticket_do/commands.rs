//! What a list of commands makes of a ticket: who may, what follows, and where it stands afterwards. Pure, all of it.

use jiff::Timestamp;
use shared::ids::MessageId;
use shared::refusal::Refusal;
use shared::ticket::{Command, Ctx, Step, Ticket};

use crate::faults;
use crate::perform::Asker;

/// A ticket and what was just done to it.
pub(super) struct Driven {
    pub(super) ticket: Ticket,
    pub(super) step: Step,
}

/// A customer's ticket is hers; another one is unknown to her.
pub(super) fn may(ticket: &Ticket, asker: &Asker) -> Result<(), Refusal> {
    match asker {
        Asker::Edge {} | Asker::Agent { .. } => Ok(()),
        Asker::Customer { id } => {
            let hers = ticket.open().is_some_and(|open| open.opening.customer == *id);
            if hers { Ok(()) } else { Err(Refusal::Unknown {}) }
        }
    }
}

/// Takes commands one after the other; the first that is refused refuses all.
pub(super) fn step(mut ticket: Ticket, commands: Vec<Command>, now: Timestamp) -> Result<Driven, Refusal> {
    let mut all = Step::default();
    // Words that stand in the log already were sent again: what came with them, such as a reopening, is not repeated.
    let stands = |message| ticket.open().is_some_and(|open| open.messages.contains_key(&message));
    let again = commands.iter().filter_map(message_of).any(stands);
    for command in commands.into_iter().filter(|command| !again || message_of(command).is_some()) {
        let command = faults::doubled(&ticket, command);
        let step = ticket.step(Ctx { now }, command)?;
        step.events.iter().for_each(|line| ticket.apply(line));
        all.events.extend(step.events);
        all.effects.extend(step.effects);
    }
    Ok(Driven { ticket, step: all })
}

/// The message that a command brings.
pub(super) fn message_of(command: &Command) -> Option<MessageId> {
    match command {
        Command::Say { message, .. } | Command::Note { message, .. } => Some(*message),
        Command::Open { .. }
        | Command::Pend { .. }
        | Command::Resume { .. }
        | Command::Solve { .. }
        | Command::Reopen { .. }
        | Command::See { .. }
        | Command::Tick {}
        | Command::Extend { .. }
        | Command::Bind { .. }
        | Command::SetSeverity { .. }
        | Command::SetComplexity { .. }
        | Command::SetTeam { .. }
        | Command::MergeInto { .. }
        | Command::Absorb { .. }
        | Command::Discard { .. }
        | Command::Close {} => None,
    }
}

/// Where a message stands; without one, the last line of the log.
pub(super) fn line_of(ticket: &Ticket, message: Option<MessageId>) -> u64 {
    let line = ticket.open().zip(message).and_then(|(open, message)| open.messages.get(&message).copied());
    line.unwrap_or(ticket.seq())
}

#[cfg(test)]
mod tests {
    use shared::ids::TicketId;

    use super::*;

    fn blank() -> Ticket {
        Ticket::blank(TicketId::new(1_790_000_000_000, [7; 10]))
    }

    #[test]
    fn a_ticket_that_nobody_opened_is_unknown_to_every_customer() {
        let asker = Asker::Customer { id: "user:li".parse().unwrap() };
        assert_eq!(may(&blank(), &asker), Err(Refusal::Unknown {}));
        assert_eq!(may(&blank(), &Asker::Edge {}), Ok(()));
    }

    #[test]
    fn one_refused_command_refuses_all() {
        let commands = vec![Command::Tick {}, Command::See { upto: 1 }];
        assert_eq!(step(blank(), commands, Timestamp::UNIX_EPOCH).err(), Some(Refusal::Unknown {}));
    }
}
