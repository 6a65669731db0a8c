//! What an agent has typed and not sent: per ticket one answer and one note. Nothing typed is ever lost, and nothing is
//! said twice: an attempt keeps its message's id until the ticket shows the message.

use shared::ids::MessageId;

/// What the composer writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Words for the customer.
    #[default]
    Reply,
    /// Words for the team.
    Note,
}

/// Words that are on their way: the id goes with exactly these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) id: MessageId,
    pub(crate) text: String,
}

/// One box of the composer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsent {
    pub(crate) text: String,
    pub(crate) attempt: Option<Attempt>,
}

impl Unsent {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What to send now: the same words under the same id again, other words under a fresh one.
    pub(crate) fn send(&mut self, fresh: MessageId) -> Option<Attempt> {
        if self.is_blank() {
            return None;
        }
        let again = self.attempt.take().filter(|attempt| attempt.text == self.text);
        let attempt = again.unwrap_or_else(|| Attempt { id: fresh, text: self.text.clone() });
        self.attempt = Some(attempt.clone());
        Some(attempt)
    }

    /// The ticket shows the message: the box is free, unless other words were typed since.
    fn arrived(&mut self, id: MessageId) {
        if let Some(attempt) = self.attempt.take_if(|attempt| attempt.id == id)
            && attempt.text == self.text
        {
            self.text.clear();
        }
    }
}

/// Everything typed for one ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) mode: Mode,
    pub(crate) reply: Unsent,
    pub(crate) note: Unsent,
}

impl Draft {
    pub(crate) fn unsent(&self, mode: Mode) -> &Unsent {
        match mode {
            Mode::Reply => &self.reply,
            Mode::Note => &self.note,
        }
    }

    pub(crate) fn unsent_mut(&mut self, mode: Mode) -> &mut Unsent {
        match mode {
            Mode::Reply => &mut self.reply,
            Mode::Note => &mut self.note,
        }
    }

    /// Whether a message of this id is on its way, or was.
    pub(crate) fn awaits(&self, id: MessageId) -> bool {
        [&self.reply, &self.note].iter().any(|unsent| unsent.attempt.as_ref().is_some_and(|a| a.id == id))
    }

    pub(crate) fn arrived(&mut self, id: MessageId) {
        self.reply.arrived(id);
        self.note.arrived(id);
    }

    /// Whether anything would be lost with it.
    pub(crate) fn is_blank(&self) -> bool {
        self.reply.is_blank() && self.note.is_blank()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::message;

    fn typed(text: &str) -> Unsent {
        Unsent { text: text.into(), attempt: None }
    }

    #[test]
    fn the_same_words_go_out_again_under_the_same_id() {
        let mut unsent = typed("Done");
        let first = unsent.send(message(1));
        assert_eq!(unsent.send(message(2)), first);
    }

    #[test]
    fn other_words_go_out_under_another_id() {
        let mut unsent = typed("Done");
        unsent.send(message(1));
        unsent.text = "Done now".into();
        assert_eq!(unsent.send(message(2)).map(|attempt| attempt.id), Some(message(2)));
    }

    #[test]
    fn words_typed_after_a_lost_answer_stay_when_the_message_turns_out_to_have_arrived() {
        let mut unsent = typed("Done");
        unsent.send(message(1));
        unsent.text = "Done, and one more thing".into();
        unsent.arrived(message(1));
        assert_eq!(unsent, typed("Done, and one more thing"));
    }

    #[test]
    fn a_box_is_empty_once_its_words_stand_in_the_ticket_and_not_before() {
        let mut unsent = typed("Done");
        unsent.send(message(1));
        unsent.arrived(message(9));
        assert_eq!(unsent.text, "Done");
        unsent.arrived(message(1));
        assert_eq!(unsent, Unsent::default());
    }

    #[test]
    fn blanks_are_not_sent() {
        assert_eq!(typed(" \n ").send(message(1)), None);
    }
}
