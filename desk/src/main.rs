//! The agents' program: who waits, until when, and the answer. One reducer (`state/`), components that draw it
//! (`view/`), and effects that carry it to the edge and back (`live/`).

mod state;

fn main() {}
