//! What no packaged C or C++ library offers, behind the C header `include/cambium_native.h`.
//! The header is the contract; each module here implements one section of it.

pub mod ffi;

#[cfg(feature = "beacon")]
pub mod beacon;
#[cfg(feature = "ed25519")]
pub mod ed25519;
#[cfg(feature = "hash")]
pub mod hash;
#[cfg(feature = "tokenizer")]
pub mod tokenizer;
#[cfg(feature = "tokenizer")]
mod utf8;
