//! What the session does, in sentences.
