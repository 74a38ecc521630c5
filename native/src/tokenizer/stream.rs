//! Decoding one id at a time.

use super::{Handle, Loaded};
use crate::ffi::{deliver, Buffer, OK};
use crate::utf8::Assembler;
use std::sync::Arc;
use tokenizers::tokenizer::step_decode_stream;

/// The window of ids that a decoder which looks at neighbours still needs.
#[derive(Default)]
struct Window {
    ids: Vec<u32>,
    prefix: String,
    prefix_index: usize,
}

pub struct Stream {
    tokenizer: Arc<Loaded>,
    assembler: Assembler,
    window: Window,
}

impl Stream {
    fn push(&mut self, id: u32) -> Result<String, String> {
        self.tokenizer.check_id(id)?;
        if let Some(table) = &self.tokenizer.bytes_of {
            return Ok(self.assembler.push(&table[id as usize]));
        }
        let w = &mut self.window;
        let library = &self.tokenizer.library;
        step_decode_stream(
            library,
            vec![id],
            true,
            &mut w.ids,
            &mut w.prefix,
            &mut w.prefix_index,
        )
        .map(Option::unwrap_or_default)
        .map_err(|e| format!("token id {id} could not be decoded: {e}"))
    }

    fn finish(&mut self) -> Result<String, String> {
        if self.tokenizer.bytes_of.is_some() {
            return Ok(self.assembler.finish());
        }
        let window = std::mem::take(&mut self.window);
        let text = self.tokenizer.library.decode(&window.ids, true);
        let text = text.map_err(|e| format!("the last tokens could not be decoded: {e}"))?;
        Ok(text
            .strip_prefix(&window.prefix)
            .unwrap_or_default()
            .to_string())
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_stream_new(tokenizer: *const Handle, out: *mut *mut Stream) -> i32 {
    let stream = Stream {
        tokenizer: Arc::clone(&(*tokenizer).0),
        assembler: Assembler::default(),
        window: Window::default(),
    };
    out.write(Box::into_raw(Box::new(stream)));
    OK
}

#[no_mangle]
pub unsafe extern "C" fn cn_stream_free(stream: *mut Stream) {
    if !stream.is_null() {
        drop(Box::from_raw(stream));
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_stream_push(
    stream: *mut Stream,
    id: u32,
    text: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    deliver(
        (*stream).push(id).map(|t| t.into_bytes().into()),
        text,
        error,
    )
}

#[no_mangle]
pub unsafe extern "C" fn cn_stream_finish(
    stream: *mut Stream,
    text: *mut Buffer,
    error: *mut Buffer,
) -> i32 {
    deliver(
        (*stream).finish().map(|t| t.into_bytes().into()),
        text,
        error,
    )
}
