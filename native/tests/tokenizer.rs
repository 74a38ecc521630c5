//! The tokenizer section of the C header, used as C would.

use cambium_native::ffi::{cn_buffer_free, cn_ids_free, Buffer, Ids, Slice, INVALID, OK};
use cambium_native::tokenizer::stream::*;
use cambium_native::tokenizer::train::*;
use cambium_native::tokenizer::*;
use std::ptr::null_mut;

fn slice(bytes: &[u8]) -> Slice {
    Slice {
        ptr: bytes.as_ptr(),
        len: bytes.len(),
    }
}

fn empty() -> Buffer {
    Buffer {
        ptr: null_mut(),
        len: 0,
        cap: 0,
    }
}

fn take(buffer: Buffer) -> Vec<u8> {
    if buffer.ptr.is_null() {
        return Vec::new();
    }
    unsafe {
        let copy = std::slice::from_raw_parts(buffer.ptr, buffer.len).to_vec();
        cn_buffer_free(buffer);
        copy
    }
}

fn train(documents: &[&[u8]], vocab: u32, specials: &[&str]) -> Result<Vec<u8>, String> {
    let documents: Vec<Slice> = documents.iter().map(|d| slice(d)).collect();
    let specials: Vec<Slice> = specials.iter().map(|s| slice(s.as_bytes())).collect();
    let (mut json, mut error) = (empty(), empty());
    let (d, s) = (documents.as_ptr(), specials.as_ptr());
    let (dn, sn) = (documents.len(), specials.len());
    match unsafe { cn_tokenizer_train(d, dn, vocab, s, sn, &mut json, &mut error) } {
        OK => Ok(take(json)),
        _ => Err(String::from_utf8(take(error)).unwrap()),
    }
}

struct Tok(*mut Handle);

impl Tok {
    fn load(json: &[u8]) -> Result<Tok, String> {
        let (mut handle, mut error) = (null_mut(), empty());
        match unsafe { cn_tokenizer_load(slice(json), &mut handle, &mut error) } {
            OK => Ok(Tok(handle)),
            _ => Err(String::from_utf8(take(error)).unwrap()),
        }
    }

    fn encode(&self, text: &[u8]) -> Result<Vec<u32>, String> {
        let mut ids = Ids {
            ptr: null_mut(),
            len: 0,
            cap: 0,
        };
        let mut error = empty();
        match unsafe { cn_tokenizer_encode(self.0, slice(text), &mut ids, &mut error) } {
            OK => unsafe {
                let copy = cambium_native::ffi::array(ids.ptr, ids.len).to_vec();
                cn_ids_free(ids);
                Ok(copy)
            },
            _ => Err(String::from_utf8(take(error)).unwrap()),
        }
    }

    fn decode(&self, ids: &[u32]) -> Result<Vec<u8>, String> {
        let (mut bytes, mut error) = (empty(), empty());
        let (p, n) = (ids.as_ptr(), ids.len());
        match unsafe { cn_tokenizer_decode(self.0, p, n, &mut bytes, &mut error) } {
            OK => Ok(take(bytes)),
            _ => Err(String::from_utf8(take(error)).unwrap()),
        }
    }

    /// The pieces a stream gives for the ids, and last what it held back.
    fn stream(&self, ids: &[u32]) -> Vec<String> {
        let mut stream = null_mut();
        unsafe { cn_stream_new(self.0, &mut stream) };
        let mut pieces = Vec::new();
        for id in ids {
            let mut text = empty();
            assert_eq!(
                unsafe { cn_stream_push(stream, *id, &mut text, null_mut()) },
                OK
            );
            pieces.push(String::from_utf8(take(text)).expect("every piece is UTF-8"));
        }
        let mut text = empty();
        assert_eq!(
            unsafe { cn_stream_finish(stream, &mut text, null_mut()) },
            OK
        );
        pieces.push(String::from_utf8(take(text)).expect("the rest is UTF-8"));
        unsafe { cn_stream_free(stream) };
        pieces
    }
}

impl Drop for Tok {
    fn drop(&mut self) {
        unsafe { cn_tokenizer_free(self.0) }
    }
}

const TEXT: &str = "the cat sat on the mat and the cat sat on the hat; the rat ran to the mat.\n";

fn sample() -> Vec<u8> {
    let documents = [TEXT.repeat(20), "naïve café, 北京, 🦀 and 🦀\n".repeat(5)];
    let documents: Vec<&[u8]> = documents.iter().map(|d| d.as_bytes()).collect();
    train(&documents, 280, &["<|end|>"]).unwrap()
}

