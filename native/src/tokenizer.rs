//! Byte-level BPE training and any tokenizer.json, over the tokenizers library.

pub mod stream;
pub mod train;

use crate::ffi::{array, deliver, Buffer, Ids, Slice, FALSE, OK};
use std::collections::HashMap;
use std::sync::Arc;
use tokenizers::{DecoderWrapper, Tokenizer};

/// A loaded tokenizer; shared between the handle and its streams.
pub struct Loaded {
    library: Tokenizer,
    /// For a byte-level tokenizer the bytes of each id, so that decoding loses nothing when ids
    /// are cut inside a character; special tokens are empty. None for other kinds.
    bytes_of: Option<Vec<Vec<u8>>>,
}

pub struct Handle(Arc<Loaded>);

/// The byte behind each character of a byte-level vocabulary: printable Latin-1 stands for
/// itself, the other bytes for the characters from U+0100 on, in order.
fn byte_of_char() -> HashMap<char, u8> {
    let prints = |b: u8| matches!(b, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
    let mut next = 0x100u32;
    let mut map = HashMap::new();
    for b in 0..=255u8 {
        let shown = if prints(b) {
            char::from(b)
        } else {
            next += 1;
            char::from_u32(next - 1).expect("below U+0200")
        };
        map.insert(shown, b);
    }
    map
}

fn table_of_bytes(library: &Tokenizer) -> Option<Vec<Vec<u8>>> {
    if !matches!(library.get_decoder(), Some(DecoderWrapper::ByteLevel(_))) {
        return None;
    }
    let map = byte_of_char();
    let added = library.get_added_tokens_decoder();
    // Ids may leave gaps, so the table reaches to the highest one.
    let highest = library.get_vocab(true).into_values().max().unwrap_or(0);
    let bytes = |id: u32| -> Vec<u8> {
        match (added.get(&id), library.id_to_token(id)) {
            (Some(token), _) if token.special => Vec::new(),
            (Some(token), _) => token.content.clone().into_bytes(),
            (None, Some(token)) => match token.chars().map(|c| map.get(&c).copied()).collect() {
                Some(bytes) => bytes,
                None => token.into_bytes(),
            },
            (None, None) => Vec::new(),
        }
    };
    Some((0..=highest).map(bytes).collect())
}

impl Loaded {
    fn from_json(json: &[u8]) -> Result<Self, String> {
        let fail = |e: &dyn std::fmt::Display| {
            format!("this is not a tokenizer.json that can be read ({e}): export it again")
        };
        let mut library = Tokenizer::from_bytes(json).map_err(|e| fail(&e))?;
        library.with_truncation(None).map_err(|e| fail(&e))?;
        library.with_padding(None);
        library.set_encode_special_tokens(true);
        let bytes_of = table_of_bytes(&library);
        Ok(Loaded { library, bytes_of })
    }

    fn encode(&self, text: &str) -> Result<Vec<u32>, String> {
        let encoding = self.library.encode_fast(text, false);
        let encoding = encoding.map_err(|e| format!("the text could not be encoded: {e}"))?;
        Ok(encoding.get_ids().to_vec())
    }

    /// An id outside the vocabulary is an error: it would silently shorten the text.
    fn check_id(&self, id: u32) -> Result<(), String> {
        let known = match &self.bytes_of {
            Some(table) => (id as usize) < table.len(),
            None => self.library.id_to_token(id).is_some(),
        };
        if known {
            return Ok(());
        }
        let size = self.library.get_vocab_size(true);
        Err(format!(
            "token id {id} is not in the vocabulary of {size}: is this the model's own tokenizer?"
        ))
    }

    fn decode(&self, ids: &[u32]) -> Result<Vec<u8>, String> {
        for id in ids {
            self.check_id(*id)?;
        }
        match &self.bytes_of {
            Some(table) => Ok(ids
                .iter()
                .flat_map(|id| table[*id as usize].clone())
                .collect()),
            None => match self.library.decode(ids, true) {
                Ok(text) => Ok(text.into_bytes()),
                Err(e) => Err(format!("the token ids could not be decoded: {e}")),
            },
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_load(
    json: Slice,
    out: *mut *mut Handle,
    error: *mut Buffer,
) -> i32 {
    let loaded = Loaded::from_json(json.bytes());
    let handle = loaded.map(|l| Box::into_raw(Box::new(Handle(Arc::new(l)))));
    deliver(handle, out, error)
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_free(tokenizer: *mut Handle) {
    if !tokenizer.is_null() {
        drop(Box::from_raw(tokenizer));
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_vocab_size(tokenizer: *const Handle) -> u32 {
    let tokenizer: &Handle = &*tokenizer;
    tokenizer.0.library.get_vocab_size(true) as u32
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_token_id(
    tokenizer: *const Handle,
    token: Slice,
    id: *mut u32,
) -> i32 {
    let tokenizer: &Handle = &*tokenizer;
    let found = token.text("the token").ok();
    match found.and_then(|t| tokenizer.0.library.token_to_id(t)) {
        Some(value) => {
            id.write(value);
            OK
        }
        None => FALSE,
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_encode(
    tokenizer: *const Handle,
    text: Slice,
    ids: *mut Ids,
    error: *mut Buffer,
) -> i32 {
    let encoded = text.text("the text").and_then(|t| (*tokenizer).0.encode(t));
    deliver(encoded.map(Ids::from), ids, error)
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_decode(
    tokenizer: *const Handle,
    ids: *const u32,
    count: usize,
    bytes: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    let decoded = (*tokenizer).0.decode(array(ids, count));
    deliver(decoded.map(Buffer::from), bytes, error)
}
