//! Turns bytes that arrive in pieces into text that is valid at every moment.

/// Holds back at most the three bytes of a character that has begun and not ended.
#[derive(Default)]
pub struct Assembler {
    pending: Vec<u8>,
}

impl Assembler {
    /// Adds bytes and returns the text that is now certain.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        self.pending.extend_from_slice(bytes);
        let mut text = String::new();
        let mut rest = self.pending.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(valid) => {
                    text.push_str(valid);
                    rest = &[];
                    break;
                }
                Err(e) => {
                    let (valid, after) = rest.split_at(e.valid_up_to());
                    text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                    rest = after;
                    match e.error_len() {
                        // Cut short: the next bytes may complete it.
                        None => break,
                        Some(n) => {
                            text.push(char::REPLACEMENT_CHARACTER);
                            rest = &rest[n..];
                        }
                    }
                }
            }
        }
        self.pending = rest.to_vec();
        text
    }

    /// What is left, made valid.
    pub fn finish(&mut self) -> String {
        let bytes = std::mem::take(&mut self.pending);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
