//! Ids and chances, from the browser's own randomness.

use shared::ids::MessageId;

/// A new message's id. Its time is left at zero: nothing reads it, and the device's clock is never asked.
pub(crate) fn fresh() -> MessageId {
    let mut random = [0; 10];
    fill(&mut random);
    MessageId::new(0, random)
}

/// Any whole number below `limit`; 0 if there is none.
pub(super) fn below(limit: u32) -> u32 {
    let mut random = [0; 4];
    fill(&mut random);
    u32::from_le_bytes(random).checked_rem(limit).unwrap_or_default()
}

fn fill(bytes: &mut [u8]) {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if let Some(crypto) = crypto {
        // It refuses only more than 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}
