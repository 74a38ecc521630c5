//! Slices, buffers and results as they cross the C boundary.

use std::mem::ManuallyDrop;
use std::slice;

pub const OK: i32 = 0;
pub const INVALID: i32 = 1;
pub const FALSE: i32 = 2;

/// Borrowed bytes; null with length 0 is empty.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Slice {
    pub ptr: *const u8,
    pub len: usize,
}

impl Slice {
    /// # Safety
    /// `ptr` must point to `len` readable bytes that outlive the returned reference.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        array(self.ptr, self.len)
    }

    /// # Safety
    /// As for [`Slice::bytes`].
    pub unsafe fn text<'a>(self, what: &str) -> Result<&'a str, String> {
        std::str::from_utf8(self.bytes()).map_err(|e| {
            format!(
                "{what} is not valid UTF-8 at byte {}: pass text in UTF-8",
                e.valid_up_to()
            )
        })
    }
}

/// # Safety
/// `ptr` must point to `len` readable items, or be null with `len` 0.
pub unsafe fn array<'a, T>(ptr: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        &[]
    } else {
        slice::from_raw_parts(ptr, len)
    }
}

/// A vector that Rust owns and C looks at until it gives it back.
#[repr(C)]
pub struct Owned<T> {
    pub ptr: *mut T,
    pub len: usize,
    pub cap: usize,
}

pub type Buffer = Owned<u8>;
pub type Ids = Owned<u32>;

impl<T> From<Vec<T>> for Owned<T> {
    fn from(v: Vec<T>) -> Self {
        let mut v = ManuallyDrop::new(v);
        Owned {
            ptr: v.as_mut_ptr(),
            len: v.len(),
            cap: v.capacity(),
        }
    }
}

impl<T> Owned<T> {
    /// # Safety
    /// The value must come from `From<Vec<T>>` and be released once, or be all zero.
    pub unsafe fn release(self) {
        if !self.ptr.is_null() {
            drop(Vec::from_raw_parts(self.ptr, self.len, self.cap));
        }
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_buffer_free(buffer: Buffer) {
    buffer.release();
}

#[no_mangle]
pub unsafe extern "C" fn cn_ids_free(ids: Ids) {
    ids.release();
}

/// Writes the value to `out` on success, the sentence to `error` on failure.
///
/// # Safety
/// `out` must be writable; `error` must be writable or null.
pub unsafe fn deliver<T>(result: Result<T, String>, out: *mut T, error: *mut Buffer) -> i32 {
    match result {
        Ok(value) => {
            out.write(value);
            OK
        }
        Err(sentence) => {
            if !error.is_null() {
                error.write(sentence.into_bytes().into());
            }
            INVALID
        }
    }
}