#[test]
fn training_twice_gives_the_same_bytes() {
    assert_eq!(sample(), sample());
}

#[test]
fn any_text_comes_back_byte_for_byte() {
    let tok = Tok::load(&sample()).unwrap();
    assert_eq!(unsafe { cn_tokenizer_vocab_size(tok.0) }, 280);
    let unseen = "  two  spaces\t\r\n\u{0} ünseen Ω 👩‍👩‍👧 <|end|> the cat";
    for text in [TEXT, unseen, "", " "] {
        let ids = tok.encode(text.as_bytes()).unwrap();
        assert_eq!(tok.decode(&ids).unwrap(), text.as_bytes());
        assert_eq!(tok.stream(&ids).concat(), text);
    }
    assert!(tok.encode(TEXT.as_bytes()).unwrap().len() * 2 < TEXT.len());
}

#[test]
fn every_single_byte_has_a_token() {
    let tok = Tok::load(&sample()).unwrap();
    let mut seen: Vec<Vec<u8>> = (1..=256).map(|id| tok.decode(&[id]).unwrap()).collect();
    seen.sort();
    let all: Vec<Vec<u8>> = (0..=255u8).map(|b| vec![b]).collect();
    assert_eq!(seen, all);
}

#[test]
fn a_prompt_cannot_forge_a_special_token() {
    let tok = Tok::load(&sample()).unwrap();
    let mut end = 99;
    let found = unsafe { cn_tokenizer_token_id(tok.0, slice(b"<|end|>"), &mut end) };
    assert_eq!((found, end), (OK, 0));
    assert!(!tok.encode(b"stop <|end|> now").unwrap().contains(&end));
    assert_eq!(tok.decode(&[end]).unwrap(), b"");
    assert_ne!(
        unsafe { cn_tokenizer_token_id(tok.0, slice(b"<|no|>"), &mut end) },
        OK
    );
}

#[test]
fn a_stream_holds_back_half_a_character_and_replaces_a_broken_one() {
    let tok = Tok::load(&train(&[b"x"], 256, &[]).unwrap()).unwrap();
    let crab = tok.encode("🦀".as_bytes()).unwrap();
    assert_eq!(crab.len(), 4);
    assert_eq!(tok.stream(&crab), ["", "", "", "🦀", ""]);
    assert_eq!(tok.stream(&crab[..3]), ["", "", "", "\u{FFFD}"]);
    let letter = tok.encode(b"a").unwrap()[0];
    assert_eq!(tok.stream(&[crab[0], letter]), ["", "\u{FFFD}a", ""]);
    assert_eq!(tok.decode(&crab[..3]).unwrap(), "🦀".as_bytes()[..3]);
}

#[test]
fn bad_input_is_refused_with_a_sentence() {
    let not_utf8: &[u8] = b"caf\xff";
    assert!(train(&[b"ok", not_utf8], 300, &[])
        .unwrap_err()
        .contains("document 1"));
    assert!(train(&[b"ok"], 100, &[]).unwrap_err().contains("too small"));
    assert!(Tok::load(b"{}").err().unwrap().contains("export it again"));
    let tok = Tok::load(&sample()).unwrap();
    assert!(tok.encode(not_utf8).unwrap_err().contains("byte 3"));
    assert!(tok
        .decode(&[280])
        .unwrap_err()
        .contains("vocabulary of 280"));
    assert_eq!(
        unsafe { cn_tokenizer_load(slice(b"{"), &mut null_mut(), null_mut()) },
        INVALID
    );
}

/// A vocabulary whose decoder looks at neighbours (word pieces), to walk the other decoding path.
#[test]
fn tokenizers_that_are_not_byte_level_work_too() {
    let json = br####"{"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
      "normalizer":null,"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,
      "decoder":{"type":"WordPiece","prefix":"##","cleanup":false},
      "model":{"type":"WordPiece","unk_token":"?","continuing_subword_prefix":"##",
      "max_input_chars_per_word":100,"vocab":{"?":0,"cat":1,"##s":2,"sat":3}}}"####;
    let tok = Tok::load(json).unwrap();
    let ids = tok.encode(b"cats sat").unwrap();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(tok.decode(&ids).unwrap(), b"cats sat");
    assert_eq!(tok.stream(&ids).concat(), "cats sat");
}
