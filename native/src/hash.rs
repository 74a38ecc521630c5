//! BLAKE3 for content and files.

use crate::ffi::Slice;
use std::ptr::copy_nonoverlapping;

pub struct Blake3(blake3::Hasher);

#[no_mangle]
pub unsafe extern "C" fn cn_blake3_hash(bytes: Slice, digest: *mut u8) {
    let hash = blake3::hash(bytes.bytes());
    copy_nonoverlapping(hash.as_bytes().as_ptr(), digest, 32);
}

#[no_mangle]
pub extern "C" fn cn_blake3_new() -> *mut Blake3 {
    Box::into_raw(Box::new(Blake3(blake3::Hasher::new())))
}

#[no_mangle]
pub unsafe extern "C" fn cn_blake3_free(hasher: *mut Blake3) {
    if !hasher.is_null() {
        drop(Box::from_raw(hasher));
    }
}

#[no_mangle]
pub unsafe extern "C" fn cn_blake3_update(hasher: *mut Blake3, bytes: Slice) {
    (*hasher).0.update(bytes.bytes());
}

#[no_mangle]
pub unsafe extern "C" fn cn_blake3_finish(hasher: *const Blake3, digest: *mut u8) {
    let hash = (*hasher).0.finalize();
    copy_nonoverlapping(hash.as_bytes().as_ptr(), digest, 32);
}
