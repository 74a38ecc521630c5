//! Training a byte-level BPE.

use crate::ffi::{array, deliver, Buffer, Slice};
use tokenizers::models::bpe::{BpeTrainer, BPE};
use tokenizers::models::TrainerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::{AddedToken, Tokenizer};

/// Every byte has its own token, so any text can be encoded.
const BYTES: usize = 256;

fn train(documents: &[&str], vocab_size: u32, specials: &[&str]) -> Result<Vec<u8>, String> {
    let least = BYTES + specials.len();
    if (vocab_size as usize) < least {
        return Err(format!(
            "a vocabulary of {vocab_size} is too small: the 256 bytes and the special tokens \
             alone need {least}"
        ));
    }
    // No space is put before the first word: text must come back byte for byte.
    let byte_level = ByteLevel::new(false, true, true);
    let mut library = Tokenizer::new(BPE::default());
    library.with_pre_tokenizer(Some(byte_level));
    library.with_decoder(Some(byte_level));
    let special = |text: &&str| AddedToken::from(*text, true);
    let mut trainer = TrainerWrapper::from(
        BpeTrainer::builder()
            .show_progress(false)
            .vocab_size(vocab_size as usize)
            .min_frequency(2)
            .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
            .special_tokens(specials.iter().map(special).collect())
            .build(),
    );
    let failed = |e| format!("the tokenizer could not be trained: {e}");
    library
        .train(&mut trainer, documents.iter())
        .map_err(failed)?;
    library
        .to_string(false)
        .map(String::into_bytes)
        .map_err(failed)
}

unsafe fn texts<'a>(slices: &'a [Slice], what: &str) -> Result<Vec<&'a str>, String> {
    let numbered = |(i, s): (usize, &Slice)| s.text(&format!("{what} {i}"));
    slices.iter().enumerate().map(numbered).collect()
}

#[no_mangle]
pub unsafe extern "C" fn cn_tokenizer_train(
    documents: *const Slice,
    document_count: usize,
    vocab_size: u32,
    specials: *const Slice,
    special_count: usize,
    json: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    let trained = texts(array(documents, document_count), "document").and_then(|documents| {
        let specials = texts(array(specials, special_count), "special token")?;
        train(&documents, vocab_size, &specials)
    });
    deliver(trained.map(Buffer::from), json, error)
}
