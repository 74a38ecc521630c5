//! The BLAKE3 section of the C header, used as C would.

use cambium_native::ffi::Slice;
use cambium_native::hash::*;

fn slice(bytes: &[u8]) -> Slice {
    Slice {
        ptr: bytes.as_ptr(),
        len: bytes.len(),
    }
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    unsafe { cn_blake3_hash(slice(bytes), digest.as_mut_ptr()) };
    digest
}

#[test]
fn the_empty_input_has_the_published_hash() {
    let null = Slice {
        ptr: std::ptr::null(),
        len: 0,
    };
    let mut digest = [0u8; 32];
    unsafe { cn_blake3_hash(null, digest.as_mut_ptr()) };
    let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        hex,
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
    );
}

#[test]
fn pieces_hash_like_the_whole() {
    let whole: Vec<u8> = (0..10_000u32).map(|i| (i % 251) as u8).collect();
    let mut digest = [0u8; 32];
    unsafe {
        let hasher = cn_blake3_new();
        for piece in whole.chunks(777) {
            cn_blake3_update(hasher, slice(piece));
        }
        cn_blake3_finish(hasher, digest.as_mut_ptr());
        cn_blake3_free(hasher);
    }
    assert_eq!(digest, hash(&whole));
    assert_ne!(digest, hash(&whole[1..]));
}
