//! What a host's token says of itself, before the edge has judged it.

use shared::ids::CustomerId;

/// Whether the token claims to be this customer's. Only a hint, for what this browser shows of what it kept: who may
/// read or send anything is for the edge to say.
pub(super) fn names(token: &str, customer: &CustomerId) -> bool {
    let claims = token.split('.').nth(1).and_then(decoded).unwrap_or_default();
    subject(&claims).and_then(|sub| CustomerId::signed(sub).ok()).is_some_and(|named| named == *customer)
}

/// A subject that needs escapes is not found: then the edge's answer is waited for.
fn subject(claims: &str) -> Option<&str> {
    let (_, behind) = claims.split_once("\"sub\"")?;
    let value = behind.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let (subject, _) = value.split_once('"')?;
    (!subject.contains('\\')).then_some(subject)
}

/// Base64 for addresses, as tokens have it.
fn decoded(part: &str) -> Option<String> {
    let (mut held, mut bits, mut bytes) = (0_u32, 0_u32, Vec::new());
    for letter in part.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        (held, bits) = (held << 6 | u32::from(six), bits + 6);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_subject_and_nobody_else() {
        // {"aud":"hesi","sub":"demo-vip","exp":1}
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJoZXNpIiwic3ViIjoiZGVtby12aXAiLCJleHAiOjF9.c2ln";
        assert!(names(token, &CustomerId::signed("demo-vip").unwrap()));
        assert!(!names(token, &CustomerId::signed("demo").unwrap()));
        assert!(!names("no.token", &CustomerId::signed("demo-vip").unwrap()));
        assert_eq!(subject(r#"{"sub" : "a\"b"}"#), None);
    }
}
