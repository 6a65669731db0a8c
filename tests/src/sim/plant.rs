//! Faults that are put in on purpose: a checker that does not find them is worth nothing.

/// A fault that a run must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// The edge acknowledges what it did not store.
    ForgetsAfterAck,
    /// The edge takes a retry for something new.
    DoublesOnRetry,
    /// The client makes a new id for each attempt.
    FreshIdOnRetry,
    /// The client forgets what it has sent before it is acknowledged.
    ForgetsWhenSent,
    /// The client keeps nothing over a reload.
    ForgetsOnReload,
    /// The client sends everything at once.
    ManyInFlight,
    /// The client takes any answer for that of its oldest parcel.
    TakesAnyAnswer,
}

impl Plant {
    pub const ALL: [Self; 7] = [
        Self::ForgetsAfterAck,
        Self::DoublesOnRetry,
        Self::FreshIdOnRetry,
        Self::ForgetsWhenSent,
        Self::ForgetsOnReload,
        Self::ManyInFlight,
        Self::TakesAnyAnswer,
    ];
}
