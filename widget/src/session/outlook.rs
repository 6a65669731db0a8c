//! What the edge's hello means at this moment: open or not, until when, and by when a request is answered.

use jiff::Timestamp;
use shared::contract::{Case, Complexity, Metric, Severity, Target};
use shared::sla::Clock;
use shared::time::{FOREVER, Hours, MarkKind};
use shared::wire::{ChannelHours, Hello};

use super::draft::writable;

/// The hello, and now.
#[derive(Clone, Copy)]
pub(crate) struct Outlook<'a> {
    /// What the edge said.
    pub(crate) hello: &'a Hello,
    /// The moment that is asked about.
    pub(crate) now: Timestamp,
}

/// Whether a channel is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Day and night.
    Always,
    /// Until then.
    Until(Timestamp),
    /// Closed, but somebody is called before it opens: the promise ends earlier.
    OnCall,
    /// Closed until then.
    Opens(Timestamp),
    /// Closed, as far as is known.
    Never,
}

impl Opening {
    /// Open is solid, closed is hatched.
    pub(crate) fn is_open(self) -> bool {
        match self {
            Self::Always | Self::Until(_) => true,
            Self::OnCall | Self::Opens(_) | Self::Never => false,
        }
    }
}

impl<'a> Outlook<'a> {
    /// By when a request that she calls so bad, written now, is answered; and whether holidays may still change that.
    pub(crate) fn promise(self, claimed: Severity) -> Option<(Timestamp, bool)> {
        let target = self.first_response(claimed.granted(self.hello.may_claim))?;
        let calendar = self.hello.terms.calendar(&target.calendar)?;
        let due = Clock::at_once(self.now, target, calendar.hours()).due()?;
        Some((due, calendar.provisional_from.is_some_and(|from| due >= from)))
    }

    /// How soon a request of this severity is to be answered on the channel that it comes through.
    fn first_response(self, severity: Severity) -> Option<&'a Target> {
        let case = Case { severity, complexity: Complexity::Ordinary, channel: &self.channel()?.id };
        self.hello.terms.target(Metric::FirstResponse, case)
    }

    /// The channel that a request comes through.
    pub(crate) fn channel(self) -> Option<&'a ChannelHours> {
        let id = writable(self.hello)?;
        self.hello.channels.iter().find(|channel| channel.id == *id)
    }

    /// When somebody answers on that channel.
    pub(crate) fn hours(self) -> Option<Hours<'a>> {
        self.channel().map(ChannelHours::hours)
    }

    /// Whether somebody answers a request now.
    pub(crate) fn opening(self) -> Opening {
        let Some(channel) = self.channel() else { return Opening::Never };
        let opening = self.opening_of(channel);
        let Some((promised, _)) = self.promise(Severity::General) else { return opening };
        match opening {
            Opening::Opens(at) if promised <= at => Opening::OnCall,
            Opening::Never => Opening::OnCall,
            Opening::Always | Opening::Until(_) | Opening::OnCall | Opening::Opens(_) => opening,
        }
    }

    /// Whether a channel is open.
    pub(crate) fn opening_of(self, channel: &ChannelHours) -> Opening {
        let hours = channel.hours();
        match (hours.open_until(self.now), hours.next_open(self.now)) {
            (Some(until), _) if until == FOREVER => Opening::Always,
            (Some(until), _) => Opening::Until(until),
            (None, Some(opens)) => Opening::Opens(opens),
            (None, None) => Opening::Never,
        }
    }

    /// What keeps the doors shut until `opens`, or has them open on a day of rest: the calendar's word for it.
    pub(crate) fn cause(self, opens: Timestamp) -> Option<&'a MarkKind> {
        let target = self.first_response(Severity::General)?;
        let calendar = self.hello.terms.calendar(&target.calendar)?;
        let told = calendar.marks.iter().filter(|mark| mark.touches(self.now, opens)).map(|mark| &mark.kind);
        told.into_iter().find(|kind| match kind {
            MarkKind::Holiday { .. } | MarkKind::MakeUpDay { .. } => true,
            MarkKind::OtherHours { .. } | MarkKind::ClockChange { .. } => false,
        })
    }
}
